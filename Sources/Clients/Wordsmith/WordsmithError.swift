// Why there is no text or picture, by what the caller can do about it, in words for the owner. What the server itself said
// is quoted shortly, never with our key in it (some servers repeat the key they refuse).

internal import HTTP
internal import Runtime

package enum WordsmithError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The setting that is missing.
    case notConfigured(String)
    case unreachable(String)
    case timedOut(after: Duration)
    case rejectedKey(hadKey: Bool)
    case forbidden(String)
    case noSuchModel(String)
    /// No endpoint there.
    case notFound
    case tooMany(retryAfter: Duration?)
    case outOfCredit
    case busy(status: Int)
    case refused(status: Int, String)
    /// The model, or a filter before it, would not.
    case declined(String)
    /// It had nothing to say.
    case empty
    /// It ran out of tokens before the end.
    case cutShort
    case tooLarge(limit: Int)
    case unreadable(String)
    case cancelled

    package var description: String {
        switch self {
        case .notConfigured(let setting): "no model is configured: set \(setting)"
        case .unreachable(let why): "the AI endpoint cannot be reached: \(why). Check AI_BASE_URL and that it runs"
        case .timedOut(let limit):
            "the model did not answer within \(Int(limit.inSeconds)) s: a smaller one may, or give it more time"
        case .rejectedKey(true): "the AI endpoint refused the key: check AI_API_KEY"
        case .rejectedKey(false): "the AI endpoint wants a key: set AI_API_KEY"
        case .forbidden(let why): "the AI endpoint does not allow it (403)\(Self.quote(why))"
        case .noSuchModel(let model):
            "the AI endpoint has no model \"\(model)\": check AI_TEXT_MODEL and AI_IMAGE_MODEL, `autoplex check` lists "
                + "what it has"
        case .notFound: "nothing answers at that address (404): check AI_BASE_URL, which mostly ends in /v1"
        case .tooMany(let wait?):
            "the AI endpoint asks to slow down: try again in \(max(1, Int(wait.inSeconds.rounded(.up)))) s or later"
        case .tooMany(nil): "the AI endpoint asks to slow down: try again later"
        case .outOfCredit: "the account at the AI endpoint has no credit left: see its billing page"
        case .busy(let status): "the AI endpoint has trouble of its own (\(status)): try again later, else see its log"
        case .refused(let status, let why): "the AI endpoint answered \(status)\(Self.quote(why))"
        case .declined(let why): "the model would not do it\(Self.quote(why))"
        case .empty: "the model answered nothing"
        case .cutShort: "the model ran out of tokens before it was done"
        case .tooLarge(let limit): "the model answered more than the \(limit) bytes allowed"
        case .unreadable(let what): "what answers there does not speak OpenAI's API: \(what). Check AI_BASE_URL"
        case .cancelled: "the request to the AI endpoint was cancelled"
        }
    }

    private static func quote(_ words: String) -> String { words.isEmpty ? "" : ": \(words)" }
}

extension WordsmithError {
    init(_ error: HTTPError, limit: Duration, mostBytes: Int) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .timedOut: .timedOut(after: limit)
            case .tooLarge: .tooLarge(limit: mostBytes)
            default: .unreachable("\(error)")
            }
    }
}
