// Why plex.tv did not do it, by what the caller can do about it (sheet plex.md §8, Errors). Its old addresses speak XML,
// its new ones JSON or XML, its front door HTML; each may hold the reason.

internal import FoundationEssentials
internal import HTTP
internal import Runtime
internal import XML

package enum PlexTVError: Error, Equatable, Sendable, CustomStringConvertible {
    case unreachable(String)
    /// 401: stop, and tell the admin. Asking on does not help.
    case rejectedToken
    case forbidden(String)
    case notFound(String)
    /// 410: plex.tv has taken this address away for good; only a newer Autoplex can help.
    case gone(String)
    /// 400, 409 or 422: what was asked makes no sense to plex.tv, with its reason.
    case invalid(String)
    /// 429 after every patient try.
    case tooMany
    /// 5xx after every try.
    case unavailable(status: Int)
    case refused(status: Int, String)
    case unreadable(String)
    /// A list that says of itself that it is not whole, or that holds nobody where there were people. Nobody has left.
    case unbelievable(String)
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let why): "plex.tv cannot be reached: \(why)"
        case .rejectedToken: "plex.tv answered 401: check PLEX_TOKEN"
        case .forbidden(let what): "plex.tv does not allow it: \(what)"
        case .notFound(let what): "plex.tv does not have \(what)"
        case .gone(let what): "plex.tv no longer offers this (\(what)): look for a newer Autoplex"
        case .invalid(let what): "plex.tv refuses: \(what)"
        case .tooMany: "plex.tv asks to slow down (429): try again in a few minutes"
        case .unavailable(let status): "plex.tv has trouble of its own (\(status)): try again in a few minutes"
        case .refused(let status, let what): "plex.tv answered \(status) to \(what)"
        case .unreadable(let what): "plex.tv's answer cannot be read: \(what)"
        case .unbelievable(let what): "plex.tv's list is not believed: \(what)"
        case .cancelled: "the request to plex.tv was cancelled"
        }
    }
}

extension PlexTVError {
    init(_ error: HTTPError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .tooLarge: .unreadable("\(error)")
            default: .unreachable("\(error)")
            }
    }

    /// `what` is what was asked for, such as "the users".
    init(status: Int, body: [UInt8], to what: String) {
        let reason = Self.reason(in: body)
        let sentence = reason.map { "\(what): \($0)" } ?? what
        self =
            switch status {
            // 498: a token of the newer kind that has run out.
            case 401, 498: .rejectedToken
            case 403: .forbidden(sentence)
            case 404: .notFound(what)
            case 410: .gone(what)
            case 400, 409, 422: .invalid(sentence)
            case 429: .tooMany
            case 500..<600: .unavailable(status: status)
            default: .refused(status: status, sentence)
            }
    }

    /// What the body says; nil where it is a web page or says nothing.
    private static func reason(in body: [UInt8]) -> String? {
        let text: String?
        if let errors = try? JSONDecoder().decode(ErrorList.self, from: Data(body)) {
            text = errors.errors.compactMap(\.message).first
        } else if let root = try? XMLElement.parse(body) {
            switch root.name {
            case "Response": text = root["status"]
            case "errors": text = root.child(named: "error")?["message"]
            default: text = nil
            }
        } else {
            text = nil
        }
        return text.flatMap { $0.isEmpty ? nil : String($0.prefix(200)) }
    }

    private struct ErrorList: Decodable {
        struct Entry: Decodable { let message: String? }
        let errors: [Entry]
    }
}
