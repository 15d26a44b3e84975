// The small rules of the gateway, each by itself: close codes, budgets, back-off, heartbeat, addresses, payloads.

import Compression
import FoundationEssentials
import Runtime
import Testing

@testable import Discord

@Suite("Gateway rules")
struct GatewayRulesTests {
    // MARK: Close codes

    /// The whole table of the sheet, and some that are not in it.
    static let closes: [(UInt16?, AfterClose)] = [
        (4000, .patiently), (4001, .patiently), (4002, .patiently), (4003, .identify), (4004, .stop(.tokenRefused)),
        (4005, .identify), (4006, .patiently), (4007, .identify), (4008, .identifyLater), (4009, .resume(attempts: 1)),
        (4010, .stop(.shardRefused(Shard(1, of: 2)))), (4011, .stop(.shardingRequired)),
        (4012, .stop(.versionRefused)), (4013, .stop(.intentsInvalid)), (4014, .intentsRefused), (4015, .patiently),
        (4900, .patiently), (1000, .resume(attempts: 1)), (1001, .resume(attempts: 1)), (1002, .patiently),
        (1005, .patiently), (1006, .patiently), (nil, .patiently), (1011, .patiently), (1012, .patiently),
        (3000, .patiently), (0, .patiently),
    ]

    @Test(arguments: closes)
    func `every close code has its consequence`(code: UInt16?, expected: AfterClose) {
        #expect(AfterClose(code: code, shard: Shard(1, of: 2)) == expected)
    }

    @Test(arguments: [
        (GatewayStop.tokenRefused, "DISCORD_TOKEN"),
        (.intentsRefused(["MESSAGE CONTENT INTENT"]), "switch on MESSAGE CONTENT INTENT"),
        (.intentsRefused(["SERVER MEMBERS INTENT", "PRESENCE INTENT"]), "SERVER MEMBERS INTENT and PRESENCE INTENT"),
        (.intentsInvalid, "update"), (.shardRefused(Shard(2, of: 3)), "2/3"), (.shardingRequired, "servers"),
        (.versionRefused, "update"),
    ])
    func `every end says what to do`(stop: GatewayStop, words: String) {
        #expect(stop.description.contains(words))
    }

    // MARK: Budgets

