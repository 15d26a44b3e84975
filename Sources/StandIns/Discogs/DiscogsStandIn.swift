// A real server on loopback that answers like api.discogs.com (sheet musicbrainz.md §7), with a few invented releases. It
// knows nothing of the client it judges.

package import Runtime
package import Sockets

package final class DiscogsStandIn: Sendable {
    /// "http://127.0.0.1:PORT"
    package let url: String
    package let port: Int
    package let token: String
    package let requests: Chronicle<RecordEntry>

    private let desk: RecordDesk<DiscogsService>
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, catalogue: DiscogsCatalogue = .standard,
        rules: DiscogsRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> DiscogsStandIn {
        let desk = RecordDesk(loop: loop, clock: clock, service: DiscogsService(catalogue: catalogue, rules: rules))
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: [.get("/{rest...}") { request in await desk.serve(request) }], log: log)
        return DiscogsStandIn(desk: desk, server: server, token: rules.token)
    }

    private init(desk: RecordDesk<DiscogsService>, server: HTTPServer, token: String) {
        self.desk = desk
        self.server = server
        self.token = token
        port = server.port
        url = "http://127.0.0.1:\(server.port)"
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// - Parameter route: "GET /releases/{}" or "GET /database/search"; empty for any
    package func fail(_ route: String = "", with fault: HTTPFault, times: Int = 1) async {
        desk.troubles.order(fault, on: route, times: times)
    }

    package func endFaults() async { desk.troubles.end() }

    package func changeRules(_ change: @escaping @Sendable (inout DiscogsRules) -> Void) async {
        await desk.change { change(&$0.rules) }
    }

    package func changeCatalogue(_ change: @escaping @Sendable (inout DiscogsCatalogue) -> Void) async {
        await desk.change { change(&$0.catalogue) }
    }

    /// Somebody behind the same address uses up so much of the allowance.
    package func spend(_ requests: Int) async { await desk.change { $0.spentByOthers += requests } }
}

package struct DiscogsRules: Sendable {
    package var token = "StandInDiscogsTokenNotARealOne"
    /// In any 60 seconds.
    package var allowed = 60
    package var allowedWithoutToken = 25
    package var searchNeedsToken = true

    package init() {}
    package static let standard = DiscogsRules()
}
