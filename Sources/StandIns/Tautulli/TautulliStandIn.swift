// A real server on loopback that behaves like Tautulli 2.17 over the household's plays (sheet §1–§7). It knows nothing of
// the client it judges.

package import Runtime
package import Sockets

package final class TautulliStandIn: Sendable {
    /// What Autoplex needs: TAUTULLI_URL and TAUTULLI_API_KEY.
    package let url: String
    package let apiKey: String
    package let port: Int
    /// What it was asked.
    package let requests: Chronicle<TautulliEntry>
    package let household: Household

    private let core: TautulliCore
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household,
        rules: TautulliRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> TautulliStandIn {
        let core = TautulliCore(loop: loop, clock: clock, household: household, rules: rules)
        let answer: @Sendable (ServerRequest) async -> ServerResponse = { request in await core.serve(request) }
        let paths = ["/", "/{rest...}"]
        let routes = paths.flatMap { path -> [Route] in
            [.get(path, answer), .post(path, answer), .put(path, answer), .delete(path, answer)]
        }
        let server = try await HTTPServer.start(on: loop, port: port, routes: routes, headers: ["X-Api-Key"], log: log)
        return TautulliStandIn(core: core, server: server, rules: rules)
    }

    private init(core: TautulliCore, server: HTTPServer, rules: TautulliRules) {
        self.core = core
        self.server = server
        port = server.port
        url = "http://127.0.0.1:\(server.port)\(rules.httpRoot)"
        apiKey = rules.apiKey
        requests = core.requests
        household = core.household
    }

    /// Lets stalled requests go, then ends the server.
    package func stop() async {
        core.troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// The next `times` calls of a command ("" for any) meet this.
    package func fail(_ command: String, with fault: HTTPFault, times: Int = 1) async {
        core.troubles.order(fault, on: command, times: times)
    }

    package func endFaults() async { core.troubles.end() }

    /// Its Plex goes, or comes back.
    package func setPlexIsDown(_ isDown: Bool) async { await core.change { $0.plexIsDown = isDown } }

    /// The owner changes a setting. The key given at the start stays the one in `apiKey`.
    package func changeRules(_ change: @Sendable (inout TautulliRules) -> Void) async { await core.change(change) }
}
