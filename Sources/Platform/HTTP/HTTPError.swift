// Why there was no answer, by what the caller can do about it. The text names the host and never the path or query:
// those may hold keys.

package enum HTTPError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The address itself is wrong; asking again will not help.
    case badAddress(String)
    /// No connection: name not found, refused, network down, or lost midway.
    case unreachable(String)
    case timedOut(String)
    /// Encrypted connection refused by us (certificate) or by them.
    case tls(String)
    case tooLarge(host: String, limit: Int)
    case cancelled
    case failed(String)

    package var description: String {
        switch self {
        case .badAddress(let why), .unreachable(let why), .timedOut(let why), .tls(let why), .failed(let why): why
        case .tooLarge(let host, let limit): "\(host) sent more than the \(limit) bytes allowed"
        case .cancelled: "the request was cancelled"
        }
    }

    /// True when the server may have received and acted on the request: only safe requests may then be repeated.
    package var mayHaveArrived: Bool {
        switch self {
        case .badAddress, .tls: false
        case .unreachable, .timedOut, .tooLarge, .cancelled, .failed: true
        }
    }
}
