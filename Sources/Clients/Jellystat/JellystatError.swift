// Why Jellystat did not tell, in words for who must act.

internal import HTTP
internal import LooseJSON

package enum JellystatError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No answer at all, which some of its failures look like.
    case unreachable(String)
    /// 401, 403, or 404 where no key has been made yet.
    case rejectedKey(String)
    case wrongAddress(String)
    /// 503: its database failed, or a proxy before it finds nobody.
    case busy(status: Int)
    case refused(status: Int, String)
    /// Whoever gets this knows nothing.
    case unreadable(String)
    case cancelled

    package var description: String {
        switch self {
        case .unreachable(let why): "Jellystat cannot be reached: \(why). Check JELLYSTAT_URL and that it runs"
        case .rejectedKey(let said):
            "Jellystat refuses the key (\(said)): make one in its settings for JELLYSTAT_API_KEY"
        case .wrongAddress(let why): "\(why): check JELLYSTAT_URL"
        case .busy(let status): "Jellystat has trouble of its own (\(status)): see its log"
        case .refused(let status, let why): "Jellystat answered \(status): \(why)"
        case .unreadable(let what): "Jellystat's answer cannot be read: \(what)"
        case .cancelled: "the question to Jellystat was cancelled"
        }
    }
}

extension JellystatError {
    init(_ error: HTTPError) {
        self =
            switch error {
            case .cancelled: .cancelled
            case .badAddress(let why): .wrongAddress(why)
            case .tooLarge: .unreadable("\(error)")
            default: .unreachable("\(error)")
            }
    }

    init(status: Int, body: [UInt8]) {
        let json = try? Loose(body)
        let said = json?.text("message") ?? json?.text("error")
        self =
            switch status {
            case 401, 403: .rejectedKey(said ?? "\(status)")
            case 404 where said == "No API keys configured": .rejectedKey("no key has been made yet")
            case 404: .wrongAddress("no Jellystat answers at that address (404)")
            case 300..<400: .wrongAddress("that address points elsewhere (\(status))")
            case 500..<600: .busy(status: status)
            default: .refused(status: status, said ?? "without saying why")
            }
    }
}
