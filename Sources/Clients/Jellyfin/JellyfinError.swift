// Why Jellyfin did not do it, by what the caller can do about it, in words for who must act. Jellyfin itself says little:
// a wrong token gets an empty 401, most other failures "Error processing request." (ExceptionMiddleware).

internal import HTTP

package enum JellyfinError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No answer at all.
    case unreachable(String)
    /// 401: asking again is useless until the key is replaced.
    case rejectedKey
    case forbidden(String)
    case notFound(String)
    /// 400: what was asked makes no sense to this server.
    case invalid(String)
    /// 503 while it starts, and other 5xx after every try that was safe.
    case busy(status: Int)
    /// Any other refusal.
    case refused(status: Int, String)
    /// It answered, but not with what it should have. Whoever gets this knows nothing; in particular not that there is
    /// nobody.
    case unreadable(String)
    /// The owner of the server has switched Quick Connect off.
    case quickConnectIsOff
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let why): "Jellyfin cannot be reached: \(why). Check JELLYFIN_URL and that the server runs"
        case .rejectedKey: "Jellyfin answered 401: check JELLYFIN_API_KEY"
        case .forbidden(let what): "Jellyfin does not allow it: \(what)"
        case .notFound(let what): "Jellyfin does not have \(what)"
        case .invalid(let what): "Jellyfin does not take the question: \(what)"
        case .busy(503): "Jellyfin is starting or busy (503): try again in a minute"
        case .busy(let status): "Jellyfin has trouble of its own (\(status)): try again in a minute, else see its log"
        case .refused(let status, let what): "Jellyfin answered \(status) to \(what)"
        case .unreadable(let what): "Jellyfin's answer cannot be read: \(what)"
        case .quickConnectIsOff:
            "Quick Connect is switched off on this Jellyfin: Dashboard → General → Enable Quick Connect"
        case .cancelled: "the request to Jellyfin was cancelled"
        }
    }
}

extension JellyfinError {
    init(_ error: HTTPError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .tooLarge: .unreadable("\(error)")
            default: .unreachable("\(error)")
            }
    }

    /// What an answer other than success means; `what` is what was asked for, such as "the users".
    init(status: Int, to what: String) {
        self =
            switch status {
            case 400: .invalid(what)
            case 401: .rejectedKey
            case 403: .forbidden(what)
            case 404: .notFound(what)
            // A base path that is not in the address: every page points to the one that has it.
            case 300..<400:
                .refused(status: status, "\(what): it points elsewhere, check JELLYFIN_URL and its base path")
            case 500..<600: .busy(status: status)
            default: .refused(status: status, what)
            }
    }
}
