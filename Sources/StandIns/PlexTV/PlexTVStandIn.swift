// A real server on loopback that behaves like plex.tv and clients.plex.tv (sheet plex.md §8) towards one household. It
// knows nothing of the client it judges. What it changes shows in the household, and so in the stand-in of Plex.

package import Runtime
package import Sockets
import Synchronization

package final class PlexTVStandIn: HTTPStandIn {
    /// In place of https://plex.tv and of https://clients.plex.tv.
    package let url: String
    package let port: Int
    /// The owner's.
    package let token: String
    package let household: Household
    package let requests: Chronicle<PlexEntry>

    package var troubles: Troubles { desk.troubles }

    let desk: PlexTVDesk
    private let server: HTTPServer

    /// - Parameter plex: where the household's server is, for those who ask plex.tv for it.
    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household,
        plex: String = "http://127.0.0.1:32400", rules: PlexTVRules = .standard, log: Log = .silent
    ) async throws(SocketError) -> PlexTVStandIn {
        let desk = PlexTVDesk(clock: clock, household: household, plex: plex, rules: rules)
        let server = try await HTTPServer.start(
            on: loop, port: port,
            routes: control(desk) + Route.any { request in await desk.serve(request) },
            headers: PlexCall.headers, keepsNewlines: true, log: log)
        return PlexTVStandIn(desk: desk, server: server)
    }

    /// What people do elsewhere, for programs that cannot call us: POST /standin/approve?code=&person= and
    /// /standin/accept?person=.
    private static func control(_ desk: PlexTVDesk) -> [Route] {
        [
            .post("/standin/approve") { request in
                let person = request.queryValue("person").flatMap { Int($0) } ?? 0
                return .text("", status: desk.approve(request.queryValue("code") ?? "", as: person) ? 200 : 404)
            },
            .get("/auth") { _ in .html(SignInPage.html(desk.household.read { $0.people })) },
            .post("/standin/accept") { request in
                .text("", status: desk.accept(request.queryValue("person").flatMap { Int($0) } ?? 0) ? 200 : 404)
            },
        ]
    }

    private init(desk: PlexTVDesk, server: HTTPServer) {
        self.desk = desk
        self.server = server
        port = server.port
        url = "http://127.0.0.1:\(server.port)"
        household = desk.household
        token = desk.household.read { $0.owner?.token ?? "" }
        requests = desk.requests
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        await server.stop()
    }

    /// The next `times` answers of that route are lists that are not true.
    package func fail(_ route: String, with fault: ListFault, times: Int = 1) async {
        desk.troubles.order(fault, on: route, times: times)
    }

    package func changeRules(_ change: (inout PlexTVRules) -> Void) async { desk.change { change(&$0.rules) } }

    /// The first request of that route from number `start` on, waited for.
    package func request(_ route: String, from start: Int = 0) async throws -> PlexEntry {
        try await requests.first(from: start) { $0.route == route }
    }

    /// Somebody signs in on app.plex.tv with this code; the next poll has their token. False: no such code any more.
    @discardableResult
    package func approve(pin code: String, as person: Int) async -> Bool { desk.approve(code, as: person) }

    /// The codes of the PINs nobody has signed in with.
    package var openPins: [String] { desk.openPins }

    /// Somebody takes up the invitation. False: there is none.
    @discardableResult
    package func accept(_ person: Int) async -> Bool { desk.accept(person) }

    package var webhooks: [String] { desk.state.withLock { $0.webhooks } }
}
