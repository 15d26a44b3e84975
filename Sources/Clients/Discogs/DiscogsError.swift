// Why Discogs gave nothing, by what the caller can do about it.

internal import Runtime

package enum DiscogsError: Error, Equatable, Sendable, CustomStringConvertible {
    case notFound(String)
    /// Searching is for those with a token.
    case needsToken
    case badToken
    case invalid(String)
    case busy(for: Duration)
    case unreachable(String)
    case unreadable(String)
    case cancelled

    package var description: String {
        switch self {
        case .notFound(let what): "Discogs knows no \(what)"
        case .needsToken:
            "Discogs answers this only with a token: make one at discogs.com/settings/developers and set "
                + "DISCOGS_TOKEN"
        case .badToken: "Discogs does not know this token: check DISCOGS_TOKEN"
        case .invalid(let why): "Discogs does not take the question: \(why)"
        case .busy(let wait):
            "Discogs asks to slow down: try again in \(max(1, Int(wait.inSeconds.rounded(.up)))) s or later"
        case .unreachable(let why): "Discogs cannot be reached: \(why)"
        case .unreadable(let why): "Discogs sent an answer that cannot be read: \(why)"
        case .cancelled: "the question to Discogs was cancelled"
        }
    }
}
