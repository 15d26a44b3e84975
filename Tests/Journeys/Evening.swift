// The real program and the stand-in of Discord for the length of a test: sockets, database and all. Only the settings are
// the test's own.

import FoundationEssentials
import Runtime
import Sockets
import StandIns

@testable import App

typealias House = DiscordWorld.Household

/// Everything a program says, and the possibility to wait for it. What it decides it says when that is on the disk, so who
/// waits for a row looks whenever a line comes.
final class LogBook: Sendable {
    private let kept = Chronicle<String>(limit: 200_000)
    var lines: [String] { kept.entries }
    func write(_ line: String) { kept.append(line) }

    func first(where matches: @escaping @Sendable (String) -> Bool) async throws -> String {
        try await kept.first(where: matches)
    }

    /// Looks now, and again after each line, until there is something to see.
    func until<Value>(_ look: () async throws -> Value?) async throws -> Value {
        // From here on, so that what is said while somebody looks is not missed; many lines are one reason to look.
        let news = kept.stream(buffering: .bufferingNewest(1)) { _ in }
        if let seen = try await look() { return seen }
        for await _ in news {
            if let seen = try await look() { return seen }
        }
        throw CancellationError()
    }
}

final class Evening: Sendable {
    let discord: DiscordStandIn
    let folder: String
    let logbook = LogBook()
    /// The other services of the household, where the evening has them.
    let street: Street?
    private let loop: EventLoop

    private let clock: any Clock

    private init(rules: DiscordRules, world: HouseholdWorld?, clock: any Clock) async throws {
        self.clock = clock
        folder = FileManager.default.temporaryDirectory.path + "/evening-\(UInt64.random(in: .min ... .max))"
        loop = try EventLoop(name: "discord", log: .silent)
        discord = try await DiscordStandIn.start(loop: loop, clock: clock, rules: rules)
        await discord.changeLimits { $0.isOn = false }
        street =
            if let world { try await Street.start(loop: loop, clock: clock, world: world) } else { nil }
    }

    static func spend(
        rules: DiscordRules = .standard, in world: HouseholdWorld? = nil, by clock: any Clock = SystemClock(),
        _ body: (Evening) async throws -> Void
    ) async throws {
        let evening = try await Evening(rules: rules, world: world, clock: clock)
        let outcome: Result<Void, any Error>
        do {
            try await body(evening)
            outcome = .success(())
        } catch { outcome = .failure(error) }
        await evening.street?.stop()
        await evening.discord.stop()
        await evening.loop.stop()
        try? FileManager.default.removeItem(atPath: evening.folder)
        try outcome.get()
    }

    func settings(_ more: [String: String] = [:]) -> [String: String] {
        var values = [
            "DISCORD_API_URL": discord.apiURL, "DISCORD_TOKEN": discord.token, "CONFIG_DIR": folder,
            "DISCORD_ADMIN_CHANNEL": "\(House.admin)", "TRUSTED_ROLES": "\(House.trustedRole)", "HTTP_PORT": "0",
            "COMMAND_COOLDOWN": "0",
        ]
        if let street { values.merge(street.settings) { $1 } }
        return values.merging(more) { $1 }
    }

    func application(
        _ more: [String: String] = [:], token: String? = nil, listening: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> Application {
        var values = settings(more)
        if let token { values["DISCORD_TOKEN"] = token }
        let settings = try Configuration(Environment(process: values, dotEnvPaths: []))
        let log = Log(
            level: .debug, format: settings.logFormat, secrets: settings.secrets,
            write: { [logbook] in logbook.write($0) })
        return Application(
            settings: settings, token: Secret(values["DISCORD_TOKEN"] ?? ""), clock: clock, log: log,
            listening: listening)
    }

    /// Runs the program while `body` lasts, from its first login on; `times`: the how-manieth login that is.
    func run(
        _ more: [String: String] = [:], times: Int = 1, _ body: (_ webPort: Int) async throws -> Void
    ) async throws {
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = try application(more) { port.yield($0) }
        let program = Task { try await application.run() }
        let outcome: Result<Void, any Error>
        do {
            try await discord.identified(times: times)
            var webPort = 0
            for await port in ports {
                webPort = port
                break
            }
            // Once registered they stay so, over a restart too.
            _ = try await discord.requests.first { $0.method == "PUT" && $0.status == 200 }
            try await body(webPort)
            outcome = .success(())
        } catch { outcome = .failure(error) }
        program.cancel()
        let end = await program.result
        try outcome.get()
        try end.get()
    }

    /// Says something and waits for the bot's answer to it.
    func ask(
        _ text: String, as person: DiscordID = House.robin, in channel: DiscordID = House.media
    ) async throws -> ShownMessage {
        let asked = try await discord.say(text, as: person, in: channel)
        return try await discord.nextMessage(in: channel, after: asked) { $0.repliesTo == asked }
    }

    func slash(
        _ path: String, options: [String: JSON] = [:], as person: DiscordID = House.robin,
        in channel: DiscordID = House.media
    ) async throws -> ShownMessage {
        try await discord.answer(to: discord.slash(path, options: options, as: person, in: channel))
    }
}
