// The program as its owner meets it: starting, refusing to start, stopping, starting again, and what it lets be seen.

import Discord
import FoundationEssentials
import HTTP
import Runtime
import Sockets
import StandIns
import Storage
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct `The program` {
    @Test func `gives up with a clear word when the token is wrong`() async throws {
        try await Evening.spend { evening in
            let application = try evening.application(token: "not.the.token")
            let error = await #expect(throws: GatewayStop.self) { try await application.run() }
            #expect(error == .tokenRefused)
            #expect(error?.description.contains("DISCORD_TOKEN") == true)
            #expect(error.map { Run.code(for: $0) } == .refused)
        }
    }

    @Test func `names the port that is taken`() async throws {
        try await Evening.spend { evening in
            let loop = try EventLoop(name: "other", log: .silent)
            let other = try await HTTPServer.start(on: loop, port: 0, routes: [], log: .silent)
            let application = try evening.application(["HTTP_PORT": "\(other.port)"])
            let error = await #expect(throws: SocketError.self) { try await application.run() }
            #expect(error == .portTaken(other.port))
            await other.stop()
            await loop.stop()
        }
    }

    @Test func `runs once in a folder`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                let second = try evening.application()
                let error = await #expect(throws: StorageError.self) { try await second.run() }
                #expect(error.map { Run.code(for: $0) } == .unavailable)
            }
        }
    }

    @Test func `goes on by mention and slash where Discord withholds texts, and says so`() async throws {
        var rules = DiscordRules.standard
        rules.grantedIntents = 0
        rules.identifySpacing = .zero
        try await Evening.spend(rules: rules) { evening in
            try await evening.run { _ in
                let notice = try await evening.discord.nextMessage(in: House.admin, after: 0) {
                    $0.allText.contains("MESSAGE CONTENT INTENT")
                }
                #expect(notice.author == House.autoplex)
                let mentioned = try await evening.ask("<@\(House.autoplex)> ping")
                #expect(mentioned.allText.contains("Pong"))
                let slashed = try await evening.slash("plex status")
                #expect(slashed.allText.contains("withheld"))
            }
        }
    }

    @Test func `registers its slash commands once, not at every start`() async throws {
        try await Evening.spend { evening in
            await evening.discord.changeRules { $0.identifySpacing = .zero }
            for start in 1...2 {
                try await evening.run(times: start) { _ in _ = try await evening.slash("plex ping") }
            }
            let puts = evening.discord.requests.entries.filter { $0.method == "PUT" && $0.route.hasSuffix("/commands") }
            #expect(puts.count == 1)
        }
    }

    @Test func `tells machines how it is`() async throws {
        try await Evening.spend { evening in
            try await evening.run { port in
                _ = try await evening.ask("!plex ping")
                let http = try HTTPClient(userAgent: "test")
                let base = "http://127.0.0.1:\(port)"
                let live = try await http.send(HTTPRequest("GET", base + "/health/live"))
                let ready = try await http.send(HTTPRequest("GET", base + "/health/ready"))
                let metrics = try await http.send(HTTPRequest("GET", base + "/metrics"))
                await http.stop()
                #expect(live.status == 200 && ready.status == 200)
                #expect(ready.text == "storage: ok\ndiscord: ok\n")
                #expect(metrics.text.contains("\nautoplex_gateway_up 1\n"))
                #expect(metrics.text.contains("\nautoplex_commands_total{outcome=\"answered\"} 1\n"), "\(metrics.text)")
            }
        }
    }

    @Test func `runs a job for an admin, and the ledger knows who asked`() async throws {
        try await Evening.spend { evening in
            try await evening.run { _ in
                let answer = try await evening.ask("!plex jobs run backup")
                #expect(!answer.allText.contains("did not"), "\(answer.allText)")
                // A run in hand reports its end.
                _ = try await evening.discord.nextMessage(in: House.admin, after: 0) { $0.allText.contains("backup") }
                #expect(Backup.list(evening.folder + "/backups").count == 1)
            }
            let database = try await Database.open(path: evening.folder + "/autoplex.db", schemas: Application.schemas)
            let entries = try await Ledger(database).entries(matching: LedgerFilter(action: "jobs.run"), limit: 10)
            await database.close()
            #expect(entries.map(\.actor) == ["discord:\(House.robin)"])
            #expect(entries.map(\.subject) == ["job:backup"])
        }
    }

    @Test func `tells the admins of a service that is down, once`() async throws {
        try await Evening.spend { evening in
            try await evening.run(["RADARR_URL": "http://127.0.0.1:1", "RADARR_API_KEY": "abcdefgh"]) { _ in
                let notice = try await evening.discord.nextMessage(in: House.admin, after: 0) {
                    $0.allText.contains("Radarr")
                }
                #expect(notice.allText.contains("does not accept connections"))
                let status = try await evening.ask("!plex status")
                #expect(status.allText.contains("❌ Radarr"))
            }
        }
    }

    @Test func `stopped in the midst of a command leaves nobody without a word`() async throws {
        try await Evening.spend { evening in
            var asked: DiscordID = 0
            try await evening.run { port in
                // The answer hangs at Discord while the program is told to stop.
                await evening.discord.fail("GET /users/@me", with: .slow(.seconds(1)))
                asked = try await evening.discord.say("!plex ping", as: House.ann, in: House.media)
                let http = try HTTPClient(userAgent: "test")
                var metrics = ""
                repeat {
                    metrics = try await http.send(HTTPRequest("GET", "http://127.0.0.1:\(port)/metrics")).text
                } while !metrics.contains("\nautoplex_commands_open 1\n")
                await http.stop()
            }
            let question = asked
            let answers = await evening.discord.messages(in: House.media).filter { $0.repliesTo == question }
            #expect(answers.count == 1)
            #expect(evening.saidGoodbye)
        }
    }

    @Test func `shows no secret to anybody`() async throws {
        try await Evening.spend { evening in
            var planted: [String: String] = [:]
            for variable in Variable.all where variable.isSecret && variable.name != "DISCORD_TOKEN" {
                planted[variable.name] = "planted-\(variable.name.lowercased())-&%/"
            }
            // This one has a form, and is used at the start.
            planted["ENCRYPTION_KEY"] = String(repeating: "5f2c", count: 16)
            for name in ["PLEX_URL", "TAUTULLI_URL", "JELLYFIN_URL", "JELLYSTAT_URL", "RADARR_URL", "PROWLARR_URL"] {
                planted[name] = "http://127.0.0.1:1"
            }
            let inAddress = "planted-in-the-address-of-the-mail-server"
            planted["SMTP_URL"] = "smtp://robin:\(inAddress)@127.0.0.1:1?tls=off"
            planted["NEWSLETTER_MAILBOX_URL"] = "imaps://robin:\(inAddress)@127.0.0.1:1"
            planted["EMAIL_FROM"] = "plex@household.example"
            // The address itself is the secret, and notices go there.
            let herald = "http://127.0.0.1:1/planted-for-a-herald"
            for name in planted.keys where name.hasPrefix("NOTIFY_") && !name.hasSuffix("_TOKEN") {
                planted[name] = herald
            }
            for name in ["PLEX_TV_URL", "DISCOGS_URL", "TMDB_URL"] { planted[name] = "http://127.0.0.1:1" }
            let secrets =
                planted.filter { !$0.key.hasSuffix("_URL") && $0.key != "EMAIL_FROM" }.map(\.value)
                + [evening.discord.token, inAddress, herald]
            var seen: [String] = []
            try await evening.run(planted) { port in
                await evening.discord.fail(
                    "POST /channels/{}/messages", with: .status(500, ["message": "no", "code": 0]))
                for command in [
                    "!plex status", "!plex jobs", "!plex help", "!plex ping", "!plex usage", "!plex jobs run services",
                ] {
                    seen.append(try await evening.ask(command).allText)
                }
                seen.append(try await evening.slash("plex status").allText)
                let http = try HTTPClient(userAgent: "test")
                for path in ["/metrics", "/health/ready", "/health/live", "/nothing"] {
                    seen.append(try await http.send(HTTPRequest("GET", "http://127.0.0.1:\(port)\(path)")).text)
                }
                await http.stop()
                for channel in [House.media, House.admin] {
                    seen += await evening.discord.messages(in: channel).map(\.allText)
                }
            }
            seen += evening.logbook.lines
            #expect(evening.logbook.lines.count > 5)
            for secret in secrets {
                let percent = secret.percentEncoded()
                for text in seen {
                    #expect(!text.contains(secret) && !text.contains(percent), "\(text.prefix(200))")
                }
            }
        }
    }
}
