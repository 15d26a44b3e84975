// In place of api.tvmaze.com (sheet tracker.md §9).

package import Runtime
package import Sockets

package typealias TVmazeStandIn = RecordStandIn<TVmazeService>

extension RecordStandIn where Service == TVmazeService {
    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, television: Television, rules: TVmazeRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> TVmazeStandIn {
        let service = TVmazeService(television: television, rules: rules)
        return try await open(service, loop: loop, clock: clock, port: port, log: log)
    }

    package func changeTelevision(_ change: @escaping @Sendable (inout Television) -> Void) async {
        await desk.change { change(&$0.television) }
    }
}

package struct TVmazeRules: Sendable {
    /// In any ten seconds, of one address.
    package var most = 20

    package init() {}
    package static let standard = TVmazeRules()
}
