// A real server on loopback that behaves like Jellystat 1.1.8 over what was played of the household's films (sheet §3,
// which was run): its own ways of saying no, texts that became numbers, and errors that look like nobody watched.

package import Runtime
package import Sockets
import Synchronization

package struct JellystatRules: Sendable {
    /// Nil: none has been made.
    package var apiKey: String? = "7c9e6679-7425-40de-944b-e07fc1f90ae7"
    /// Before 1.1.3: all rows at once, in a bare list.
    package var isOld = false
    package var journalLimit = 20_000

    package init() {}
    package static let standard = JellystatRules()
}

package final class JellystatStandIn: HTTPStandIn {
    /// What Autoplex needs: JELLYSTAT_URL and JELLYSTAT_API_KEY.
    package let url: String
    package let apiKey: String
    package let household: Household
    /// What it was asked.
    package let requests: Chronicle<ServarrEntry>

    package var troubles: Troubles { desk.troubles }

    private let desk: JellystatDesk
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household, rules: JellystatRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> JellystatStandIn {
        let desk = JellystatDesk(clock: clock, household: household, rules: rules)
        let answer: @Sendable (ServerRequest) async -> ServerResponse = { request in await desk.serve(request) }
        let path = "/{rest...}"
        let server = try await HTTPServer.start(
            on: loop, port: port, routes: [.get(path, answer), .post(path, answer)], headers: ["X-Api-Token"], log: log)
        return JellystatStandIn(desk: desk, server: server)
    }

    private init(desk: JellystatDesk, server: HTTPServer) {
        self.desk = desk
        self.server = server
        url = "http://127.0.0.1:\(server.port)"
        apiKey = desk.rules.apiKey ?? ""
        household = desk.household
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    package func changeRules(_ change: (inout JellystatRules) -> Void) async { desk.change(change) }
}
