// What a person on Discord sees of the real program.

import Bot
import Commands
import Domain
import HTTP
import Jobs
import Runtime
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct `A person on Discord` {
    @Test func `gets one answer by text, by mention and by slash, and it is the same`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                let typed = try await evening.ask("!plex ping")
                let mentioned = try await evening.ask("<@\(House.autoplex)> ping")
                let slashed = try await evening.slash("plex ping")
                for answer in [typed, mentioned, slashed] {
                    #expect(answer.embeds.first?["title"]?.string == "Pong", "\(answer.allText)")
                    #expect(answer.author == House.autoplex)
                }
                let capital = try await evening.ask("!PLEX Ping")
                #expect(capital.embeds.first?["title"]?.string == "Pong")
            }
        }
    }

    @Test func `can use every command as its examples say`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                for command in CommandList.examples {
                    let answer = try await evening.ask("!plex \(command)")
                    #expect(!answer.allText.contains("That did not work"), "\(command): \(answer.allText)")
                    #expect(!answer.allText.contains("There is no"), "\(command): \(answer.allText)")
                }
            }
        }
    }

    @Test func `is helped with a slip and told what a command needs`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                let slip = try await evening.ask("!plex statsu")
                #expect(slip.allText.contains("Did you mean `!plex status`?"))
                let missing = try await evening.ask("!plex jobs run")
                #expect(missing.allText.contains("!plex jobs run <name>"), "\(missing.allText)")
            }
        }
    }

    @Test func `who is no admin is refused what only admins may do`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                let typed = try await evening.ask("!plex jobs", as: House.ann)
                #expect(typed.allText.contains("is for admins only"))
                let slashed = try await evening.slash("plex jobs list", as: House.ann)
                #expect(slashed.allText.contains("is for admins only"))
                #expect(slashed.isEphemeral)
            }
        }
    }

    @Test func `cannot smuggle mentions, markdown or links through the bot`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                let answer = try await evening.ask(
                    "!plex help @everyone **b** [x](http://evil) <@\(House.bo)>", as: House.ann)
                #expect(answer.json["mention_everyone"]?.bool == false)
                #expect(answer.json["mentions"]?.array?.allSatisfy { $0["id"]?.id == House.ann } != false)
                #expect(!answer.allText.contains("**b**") && !answer.allText.contains("[x](http"))
                for request in evening.discord.requests.entries where request.method != "GET" {
                    guard let form = request.form, form["content"] != nil || form["embeds"] != nil else { continue }
                    #expect(form["allowed_mentions"]?["parse"]?.array?.isEmpty == true, "\(request.route)")
                }
            }
        }
    }

    @Test func `is answered once, whatever Discord's bad day does to the answer`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                await evening.discord.fail("POST /channels/{}/messages", with: .html502)
                await evening.discord.fail("POST /channels/{}/messages", with: .lostAnswer)
                let answer = try await evening.ask("!plex ping")
                let last = try await evening.ask("!plex help")
                let answers = await evening.discord.messages(in: House.media).filter {
                    $0.repliesTo == answer.repliesTo
                }
                #expect(answers.count == 1)
                #expect(last.id != answer.id)
            }
        }
    }

    @Test func `is answered once when the line was lost meanwhile`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                await evening.discord.dropConnections()
                let asked = try await evening.discord.say("!plex ping", as: House.ann, in: House.media)
                let answer = try await evening.discord.nextMessage(in: House.media, after: asked) {
                    $0.repliesTo == asked
                }
                _ = try await evening.ask("!plex help")
                let answers = await evening.discord.messages(in: House.media).filter { $0.repliesTo == asked }
                #expect(answers.map(\.id) == [answer.id])
                // A lost line is resumed, never said goodbye to.
                #expect(!evening.saidGoodbye)
            }
            #expect(evening.saidGoodbye)
        }
    }

    @Test func `with the rest of the crowd is answered or told to wait, a thousand at once`() async throws {
        try await Evening.spend { evening in
            try await evening.run { port in
                var asked: [DiscordID] = []
                for number in 0..<1000 {
                    let person = [House.robin, House.ann, House.bo, House.chris][number % 4]
                    asked.append(try await evening.discord.say("!plex help", as: person, in: House.offTopic))
                }
                // Whoever comes after the flood is served as ever.
                let late = try await evening.ask("!plex ping")
                #expect(late.allText.contains("Pong"))
                let http = try HTTPClient(userAgent: "test")
                var open = ""
                repeat {
                    open = try await http.send(HTTPRequest("GET", "http://127.0.0.1:\(port)/metrics")).text
                } while !open.contains("\nautoplex_commands_open 0\n")
                await http.stop()
                let messages = await evening.discord.messages(in: House.offTopic)
                var answered: [DiscordID: Int] = [:]
                for message in messages where message.author == House.autoplex {
                    if let original = message.repliesTo { answered[original, default: 0] += 1 }
                }
                #expect(answered.values.allSatisfy { $0 == 1 })
                #expect(answered.count >= 200)
                if answered.count < 1000 {
                    // The note that gathers all who were turned away comes a moment later.
                    _ = try await evening.discord.nextMessage(in: House.offTopic, after: 0) {
                        $0.author == House.autoplex && $0.allText.contains("More was asked")
                    }
                }
            }
        }
    }
}

extension Evening {
    /// Close 1000 or 1001 would show the bot as offline and end its session.
    var saidGoodbye: Bool {
        discord.gateway.entries.contains {
            if case .closed(_, let code, true) = $0 { code == 1000 } else { false }
        }
    }
}

extension CommandList {
    /// Every example of every command, as one would type it after the prefix.
    static var examples: [String] {
        let house = Commands.House(
            ping: PingSource(latency: { nil }, touch: {}),
            status: StatusSource(
                version: "", started: Instant(seconds: 0),
                line: { StatusSource.Line(isLive: true, state: "", latency: nil, lastError: nil, readsContent: true) },
                services: { [] }, jobs: { [] }, storage: { .absent }),
            jobs: JobsSource(
                names: { [] }, list: { [] }, run: { _, _ in .unknown }, pause: { _, _ in false },
                resume: { _, _ in false }), playlists: .missing([]))
        return CommandList.all(house).commands.flatMap { command in
            (command.signature.examples + command.signature.verbs.flatMap(\.examples)).map(\.typed)
        }
    }
}
