// A real server on loopback that behaves like Jellyfin 10.11 towards one household (its controllers of that version were
// read for it). It knows nothing of the client it judges.

package import Runtime
package import Sockets
import Synchronization

package final class JellyfinStandIn: HTTPStandIn {
    /// What Autoplex needs: JELLYFIN_URL and JELLYFIN_API_KEY.
    package let url: String
    package let apiKey: String
    package let port: Int
    package let household: Household
    /// What it was asked.
    package let requests: Chronicle<JellyfinEntry>

    /// What its Webhook plugin posted, and what it was answered.
    package let posted: Chronicle<HookPost>

    package var troubles: Troubles { desk.troubles }

    let desk: JellyfinDesk
    private let server: HTTPServer
    private let posting: Task<Void, Never>

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household, rules: JellyfinRules = .standard,
        log: Log = .silent
    ) async throws -> JellyfinStandIn {
        let desk = JellyfinDesk(clock: clock, household: household, rules: rules)
        let server = try await HTTPServer.start(
            on: loop, port: port,
            routes: control(desk) + Route.any { request in await desk.serve(request) }, headers: JellyfinCall.headers,
            log: log)
        let post = try HookPoster(userAgent: "Jellyfin-Server/\(rules.version)")
        return JellyfinStandIn(desk: desk, server: server, apiKey: rules.apiKey, post: post)
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

    private init(desk: JellyfinDesk, server: HTTPServer, apiKey: String, post: HookPoster) {
        self.desk = desk
        self.server = server
        self.apiKey = apiKey
        port = server.port
        url = "http://127.0.0.1:\(server.port)"
        household = desk.household
        requests = desk.requests
        posted = post.posts
        posting = Task {
            // One after another, as the plugin does: the next player waits for the answer to the last.
            for await event in desk.ends { await JellyfinHooks.post(event, from: desk, by: post) }
            await post.stop()
        }
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        desk.ended.finish()
        await posting.value
        await server.stop()
    }

    package func changeRules(_ change: (inout JellyfinRules) -> Void) async { desk.change { change(&$0.rules) } }

    /// The first request of that route from number `start` on, waited for.
    package func request(_ route: String, from start: Int = 0) async throws -> JellyfinEntry {
        try await requests.first(from: start) { $0.route == route }
    }

    /// Somebody types this code into the Jellyfin they are signed in to. False: no such code (any more), or nobody who may.
    @discardableResult
    package func approve(code: String, as user: String) async -> Bool { desk.approve(code, as: user) == .done }

    /// Somebody has watched that part of a film, as their player reports it: Jellyfin counts, and its plugin posts.
    package func watch(_ film: HouseholdWorld.Film, by user: String, share: Double = 0.97) {
        desk.play(film, by: user, to: .milliseconds(Int64(Double(film.minutes) * 60_000 * share)))
    }

    /// The codes nobody has typed yet.
    package var openCodes: [String] { desk.openCodes }

    /// Who is signed in, by Jellyfin id, once for each device.
    package var signedIn: [String] { desk.state.withLock { $0.sessions.map(\.user) } }
}
