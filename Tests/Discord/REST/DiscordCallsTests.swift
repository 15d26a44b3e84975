// Each call once against the stand-in, which checks forms, rights and deadlines as Discord does.

import Discord
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct DiscordCallsTests {
    @Test func `an edited message is what the edit says, and its old parts are gone`() async throws {
        try await LiveREST.run { live in
            let button = Component.row([.button(.init("Yes", customID: "yes"))])
            let sent = try await live.rest.createMessage(
                in: live.media, MessageDraft("old", embeds: [Embed(title: "T")], components: [button]))
            #expect(sent.components.flatMap(\.customIDs) == ["yes"])
            let edited = try await live.rest.editMessage(sent.id, in: live.media, MessageDraft("new @here"))
            #expect(edited.content == "new @here")
            #expect(edited.embeds.isEmpty && edited.components.isEmpty)
            let form = try #require(live.requests("PATCH /channels/{}/messages/{}").first?.form)
            #expect(form["allowed_mentions"]?.description == #"{"parse":[]}"#)
        }
    }

    @Test func `files travel with the message and are shown by its embed`() async throws {
        try await LiveREST.run { live in
            let picture = MessageDraft.File(
                name: "chart.png", type: "image/png", bytes: [0x89, 0x50, 0, 0xFF], alternative: "Plays per week")
            let list = MessageDraft.File(name: "list.txt", type: "text/plain", bytes: [UInt8]("a\r\nb".utf8))
            try await live.rest.createMessage(
                in: live.media,
                MessageDraft("see", embeds: [Embed(title: "T", image: picture.url)], files: [picture, list]))
            let asked = try #require(live.requests("POST /channels/{}/messages").first)
            #expect(asked.files.map(\.name) == ["chart.png", "list.txt"])
            #expect(asked.files.map(\.number) == [0, 1])
            #expect(asked.files.map(\.bytes) == [picture.bytes, list.bytes])
            #expect(asked.form?["attachments"]?[0]?["description"]?.string == "Plays per week")
        }
    }

    @Test func `a reply points to its question`() async throws {
        try await LiveREST.run { live in
            let question = try await live.standIn.say("!plex", as: Household.ann, in: Household.media)
            let answer = try await live.rest.createMessage(
                in: live.media, MessageDraft("yes?", replyTo: Snowflake(question)))
            #expect(answer.reference?.messageID == Snowflake(question))
            #expect(answer.kind == .reply)
        }
    }

    @Test func `messages are listed, read and deleted, the reason in the audit log`() async throws {
        try await LiveREST.run { live in
            let first = try await live.standIn.say("one", as: Household.ann, in: Household.media)
            for text in ["two", "three"] { try await live.standIn.say(text, as: Household.bo, in: Household.media) }
            let later = try await live.rest.messages(in: live.media, after: Snowflake(first), limit: 500)
            #expect(later.map(\.content) == ["three", "two"])
            #expect(try await live.rest.message(later[0].id, in: live.media).author.username == "bo")
            try await live.rest.deleteMessage(Snowflake(first), in: live.media, reason: "Ärger: 100 %")
            #expect(await live.standIn.messages(in: Household.media).map(\.content) == ["two", "three"])
            let asked = try #require(live.requests("DELETE /channels/{}/messages/{}").first)
            #expect(asked.headers["x-audit-log-reason"] == "%C3%84rger%3A%20100%20%25")
        }
    }

    @Test func `typing and reactions carry an empty body with its length`() async throws {
        try await LiveREST.run { live in
            let message = try await live.standIn.say("hi", as: Household.ann, in: Household.media)
            try await live.rest.typing(in: live.media)
            try await live.rest.react("👍", to: Snowflake(message), in: live.media)
            for entry in live.standIn.requests.entries {
                #expect(entry.headers["content-length"] == "0")
                #expect(entry.status == 204)
            }
            #expect(live.standIn.requests.entries.count == 2)
        }
    }

    @Test func `direct messages open once and take messages`() async throws {
        try await LiveREST.run { live in
            let channel = try await live.rest.openDM(with: Snowflake(Household.ann))
            try await live.rest.createMessage(in: channel, MessageDraft("psst"))
            #expect(await live.standIn.messages(in: channel.rawValue).map(\.content) == ["psst"])
        }
    }

    @Test func `commands come back from Discord the same, so they need no second registration`() async throws {
        try await LiveREST.run { live in
            let plex = CommandDefinition(
                "plex", "Plex for friends",
                options: [
                    CommandOption(
                        "jobs", "Regular work", kind: .group,
                        options: [
                            CommandOption(
                                "run", "Run now", kind: .subcommand,
                                options: [
                                    CommandOption("name", "Which", kind: .text, required: true, completes: true),
                                    CommandOption("times", "How often", kind: .integer, least: 1, most: 5),
                                    CommandOption("where", "Where", kind: .channel, channelKinds: [.text]),
                                ])
                        ])
                ], neededPermissions: .manageServer, contexts: [.guild, .botDirect])
            let application = Snowflake(Household.application)
            #expect(try await live.rest.commands(of: application).isEmpty)
            try await live.rest.replaceCommands([plex], of: application)
            let theirs = try await live.rest.commands(of: application)
            #expect(CommandDefinition.isSame([plex], theirs))
        }
    }

    @Test func `the server is read with its channels, roles and members`() async throws {
        try await LiveREST.run { live in
            let server = Snowflake(Household.server)
            #expect(try await live.rest.guild(server).ownerID == Snowflake(Household.robin))
            #expect(try await live.rest.channels(of: server).contains { $0.name == "media" })
            #expect(try await live.rest.roles(of: server).contains { $0.name == "Trusted" })
            let member = try await live.rest.member(Snowflake(Household.chris), of: server)
            #expect(member.roles == [Snowflake(Household.trustedRole)])
            #expect(try await live.rest.channel(live.media).name == "media")
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct DiscordAnswersTests {
    @Test func `a slow command is deferred, answered, followed up and taken back`() async throws {
        try await LiveREST.run { live in
            let interaction = try await live.slash()
            try await live.rest.respond(to: interaction, .deferred(ephemeral: true))
            try await live.rest.editOriginal(of: interaction, MessageDraft("done"))
            let shown = try await live.standIn.answer(to: interaction.id.rawValue)
            #expect(shown.content == "done" && shown.isEphemeral)
            #expect(try await live.rest.original(of: interaction).content == "done")
            let more = try await live.rest.followUp(to: interaction, MessageDraft("more", ephemeral: true))
            #expect(more.isEphemeral)
            try await live.rest.deleteOriginal(of: interaction)
            #expect(await live.standIn.messages(in: Household.media).map(\.content) == ["more"])
            for entry in live.standIn.requests.entries where entry.path.contains("webhooks") {
                #expect(entry.headers["authorization"] == nil)
            }
        }
    }

    @Test func `an answer whose receipt was lost counts as given`() async throws {
        try await LiveREST.run { live in
            let interaction = try await live.slash()
            await live.standIn.fail("POST /interactions/{}/{}/callback", with: .lostAnswer)
            // On a connection of its own: a reused one libcurl replaces by itself.
            try await live.withFreshConnection { rest in
                try await live.after(.seconds(1)) {
                    try await rest.respond(to: interaction, .message(MessageDraft("once")))
                }
            }
            #expect(await live.standIn.messages(in: Household.media).map(\.content) == ["once"])
        }
    }

    @Test func `a further message whose receipt was lost is not sent twice`() async throws {
        try await LiveREST.run { live in
            let interaction = try await live.slash()
            try await live.rest.respond(to: interaction, .message(MessageDraft("first")))
            await live.standIn.fail("POST /webhooks/{}/{}", with: .lostAnswer)
            let error = await live.failure { try await live.rest.followUp(to: interaction, MessageDraft("more")) }
            guard case .unavailable = error else {
                Issue.record("not told")
                return
            }
            #expect(await live.standIn.messages(in: Household.media).map(\.content) == ["first", "more"])
        }
    }

    @Test func `a second answer is refused as such`() async throws {
        try await LiveREST.run { live in
            let interaction = try await live.slash()
            try await live.rest.respond(to: interaction, .deferred(ephemeral: false))
            let error = await live.failure { try await live.rest.respond(to: interaction, .deferred(ephemeral: false)) }
            #expect(error == .alreadyAnswered)
        }
    }

    @Test func `a late answer says so, and its token is not used again`() async throws {
        try await LiveREST.run { live in
            let interaction = try await live.slash()
            await live.clock.advance(by: .seconds(4))
            let before = live.standIn.requests.entries.count
            for _ in 1...2 {
                let error = await live.failure {
                    try await live.rest.respond(to: interaction, .message(MessageDraft("x")))
                }
                #expect(error == .expiredInteraction)
            }
            #expect(live.standIn.requests.entries.count == before + 1)
        }
    }

    @Test func `after a quarter of an hour an answer can no longer be edited, and the bot goes on`() async throws {
        try await LiveREST.run { live in
            let interaction = try await live.slash()
            try await live.rest.respond(to: interaction, .deferred(ephemeral: false))
            await live.clock.advance(by: .minutes(16))
            let error = await live.failure { try await live.rest.editOriginal(of: interaction, MessageDraft("x")) }
            #expect(error == .expiredInteraction)
            _ = try await live.rest.currentUser()
        }
    }

    @Test func `a global refusal does not hold up the answer to a command`() async throws {
        try await LiveREST.run { live in
            let interaction = try await live.slash()
            await live.standIn.rateLimit(.global, on: "GET /users/@me", retryAfter: .seconds(30))
            async let waiting = live.rest.currentUser()
            await live.clock.sleepers(atLeast: 1)
            try await live.rest.respond(to: interaction, .message(MessageDraft("at once")))
            await live.clock.advance(by: .seconds(30))
            _ = try await waiting
        }
    }

    @Test func `a pressed button updates its message`() async throws {
        try await LiveREST.run { live in
            let row = Component.row([.button(.init("Yes", customID: "yes"))])
            let message = try await live.rest.createMessage(in: live.media, MessageDraft("sure?", components: [row]))
            let press = try await live.standIn.press("yes", on: message.id.rawValue, as: Household.ann)
            try await live.rest.respond(to: live.interaction(press), .update(MessageDraft("yes!")))
            let shown = try await live.standIn.message(message.id.rawValue) { $0.content == "yes!" }
            #expect(shown.components.isEmpty)
        }
    }
}
