// The gateway without a socket: frames in, frames out (sheet §1, §7).

import Runtime
import Testing

@testable import StandIns

/// One bot's side of the hub.
private struct Bench {
    var api = DiscordAPI(world: .small)
    var hub = GatewayHub()
    var now = Instant(seconds: 1_767_225_600)

    static let token = DiscordRules.standard.token

    mutating func open(version: String = "10") -> (line: Int, [GatewayHub.Output]) {
        hub.opened(version: version, encoding: "json", rules: api.rules, now: now)
    }

    mutating func send(_ frame: JSON, on line: Int) -> [GatewayHub.Output] { send(frame.bytes, on: line) }

    mutating func send(_ bytes: [UInt8], on line: Int) -> [GatewayHub.Output] {
        api.world.now = now
        return hub.received(bytes, isText: true, on: line, api: &api, now: now)
    }

    static func identify(_ change: (inout JSON) -> Void = { _ in }) -> JSON {
        var data: JSON = ["token": .string(token), "intents": 37377, "properties": ["os": "linux"]]
        change(&data)
        return ["op": 2, "d": data]
    }

    /// A line with a session on it.
    mutating func login(_ change: (inout JSON) -> Void = { _ in }) -> (line: Int, session: String) {
        let (line, _) = open()
        let frames = events(send(Self.identify(change), on: line))
        return (line, frames.first?["d"]?["session_id"]?.string ?? "")
    }

    mutating func say(_ text: String, in channel: DiscordID = Household.media) throws -> [JSON] {
        api.world.now = now
        _ = try api.world.say(text, as: Household.ann, in: channel)
        return tell()
    }

    mutating func tell() -> [JSON] {
        api.world.takeOutbox().flatMap { events(hub.broadcast($0, world: api.world, rules: api.rules)) }
    }
}

private func events(_ output: [GatewayHub.Output]) -> [JSON] {
    output.compactMap { action in
        guard case .send(_, let frame) = action else { return nil }
        return try? JSON(parsing: frame)
    }
}

private func closeCode(_ output: [GatewayHub.Output]) -> UInt16? {
    for case .close(_, let code, _) in output { return code }
    return nil
}

@Suite struct GatewayTests {
    @Test func `Hello comes first, then READY with number 1 and the servers`() {
        var bench = Bench()
        let (line, hello) = bench.open()
        #expect(events(hello).first?["op"]?.int == 10)
        #expect(events(hello).first?["d"]?["heartbeat_interval"]?.int == 41_250)
        let frames = events(bench.send(Bench.identify(), on: line))
        #expect(frames.map { $0["t"]?.string } == ["READY", "GUILD_CREATE"])
        #expect(frames.map { $0["s"]?.int } == [1, 2])
        let guild = frames.last?["d"]
        #expect(guild?["channels"]?.array?.count == 3)
        // Without the presence intent the bot alone.
        #expect(guild?["members"]?.array?.count == 1)
    }

