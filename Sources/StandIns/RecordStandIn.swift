// A real server on loopback in place of a public catalogue (MusicBrainz, Discogs, TMDB, TVmaze). They have all in common
// but what they answer: that is the service's, which knows nothing of the client it judges.

import Runtime
import Sockets

package final class RecordStandIn<Service: RecordService>: HTTPStandIn {
    /// "http://127.0.0.1:PORT", and the path under which the service lives.
    package let url: String
    package let port: Int
    package let requests: Chronicle<RecordEntry>
    /// As it was started with.
    package let rules: Service.Rules
    package var troubles: Troubles { desk.troubles }

    let desk: RecordDesk<Service>
    private let server: HTTPServer

    static func open(
        _ service: Service, loop: EventLoop, clock: any Clock, port: Int, log: Log
    ) async throws(SocketError) -> RecordStandIn {
        let desk = RecordDesk(loop: loop, clock: clock, service: service)
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: [.get("/{rest...}") { request in await desk.serve(request) }], log: log)
        return RecordStandIn(desk: desk, server: server, rules: service.rules)
    }

    private init(desk: RecordDesk<Service>, server: HTTPServer, rules: Service.Rules) {
        self.desk = desk
        self.server = server
        self.rules = rules
        port = server.port
        url = "http://127.0.0.1:\(server.port)\(Service.path)"
        requests = desk.requests
    }

    package func stop() async {
        troubles.endStalls(forGood: true)
        await server.stop()
    }

    package func changeRules(_ change: @escaping @Sendable (inout Service.Rules) -> Void) async {
        await desk.change { change(&$0.rules) }
    }
}
