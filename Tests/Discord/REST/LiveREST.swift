// A client and the stand-in it talks to over real sockets, both on one clock that the test moves.

import Discord
import HTTP
import Runtime
import Sockets
import StandIns
import Synchronization

typealias Household = DiscordWorld.Household

struct LiveREST {
    let standIn: DiscordStandIn
    let rest: DiscordREST
    let clock: VirtualClock
    let lines: Lines

    /// What the client logged.
    final class Lines: Sendable {
        private let lines = Mutex<[String]>([])
        func append(_ line: String) { lines.withLock { $0.append(line) } }
        var text: String { lines.withLock { $0.joined(separator: "\n") } }
    }

    static func run(token: String? = nil, _ body: (LiveREST) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "stand-in", log: .silent)
        let standIn = try await DiscordStandIn.start(loop: loop, clock: clock)
        let http = try HTTPClient(userAgent: "test")
        let lines = Lines()
        let rest = DiscordREST(
            api: standIn.apiURL, token: Secret(token ?? standIn.token), http: http, clock: clock,
            log: Log(level: .debug, clock: clock, write: { lines.append($0) }), chance: { 0 },
            channelName: { $0.rawValue == Household.media ? "media" : nil })
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(LiveREST(standIn: standIn, rest: rest, clock: clock, lines: lines)))
        } catch {
            outcome = .failure(error)
        }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    var media: Snowflake { Snowflake(Household.media) }

    func requests(_ route: String) -> [APIEntry] { standIn.requests.entries.filter { $0.route == route } }

    /// What the call throws; nil when it does not.
    func failure(_ call: () async throws -> Void) async -> DiscordError? {
        do { try await call() } catch { return error as? DiscordError }
        return nil
    }

    /// The call, with the clock moved on once it sleeps.
    @discardableResult
    func after<Value: Sendable>(_ pauses: Duration..., do call: @escaping @Sendable () async throws -> Value)
        async throws
        -> Value
    {
        async let value = call()
        for pause in pauses {
            await clock.sleepers(atLeast: 1)
            await clock.advance(by: pause)
        }
        return try await value
    }

    /// The work, with the clock moved on whenever somebody sleeps on it.
    func whileMoving(by step: Duration, do work: @escaping @Sendable () async throws -> Void) async throws {
        let isDone = Mutex(false)
        async let finished: Void = {
            let outcome: Result<Void, any Error>
            do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
            isDone.withLock { $0 = true }
            // One more sleeper, so that the loop below looks up once more.
            try await clock.sleep(for: .days(1))
            try outcome.get()
        }()
        while true {
            await clock.sleepers(atLeast: 1)
            if isDone.withLock({ $0 }) { break }
            await clock.advance(by: step)
        }
        await clock.sleepers(atLeast: 1)
        await clock.advance(by: .days(1))
        try await finished
    }

    /// A second client that has not talked to the stand-in yet.
    func withFreshConnection(_ body: (DiscordREST) async throws -> Void) async throws {
        let http = try HTTPClient(userAgent: "test")
        let rest = DiscordREST(
            api: standIn.apiURL, token: Secret(standIn.token), http: http, clock: clock, log: .silent, chance: { 0 })
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(rest)) } catch { outcome = .failure(error) }
        await http.stop()
        try outcome.get()
    }

    /// An interaction as the gateway would bring it.
    func interaction(_ id: UInt64) async throws -> Interaction {
        guard let asked = await standIn.world.interactions[id] else {
            throw DiscordError.notFound("no such interaction")
        }
        return Interaction(
            id: Snowflake(id), applicationID: Snowflake(Household.application), token: Secret(asked.token),
            content: .ping, channelID: Snowflake(asked.channel))
    }

    /// Ann uses /plex status, which is registered first.
    func slash() async throws -> Interaction {
        let plex = CommandDefinition(
            "plex", "Plex for friends", options: [CommandOption("status", "How it is", kind: .subcommand)])
        try await rest.replaceCommands([plex], of: Snowflake(Household.application), in: Snowflake(Household.server))
        return try await interaction(standIn.slash("plex status", as: Household.ann, in: Household.media))
    }
}