    @Test(arguments: [
        (#"{"op":3,"d":{"since":null,"activities":[],"status":"online","afk":false}}"#, 4003),
        (#"{"op":8,"d":{}}"#, 4003), (#"{"op":0,"d":{}}"#, 4001), (#"{"op":99}"#, 4001), (#"{"op":11}"#, 4001),
        ("{", 4002), ("[]", 4002), (#"{"d":1}"#, 4002), (#"{"op":1,"d":"x"}"#, 4002), (#"{"op":2,"d":null}"#, 4002),
        (#"{"op":6,"d":{"token":"x"}}"#, 4002),
        (#"{"op":6,"d":{"token":"x","session_id":"y","seq":1}}"#, 4004),
    ])
    func `what comes at the wrong time or in the wrong shape ends the line`(_ frame: String, _ code: UInt16) {
        var bench = Bench()
        let (line, _) = bench.open()
        #expect(closeCode(bench.send(Array(frame.utf8), on: line)) == code)
        // Nothing more is heard of it.
        #expect(bench.send(["op": 1, "d": .null], on: line).isEmpty)
    }

    @Test(
        arguments: [
            ("token", "wrong", 4004), ("intents", 37379, 4014), ("intents", 67_108_864, 4013), ("intents", nil, 4002),
            ("properties", nil, 4002), ("shard", [2, 2], 4010), ("shard", [0], 4010), ("large_threshold", 10, 4002),
            ("presence", ["status": "busy"], 4002),
        ] as [(String, JSON?, UInt16)])
    func `a bad Identify ends the line with its own code`(_ key: String, _ value: JSON?, _ code: UInt16) {
        var bench = Bench()
        let (line, _) = bench.open()
        #expect(closeCode(bench.send(Bench.identify { $0[key] = value }, on: line)) == code)
    }

    @Test func `other versions, a second Identify and too large a frame are refused`() {
        var bench = Bench()
        let (_, old) = bench.open(version: "8")
        #expect(closeCode(old) == 4012)
        let (line, _) = bench.login()
        #expect(closeCode(bench.send(Bench.identify(), on: line)) == 4005)
        let (other, _) = bench.open()
        let large: JSON = ["op": 1, "d": .null, "x": .string(String(repeating: "x", count: 4096))]
        #expect(closeCode(bench.send(large, on: other)) == 4002)
    }

    @Test func `more than 2500 servers need shards`() {
        var bench = Bench()
        bench.api.rules.guildsPerShard = 0
        let (line, _) = bench.open()
        #expect(closeCode(bench.send(Bench.identify(), on: line)) == 4011)
    }

    @Test func `the hundred and twenty-first frame in a minute is one too many`() {
        var bench = Bench()
        let (line, _) = bench.open()
        for _ in 0..<120 { #expect(closeCode(bench.send(["op": 1, "d": .null], on: line)) == nil) }
        #expect(closeCode(bench.send(["op": 1, "d": .null], on: line)) == 4008)
        let (next, _) = bench.open()
        for _ in 0..<120 { _ = bench.send(["op": 1, "d": .null], on: next) }
        bench.now = bench.now + .seconds(60)
        #expect(closeCode(bench.send(["op": 1, "d": .null], on: next)) == nil)
    }

    @Test func `one Identify per key and five seconds, by op 9`() {
        var bench = Bench()
        _ = bench.login()
        let (line, _) = bench.open()
        let refused = events(bench.send(Bench.identify(), on: line))
        #expect(refused.map { $0["op"]?.int } == [9])
        #expect(refused.first?["d"]?.bool == false)
        bench.now = bench.now + .seconds(5)
        #expect(events(bench.send(Bench.identify(), on: line)).first?["t"]?.string == "READY")
    }

    @Test func `with max_concurrency two, shards of different keys start at once`() {
        var bench = Bench()
        bench.api.rules.maxConcurrency = 2
        _ = bench.login { $0["shard"] = [0, 4] }
        let (line, _) = bench.open()
        #expect(events(bench.send(Bench.identify { $0["shard"] = [1, 4] }, on: line)).first?["t"]?.string == "READY")
        let (third, _) = bench.open()
        #expect(events(bench.send(Bench.identify { $0["shard"] = [2, 4] }, on: third)).first?["op"]?.int == 9)
    }

    @Test func `the last session start of the day costs the token`() {
        var bench = Bench()
        bench.api.rules.identifyLimit = 1
        let (line, _) = bench.login()
        bench.now = bench.now + .seconds(5)
        let (second, _) = bench.open()
        let output = bench.send(Bench.identify(), on: second)
        let codes = output.compactMap { action -> UInt16? in
            if case .close(_, let code, _) = action { code } else { nil }
        }
        #expect(codes == [4004, 4004])
        #expect(bench.api.token != Bench.token)
        _ = line
    }

    @Test func `a lost line is resumed with what was missed, in order, then RESUMED`() throws {
        var bench = Bench()
        let (line, session) = bench.login()
        #expect(try bench.say("one").count == 1)
        _ = bench.hub.closed(line, code: nil, now: bench.now)
        #expect(try bench.say("two").isEmpty)
        #expect(try bench.say("three").isEmpty)
        bench.now = bench.now + .seconds(60)
        let (second, _) = bench.open()
        let frames = events(
            bench.send(
                ["op": 6, "d": ["token": .string(Bench.token), "session_id": .string(session), "seq": 2]], on: second))
        #expect(frames.map { $0["t"]?.string } == ["MESSAGE_CREATE", "MESSAGE_CREATE", "MESSAGE_CREATE", "RESUMED"])
        #expect(frames.map { $0["s"]?.int } == [3, 4, 5, 6])
        #expect(frames[0]["d"]?["content"]?.string == "one")
        #expect(frames[3]["d"] == [:])
        #expect(try bench.say("four").first?["s"]?.int == 7)
    }

    @Test(arguments: [(1000 as UInt16?, false), (1001, false), (4000, true), (1006, true), (nil, true)])
    func `only the client's own 1000 or 1001 ends the session`(_ code: UInt16?, _ survives: Bool) {
        var bench = Bench()
        let (line, session) = bench.login()
        _ = bench.hub.closed(line, code: code, now: bench.now)
        let (second, _) = bench.open()
        let frames = events(
            bench.send(
                ["op": 6, "d": ["token": .string(Bench.token), "session_id": .string(session), "seq": 2]], on: second))
        #expect(frames.map { $0["op"]?.int } == [survives ? 0 : 9])
    }

    @Test func `our own close leaves the session alone, whatever the echo says`() {
        var bench = Bench()
        let (line, session) = bench.login()
        _ = bench.hub.close(line, 4000, "restart")
        _ = bench.hub.closed(line, code: 1000, now: bench.now)
        #expect(bench.hub.sessions[session] != nil)
    }

    @Test func `sessions unknown, gone stale or numbered wrongly are not resumed`() {
        var bench = Bench()
        let (line, session) = bench.login()
        _ = bench.hub.closed(line, code: nil, now: bench.now)
        func resume(_ id: String, _ last: Int) -> [GatewayHub.Output] {
            let (line, _) = bench.open()
            return bench.send(
                ["op": 6, "d": ["token": .string(Bench.token), "session_id": .string(id), "seq": .int(Int64(last))]],
                on: line)
        }
        #expect(events(resume("unknown", 1)).first?["op"]?.int == 9)
        #expect(closeCode(resume(session, 99)) == 4007)
        let (second, other) = bench.loginLater()
        _ = bench.hub.closed(second, code: nil, now: bench.now)
        bench.now = bench.now + .seconds(200)
        #expect(events(resume(other, 1)).first?["op"]?.int == 9)
    }

    @Test func `events go to who asked for them, and content only with its intent`() throws {
        var bench = Bench()
        _ = bench.login { $0["intents"] = 512 }
        let plain = try #require(try bench.say("secret").first?["d"])
        #expect(plain["content"]?.string == "")
        #expect(plain["author"]?["id"]?.id == Household.ann)
        #expect(plain["member"]?["roles"]?.array != nil)
        let mention = try #require(try bench.say("<@\(Household.autoplex)> help").first?["d"])
        #expect(mention["content"]?.string?.hasSuffix("help") == true)
        let direct = bench.api.world.directChannel(with: Household.ann)
        #expect(try bench.say("psst", in: direct).isEmpty)
    }

    @Test func `direct messages show their content to every bot that takes them`() throws {
        var bench = Bench()
        _ = bench.login { $0["intents"] = 4096 }
        let direct = bench.api.world.directChannel(with: Household.ann)
        let message = try #require(try bench.say("psst", in: direct).first?["d"])
        #expect(message["content"]?.string == "psst")
        #expect(message["guild_id"] == nil)
        #expect(try bench.say("loud").isEmpty)
    }

    @Test func `channels the bot may not see are silent`() throws {
        var bench = Bench()
        _ = bench.login()
        bench.api.world.setOverwrites(
            [.init(subject: .member, id: Household.autoplex, deny: Permission.viewChannel)], of: Household.media)
        #expect(try bench.say("whisper").isEmpty)
    }

    @Test func `each server's events come on its own shard`() throws {
        var bench = Bench()
        bench.api.rules.maxConcurrency = 2
        let (first, _) = bench.login { $0["shard"] = [0, 2] }
        let (second, _) = bench.login { $0["shard"] = [1, 2] }
        let home = Int((Household.server >> 22) % 2) == 0 ? first : second
        bench.api.world.now = bench.now
        _ = try bench.api.world.say("here", as: Household.ann, in: Household.media)
        let lines = bench.api.world.takeOutbox().flatMap {
            bench.hub.broadcast($0, world: bench.api.world, rules: bench.api.rules)
        }.compactMap { action -> Int? in if case .send(let line, _) = action { line } else { nil } }
        #expect(lines == [home])
    }

    @Test func `who stops beating is put out with 4009 and its session is gone`() {
        var bench = Bench()
        let (line, session) = bench.login()
        bench.now = bench.now + .seconds(41)
        #expect(events(bench.send(["op": 1, "d": 2], on: line)).first?["op"]?.int == 11)
        bench.now = bench.now + .seconds(61)
        #expect(bench.hub.tick(rules: bench.api.rules, now: bench.now).isEmpty)
        bench.now = bench.now + .seconds(1)
        #expect(closeCode(bench.hub.tick(rules: bench.api.rules, now: bench.now)) == 4009)
        #expect(bench.hub.sessions[session] == nil)
    }

    @Test func `a mute line neither hears nor speaks, and loses nothing`() throws {
        var bench = Bench()
        let (line, session) = bench.login()
        bench.hub.mute(line)
        #expect(bench.send(["op": 1, "d": 2], on: line).isEmpty)
        #expect(try bench.say("unheard").isEmpty)
        let (second, _) = bench.open()
        let frames = events(
            bench.send(
                ["op": 6, "d": ["token": .string(Bench.token), "session_id": .string(session), "seq": 2]], on: second))
        #expect(frames.map { $0["t"]?.string } == ["MESSAGE_CREATE", "RESUMED"])
    }

    @Test func `op 9 lets the bot begin anew on the same line`() {
        var bench = Bench()
        let (line, session) = bench.login()
        let told = events(bench.hub.invalidate(isResumable: false, now: bench.now))
        #expect(told.map { $0["op"]?.int } == [9])
        #expect(bench.hub.sessions[session] == nil)
        bench.now = bench.now + .seconds(5)
        #expect(events(bench.send(Bench.identify(), on: line)).first?["t"]?.string == "READY")
    }

    @Test func `people are asked for by name or id`() {
        var bench = Bench()
        let (line, _) = bench.login()
        let asked: JSON = [
            "op": 8,
            "d": ["guild_id": .id(Household.server), "user_ids": [.id(Household.bo), "1"], "nonce": "n"],
        ]
        let chunk = events(bench.send(asked, on: line)).first?["d"]
        #expect(chunk?["members"]?[0]?["user"]?["id"]?.id == Household.bo)
        #expect(chunk?["not_found"] == ["1"])
        #expect(chunk?["nonce"]?.string == "n")
    }
}

extension Bench {
    /// A further session, after the five seconds.
    fileprivate mutating func loginLater() -> (line: Int, session: String) {
        now = now + .seconds(5)
        return login()
    }
}
