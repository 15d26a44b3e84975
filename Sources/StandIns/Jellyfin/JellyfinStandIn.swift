// A real server on loopback that behaves like Jellyfin 10.11 towards one household (its controllers of that version were
// read for it). It knows nothing of the client it judges.

package import Runtime
package import Sockets
import Synchronization

package final class JellyfinStandIn: Sendable {
    /// What Autoplex needs: JELLYFIN_URL and JELLYFIN_API_KEY.
    package let url: String
    package let apiKey: String
    package let port: Int
    package let household: Household
    /// What it was asked.
    package let requests: Chronicle<JellyfinEntry>

    private let desk: JellyfinDesk
    private let server: HTTPServer

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household, rules: JellyfinRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> JellyfinStandIn {
        let desk = JellyfinDesk(clock: clock, household: household, rules: rules)
        let answer: @Sendable (ServerRequest) async -> ServerResponse = { request in await desk.serve(request) }
        let path = "/{rest...}"
        let server = try await HTTPServer.start(
            on: loop, port: port,
            routes: control(desk) + [
                .get(path, answer), .post(path, answer), .put(path, answer), .delete(path, answer),
            ], headers: JellyfinCall.headers, log: log)
        return JellyfinStandIn(desk: desk, server: server, apiKey: rules.apiKey)
    }

    /// What people do in their own Jellyfin, for programs that cannot call us: POST /standin/approve?code=&user=, and a
    /// page for it where Jellyfin's own pages are.
    private static func control(_ desk: JellyfinDesk) -> [Route] {
        [
            .get("/web/") { _ in .html(QuickConnectPage.html(desk.household.read(\.jellyfin))) },
            .post("/standin/approve") { request in
                let approval = desk.approve(request.queryValue("code") ?? "", as: request.queryValue("user") ?? "")
                return .text("", status: approval == .done ? 200 : 404)
            },
        ]
    }

    private init(desk: JellyfinDesk, server: HTTPServer, apiKey: String) {
        self.desk = desk
        self.server = server
        self.apiKey = apiKey
        port = server.port
        url = "http://127.0.0.1:\(server.port)"
        household = desk.household
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// - Parameter route: such as "GET /Users"; empty for any
    package func fail(_ route: String = "", with fault: HTTPFault, times: Int = 1) async {
        desk.troubles.order(fault, on: route, times: times)
    }

    package func endFaults() async { desk.troubles.end() }

    package func changeRules(_ change: (inout JellyfinRules) -> Void) async { desk.change { change(&$0.rules) } }

    /// The first request of that route from number `start` on, waited for.
    package func request(_ route: String, from start: Int = 0) async throws -> JellyfinEntry {
        try await requests.first(from: start) { $0.route == route }
    }

    /// Somebody types this code into the Jellyfin they are signed in to. False: no such code (any more), or nobody who may.
    @discardableResult
    package func approve(code: String, as user: String) async -> Bool { desk.approve(code, as: user) == .done }

    /// The codes nobody has typed yet.
    package var openCodes: [String] { desk.openCodes }

    /// Who is signed in, by Jellyfin id, once for each device.
    package var signedIn: [String] { desk.state.withLock { $0.sessions.map(\.user) } }
}
