// What can go wrong between us and another machine, as the choices a caller has: try again, correct the address, ask
// the owner. The texts are for whoever reads the status card or the log.

package enum SocketError: Error, Sendable, Equatable, CustomStringConvertible {
    case unreachable(String)
    /// The other side answered, but not by opening a WebSocket.
    case refused(status: Int)
    case tls(String)
    case badAddress(String)
    case timedOut
    /// A message came that is longer than the limit given.
    case tooLarge
    case portTaken(Int)
    case failed(String)

    package var description: String {
        switch self {
        case .unreachable(let why): why
        case .refused(let status): "the server refused the connection with HTTP status \(status)"
        case .tls(let why): why
        case .badAddress(let why): why
        case .timedOut: "the server did not answer in time"
        case .tooLarge: "a message was longer than allowed"
        case .portTaken(let port): "port \(port) is taken: stop the other program or choose another port"
        case .failed(let why): why
        }
    }
}
