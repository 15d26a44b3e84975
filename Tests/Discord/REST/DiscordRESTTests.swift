// The client against the stand-in: what arrives there, and what comes of troubles on the way.

import Discord
import HTTP
import Runtime
import StandIns
import Testing

private let posting = "POST /channels/{}/messages"

@Suite(.timeLimit(.minutes(1))) struct DiscordRESTTests {
    @Test func `the bot learns who it is and where the gateway is`() async throws {
        try await LiveREST.run { live in
            #expect(try await live.rest.currentUser().id == Snowflake(Household.autoplex))
            #expect(try await live.rest.application().mayReadContent)
            let info = try await live.rest.gatewayBot()
            #expect(info.url.hasPrefix("ws://127.0.0.1"))
            #expect(info.session.remaining == 1000)
            let asked = try #require(live.requests("GET /users/@me").first)
            #expect(asked.headers["authorization"] == "Bot \(live.standIn.token)")
            #expect(asked.headers["user-agent"]?.hasPrefix("DiscordBot (https://") == true)
        }
    }

    @Test func `a message arrives as it was written and pings nobody`() async throws {
        try await LiveREST.run { live in
            let sent = try await live.rest.createMessage(
                in: live.media,
                MessageDraft("Hello @everyone", embeds: [Embed(title: "T", fields: [.init("a", "b")])]))
            #expect(sent.content == "Hello @everyone")
            #expect(sent.embeds.first?.fields == [.init("a", "b")])
            let form = try #require(live.requests(posting).first?.form)
            #expect(form["allowed_mentions"]?.description == #"{"parse":[]}"#)
            #expect(form["enforce_nonce"]?.bool == true)
            #expect((form["nonce"]?.string ?? "").count > 5)
        }
    }

    // MARK: Retries

    @Test(arguments: [HTTPFault.html502, .refuse, .truncated, .garbage, .lostAnswer])
    func `a message is posted once whatever happens on the way`(fault: HTTPFault) async throws {
        try await LiveREST.run { live in
            await live.standIn.fail(posting, with: fault)
            let sent = try await live.after(.seconds(1)) { [rest = live.rest, media = live.media] in
                try await rest.createMessage(in: media, MessageDraft("once"))
            }
            #expect(live.requests(posting).count == 2)
            let shown = await live.standIn.messages(in: Household.media)
            #expect(shown.map(\.content) == ["once"])
            #expect(shown.map(\.id) == [sent.id.rawValue])
        }
    }

    @Test func `after five tries the trouble is told, without a page in it`() async throws {
        try await LiveREST.run { live in
            await live.standIn.fail(posting, with: .html502, times: 9)
            let error = await live.failure {
                _ = try await live.after(.seconds(1), .seconds(3), .seconds(5), .seconds(7)) {
                    [rest = live.rest, media = live.media] in
                    try await rest.createMessage(in: media, MessageDraft("x"))
                }
            }
            #expect(live.requests(posting).count == 5)
            #expect("\(error, default: "")" == "Discord cannot be reached: it answered 502 without saying why")
            #expect(await live.rest.lastError?.error == error)
        }
    }

    @Test func `a request that stalls can be given up`() async throws {
        try await LiveREST.run { live in
            await live.standIn.fail(posting, with: .stall)
            let call = Task { [rest = live.rest, media = live.media] in
                try await rest.createMessage(in: media, MessageDraft("x"))
            }
            _ = try await live.standIn.request(posting)
            call.cancel()
            await #expect(throws: DiscordError.cancelled) { try await call.value }
        }
    }

    @Test func `a redirect is not followed`() async throws {
        try await LiveREST.run { live in
            await live.standIn.fail("GET /users/@me", with: .status(302, ["message": "over there"]))
            let error = await live.failure { _ = try await live.rest.currentUser() }
            #expect("\(error, default: "")".contains("DISCORD_API_URL"))
            #expect(live.standIn.requests.entries.count == 1)
        }
    }

    // MARK: Limits

    @Test(arguments: [RateLimitBook.Scope.user, .shared, .global])
    func `a refused message waits as long as it is told and then arrives`(scope: RateLimitBook.Scope) async throws {
        try await LiveREST.run { live in
            await live.standIn.rateLimit(scope, on: posting, retryAfter: .milliseconds(2500))
            try await live.after(.milliseconds(2499), .milliseconds(1)) { [rest = live.rest, media = live.media] in
                try await rest.createMessage(in: media, MessageDraft("later"))
            }
            #expect(live.requests(posting).map(\.status) == [429, 200])
        }
    }

    @Test func `a wait longer than the message is worth is told instead`() async throws {
        try await LiveREST.run { live in
            await live.standIn.rateLimit(.user, on: posting, retryAfter: .minutes(20))
            let error = await live.failure { try await live.rest.createMessage(in: live.media, MessageDraft("x")) }
            #expect(error == .rateLimited(for: .minutes(20)))
        }
    }

    @Test func `a crowd of messages is sent without one refusal`() async throws {
        try await LiveREST.run { live in
            try await live.whileMoving(by: .seconds(5)) { [rest = live.rest, media = live.media] in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<12 {
                        group.addTask { try await rest.createMessage(in: media, MessageDraft("\(number)")) }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(live.requests(posting).map(\.status) == Array(repeating: 200, count: 12))
            let contents = await live.standIn.messages(in: Household.media).map(\.content)
            #expect(Set(contents).count == 12)
        }
    }

    @Test func `a wrong token is tried once and never again`() async throws {
        try await LiveREST.run(token: "wrong") { live in
            #expect(await live.failure { _ = try await live.rest.currentUser() } == .unauthorized)
            #expect(await live.failure { _ = try await live.rest.gatewayBot() } == .unauthorized)
            #expect(live.standIn.requests.entries.count == 1)
        }
    }

    @Test func `a ban of the address stops all requests`() async throws {
        try await LiveREST.run { live in
            await live.standIn.changeLimits { $0.refusedLimit = 0 }
            #expect(await live.failure { _ = try await live.rest.currentUser() } == .banned(for: .minutes(10)))
            guard case .banned = await live.failure({ _ = try await live.rest.gatewayBot() }) else {
                Issue.record("asked on")
                return
            }
            #expect(live.standIn.requests.entries.count == 1)
            await live.standIn.changeLimits { $0.refusedLimit = 10_000 }
            await live.clock.advance(by: .minutes(10))
            _ = try await live.rest.currentUser()
        }
    }

    // MARK: Refusals in words

    @Test func `a missing permission is named`() async throws {
        try await LiveREST.run { live in
            await live.standIn.changeWorld { world in
                world.setOverwrites(
                    [.init(subject: .member, id: Household.autoplex, deny: Permission.sendMessages)],
                    of: Household.media)
            }
            let error = await live.failure {
                try await live.rest.createMessage(in: live.media, MessageDraft(embeds: [Embed(title: "x")]))
            }
            #expect(
                "\(error, default: "")"
                    == "Discord does not let the bot write in #media: give it View Channel, Send Messages and Embed Links there"
            )
        }
    }

    @Test func `a person who takes no messages is told of`() async throws {
        try await LiveREST.run { live in
            await live.standIn.changeWorld { $0.allowMessages(false, of: Household.bo) }
            let error = await live.failure {
                let channel = try await live.rest.openDM(with: Snowflake(Household.bo))
                try await live.rest.createMessage(in: channel, MessageDraft("psst"))
            }
            #expect("\(error, default: "")".contains("does not accept messages"))
        }
    }

    @Test func `no token stands in any error or log line`() async throws {
        try await LiveREST.run { live in
            let interaction = try await live.slash()
            let token = interaction.token.reveal()
            var told = ""
            for fault in [HTTPFault.html502, .refuse, .garbage, .status(400, ["message": "no", "code": 1])] {
                await live.standIn.fail(with: fault, times: 1)
                let error = await live.failure { try await live.rest.followUp(to: interaction, MessageDraft("x")) }
                told += "\(error, default: "sent") \(String(reflecting: error))\n"
            }
            #expect(told.contains("Discord cannot be reached"))
            await live.standIn.rateLimit(.user, retryAfter: .minutes(30))
            _ = await live.failure { try await live.rest.followUp(to: interaction, MessageDraft("x")) }
            #expect(live.lines.text.contains("slow down"))
            for text in [told, live.lines.text] {
                #expect(!text.contains(token) && !text.contains(token.prefix(12)))
                #expect(!text.contains(live.standIn.token))
            }
        }
    }
}
