// The client as it is used, before the stand-in of Discord.

import Compression
import Runtime
import Sockets
import StandIns
import Testing

@testable import Discord

@Suite("Gateway", .timeLimit(.minutes(1)))
struct GatewayTests {
    typealias Home = DiscordWorld.Household
    typealias Props = GatewayStage.Props

    @Test(arguments: TransportCompression.allCases)
    func `it logs in and hears what happens`(compression: TransportCompression) async throws {
        try await GatewayStage.play(Props(compression: compression)) { stage in
            let ready = try await stage.ready()
            #expect(ready.user.id.rawValue == stage.discord.bot)
            let guild = try await stage.hear { if case .guildCreate(let guild) = $0 { guild } else { nil } }
            #expect(guild.id.rawValue == Home.server)
            _ = try await stage.discord.say("!plex status 🎬", as: Home.ann, in: Home.media)
            try await stage.message("!plex status 🎬")
            #expect(stage.gateway.health.isLive)
            #expect(stage.gateway.health.latency != nil)
            let query = try await stage.noted { if case .opened(_, let query) = $0 { query } else { nil } }
            #expect(query.contains("compress=\(compression.rawValue)") == (compression != .none))
        }
    }

    @Test(arguments: [1, 7, 100])
    func `compressed messages may come in pieces`(size: Int) async throws {
        try await GatewayStage.play { stage in
            await stage.discord.splitFrames(at: size)
            try await stage.ready()
            _ = try await stage.discord.say("!plex status", as: Home.ann, in: Home.media)
            try await stage.message("!plex status")
        }
    }

