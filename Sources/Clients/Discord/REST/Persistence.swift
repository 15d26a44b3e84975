// What follows from each try of one request: done, again, or given up (sheet §3, Rate limits 4 and 7). Pure; the waiting
// for rate limits themselves is RateLimiter's.

internal import HTTP
internal import Runtime

struct Persistence {
    enum Next: Equatable {
        /// What came back is the answer, or means that an earlier try arrived.
        case done
        case again(after: Duration)
        case giveUp
    }

    static let tries = 5
    private let endpoint: Endpoint
    /// Tries that may have arrived without our seeing the answer.
    private var lost = 0
    private var limited = 0

    init(_ endpoint: Endpoint) { self.endpoint = endpoint }

    mutating func next(after outcome: Result<HTTPResponse, HTTPError>, isReadable: Bool = true, chance: Double) -> Next
    {
        switch outcome {
        case .success(let response) where response.isSuccess:
            return isReadable ? .done : retry(chance)
        case .success(let response):
            switch response.status {
            case 429:
                limited += 1
                return limited < Self.tries ? .again(after: .zero) : .giveUp
            case 500, 502, 504, 524: return retry(chance)
            case 404 where lost > 0 && endpoint.method == "DELETE": return .done
            case 400 where lost > 0 && isRefusedRepetition(response): return .done
            default: return .giveUp
            }
        case .failure(.unreachable), .failure(.timedOut), .failure(.failed): return retry(chance)
        case .failure: return .giveUp
        }
    }

    private func isRefusedRepetition(_ response: HTTPResponse) -> Bool {
        if case .refused = endpoint.repetition { ErrorBody(response.body)?.code == 40060 } else { false }
    }

    private mutating func retry(_ chance: Double) -> Next {
        if case .harmful = endpoint.repetition { return .giveUp }
        lost += 1
        guard lost < Self.tries else { return .giveUp }
        // 1, 3, 5, 7 seconds, and a little more so that many that failed together do not return together.
        return .again(after: .seconds(2 * lost - 1) + .milliseconds(Int64(chance * 500)))
    }
}
