// Why there was no answer, by what the caller can do about it. The text names the host and never the path or query:
// those may hold keys.

internal import CCurl

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

extension HTTPError {
    /// libcurl's word for what went wrong, in ours.
    static func curl(_ code: CURLcode, host: String) -> HTTPError {
        let reason = unsafe String(cString: curl_easy_strerror(code))
        return switch code {
        case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .badAddress("\(host) is not a web address")
        case CURLE_COULDNT_RESOLVE_HOST: .unreachable("\(host) was not found: check the name")
        case CURLE_COULDNT_CONNECT: .unreachable("\(host) does not accept connections: is it running?")
        case CURLE_OPERATION_TIMEDOUT: .timedOut("\(host) did not answer in time")
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE:
            .tls("no trusted encrypted connection to \(host): \(reason)")
        case CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            .unreachable("the connection to \(host) was lost: \(reason)")
        default: .failed("\(host): \(reason)")
        }
    }
}
