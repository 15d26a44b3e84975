// Why MusicBrainz gave nothing, by what the caller can do about it.

internal import Runtime

package enum MusicBrainzError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The service answered: there is no such thing. Merged ids are not this; they lead on to what they became.
    case notFound(String)
    /// It will not serve us: who we say we are is the usual reason.
    case refused(String)
    /// Our own question is wrong; asking again gives the same.
    case invalid(String)
    /// Too busy, after every try, or asking for more patience than the request is worth.
    case busy(for: Duration)
    case unreachable(String)
    /// It answered, but what it sent is no answer: a page, half a document, another service.
    case unreadable(String)
    case cancelled

    package var description: String {
        switch self {
        case .notFound(let what): "MusicBrainz knows no \(what)"
        case .refused(let why):
            "MusicBrainz refuses to answer: \(why). Check MUSICBRAINZ_USER_AGENT; it must name the program and a way to "
                + "reach you, such as \"Autoplex/1.0 ( you@example.org )\""
        case .invalid(let why): "MusicBrainz does not take the question: \(why)"
        case .busy(let wait):
            "MusicBrainz is too busy to answer: try again in \(max(1, Int(wait.inSeconds.rounded(.up)))) s or later"
        case .unreachable(let why): "MusicBrainz cannot be reached: \(why)"
        case .unreadable(let why): "MusicBrainz sent an answer that cannot be read: \(why)"
        case .cancelled: "the question to MusicBrainz was cancelled"
        }
    }

    /// Worth another try later, unlike a no.
    package var isPassing: Bool {
        switch self {
        case .busy, .unreachable, .unreadable: true
        case .notFound, .refused, .invalid, .cancelled: false
        }
    }
}
