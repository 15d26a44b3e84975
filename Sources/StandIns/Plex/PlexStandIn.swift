// A real server on loopback that behaves like a Plex Media Server (sheet plex.md §1–§6) of one household. It knows
// nothing of the client it judges. XML by default, JSON when asked for.

package import Runtime
package import Sockets
import Synchronization

package final class PlexStandIn: HTTPStandIn {
    /// "http://127.0.0.1:PORT"
    package let url: String
    package let port: Int
    /// The owner's.
    package let token: String
    package let household: Household
    package let requests: Chronicle<PlexEntry>

    package var troubles: Troubles { core.troubles }

    let core: PlexCore
    private let house: Mutex<House?>
    private let log: Log
    private let pulse: Task<Void, Never>?

    /// A server and its loop. A loop of its own, for only a loop that ends closes its port at once: lws keeps the
    /// listening socket of a server that was stopped open for another second or two (lws_check_deferred_free), and one
    /// that comes back would get that one.
    private struct House: Sendable {
        let server: HTTPServer
        let loop: EventLoop
    }

    /// - Parameter loop: not used, for the reason above; every stand-in is started alike.
    package static func start(
        loop: EventLoop, clock: any Clock, port: Int = 0, household: Household, rules: PlexRules = .standard,
        log: Log = .silent
    ) async throws(SocketError) -> PlexStandIn {
        let core = PlexCore(clock: clock, household: household, rules: rules)
        let house = try await open(core, port: port, log: log)
        return PlexStandIn(core: core, house: house, rules: rules, log: log)
    }

    private static func open(_ core: PlexCore, port: Int, log: Log) async throws(SocketError) -> House {
        let loop = try EventLoop(name: "plex", log: log)
        do {
            return House(server: try await serve(core, on: loop, port: port, log: log), loop: loop)
        } catch {
            await loop.stop()
            throw error
        }
    }

    private static func serve(
        _ core: PlexCore, on loop: EventLoop, port: Int, log: Log
    ) async throws(SocketError) -> HTTPServer {
        return try await HTTPServer.start(
            on: loop, port: port,
            routes: Route.any { request in await core.serve(request) } + [
                .webSocket("/:/websockets/notifications") { request, socket in line(core, request, socket) },
                .webSocket("/:/websocket/notifications") { request, socket in line(core, request, socket) },
            ],
            headers: PlexCall.headers, keepsNewlines: true, log: log)
    }

    private static func line(_ core: PlexCore, _ request: ServerRequest, _ socket: WebSocket) -> WebSocketHandlers {
        let token = request.headers["X-Plex-Token"] ?? request.queryValue("X-Plex-Token")
        let number = LineNumber()
        return WebSocketHandlers(
            opened: { if let admitted = core.admit(socket, token: token) { number.set(admitted) } },
            closed: { _ in core.left(number.value) })
    }

    private init(core: PlexCore, house: House, rules: PlexRules, log: Log) {
        self.core = core
        self.house = Mutex(house)
        self.log = log
        port = house.server.port
        url = "http://127.0.0.1:\(house.server.port)"
        household = core.household
        token = core.household.read { $0.owner?.token ?? "" }
        requests = core.requests
        // On a virtual clock a test that waits for sleepers would count this one: there it calls `showLife`.
        if rules.keepAlive > .zero, !(core.clock is VirtualClock) {
            pulse = Task { [core] in
                while (try? await core.clock.sleep(for: core.rules.keepAlive)) != nil { core.tell(PlexNews.life) }
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
        await close()
    }

    private func close() async {
        core.dropListeners()
        let house = house.withLock { house in
            defer { house = nil }
            return house
        }
        await house?.server.stop()
        await house?.loop.stop()
    }

    // MARK: Bad days

    /// The next `times` answers of that route are lists that are not true.
    package func fail(_ route: String, with fault: ListFault, times: Int = 1) async {
        core.troubles.order(fault, on: route, times: times)
    }

    package func changeRules(_ change: @escaping @Sendable (inout PlexRules) -> Void) async {
        core.change(change)
    }

    /// As when the machine reboots: connections are refused until `comeBack`, which takes the same port.
    package func goAway() async {
        core.troubles.endStalls(forGood: false)
        await close()
    }

    package func comeBack() async throws(SocketError) {
        let house = try await Self.open(core, port: port, log: log)
        self.house.withLock { $0 = house }
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
        if let news { core.tell(news) }
    }

    /// Tells every listener that an item came (0), was processed (5), or went (9).
    package func tellTimeline(_ ratingKey: Int, state: Int) async {
        let item = household.read { $0.items[ratingKey] }
        if let item { core.tell(PlexNews.timeline(item, state: state)) }
    }

    package func showLife() async { core.tell(PlexNews.life) }
    package func sendToListeners(_ frame: [UInt8]) async { core.sendRaw(frame) }
    package func dropListeners() async { core.dropListeners() }
}
