// The stand-in as a server: what only shows on a real line.

import Compression
import HTTP
import Runtime
import StandIns
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct DiscordStandInTests {
    @Test(arguments: TransportCompression.allCases)
    func `a bot logs in and hears people in every packing`(_ compression: TransportCompression) async throws {
        try await Stage.play { stage in
            let bot = stage.connect(compression)
            _ = try await bot.login()
            #expect(try await bot.frame("GUILD_CREATE")["d"]?["name"]?.string == "The Household")
            try await stage.discord.say("Hello 🎬", as: Household.ann, in: Household.media)
            #expect(try await bot.frame("MESSAGE_CREATE")["d"]?["content"]?.string == "Hello 🎬")
            bot.send(["op": 1, "d": 3])
            _ = try await bot.frame(op: 11)
        }
    }

    @Test func `zlib messages come in as many frames as ordered`() async throws {
        try await Stage.play { stage in
            await stage.discord.splitFrames(at: 11)
            let bot = stage.connect(.zlib)
            _ = try await bot.login()
            try await stage.discord.say("in pieces", as: Household.ann, in: Household.media)
            #expect(try await bot.frame("MESSAGE_CREATE")["d"]?["content"]?.string == "in pieces")
        }
    }

    @Test func `a dropped line is resumed with what was missed`() async throws {
        try await Stage.play { stage in
            let first = stage.connect()
            let session = try await first.login()
            await stage.discord.dropConnections()
            #expect(try await first.end().code == nil)
            try await stage.discord.say("meanwhile", as: Household.ann, in: Household.media)
            let second = stage.connect()
            try await second.resume(session, after: 2)
            #expect(try await second.frame("MESSAGE_CREATE")["s"]?.int == 3)
            #expect(try await second.frame("RESUMED")["d"] == [:])
        }
    }

    @Test(arguments: [(1000 as UInt16, 9), (4000, 0)])
    func `the client's close code decides over its session`(_ code: UInt16, _ op: Int) async throws {
        try await Stage.play { stage in
            let first = stage.connect()
            let session = try await first.login()
            first.close(code)
            _ = try await stage.discord.gateway.first {
                if case .closed(_, code, byClient: true) = $0 { true } else { false }
            }
            let second = stage.connect()
            try await second.resume(session, after: 2)
            let answer = try await second.heard.first { $0.frame.map { $0["op"]?.int != 10 } ?? false }
            #expect(answer.frame?["op"]?.int == op)
        }
    }

    @Test func `close codes arrive as they are`() async throws {
        try await Stage.play { stage in
            let bot = stage.connect()
            _ = try await bot.frame(op: 10)
            bot.send(["op": 2, "d": ["token": "wrong", "intents": 0, "properties": [:]]])
            #expect(try await bot.end().code == 4004)
        }
    }

    @Test func `a mute gateway keeps the line open and silent`() async throws {
        try await Stage.play { stage in
            let bot = stage.connect()
            _ = try await bot.login()
            _ = try await bot.frame("GUILD_CREATE")
            await stage.discord.muteConnections()
            let mark = bot.heard.end
            bot.send(["op": 1, "d": 2])
            try await stage.discord.say("unheard", as: Household.ann, in: Household.media)
            // A second bot hears it: had the first one been told, it would have come before.
            await stage.discord.changeRules { $0.identifySpacing = .zero }
            let second = stage.connect()
            _ = try await second.login()
            try await stage.discord.say("heard", as: Household.ann, in: Household.media)
            _ = try await second.frame("MESSAGE_CREATE")
            #expect(bot.heard.end == mark)
        }
    }

    @Test func `troubles at the gateway come as ordered`() async throws {
        try await Stage.play { stage in
            let bot = stage.connect()
            _ = try await bot.login()
            await stage.discord.askHeartbeat()
            _ = try await bot.frame(op: 1)
            await stage.discord.askReconnect()
            _ = try await bot.frame(op: 7)
            await stage.discord.send(event: "SOMETHING_NEW", ["x": 1])
            #expect(try await bot.frame("SOMETHING_NEW")["s"]?.int == 3)
            await stage.discord.sendGarbage()
            _ = try await bot.heard.first { if case .unreadable = $0 { true } else { false } }
            await stage.discord.invalidateSessions(isResumable: true)
            #expect(try await bot.frame(op: 9)["d"]?.bool == true)
            await stage.discord.closeConnections(code: 4008)
            #expect(try await bot.end().code == 4008)
        }
    }

    @Test func `who stops beating is put out by the clock`() async throws {
        let clock = VirtualClock()
        try await Stage.play(clock: clock) { stage in
            let bot = stage.connect()
            _ = try await bot.login()
            await clock.advance(by: .seconds(62))
            await stage.discord.checkHeartbeats()
            #expect(try await bot.end().code == 4009)
        }
    }

    @Test func `an event may overtake the answer that caused it`() async throws {
        try await Stage.play { stage in
            let bot = stage.connect()
            _ = try await bot.login()
            // The message is carried out, its answer lost: the event still comes.
            await stage.discord.fail("POST /channels/{}/messages", with: .lostAnswer)
            await #expect(throws: HTTPError.self) {
                try await stage.ask("POST", "/channels/\(Household.media)/messages", ["content": "mine"])
            }
            #expect(try await bot.frame("MESSAGE_CREATE")["d"]?["content"]?.string == "mine")
        }
    }

    @Test func `bad days come as ordered, and so many times`() async throws {
        try await Stage.play { stage in
            await stage.discord.fail("GET /users/@me", with: .html502)
            let page = try await stage.ask("GET", "/users/@me")
            #expect(page.status == 502)
            #expect(page.json == nil)
            await stage.discord.fail("GET /users/@me", with: .garbage)
            let garbage = try await stage.ask("GET", "/users/@me")
            #expect((garbage.status, garbage.json == nil) == (200, true))
            await stage.discord.fail("GET /users/@me", with: .status(503, ["message": "down"]))
            #expect(try await stage.ask("GET", "/users/@me").status == 503)
            for fault in [HTTPFault.refuse, .truncated] {
                await stage.discord.fail("", with: fault)
                await #expect(throws: HTTPError.self) { try await stage.ask("GET", "/users/@me") }
            }
            #expect(try await stage.ask("GET", "/users/@me").status == 200)
        }
    }

    @Test func `a stalled request holds nobody else, and ends with the stand-in`() async throws {
        try await Stage.play { stage in
            await stage.discord.fail("GET /users/@me", with: .stall)
            async let stalled = stage.ask("GET", "/users/@me")
            _ = try await stage.discord.request("GET /users/@me") { $0.status == nil }
            #expect(try await stage.ask("GET", "/gateway").status == 200)
            await stage.discord.endFaults()
            #expect(try await stalled.status == 504)
        }
    }

    @Test func `a POST without a length is a proxy's 411`() async throws {
        try await Stage.play { stage in
            let path = "/channels/\(Household.media)/typing"
            #expect(try await stage.ask("POST", path, body: .empty).status == 204)
            let missing = try await stage.ask("POST", path, body: HTTPRequest.Body.none)
            // libcurl may add the header by itself; then there is nothing to refuse.
            #expect([204, 411].contains(missing.status))
        }
    }

    @Test func `files go up by multipart and come down from a signed address that ends`() async throws {
        let clock = VirtualClock()
        try await Stage.play(clock: clock) { stage in
            let parts = [
                HTTPRequest.Part(
                    name: "payload_json", type: "application/json",
                    bytes: (["attachments": [["id": 0, "filename": "a.txt"]]] as JSON).bytes),
                HTTPRequest.Part(name: "files[0]", filename: "x", type: "text/plain", bytes: Array("hello".utf8)),
            ]
            let sent = try await stage.ask(
                "POST", "/channels/\(Household.media)/messages", body: .multipart(parts))
            let url = try #require(sent.json?["attachments"]?[0]?["url"]?.string)
            let file = try await stage.http.send(HTTPRequest("GET", url))
            #expect(file.text == "hello")
            #expect(file.headers["Content-Type"] == "text/plain")
            await clock.advance(by: .days(2))
            #expect(try await stage.http.send(HTTPRequest("GET", url)).status == 404)
        }
    }

    @Test func `the type of an answer is exactly application/json, and Via is there`() async throws {
        try await Stage.play { stage in
            let answer = try await stage.ask("GET", "/users/@me")
            #expect(answer.headers["Content-Type"] == "application/json")
            #expect(answer.headers["Via"] == "1.1 google")
        }
    }

    @Test func `an answer is waited for until it is filled in`() async throws {
        try await Stage.play { stage in
            let commands = "/applications/\(Household.application)/commands"
            _ = try await stage.ask("PUT", commands, [["name": "ping", "description": "d"]])
            let bot = stage.connect()
            _ = try await bot.login()
            let id = try await stage.discord.slash("ping", as: Household.ann, in: Household.media)
            async let answer = stage.discord.answer(to: id)
            let asked = try await bot.frame("INTERACTION_CREATE")
            let token = asked["d"]?["token"]?.string ?? ""
            _ = try await stage.ask(
                "POST", "/interactions/\(id)/\(token)/callback", ["type": 5, "data": ["flags": 64]])
            #expect(try await stage.discord.firstAnswer(to: id) == 5)
            let path = "/webhooks/\(Household.application)/\(token)/messages/@original"
            _ = try await stage.ask(
                "PATCH", path, ["embeds": [["title": "Pong", "fields": [["name": "a", "value": "b"]]]]])
            let shown = try await answer
            #expect(shown.allText == "Pong\na\nb")
            #expect(shown.isEphemeral)
        }
    }
}
