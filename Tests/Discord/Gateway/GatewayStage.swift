// A real gateway client before the stand-in of Discord, on a clock that the test moves. Waiting is always for an event.

import Compression
import HTTP
import Runtime
import Sockets
import StandIns
import Synchronization

@testable import Discord

/// The stand-in's people, and what the client told.
struct GatewayStage: Sendable {
    enum Told: Sendable {
        case event(GatewayEvent)
        /// run() returned.
        case ended(GatewayStop?)
    }

    let discord: DiscordStandIn
    let gateway: Gateway
    let clock: VirtualClock
    let told: Chronicle<Told>
    let log: Chronicle<String>

    typealias Home = DiscordWorld.Household

    struct Props: Sendable {
        var rules = DiscordRules.standard
        var compression = TransportCompression.zlib
        var intents = Intents.textCommands
        var messages = MessageScreen.all
        var goesOnWithoutContent = true
        var token: String?
        /// Instead of asking REST.
        var address: String?
    }

    /// - Parameter after: when the client has been cancelled and has left, and Discord is still there
    static func play(
        _ props: Props = Props(), _ story: @Sendable (GatewayStage) async throws -> Void,
        after: @Sendable (GatewayStage) async throws -> Void = { _ in }
    ) async throws {
        let loop = try EventLoop(name: "gateway-test", log: .silent)
        let clock = VirtualClock()
        let log = Chronicle<String>()
        let discord = try await DiscordStandIn.start(loop: loop, clock: clock, rules: props.rules)
        let http = try HTTPClient(userAgent: "test")
        let writer = Log(level: .debug, clock: clock) { log.append($0) }
        let token = Secret(props.token ?? discord.token)
        let rest = DiscordREST(api: discord.apiURL, token: token, http: http, clock: clock, log: writer)
        let address = props.address
        let gateway = Gateway(
            config: GatewayConfig(
                token: token, intents: props.intents, compression: props.compression, messages: props.messages,
                goesOnWithoutContent: props.goesOnWithoutContent),
            loop: loop, clock: clock, log: writer,
            // The first heartbeat at once, all waits at their shortest.
            chance: { 0 },
            info: {
                if let address { return GatewayInfo(url: address) }
                return try await rest.gatewayBot()
            })
        let stage = GatewayStage(discord: discord, gateway: gateway, clock: clock, told: Chronicle(), log: log)
        var failure: (any Error)? = await withTaskGroup { group in
            group.addTask {
                do throws(GatewayStop) {
                    try await gateway.run()
                    stage.told.append(.ended(nil))
                } catch {
                    stage.told.append(.ended(error))
                }
            }
            group.addTask { for await event in gateway.events { stage.told.append(.event(event)) } }
            defer { group.cancelAll() }
            do {
                try await story(stage)
                return nil
            } catch {
                return error
            }
        }
        do { try await after(stage) } catch { failure = failure ?? error }
        await discord.stop()
        await http.stop()
        await loop.stop()
        if let failure { throw failure }
    }

    // MARK: What was told

    /// The first event from number `start` on that reads as something.
    @discardableResult
    func hear<Value: Sendable>(
        from start: Int = 0, _ read: @escaping @Sendable (GatewayEvent) -> Value?
    ) async throws -> Value {
        let entry = try await told.first(from: start) { entry in
            if case .event(let event) = entry { read(event) != nil } else { false }
        }
        guard case .event(let event) = entry, let value = read(event) else { throw CancellationError() }
        return value
    }

    @discardableResult
    func ready(from start: Int = 0) async throws -> Ready {
        try await hear(from: start) { if case .ready(let ready) = $0 { ready } else { nil } }
    }
    func resumed(from start: Int) async throws {
        try await hear(from: start) { if case .resumed = $0 { true } else { nil } }
    }
    func disconnected(from start: Int) async throws -> String {
        try await hear(from: start) { if case .disconnected(let why) = $0 { why } else { nil } }
    }
    func message(_ text: String, from start: Int = 0) async throws {
        try await hear(from: start) { if case .messageCreate(let m) = $0, m.content == text { true } else { nil } }
    }
    func ended() async throws -> GatewayStop? {
        guard case .ended(let stop) = try await told.first(where: { if case .ended = $0 { true } else { false } })
        else { return nil }
        return stop
    }
    var messages: [String] {
        told.entries.compactMap { if case .event(.messageCreate(let message)) = $0 { message.content } else { nil } }
    }

    // MARK: What the stand-in saw

    func noted<Value: Sendable>(
        from start: Int = 0, _ read: @escaping @Sendable (StandIns.GatewayNote) -> Value?
    ) async throws -> Value {
        let note = try await discord.gateway.first(from: start) { read($0) != nil }
        guard let value = read(note) else { throw CancellationError() }
        return value
    }
    /// The code with which the client closed a line.
    func clientClosed(from start: Int = 0) async throws -> UInt16? {
        try await noted(from: start) { note -> UInt16?? in
            if case .closed(_, let code, true) = note { .some(code) } else { nil }
        }
    }
    func identifies() -> Int { discord.gateway.entries.count { if case .identified = $0 { true } else { false } } }

    func whileTimePasses(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask { while !Task.isCancelled { await clock.advance(by: .milliseconds(100)) } }
            defer { group.cancelAll() }
            try await body()
        }
    }

    /// Time for waits of a few seconds, in steps: who falls asleep late is still woken by a later one.
    func waitABit() async { for _ in 0..<4 { await clock.advance(by: .seconds(2)) } }
}
