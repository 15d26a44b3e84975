// A real server on loopback that behaves like Tautulli 2.17 over the household's plays (sheet §1–§7). It knows nothing of
// the client it judges.

package import Runtime
package import Sockets

package final class TautulliStandIn: HTTPStandIn {
    /// What Autoplex needs: TAUTULLI_URL and TAUTULLI_API_KEY.
    package let url: String
    package let apiKey: String
    package let port: Int
    /// What it was asked.
    package let requests: Chronicle<TautulliEntry>
    package let household: Household

    package var troubles: Troubles { core.troubles }

    private let core: TautulliCore
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household,
        rules: TautulliRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> TautulliStandIn {
        let core = TautulliCore(loop: loop, clock: clock, household: household, rules: rules)
        let routes = ["/", "/{rest...}"].flatMap { Route.any($0) { request in await core.serve(request) } }
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

    /// Its Plex goes, or comes back.
    package func setPlexIsDown(_ isDown: Bool) async { await core.change { $0.plexIsDown = isDown } }

    /// The owner changes a setting. The key given at the start stays the one in `apiKey`.
    package func changeRules(_ change: @Sendable (inout TautulliRules) -> Void) async { await core.change(change) }
}
