// A real server on loopback that behaves like Radarr 6 towards one household's films. What it is told to do goes on after
// it has answered: searches end, downloads come and are imported, on its clock, and its Connect webhook tells of them.

import HTTP
package import Runtime
package import Sockets

package final class RadarrStandIn: HTTPStandIn {
    /// What Autoplex needs: RADARR_URL and RADARR_API_KEY.
    package let url: String
    package let apiKey: String
    package let port: Int
    package let household: Household
    /// What it was asked.
    package let requests: Chronicle<ServarrEntry>
    /// What it posted, and what it was answered; nil: nothing.
    package let posted: Chronicle<HookPost>

    package var troubles: Troubles { desk.troubles }

    private let desk: RadarrDesk
    private let server: HTTPServer
    private let works: Task<Void, Never>

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household, rules: RadarrRules = .standard,
        log: Log = .silent
    ) async throws -> RadarrStandIn {
        let desk = RadarrDesk(clock: clock, household: household, rules: rules)
        let server = try await HTTPServer.start(
            on: loop, port: port,
            routes: Route.any { request in await desk.serve(request) },
            headers: ServarrCall.headers, log: log)
        return RadarrStandIn(
            desk: desk, server: server, post: try HookPoster(userAgent: "Radarr/\(rules.version) (alpine 3.22.1)"))
    }

    private init(desk: RadarrDesk, server: HTTPServer, post: HookPoster) {
        self.desk = desk
        self.server = server
        let rules = desk.rules
        apiKey = rules.apiKey
        port = server.port
        url = "http://127.0.0.1:\(server.port)\(rules.urlBase)"
        household = desk.household
        requests = desk.requests
        posted = post.posts
        works = Task { await Self.work(desk, post) }
    }

    /// Until cancelled: tells what happened, and sees to it that what is due happens though nobody asks.
    private static func work(_ desk: RadarrDesk, _ post: HookPoster) async {
        await withDiscardingTaskGroup { group in
            for await notices in desk.stirrings {
                let rules = desk.rules
                let tags = desk.household.read(\.filmTags)
                for notice in notices {
                    guard let connect = rules.connect,
                        let body = RadarrConnect.body(of: notice, rules, tags: tags)
                    else { continue }
                    await post.send(body.bytes, type: "application/json", to: connect.url, connect.headers)
                }
                guard let due = desk.due else { continue }
                group.addTask {
                    let wait = due - desk.clock.now
                    if wait > .zero { try? await desk.clock.sleep(for: wait) }
                    if !Task.isCancelled { desk.look { _, _, _ in } }
                }
            }
        }
        await post.stop()
    }

    package func stop() async {
        desk.troubles.endStalls(forGood: true)
        desk.stirred.finish()
        works.cancel()
        await works.value
        await server.stop()
    }

    package func changeRules(_ change: (inout RadarrRules) -> Void) async { desk.change { change(&$0.rules) } }

    /// Its "Test" button under Connect.
    package func pressTest() async -> Int? {
        let rules = desk.rules
        guard let connect = rules.connect else { return nil }
        let post = try? HookPoster(userAgent: "Radarr/\(rules.version) (alpine 3.22.1)")
        let status = await post?.send(
            RadarrConnect.test(rules).bytes, type: "application/json", to: connect.url, connect.headers)
        await post?.stop()
        return status ?? nil
    }

    /// The first request of that route from number `start` on, waited for.
    package func request(_ route: String, from start: Int = 0) async throws -> ServarrEntry {
        try await requests.first(from: start) { $0.route == route }
    }

    /// How many downloads are on their way.
    package var downloads: Int { desk.look { works, _, _ in works.downloads.count } }
}