    @Test func `110 payloads pass in a minute, the next waits for the first to be a minute old`() {
        var budget = SendBudget()
        for step in 0..<110 { #expect(budget.take(at: .milliseconds(Int64(step) * 100)) == nil) }
        #expect(budget.take(at: .seconds(11)) == .seconds(49))
        #expect(budget.take(at: .seconds(59)) == .seconds(1))
        #expect(budget.take(at: .seconds(60)) == nil)
        #expect(budget.take(at: .seconds(60)) == .milliseconds(100))
    }

    @Test func `heartbeats always pass and are counted`() {
        var budget = SendBudget()
        for _ in 0..<109 { budget.noteHeartbeat(at: .zero) }
        #expect(budget.take(at: .zero) == nil)
        #expect(budget.take(at: .zero) == .seconds(60))
        for _ in 0..<100_000 { budget.noteHeartbeat(at: .seconds(1)) }
        #expect(budget.take(at: .seconds(2)) == .seconds(59))
        #expect(budget.take(at: .seconds(61)) == nil)
    }

    @Test(
        arguments: [
            (1000, 1000, nil), (11, 1000, nil), (10, 1000, .seconds(3601)), (0, 1000, .seconds(3601)),
            (2, 20, .seconds(3601)),
            (3, 20, nil), (1, 5, nil), (0, 5, .seconds(3601)),
        ] as [(Int, Int, Duration?)])
    func `the last logins of the day are not spent`(remaining: Int, total: Int, wait: Duration?) {
        let start = GatewayInfo.SessionStart(total: total, remaining: remaining, resetAfter: .hours(14))
        #expect(IdentifyBudget.wait(start) == wait)
    }

    @Test func `when the day's logins come back soon, that is waited for`() {
        #expect(IdentifyBudget.wait(.init(total: 1000, remaining: 3, resetAfter: .minutes(2))) == .seconds(121))
        #expect(IdentifyBudget.wait(.init(total: 1000, remaining: 0, resetAfter: .zero)) == .seconds(2))
    }

    @Test func `each key logs in once in five seconds`() {
        var budget = IdentifyBudget()
        let turns = (0..<6).map { budget.turn(for: Shard($0, of: 6), maxConcurrency: 2, at: .seconds(100)) }
        #expect(turns == [.zero, .zero, .seconds(5), .seconds(5), .seconds(10), .seconds(10)])
        #expect(budget.turn(for: Shard(0, of: 6), maxConcurrency: 2, at: .seconds(200)) == .zero)
        #expect(budget.turn(for: Shard(0, of: 6), maxConcurrency: 2, at: .seconds(202)) == .seconds(3))
    }

    @Test(
        arguments: [
            (nil, 4, 0), (0, 4, 0), (1 << 22, 4, 1), (7 << 22 | 0x3FFFFF, 4, 3), (41_771_983_423_143_937, 1, 0),
            (UInt64.max, 16, 15),
        ] as [(UInt64?, Int, Int)])
    func `a guild has its shard, direct messages the first`(guild: UInt64?, count: Int, expected: Int) {
        let guild = guild.map { Snowflake($0) }
        #expect(Shard.number(for: guild, of: count) == expected)
        #expect(Shard(expected, of: count).serves(guild))
    }

    // MARK: Back-off

    @Test(
        arguments: [
            (0, 0, 0), (1, 500, 1000), (2, 1000, 2000), (3, 2000, 4000), (7, 32000, 64000), (8, 64000, 128_000),
            (9, 64000, 128_000), (60, 64000, 128_000),
        ] as [(Int, Int64, Int64)])
    func `the wait doubles, within bounds`(failures: Int, least: Int64, most: Int64) {
        for (chance, expected) in [(0.0, least), (1.0, most)] {
            var backoff = ReconnectBackoff()
            for _ in 0..<failures { _ = backoff.next(chance: 0.5) }
            #expect(backoff.next(chance: chance) == .milliseconds(expected))
            backoff.reset()
            #expect(backoff.next(chance: chance) == .zero)
        }
    }

    @Test func `a day of sessions that die at once does not use up the logins`() {
        var backoff = ReconnectBackoff()
        var random = Xorshift(7)
        var time = Duration.zero
        var logins = 0
        while time < .days(1) {
            logins += 1
            time += backoff.next(chance: .random(in: 0..<1, using: &random))
        }
        #expect(logins < 950)
    }

    // MARK: Heartbeat

    static let interval = Duration.milliseconds(41250)

    @Test(arguments: [0, 0.25, 0.5, 0.999])
    func `the first beat comes after a part of the interval`(chance: Double) {
        var heart = Heartbeat(interval: Self.interval, at: .seconds(10), chance: chance)
        let first = .seconds(10) + Self.interval * chance
        #expect(heart.deadline == first)
        if chance > 0 { #expect(heart.tick(at: first - .milliseconds(1)) == .nothing) }
        #expect(heart.tick(at: first) == .beat)
        #expect(heart.nextBeat == first + Self.interval)
        #expect(heart.tick(at: first) == .nothing)
    }

    @Test func `a beat without answer till the next is the line's death`() {
        var heart = Heartbeat(interval: .seconds(10), at: .zero, chance: 0)
        #expect(heart.tick(at: .zero) == .beat)
        heart.answered(at: .milliseconds(80))
        #expect(heart.latency == .milliseconds(80))
        #expect(heart.tick(at: .seconds(10)) == .beat)
        heart.received(at: .seconds(15))
        #expect(heart.tick(at: .seconds(20)) == .dead("Discord did not answer the heartbeat"))
    }

    @Test func `a beat on request does not count as unanswered`() {
        var heart = Heartbeat(interval: .seconds(10), at: .zero, chance: 0)
        #expect(heart.tick(at: .zero) == .beat)
        heart.answered(at: .seconds(1))
        heart.beatOnRequest(at: .milliseconds(9990))
        #expect(heart.tick(at: .seconds(10)) == .beat)
        heart.answered(at: .milliseconds(10020))
        #expect(heart.latency == .milliseconds(30))
        heart.answered(at: .milliseconds(10080))
        #expect(heart.latency == .milliseconds(80))
        #expect(heart.tick(at: .seconds(20)) == .beat)
    }

    @Test func `silence is the line's death, though beats may be answered late`() {
        var heart = Heartbeat(interval: .seconds(45), at: .zero, chance: 0.99)
        heart.received(at: .seconds(1))
        #expect(heart.tick(at: .seconds(45)) == .beat)
        #expect(heart.deadline == .seconds(66))
        #expect(heart.tick(at: .seconds(66)) == .dead("nothing came from Discord for 65 s"))
    }

    @Test func `answers nobody waits for do no harm`() {
        var heart = Heartbeat(interval: .seconds(45), at: .zero, chance: 0.5)
        for _ in 0..<100 { heart.answered(at: .seconds(1)) }
        #expect(heart.latency == nil)
    }

    // MARK: Ids seen

    @Test func `an id counts once`() {
        var seen = SeenIDs()
        #expect(seen.isNew(1, at: .zero) == true)
        #expect(seen.isNew(2, at: .zero) == true)
        #expect(seen.isNew(1, at: .seconds(599)) == false)
        #expect(seen.isNew(1, at: .seconds(601)) == true)
    }

    @Test func `only so many ids are remembered, the newest`() {
        var seen = SeenIDs(capacity: 100)
        for id in 0..<10_000 { #expect(seen.isNew(Snowflake(UInt64(id)), at: .zero) == true) }
        #expect(seen.count == 100)
        #expect(seen.isNew(9_999, at: .zero) == false)
        #expect(seen.isNew(9_950, at: .zero) == false)
        #expect(seen.isNew(9_000, at: .zero) == true)
    }

    // MARK: Addresses

    @Test(arguments: [
        ("wss://gateway.discord.gg", "wss://gateway.discord.gg/?v=10&encoding=json&compress=zlib-stream"),
        ("wss://gateway.discord.gg/", "wss://gateway.discord.gg/?v=10&encoding=json&compress=zlib-stream"),
        (
            "wss://gateway-us-east1-b.discord.gg/?v=9&x=y",
            "wss://gateway-us-east1-b.discord.gg/?v=10&encoding=json&compress=zlib-stream"
        ),
        ("ws://127.0.0.1:8080/gw/", "ws://127.0.0.1:8080/gw/?v=10&encoding=json&compress=zlib-stream"),
        ("ws://[::1]:80", "ws://[::1]:80/?v=10&encoding=json&compress=zlib-stream"),
        ("wss://host?x=/y", "wss://host/?v=10&encoding=json&compress=zlib-stream"),
    ])
    func `an address gets our query`(text: String, url: String) {
        #expect(GatewayAddress(text)?.url(.zlib) == url)
    }

    @Test(arguments: ["", "https://discord.com", "wss://", "wss:///x", "gateway.discord.gg", "wss://u:p@host", "ws:"])
    func `what is no gateway address is none`(text: String) {
        #expect(GatewayAddress(text) == nil)
    }

    @Test(arguments: [
        (TransportCompression.none, ""), (.zlib, "&compress=zlib-stream"), (.zstd, "&compress=zstd-stream"),
    ])
    func `the compression is part of the query`(compression: TransportCompression, ending: String) {
        #expect(GatewayAddress("ws://h")?.url(compression) == "ws://h/?v=10&encoding=json" + ending)
    }

    // MARK: Payloads

    static let token = "MTA.very.secret"
    static let config = GatewayConfig(
        token: Secret(token), shard: Shard(1, of: 2), presence: Presence(.idle, .watching("\"films\" 🎬")))

    private func text(_ payload: GatewayPayload) -> String { String(decoding: payload.bytes, as: UTF8.self) }

    private struct Sent: Decodable {
        struct Body: Decodable {
            struct Presence: Decodable {
                struct Activity: Decodable {
                    var name: String
                    var type: Int
                    var state: String?
                }
                var status: String
                var afk: Bool
                var activities: [Activity]
            }
            var token: String?
            var intents: Int?
            var properties: [String: String]?
            var shard: [Int]?
            var large_threshold: Int?
            var presence: Presence?
            var session_id: String?
            var seq: Int64?
        }
        var op: Int
        var d: Body
    }

    private func read(_ payload: GatewayPayload) throws -> Sent {
        try JSONDecoder().decode(Sent.self, from: Data(payload.bytes))
    }

    @Test func `identify says who we are and what we want`() throws {
        let sent = try read(.identify(Self.config, intents: .textCommands, presence: Self.config.presence))
        #expect(sent.op == 2)
        #expect(sent.d.token == Self.token)
        #expect(sent.d.intents == 37377)
        #expect(sent.d.properties == ["os": "linux", "browser": "autoplex", "device": "autoplex"])
        #expect(sent.d.shard == [1, 2])
        #expect(sent.d.large_threshold == 50)
        #expect(sent.d.presence?.status == "idle")
        #expect(sent.d.presence?.activities.first?.name == "\"films\" 🎬")
        #expect(sent.d.presence?.activities.first?.type == 3)
    }

    @Test func `resume names the session and the last event`() throws {
        let sent = try read(.resume(Secret(Self.token), session: "abc", sequence: 77))
        #expect(sent.op == 6)
        #expect(sent.d.token == Self.token)
        #expect(sent.d.session_id == "abc")
        #expect(sent.d.seq == 77)
    }

    @Test func `a heartbeat carries the last sequence, or null`() {
        #expect(text(.heartbeat(nil)) == #"{"op":1,"d":null}"#)
        #expect(text(.heartbeat(251)) == #"{"op":1,"d":251}"#)
    }

    @Test func `a plain status is shown by its text`() throws {
        let sent = try read(.identify(Self.config, intents: [], presence: Presence(.online, .saying("hello"))))
        #expect(sent.d.presence?.activities.first?.state == "hello")
        #expect(sent.d.presence?.activities.first?.type == 4)
        let bare = text(.presence(Presence(.dnd)))
        #expect(bare.contains(#""since":null"#) && bare.contains(#""activities":[]"#))
    }

    @Test func `no payload shows the token when printed`() {
        let long = Presence(.online, .playing(String(repeating: "🎬", count: 5000)))
        for payload in [
            GatewayPayload.identify(Self.config, intents: .textCommands, presence: long),
            .resume(Secret(Self.token), session: "abc", sequence: 77),
        ] {
            var dumped = ""
            dump(payload, to: &dumped)
            dump(GatewayAction.send(payload), to: &dumped)
            #expect(!"\(payload) \(GatewayAction.send(payload)) \(dumped)".contains("secret"))
            #expect(payload.bytes.count <= SendBudget.largest)
        }
    }
}
