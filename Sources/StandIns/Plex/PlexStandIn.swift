// A real server on loopback that behaves like a Plex Media Server (sheet plex.md §1–§6) of one household. It knows
// nothing of the client it judges. XML by default, JSON when asked for.

package import Runtime
package import Sockets
import Synchronization

package final class PlexStandIn: Sendable {
    /// "http://127.0.0.1:PORT"
    package let url: String
    package let port: Int
    /// The owner's.
    package let token: String
    package let household: Household
    package let requests: Chronicle<PlexEntry>

    let core: PlexCore
    private let server: Mutex<HTTPServer?>
    private let log: Log
    private let pulse: Task<Void, Never>?

    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household, rules: PlexRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> PlexStandIn {
        let core = PlexCore(loop: loop, clock: clock, household: household, rules: rules)
        let server = try await open(core, port: port, log: log)
        return PlexStandIn(core: core, server: server, rules: rules, log: log)
    }

    private static func open(_ core: PlexCore, port: Int, log: Log) async throws(SocketError) -> HTTPServer {
        let answer: @Sendable (ServerRequest) async -> ServerResponse = { request in await core.serve(request) }
        let path = "/{rest...}"
        return try await HTTPServer.start(
            on: core.loop, port: port,
            routes: [
                .get(path, answer), .post(path, answer), .put(path, answer), .delete(path, answer),
                .webSocket("/:/websockets/notifications") { request, socket in line(core, request, socket) },
                .webSocket("/:/websocket/notifications") { request, socket in line(core, request, socket) },
            ],
            headers: PlexCall.headers, keepsNewlines: true, log: log)
    }

    /// Entered on the loop's thread, which is the core's.
    private static func line(_ core: PlexCore, _ request: ServerRequest, _ socket: WebSocket) -> WebSocketHandlers {
        let token = request.headers["X-Plex-Token"] ?? request.queryValue("X-Plex-Token")
        let number = Mutex<Int?>(nil)
        let place = Place(number)
        return WebSocketHandlers(
            opened: { core.assumeIsolated { core in place.number.withLock { $0 = core.admit(socket, token: token) } } },
            closed: { _ in core.assumeIsolated { core in core.left(place.number.withLock { $0 }) } })
    }

    /// Which listener a line is, known once it is open.
    private final class Place: Sendable {
        let number: Mutex<Int?>
        init(_ number: consuming Mutex<Int?>) { self.number = number }
    }

    private init(core: PlexCore, server: HTTPServer, rules: PlexRules, log: Log) {
        self.core = core
        self.server = Mutex(server)
        self.log = log
        port = server.port
        url = "http://127.0.0.1:\(server.port)"
        household = core.household
        token = core.household.read { $0.owner?.token ?? "" }
        requests = core.requests
        // On a virtual clock a test that waits for sleepers would count this one: there it calls `showLife`.
        if rules.keepAlive > .zero, !(core.clock is VirtualClock) {
            pulse = Task { [core] in
                while (try? await core.clock.sleep(for: core.keepAlive)) != nil { await core.tell(PlexNews.life) }
            }
        } else {
            pulse = nil
        }
    }

    /// Ends every connection and the server. Stalled requests are let go first.
    package func stop() async {
        pulse?.cancel()
        await pulse?.value
        core.troubles.endStalls(forGood: true)
        await core.dropListeners()
        await close()
    }

    private func close() async {
        let server = server.withLock { server in
            defer { server = nil }
            return server
        }
        await server?.stop()
    }

    // MARK: Bad days

    /// - Parameter route: such as "GET /library/sections/{}/all"; empty for any
    package func fail(_ route: String = "", with fault: HTTPFault, times: Int = 1) async {
        core.troubles.order(fault, on: route, times: times)
    }

    package func endFaults() async { core.troubles.end() }

    package func changeRules(_ change: @escaping @Sendable (inout PlexRules) -> Void) async {
        await core.change(change)
    }

    /// As when the machine reboots: connections are refused until `comeBack`, which takes the same port.
    package func goAway() async {
        core.troubles.endStalls(forGood: false)
        await core.dropListeners()
        await close()
    }

    package func comeBack() async throws(SocketError) {
        let server = try await Self.open(core, port: port, log: log)
        self.server.withLock { $0 = server }
    }

    // MARK: What happens here

    /// The first request of that route from number `start` on, waited for.
    package func request(_ route: String, from start: Int = 0) async throws -> PlexEntry {
        try await requests.first(from: start) { $0.route == route }
    }

    /// Returns when so many listeners have come since the start.
    package func heard(times: Int) async throws { _ = try await core.opened.first { $0 >= times } }

    /// Tells every listener of the WebSocket that a stream does what it does now; "stopped" also ends it, and makes a
    /// play of it.
    package func tellPlaying(_ sessionKey: Int, state: String) async {
        let now = core.clock.now
        let news = household.change { world -> JSON? in
            guard let index = world.streams.firstIndex(where: { $0.sessionKey == sessionKey }) else { return nil }
            let stream = world.streams[index]
            if state == "stopped" {
                world.finishStream(sessionKey, at: now)
            } else {
                world.streams[index].state = state
            }
            return PlexNews.playing(stream, state: state)
        }
        if let news { await core.tell(news) }
    }

    /// Tells every listener that an item came (0), was processed (5), or went (9).
    package func tellTimeline(_ ratingKey: Int, state: Int) async {
        let item = household.read { $0.items[ratingKey] }
        if let item { await core.tell(PlexNews.timeline(item, state: state)) }
    }

    package func showLife() async { await core.tell(PlexNews.life) }
    package func sendToListeners(_ frame: [UInt8]) async { await core.sendRaw(frame) }
    package func dropListeners() async { await core.dropListeners() }
}
