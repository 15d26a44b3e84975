// Questions and answers by text, mention and slash: how they are answered, in time, in private, refused, or sorry.

import Discord
import Domain
import Runtime
import Synchronization
import Testing

@testable import Bot

@Suite(.timeLimit(.minutes(1))) struct RouterTests {
    @Test func `all three ways reach the same command`() async throws {
        try await Stage.with([Scripted.echo]) { stage in
            stage.say("!plex echo one *two*")
            stage.say("<@\(Stage.bot)> echo by mention")
            stage.slash(["echo"], [.init("text", kind: .text, value: .text("by slash"))])
            let text = try await stage.recorder.hears(#"one \*two\*"#)
            #expect(text.draft?.replyTo != nil)
            #expect(text.draft?.allowedMentions == MessageDraft.AllowedMentions.none)
            try await stage.recorder.hears("by mention")
            let slash = try await stage.recorder.hears("by slash")
            guard case .responded(_, .message(let draft)) = slash else { Issue.record("not answered at once"); return }
            #expect(!draft.isEphemeral)
        }
    }

    @Test func `bots, webhooks and notices are not answered`() async throws {
        try await Stage.with([Scripted.echo]) { stage in
            var message = Message(
                id: 1, channelID: Stage.channel, guildID: Stage.guild, author: User(id: 5, username: "b", isBot: true),
                content: "!plex echo bot")
            stage.send(.messageCreate(message))
            message.author.isBot = false
            message.webhookID = 5
            stage.send(.messageCreate(message))
            message.webhookID = nil
            message.kind = Message.Kind(rawValue: 7)
            stage.send(.messageCreate(message))
            stage.say("just talking about !plex echo")
            stage.say("!plex echo me")
            try await stage.recorder.hears("me")
            #expect(stage.recorder.written.count == 1)
        }
    }

    @Test(arguments: [
        ("!plex ehco hi", ["There is no command “ehco”", "Did you mean `!plex echo`?"]),
        ("!plex echo", ["`text` is missing: what to say.", "Usage: `!plex echo <text…>`"]),
        ("!plex echo --loud x", ["There is no option `--loud` here."]),
        ("!plex echo \"x", ["is never closed"]),
        ("<@900000000000000001> ehco", ["Did you mean `@Autoplex echo`?"]),
    ])
    func `what is misspelt is answered with how it is written`(said: String, answers: [String]) async throws {
        try await Stage.with([Scripted.echo]) { stage in
            stage.say(said)
            let answer = try await stage.recorder.first { $0.draft != nil }
            // Escaping of colons in somebody's words is none of this test's business.
            let text = answer.text.replacing("\\", with: "")
            for part in answers { #expect(text.contains(part)) }
        }
    }

    @Test func `a person and a channel arrive with their names`() async throws {
        let command = Scripted(Signature("who", "Who", options: [.person("person", "P"), .channel("place", "C")])) {
            call in
            let person = call.arguments.person("person")
            return .report(
                Report("\(person?.name ?? "nobody") \(person?.discord ?? 0) \(call.arguments.channel("place") ?? 0)"))
        }
        try await Stage.with([command]) { stage in
            stage.say(
                "!plex who <@!\(Stage.ben)> <#123456789012345678>", mentions: [User(id: Stage.ben, username: "ben")])
            try await stage.recorder.hears("ben \(Stage.ben) 123456789012345678")
            stage.slash(
                ["who"], [.init("person", kind: .user, value: .text("\(Stage.ben)"))],
                resolved: .init(users: [Stage.ben: User(id: Stage.ben, username: "b", globalName: "Big Ben")]))
            try await stage.recorder.hears("Big Ben \(Stage.ben) 0")
        }
    }

    // MARK: Time

    @Test func `typing shows while a text command works, and goes on`() async throws {
        let door = Door()
        try await Stage.with([Self.slow(door)]) { stage in
            stage.say("!plex slow")
            await stage.clock.sleepers(atLeast: 1)
            #expect(stage.recorder.said.isEmpty, "a quick answer needs no typing")
            await stage.clock.advance(by: .milliseconds(500))
            _ = try await stage.recorder.first { $0.isTyping }
            await stage.clock.sleepers(atLeast: 1)
            await stage.clock.advance(by: .seconds(17))
            #expect(stage.recorder.said.filter(\.isTyping).count == 3)
            door.open()
            try await stage.recorder.hears("done")
        }
    }

    @Test func `a slash command that takes longer than a second is deferred, then edited`() async throws {
        let door = Door()
        try await Stage.with([Self.slow(door)]) { stage in
            stage.slash(["slow"])
            await stage.clock.sleepers(atLeast: 1)
            await stage.clock.advance(by: .milliseconds(999))
            #expect(stage.recorder.said.isEmpty)
            await stage.clock.advance(by: .milliseconds(1))
            let first = try await stage.recorder.first { _ in true }
            guard case .responded(_, .deferred(ephemeral: false)) = first else { Issue.record("not deferred"); return }
            door.open()
            let answer = try await stage.recorder.hears("done")
            guard case .editedOriginal = answer else { Issue.record("answered twice"); return }
        }
    }

    @Test func `a command known to be slow is deferred at once`() async throws {
        let door = Door()
        var command = Self.slow(door)
        command.signature.isSlow = true
        command.signature.privacy = .privately
        try await Stage.with([command]) { stage in
            stage.slash(["slow"])
            let first = try await stage.recorder.first { _ in true }
            guard case .responded(_, .deferred(ephemeral: true)) = first else { Issue.record("not deferred"); return }
            door.open()
            try await stage.recorder.hears("done")
        }
    }

    @Test func `an interaction that was long on its way is deferred at once`() async throws {
        let door = Door()
        try await Stage.with([Self.slow(door)]) { stage in
            stage.slash(["slow"], at: stage.clock.now - .milliseconds(1500))
            _ = try await stage.recorder.first { if case .responded(_, .deferred) = $0 { true } else { false } }
            door.open()
        }
    }

    @Test func `after fifteen minutes the answer stands in the channel and calls the person`() async throws {
        let door = Door()
        try await Stage.with([Self.slow(door)]) { stage in
            stage.slash(["slow"])
            await stage.clock.sleepers(atLeast: 1)
            await stage.clock.advance(by: .seconds(1))
            _ = try await stage.recorder.first { if case .responded = $0 { true } else { false } }
            await stage.clock.advance(by: .minutes(15))
            door.open()
            let answer = try await stage.recorder.hears("done")
            guard case .posted(Stage.channel, let draft) = answer else { Issue.record("edited a dead token"); return }
            #expect(draft.allowedMentions.users == [Stage.ann])
            #expect(draft.content.contains("<@\(Stage.ann)>"))
        }
    }

    @Test func `a private answer that comes too late goes by direct message`() async throws {
        let door = Door()
        var command = Self.slow(door)
        command.signature.privacy = .privately
        try await Stage.with([command]) { stage in
            stage.recorder.refuse { if case .editedOriginal = $0 { .expiredInteraction } else { nil } }
            stage.slash(["slow"])
            await stage.clock.sleepers(atLeast: 1)
            await stage.clock.advance(by: .seconds(1))
            _ = try await stage.recorder.first { if case .responded = $0 { true } else { false } }
            door.open()
            let answer = try await stage.recorder.hears("done")
            guard case .posted(let channel, _) = answer else { Issue.record("not posted"); return }
            #expect(channel != Stage.channel)
        }
    }

    @Test func `progress is shown where the answer will stand, and not too often`() async throws {
        let door = Door()
        let command = Scripted(Signature("work", "W")) { call in
            for step in 1...1000 { await call.progress(Report("step \(step)")) }
            try await door.wait()
            return .report(Report("done"))
        }
        try await Stage.with([command]) { stage in
            stage.say("!plex work")
            try await stage.recorder.hears("step 1")
            door.open()
            let answer = try await stage.recorder.hears("done")
            guard case .edited = answer else { Issue.record("posted twice"); return }
            #expect(stage.recorder.written.count == 2)

            stage.slash(["work"])
            _ = try await stage.recorder.first { if case .responded(_, .message) = $0 { true } else { false } }
            _ = try await stage.recorder.first { if case .editedOriginal = $0 { true } else { false } }
        }
    }

    static func slow(_ door: Door) -> Scripted {
        Scripted(Signature("slow", "Takes its time")) { _ in
            try await door.wait()
            return .report(Report("done"))
        }
    }

    // MARK: Private answers

    static let secret = Scripted(Signature("secret", "S", privacy: .privately)) { _ in .report(Report("the secret")) }

    @Test func `a private answer to text goes by direct message`() async throws {
        try await Stage.with([Self.secret]) { stage in
            stage.say("!plex secret")
            let answer = try await stage.recorder.hears("the secret")
            guard case .posted(let channel, _) = answer else { Issue.record("not posted"); return }
            #expect(channel == Snowflake(Stage.ann.rawValue + 1_000_000))
            let note = try await stage.recorder.hears("as a direct message")
            guard case .posted(Stage.channel, _) = note else { Issue.record("not told"); return }
        }
    }

    @Test func `a private answer that is for admins only is given among them, where it was asked`() async throws {
        let secret = Scripted(Signature("secret", "S", level: .admin, privacy: .privately)) { _ in
            .report(Report("the secret"))
        }
        let admins = AccessRules(adminUsers: [Stage.ann])
        try await Stage.with([secret], manners: Manners(access: admins, adminChannel: Stage.channel)) { stage in
            stage.say("!plex secret")
            let answer = try await stage.recorder.hears("the secret")
            guard case .posted(Stage.channel, _) = answer else { Issue.record("not in the channel"); return }
        }
        try await Stage.with([secret], manners: Manners(access: admins, adminChannel: 888)) { stage in
            stage.say("!plex secret")
            _ = try await stage.recorder.hears("as a direct message")
        }
        let alone = Scripted(Signature("secret", "S", level: .admin, privacy: .secretly)) { _ in .report(Report("x")) }
        for command in [Self.secret, alone] {
            try await Stage.with([command], manners: Manners(access: admins, adminChannel: Stage.channel)) { stage in
                stage.say("!plex secret")
                _ = try await stage.recorder.hears("as a direct message")
            }
        }
    }

    @Test func `closed direct messages are told without the content`() async throws {
        try await Stage.with([Self.secret]) { stage in
            stage.recorder.refuse {
                if case .posted(let channel, _) = $0, channel != Stage.channel { .forbidden("closed") } else { nil }
            }
            stage.say("!plex secret")
            let note = try await stage.recorder.hears("your direct messages are closed")
            #expect(note.text.contains("`/plex secret`"))
            #expect(!stage.recorder.written.contains { $0.text.contains("the secret") })
        }
    }

    @Test func `a private answer to slash is ephemeral, in a direct message it is just said`() async throws {
        try await Stage.with([Self.secret]) { stage in
            stage.slash(["secret"])
            let answer = try await stage.recorder.hears("the secret")
            #expect(answer.draft?.isEphemeral == true)
        }
        try await Stage.with([Self.secret]) { stage in
            stage.say("secret", in: 77, guild: nil)
            let answer = try await stage.recorder.hears("the secret")
            guard case .posted(77, _) = answer else { Issue.record("not in the channel"); return }
        }
    }

    // MARK: Rights and manners

    @Test func `a command above the caller is refused, and is not guessed at`() async throws {
        let command = Scripted(Signature("danger", "D", level: .admin)) { call in
            .report(Report("\(call.caller.level.name)"))
        }
        try await Stage.with([command]) { stage in
            stage.say("!plex danger")
            try await stage.recorder.hears("is for admins only")
            stage.say("!plex dangr")
            let unknown = try await stage.recorder.hears("There is no command")
            #expect(!unknown.text.contains("Did you mean"))
            stage.say("!plex danger", as: Stage.admin)
            _ = try await stage.recorder.first { $0.text.contains("admins") && !$0.text.contains("only") }
            stage.slash(["danger"], as: Stage.admin)
            _ = try await stage.recorder.first { if case .responded = $0 { true } else { false } }
        }
    }

    @Test func `a role that lost its rights makes no admin any more`() async throws {
        let command = Scripted(Signature("danger", "D", level: .admin)) { _ in .report(Report("boom")) }
        try await Stage.with([command]) { stage in
            stage.send(.roleSaved(Role(id: Stage.adminRole, name: "Chiefs", permissions: []), guild: Stage.guild))
            stage.say("!plex danger", as: Stage.admin)
            try await stage.recorder.hears("is for admins only")
        }
    }

    @Test func `closed places say where to ask, once in a while`() async throws {
        let manners = Manners(access: AccessRules(allowsDirectMessages: false, channels: [Stage.channel]))
        try await Stage.with([Scripted.echo], manners: manners) { stage in
            stage.say("!plex echo a", in: 999)
            let refusal = try await stage.recorder.hears("I do not answer in this channel")
            #expect(refusal.text.contains("<#\(Stage.channel)>"))
            stage.say("!plex echo b", in: 999)
            stage.say("echo c", as: Stage.ben, in: 77, guild: nil)
            try await stage.recorder.hears("I do not answer direct messages")
            stage.say("!plex echo at last")
            try await stage.recorder.hears("at last")
            #expect(stage.recorder.written.count == 3)
        }
    }

    @Test func `a cooldown tells how long, and spares admins`() async throws {
        var command = Scripted.echo
        command.signature.cooldown = .seconds(30)
        try await Stage.with([command]) { stage in
            stage.say("!plex echo one")
            try await stage.recorder.hears("one")
            await stage.clock.advance(by: .seconds(10))
            stage.say("!plex echo two")
            try await stage.recorder.hears("please ask again in 20 s")
            stage.say("!plex echo other", as: Stage.ben)
            try await stage.recorder.hears("other")
            for word in ["first", "second"] {
                stage.say("!plex echo \(word)", as: Stage.admin)
                try await stage.recorder.hears(word)
            }
        }
    }

    // MARK: Trouble

    struct Trouble: Error, CustomStringConvertible {
        var description: String { "Tautulli answered 401: check TAUTULLI_API_KEY" }
    }

    @Test func `an error becomes one sentence with a number, logged once`() async throws {
        let lines = Mutex<[String]>([])
        let log = Log(write: { line in lines.withLock { $0.append(line) } })
        let command = Scripted(Signature("fail", "F")) { _ in throw Trouble() }
        try await Stage.with([command], log: log) { stage in
            stage.say("!plex fail")
            let member = try await stage.recorder.hears("That did not work")
            #expect(!member.text.contains("TAUTULLI"))
            let failures = lines.withLock { $0.filter { $0.contains("ERROR") } }
            #expect(failures.count == 1)
            let number = member.text.split(separator: "`").dropFirst().first.map(String.init) ?? "?"
            #expect(failures.first?.contains("number=\(number)") == true)
            stage.say("!plex fail", as: Stage.admin)
            try await stage.recorder.hears("TAUTULLI")
            #expect(await stage.router.health.failed == 2)
        }
    }

    @Test func `a complaint is an answer, not a failure`() async throws {
        let command = Scripted(Signature("fail", "F")) { _ in throw Complaint("There is no such thing.") }
        try await Stage.with([command]) { stage in
            stage.say("!plex fail")
            try await stage.recorder.hears("There is no such thing.")
            #expect(await stage.router.health.failed == 0)
        }
    }

    @Test func `without Embed Links the answer comes as plain text`() async throws {
        try await Stage.with([Scripted.echo]) { stage in
            stage.recorder.refuse { $0.draft?.embeds.isEmpty == false ? .forbidden("no embeds") : nil }
            stage.say("!plex echo hello")
            let answer = try await stage.recorder.hears("hello")
            #expect(answer.draft?.content == "**hello**")
            stage.recorder.refuse { _ in nil }
            stage.slash(["echo"], [.init("text", kind: .text, value: .text("there"))], appPermissions: [.sendMessages])
            let slash = try await stage.recorder.hears("there")
            #expect(slash.draft?.embeds == [])
        }
    }

    @Test func `without Read Message History the answer comes without being a reply`() async throws {
        try await Stage.with([Scripted.echo]) { stage in
            stage.recorder.refuse { $0.draft?.replyTo != nil ? .forbidden("no replies") : nil }
            stage.say("!plex echo hello")
            try await stage.recorder.hears("hello")
        }
    }

    @Test func `withheld message texts are told once, to the log and the admins`() async throws {
        let lines = Mutex<[String]>([])
        let log = Log(write: { line in lines.withLock { $0.append(line) } })
        try await Stage.with([Scripted.echo], manners: Manners(adminChannel: 888), log: log) { stage in
            stage.send(.contentIntentRefused)
            stage.send(.contentIntentRefused)
            let notice = try await stage.recorder.hears("MESSAGE CONTENT INTENT")
            guard case .posted(888, _) = notice else { Issue.record("not to the admins"); return }
            stage.say("")
            stage.say("<@\(Stage.bot)> echo still here")
            try await stage.recorder.hears("still here")
            #expect(stage.recorder.written.count == 2)
            #expect(lines.withLock { $0.filter { $0.contains("MESSAGE CONTENT INTENT") }.count } == 1)
            #expect(await !stage.router.health.seesMessageTexts)
        }
    }
}
