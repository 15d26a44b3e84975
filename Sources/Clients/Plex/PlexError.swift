// Why Plex did not do it, by what the caller can do about it, in words for who must act (sheet plex.md §1, Errors). No
// query and no header is ever named: tokens travel there.

internal import HTTP

package enum PlexError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No answer at all.
    case unreachable(String)
    /// 401. Nothing works with this token until it is replaced; asking again is useless.
    case rejectedToken
    /// 403, or what Plex Pass or the owner alone may do.
    case forbidden(String)
    /// 404: there is no such thing (any more).
    case notFound(String)
    /// 414: too many ids or too long a text for one address.
    case tooLongURL
    /// 503, and other 5xx after every try that was safe: starting, updating, or overloaded.
    case busy(status: Int)
    /// Any other refusal.
    case refused(status: Int, String)
    /// It answered, but not with what it should have: where, and what was wrong. Whoever gets this knows nothing; in
    /// particular not that there is none.
    case unreadable(String)
    /// A list that ended before its end or would not hold still. What was read of it must not be taken for the whole.
    case incomplete(String)
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let why): "Plex cannot be reached: \(why). Check PLEX_URL and that the server runs"
        case .rejectedToken: "Plex answered 401: check PLEX_TOKEN"
        case .forbidden(let what): "Plex does not allow it: \(what)"
        case .notFound(let what): "Plex does not have \(what)"
        case .tooLongURL: "Plex answered 414: the request was too long for it; ask for less at once"
        case .busy(503): "Plex is starting or busy (503): try again in a minute"
        case .busy(let status): "Plex has trouble of its own (\(status)): try again in a minute, else see its log"
        case .refused(let status, let what): "Plex answered \(status) to \(what)"
        case .unreadable(let what): "Plex's answer cannot be read: \(what)"
        case .incomplete(let what): "Plex's list came incomplete: \(what). Try again when the library is at rest"
        case .cancelled: "the request to Plex was cancelled"
        }
    }
}

extension PlexError {
    init(_ error: HTTPError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .tooLarge: .unreadable("\(error)")
            default: .unreachable("\(error)")
            }
    }

    /// What an answer other than success means; `what` is what was asked for, such as "album 12221".
    init(status: Int, to what: String) {
        self =
            switch status {
            case 401: .rejectedToken
            case 403: .forbidden(what)
            case 404: .notFound(what)
            case 414: .tooLongURL
            case 500..<600: .busy(status: status)
            case 300..<400: .refused(status: status, "\(what): it points elsewhere, check PLEX_URL")
            default: .refused(status: status, what)
            }
    }
}
