// The owner of the stand-in's world: it lives on the event loop, hands requests and frames to the pure machines and
// carries out what they say. One thread, so that nothing here needs a lock.

import Compression
import Runtime
import Sockets

/// One REST request as the bot made it, and what it got.
package struct APIEntry: Sendable {
    /// Method and template, such as "POST /channels/{}/messages"; of unknown paths the path itself.
    package let route: String
    package let method: String
    package let path: String
    package let query: [(name: String, value: String)]
    package let form: JSON?
    package let files: [UploadedFile]
    package let headers: [String: String]
    /// Nil when a fault swallowed the answer.
    package let status: Int?
    package let answer: JSON?
}

actor DiscordCore: LoopActor {
    nonisolated let loop: EventLoop
    nonisolated let requests: Chronicle<APIEntry>
    nonisolated let gateway: Chronicle<GatewayNote>
    nonisolated let happenings: Chronicle<Happening>
    nonisolated let clock: any Clock
    nonisolated let troubles: Troubles

    private struct Line {
        var socket: WebSocket
        var compression: TransportCompression
        var compressor: StreamCompressor
    }

    var api: DiscordAPI
    private var hub = GatewayHub()
    private var lines: [Int: Line] = [:]
    /// With zlib-stream: the size of the frames a message is cut into.
    private var frameSize: Int?
    private var refusedConnections = 0
    nonisolated let feeds = FeedBook()

    init(loop: EventLoop, clock: any Clock, api: DiscordAPI) {
        self.loop = loop
        self.clock = clock
        troubles = Troubles(clock: clock, looks: .discord)
        self.api = api
        self.api.world.now = clock.now
        requests = Chronicle(limit: api.rules.journalLimit)
        gateway = Chronicle(limit: api.rules.journalLimit)
        happenings = Chronicle(limit: api.rules.journalLimit)
    }

    // MARK: The world

    /// The one way to change the world: with the time set, and the news told afterwards.
    func change<T: Sendable, E: Error>(_ body: @Sendable (inout DiscordAPI) throws(E) -> T) throws(E) -> T {
        api.world.now = clock.now
        defer { tellNews() }
        return try body(&api)
    }

    private func tellNews() {
        for happening in api.world.takeOutbox() {
            perform(hub.broadcast(happening, world: api.world, rules: api.rules))
            for feed in feeds.all {
                guard let news = api.world.news(of: happening, for: feed.viewer) else { continue }
                feed.socket.send(text: news.bytes)
            }
            happenings.append(happening)
        }
    }

    /// Looks again after everything that happens, until there is what is looked for.
    func wait<T: Sendable>(for look: @Sendable (DiscordWorld) -> T?) async throws -> T {
        while true {
            let mark = happenings.end
            if let found = look(api.world) { return found }
            _ = try await happenings.first(from: mark) { _ in true }
        }
    }

    // MARK: The gateway

    func opened(_ socket: WebSocket, query: [(name: String, value: String)]) -> Int {
        func value(_ name: String) -> String? { query.last { $0.name == name }?.value }
        let compression = value("compress").flatMap(TransportCompression.init(rawValue:)) ?? .none
        let (number, output) = hub.opened(
            version: value("v"), encoding: value("encoding"), rules: api.rules, now: clock.now)
        lines[number] = Line(socket: socket, compression: compression, compressor: compression.makeCompressor())
        gateway.append(
            .opened(connection: number, query: query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")))
        if refusedConnections > 0 {
            refusedConnections -= 1
            perform([.drop(number)])
        } else {
            perform(output)
        }
        return number
    }

    func received(_ bytes: [UInt8], isText: Bool, on number: Int) {
        let now = clock.now
        api.world.now = now
        perform(hub.received(bytes, isText: isText, on: number, api: &api, now: now))
    }

    func closed(_ number: Int, _ end: WebSocketEnd) {
        lines[number] = nil
        perform(hub.closed(number, code: end.code, now: clock.now))
    }

    func tick() { perform(hub.tick(rules: api.rules, now: clock.now)) }

    private func perform(_ output: [GatewayHub.Output]) {
        for action in output {
            switch action {
            case .send(let number, let frame): send(frame, on: number)
            case .close(let number, let code, let reason): lines[number]?.socket.close(code: code, reason: reason)
            case .drop(let number): lines[number]?.socket.drop()
            case .note(let note): gateway.append(note)
            }
        }
    }

    private func send(_ frame: [UInt8], on number: Int) {
        guard let line = lines[number] else { return }
        if line.compression == .none { return line.socket.send(text: frame) }
        let packed = line.compressor.compress(frame)
        guard let frameSize, line.compression == .zlib else { return line.socket.send(binary: packed) }
        var rest = packed[...]
        // The mark at a message's end, four bytes, comes whole: clients look for it at the end of a frame.
        while rest.count >= frameSize + 4 {
            line.socket.send(binary: Array(rest.prefix(frameSize)))
            rest = rest.dropFirst(frameSize)
        }
        line.socket.send(binary: Array(rest))
    }

    // MARK: Troubles at the gateway

    func dropConnections() { perform(lines.keys.sorted().map { .drop($0) }) }
    func muteConnections() { for number in lines.keys { hub.mute(number) } }
    func closeConnections(_ code: UInt16, _ reason: String) {
        perform(lines.keys.sorted().flatMap { hub.close($0, code, reason) })
    }
    /// Frames outside the numbered events: op 1, 7, 9, or nonsense.
    func sendRaw(_ frame: [UInt8]) { for number in lines.keys.sorted() { send(frame, on: number) } }
    func inject(_ name: String, _ data: [UInt8]) { perform(hub.inject(name, data, rules: api.rules)) }
    func splitFrames(at size: Int?) { frameSize = size }
    func refuseConnections(_ times: Int) { refusedConnections = times }
    func invalidateSessions(isResumable: Bool) { perform(hub.invalidate(isResumable: isResumable, now: clock.now)) }
    func forgetSessions() { perform(hub.forgetSessions()) }
    var sessionCount: Int { hub.sessions.count }

    // MARK: The end

    func stop() {
        troubles.endStalls(forGood: true)
        for line in lines.values { line.socket.drop() }
        for feed in feeds.all { feed.socket.drop() }
    }
}

extension DiscordCore {
    /// The addresses are known once the server listens.
    func settle(at port: Int) {
        api.gatewayURL = "ws://127.0.0.1:\(port)/"
        api.world.cdn = "http://127.0.0.1:\(port)"
    }

    func gatewayReady(identifies times: Int) async throws {
        while true {
            let mark = gateway.end
            if api.identifies.total >= times { return }
            _ = try await gateway.first(from: mark) { _ in true }
        }
    }

    /// Asks for suggestions and waits for them as long as Discord does.
    func complete(
        _ path: String, option: String, typed: String, others: [String: JSON], as user: DiscordID, in channel: DiscordID
    ) async throws -> [JSON] {
        let id = try change { api throws(ControlError) in
            try api.world.complete(path, option: option, typed: typed, others: others, as: user, in: channel)
        }
        return try await withThrowingTaskGroup(of: [JSON]?.self) { group in
            group.addTask { [self] in
                try await wait { world in
                    guard let asked = world.interactions[id], asked.state != .waiting else { return nil }
                    return asked.choices
                }
            }
            group.addTask { [clock] in
                try await clock.sleep(for: InteractionBook.firstAnswerWithin)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let choices = first else {
                throw ControlError.refused("the bot gave no suggestions in time")
            }
            return choices
        }
    }
}