    @Test func `a lost line is resumed, nothing is missed and nothing comes twice`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            for number in 0..<50 {
                if number % 10 == 5 {
                    let before = stage.told.end
                    await stage.discord.dropConnections()
                    _ = try await stage.discord.say("\(number)", as: Home.ann, in: Home.media)
                    _ = try await stage.disconnected(from: before)
                    await stage.waitABit()
                    try await stage.resumed(from: before)
                    continue
                }
                _ = try await stage.discord.say("\(number)", as: Home.ann, in: Home.media)
            }
            try await stage.message("49")
            #expect(stage.messages == (0..<50).map { "\($0)" })
            #expect(stage.identifies() == 1)
        }
    }

    @Test func `a new connection that Discord asks for is made at once`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            let (told, noted) = (stage.told.end, stage.discord.gateway.end)
            await stage.discord.askReconnect()
            try await stage.resumed(from: told)
            let code = try await stage.clientClosed(from: noted)
            #expect(code == 4000)
        }
    }

    @Test(arguments: [4000, 4001, 4002, 4009, 1000, 1001, 4321] as [UInt16])
    func `a line that Discord closes so is resumed`(code: UInt16) async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            let told = stage.told.end
            await stage.discord.closeConnections(code: code)
            try await stage.resumed(from: told)
        }
    }

    @Test(arguments: [4003, 4005, 4007] as [UInt16])
    func `a line that Discord closes so is followed by a new session`(code: UInt16) async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            await stage.waitABit()
            let told = stage.told.end
            await stage.discord.closeConnections(code: code)
            try await stage.ready(from: told)
            #expect(stage.identifies() == 2)
        }
    }

    @Test(
        arguments: [
            (4004, .tokenRefused), (4010, .shardRefused(.only)), (4011, .shardingRequired), (4012, .versionRefused),
            (4013, .intentsInvalid),
        ] as [(UInt16, GatewayStop)])
    func `a line that Discord closes so is the end`(code: UInt16, stop: GatewayStop) async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            await stage.discord.closeConnections(code: code)
            let stop = try await stage.ended()
            #expect(stop == stop)
            #expect(stage.gateway.health.state == .stopped)
        }
    }

    @Test func `a wrong token is the end, whoever finds it out`() async throws {
        try await GatewayStage.play(Props(token: "wrong")) { stage in
            let stop = try await stage.ended()
            #expect(stop == .tokenRefused)
        }
        let lines = try await Self.withDiscordElsewhere { address in
            let log = Chronicle<String>()
            try await GatewayStage.play(Props(token: "very-wrong", address: address)) { stage in
                let stop = try await stage.ended()
                #expect(stop == .tokenRefused)
                for line in stage.log.entries { log.append(line) }
            }
            return log.entries
        }
        #expect(lines.contains { $0.contains("DISCORD_TOKEN") })
        #expect(!lines.contains { $0.contains("very-wrong") })
    }

    /// The gateway of another stand-in, so that REST has no say.
    private static func withDiscordElsewhere<Value>(
        _ body: (String) async throws -> Value
    ) async throws -> Value {
        let loop = try EventLoop(name: "elsewhere", log: .silent)
        let discord = try await DiscordStandIn.start(loop: loop, clock: VirtualClock())
        let result: Result<Value, any Error>
        do {
            result = .success(try await body("ws://127.0.0.1:\(discord.port)/gateway"))
        } catch {
            result = .failure(error)
        }
        await discord.stop()
        await loop.stop()
        return try result.get()
    }

    // MARK: The content intent

    static var withoutContent: DiscordRules {
        var rules = DiscordRules.standard
        rules.grantedIntents = 0
        return rules
    }

    @Test func `without the content intent it says so and goes on`() async throws {
        try await GatewayStage.play(Props(rules: Self.withoutContent)) { stage in
            try await stage.hear { if case .contentIntentRefused = $0 { true } else { nil } }
            #expect(!stage.gateway.health.readsContent)
            await stage.waitABit()
            try await stage.ready()
            let bot = stage.discord.bot
            _ = try await stage.discord.say("<@\(bot)> status", as: Home.ann, in: Home.media)
            try await stage.message("<@\(bot)> status")
            #expect(stage.identifies() == 2)
        }
    }

    @Test func `who insists on content gets the name of the switch`() async throws {
        try await GatewayStage.play(Props(rules: Self.withoutContent, goesOnWithoutContent: false)) { stage in
            let stop = try await stage.ended()
            #expect(stop == .intentsRefused(["MESSAGE CONTENT INTENT"]))
        }
    }

    // MARK: Sessions that are gone

    @Test func `a session that Discord ends is followed by a new one`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            await stage.waitABit()
            let told = stage.told.end
            await stage.discord.invalidateSessions(isResumable: false)
            _ = try await stage.disconnected(from: told)
            await stage.waitABit()
            try await stage.ready(from: told)
        }
    }

    @Test func `a session that Discord only interrupts is resumed`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            let told = stage.told.end
            await stage.discord.invalidateSessions(isResumable: true)
            _ = try await stage.disconnected(from: told)
            await stage.waitABit()
            try await stage.resumed(from: told)
        }
    }

    // MARK: Lines that die

    @Test func `a line that says nothing any more is given up, the session is not`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            _ = try await stage.noted { if case .heartbeat = $0 { true } else { nil } }
            let (told, noted) = (stage.told.end, stage.discord.gateway.end)
            await stage.discord.muteConnections()
            await stage.clock.advance(by: .seconds(42))
            await stage.clock.advance(by: .seconds(42))
            let why = try await stage.disconnected(from: told)
            #expect(why.contains("Discord"))
            try await stage.resumed(from: told)
            #expect(stage.identifies() == 1)
            let isNew = try await stage.noted(from: noted) { if case .resumeAsked = $0 { true } else { nil } }
            #expect(isNew)
        }
    }

    @Test func `a frame that is cut off is asked for again`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            let told = stage.told.end
            await stage.discord.sendGarbage()
            try await stage.resumed(from: told)
            await stage.discord.sendGarbage()
            _ = try await stage.discord.say("still here", as: Home.ann, in: Home.media)
            try await stage.message("still here")
        }
    }

    @Test func `a heartbeat that Discord asks for is sent at once`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            _ = try await stage.noted { if case .heartbeat = $0 { true } else { nil } }
            let noted = stage.discord.gateway.end
            await stage.discord.askHeartbeat()
            let isBeating = try await stage.noted(from: noted) { if case .heartbeat = $0 { true } else { nil } }
            #expect(isBeating)
        }
    }

    @Test func `events nobody knows, and events of nothing, are let be`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            await stage.discord.send(event: "NEVER_HEARD_OF", ["a": [1, 2]])
            for name in ["MESSAGE_CREATE", "INTERACTION_CREATE", "GUILD_CREATE", "GUILD_ROLE_UPDATE", "RESUMED"] {
                await stage.discord.send(event: name, raw: Array("null".utf8))
                await stage.discord.send(event: name, raw: Array("{}".utf8))
            }
            _ = try await stage.discord.say("still here", as: Home.ann, in: Home.media)
            try await stage.message("still here")
            #expect(stage.messages == ["still here"])
            #expect(stage.gateway.health.connections == 1)
        }
    }

    // MARK: What is heard

    @Test func `people's talk is not even decoded`() async throws {
        try await GatewayStage.play(Props(messages: .addressed(prefixes: ["!plex"]))) { stage in
            try await stage.ready()
            _ = try await stage.discord.say("nice weather", as: Home.ann, in: Home.media)
            _ = try await stage.discord.say("!PLEX help", as: Home.ann, in: Home.media)
            _ = try await stage.discord.say("<@\(stage.discord.bot)> help", as: Home.ann, in: Home.media)
            let direct = await stage.discord.directChannel(with: Home.ann)
            _ = try await stage.discord.say("help", as: Home.ann, in: direct)
            try await stage.message("help")
            #expect(stage.messages == ["!PLEX help", "<@\(stage.discord.bot)> help", "help"])
        }
    }

    // MARK: What is sent

    @Test func `however often the presence changes, Discord is not angered`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            for number in 0..<300 { await stage.gateway.show(Presence(.online, .saying("\(number)"))) }
            _ = try await stage.discord.say("still here", as: Home.ann, in: Home.media)
            try await stage.message("still here")
            let noted = stage.discord.gateway.end
            await stage.discord.askHeartbeat()
            _ = try await stage.noted(from: noted) { if case .heartbeat = $0 { true } else { nil } }
            #expect(stage.gateway.health.connections == 1)
        }
    }

    // MARK: The end

    @Test func `when the program ends, Discord is told goodbye and the session is over`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
        } after: { stage in
            let stop = try await stage.ended()
            #expect(stop == nil)
            let code = try await stage.clientClosed()
            #expect(code == 1000)
            _ = try await stage.noted { if case .sessionEnded = $0 { true } else { nil } }
            #expect(stage.gateway.health.state == .offline)
        }
    }

    @Test func `an address where nobody answers is tried again and again`() async throws {
        try await GatewayStage.play(Props(address: "ws://127.0.0.1:1/")) { stage in
            try await stage.whileTimePasses {
                while stage.gateway.health.connections < 4 { await Task.yield() }
            }
            #expect(stage.gateway.health.state != .stopped)
            #expect(stage.gateway.health.lastError?.isEmpty == false)
        }
    }

    @Test func `a gateway that refuses for a while is reached in the end`() async throws {
        try await GatewayStage.play { stage in
            try await stage.ready()
            let told = stage.told.end
            await stage.discord.refuseGateway(times: 3)
            await stage.discord.dropConnections()
            try await stage.whileTimePasses {
                try await stage.hear(from: told) { event -> Bool? in
                    switch event {
                    case .resumed, .ready: true
                    default: nil
                    }
                }
            }
            #expect(stage.gateway.health.connections >= 5)
        }
    }
}
