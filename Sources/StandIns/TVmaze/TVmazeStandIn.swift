// A real server on loopback that answers like api.tvmaze.com (sheet tracker.md §9). It knows nothing of the client it
// judges.

package import Runtime
package import Sockets

package final class TVmazeStandIn: Sendable {
    /// "http://127.0.0.1:PORT"
    package let url: String
    package let port: Int
    package let requests: Chronicle<RecordEntry>

    private let desk: RecordDesk<TVmazeService>
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, television: Television, rules: TVmazeRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> TVmazeStandIn {
        let desk = RecordDesk(loop: loop, clock: clock, service: TVmazeService(television: television, rules: rules))
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: [.get("/{rest...}") { request in await desk.serve(request) }], log: log)
        return TVmazeStandIn(desk: desk, server: server)
    }

    private init(desk: RecordDesk<TVmazeService>, server: HTTPServer) {
        self.desk = desk
        self.server = server
        port = server.port
        url = "http://127.0.0.1:\(server.port)"
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// - Parameter route: such as "GET /shows/{}" or "GET /lookup/shows"; empty for any
    package func fail(_ route: String = "", with fault: HTTPFault, times: Int = 1) async {
        desk.troubles.order(fault, on: route, times: times)
    }

    package func endFaults() async { desk.troubles.end() }

    package func changeRules(_ change: @escaping @Sendable (inout TVmazeRules) -> Void) async {
        await desk.change { change(&$0.rules) }
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
