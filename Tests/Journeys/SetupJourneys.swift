// A new owner's path: the setup against real services' stand-ins, in the terminal's talk and on the page, then `check`, then
// the program itself with nothing but what was written.

import HTTP
import Runtime
import StandIns
import Synchronization
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `A new owner` {
    /// Only what stands in for the outside world is given; the rest is answered.
    private static func process(_ evening: Evening) -> [String: String] {
        [
            "DISCORD_API_URL": evening.discord.apiURL, "CONFIG_DIR": evening.folder, "HTTP_PORT": "0",
            "PLEX_TV_URL": evening.street?.plexTV.url ?? "", "COMMAND_COOLDOWN": "0",
            "TMDB_URL": evening.street?.tmdb.url ?? "", "DISCOGS_URL": evening.street?.discogs.url ?? "",
            "MUSICBRAINZ_URL": evening.street?.musicBrainz.url ?? "", "TVMAZE_URL": evening.street?.tvmaze.url ?? "",
        ]
    }

    private static func settings(_ process: [String: String]) throws -> Configuration {
        try Configuration(Environment(process: process, dotEnvPaths: [], readsSetup: true))
    }

    /// `check` finds nothing wrong, and the bot answers.
    private static func live(
        _ evening: Evening, _ process: [String: String], with services: [String] = ["Plex", "Tautulli"],
        _ meanwhile: () async throws -> Void = {}
    ) async throws {
        let settings = try Self.settings(process)
        #expect(settings.isDryRun)
        let http = try HTTPClient(userAgent: "test")
        let lines = await Check.lines(settings, http: http, clock: SystemClock())
        await http.stop()
        #expect(!lines.contains { $0.state == .wrong }, "\(lines)")
        for service in services {
            #expect(lines.contains { $0.name == service && $0.state == .ok }, "\(service): \(lines)")
        }
        let log = Log(level: .debug, secrets: settings.secrets, write: { _ in })
        let application = Application(
            settings: settings, token: try #require(settings.token), clock: SystemClock(), log: log, listening: { _ in }
        )
        let program = Task { try await application.run() }
        let outcome: Result<Void, any Error>
        do {
            try await evening.discord.identified(times: 1)
            let answer = try await evening.ask("!plex ping")
            #expect(answer.allText.contains("Pong"))
            try await meanwhile()
            outcome = .success(())
        } catch { outcome = .failure(error) }
        program.cancel()
        let end = await program.result
        try outcome.get()
        try end.get()
    }

    @Test func `answers in the terminal, checks, and runs`() async throws {
        try await Evening.spend(in: .small(now: SystemClock().now)) { evening in
            let street = try #require(evening.street)
            let process = Self.process(evening)
            var sheet = try SetupSheet(process: process)
            let channelHook = await evening.discord.makeWebhook(named: "Notices", in: House.admin)
            // A wrong key first: the test says so, and it is corrected.
            var answers =
                [
                    evening.discord.token, "\(House.admin)", "y", street.plex.url, street.plex.token, "y",
                    street.tautulli.url,
                ]
                + ["wrong-key", "c", "", street.tautulli.apiKey]
                + ["y", "\(street.mail.url)?tls=off", "autoplex@household.example", "y", "Europe/Berlin", ""]
                // More: films, series and music, the newsletter's, notices.
                + ["y", "y", "y", street.jellyfin.url, street.jellyfin.apiKey]
                + ["y", street.jellystat.url, street.jellystat.apiKey, "y", street.radarr.url, street.radarr.apiKey]
                + ["y", street.radarr.url, street.radarr.apiKey, "Radarr 4K"]
                + ["y", street.prowlarr.url, street.prowlarr.apiKey]
                + ["y", "y", street.tmdb.apiKey, "y", "test/1.0 ( me@example.org )", "y", street.discogs.token]
                + ["y", "n", "y", street.wordsmith.url, "", "scribe-small", ""]
                + ["y", "y", street.ntfy.url, street.ntfy.token ?? ""]
                + [
                    "y", street.gotify.url, "wrong-token", "c", "", street.gotify.token ?? "", "n", "y", channelHook,
                    "n",
                ]
                + [""]
            answers.reverse()
            var heard: [String] = []
            let http = try HTTPClient(userAgent: "test")
            let talk = SetupTalk(
                say: { heard.append($0) },
                ask: { question, _ in
                    heard.append(question)
                    return answers.popLast()
                }, http: http)
            let end: Result<SetupTalk.End, any Error>
            do { end = .success(try await talk.run(&sheet)) } catch { end = .failure(error) }
            await http.stop()
            #expect(try end.get() == .written, "\(heard.joined(separator: "\n"))")
            let said = heard.joined(separator: "\n")
            #expect(said.contains("✗ Tautulli: Tautulli refused the key"), "\(said)")
            #expect(said.contains("✓ Discord: the bot is") && said.contains("✓ Mail: takes letters"), "\(said)")
            #expect(said.contains("✗ Gotify: it does not let us in (401)"), "\(said)")
            for (name, value) in street.settings where name.hasSuffix("_KEY") || name.hasSuffix("_TOKEN") {
                #expect(!said.contains(value), "\(name) was shown")
            }
            #expect(!said.contains(evening.discord.token) && !said.contains(street.ntfy.url))
            // Each way was tried by a notice, and what was wrong took none.
            #expect(street.pushed.entries.map(\.app) == [.ntfy, .gotify], "\(street.pushed.entries)")
            #expect(street.pushed.entries.allSatisfy { $0.title == "Autoplex says hello" })
            let hello = await evening.discord.messages(in: House.admin).last
            #expect(hello?.allText.contains("Autoplex says hello") == true)
            try await Self.live(
                evening, process,
                with: [
                    "Plex", "Tautulli", "Jellyfin", "Jellystat", "Radarr", "Radarr 4K", "Prowlarr", "TMDB", "Discogs",
                    "MusicBrainz", "AI",
                ]
            ) {
                // What was written is enough for the program to ring when something happens.
                await street.tautulli.fail("", with: .refuse, times: .max)
                _ = try await evening.ask("!plex jobs run services")
                for app in PushedNotice.App.allCases where app != .apprise {
                    _ = try await street.pushed.first(from: 2) { $0.app == app && $0.text.contains("Tautulli") }
                }
                await street.tautulli.endFaults()
            }
        }
    }

    private struct Visitor {
        let http: HTTPClient
        let home: String
        var cookie = ""

        func ask(
            _ path: String, form: [(String, String)]? = nil, headers: [(name: String, value: String)] = []
        ) async throws -> HTTPResponse {
            try await http.send(
                HTTPRequest(
                    form == nil ? "GET" : "POST", home + path, headers: headers + [(name: "Cookie", value: cookie)],
                    body: form.map { .form($0.map { (name: $0.0, value: $0.1) }) } ?? .none))
        }

        static func word(in page: String) -> String {
            guard let start = page.firstRange(of: "name=\"word\" value=\"") else { return "" }
            return String(page[start.upperBound...].prefix { $0 != "\"" })
        }
    }

    @Test func `answers on the page, which opens once and to nobody else, and runs`() async throws {
        try await Evening.spend(in: .small(now: SystemClock().now)) { evening in
            let street = try #require(evening.street)
            let process = Self.process(evening)
            let settings = try Self.settings(process)
            let (places, place) = AsyncStream.makeStream(of: (Int, String).self)
            let log = Log(level: .debug, write: { _ in })
            let setup = Task {
                try await SetupOnline.run(process, settings, log) { port, word in place.yield((port, word)) }
            }
            let http = try HTTPClient(userAgent: "test")
            let outcome: Result<Void, any Error>
            do {
                for await (port, word) in places {
                    try await Self.visit(Visitor(http: http, home: "http://127.0.0.1:\(port)"), word, evening, street)
                    break
                }
                outcome = .success(())
            } catch {
                outcome = .failure(error)
                setup.cancel()
            }
            await http.stop()
            let end = await setup.result
            try outcome.get()
            try end.get()
            let mode = try Files.mode(evening.folder + "/settings.env")
            #expect(mode == 0o600)
            try await Self.live(evening, process)
        }
    }

    private static func visit(
        _ stranger: Visitor, _ word: String, _ evening: Evening, _ street: Street
    ) async throws {
        let live = try await stranger.ask("/health/live")
        let ready = try await stranger.ask("/health/ready")
        #expect(live.status == 200 && ready.status == 503)
        for path in ["/setup", "/setup/step/plex", "/setup/step/end", "/setup/enter/guessed"] {
            let page = try await stranger.ask(path)
            #expect(page.status == 403 && page.text.contains("not set up yet"), "\(path)")
        }
        let forged = try await stranger.ask("/setup/write", form: [("word", "x")])
        #expect(forged.status == 403)
        let looked = try await stranger.ask("/setup/enter/\(word)")
        #expect(looked.status == 200 && looked.headers["Content-Security-Policy"]?.contains("unsafe") == false)
        var owner = stranger
        let entered = try await owner.ask("/setup/enter/\(word)", form: [])
        #expect(entered.status == 303)
        let cookie = try #require(entered.headers["Set-Cookie"])
        #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"))
        owner.cookie = String(cookie.prefix { $0 != ";" })
        let again = try await stranger.ask("/setup/enter/\(word)", form: [])
        #expect(again.status == 403)

        let first = try await owner.ask("/setup/step/discord")
        let form = Visitor.word(in: first.text)
        #expect(first.status == 200 && !form.isEmpty)
        // Another site that makes the browser send the form, or a form without its word, changes nothing.
        let answer = [("DISCORD_TOKEN", evening.discord.token), ("DISCORD_ADMIN_CHANNEL", "\(House.admin)")]
        let wordless = try await owner.ask("/setup/step/discord", form: answer)
        let foreign = try await owner.ask(
            "/setup/step/discord", form: answer + [("word", form)],
            headers: [(name: "Sec-Fetch-Site", value: "cross-site")])
        #expect(wordless.status == 403 && foreign.status == 403)
        let empty = try await owner.ask("/setup/step/end")
        #expect(empty.text.contains("token is missing"))

        func tell(_ step: String, _ values: [(String, String)]) async throws -> String {
            let taken = try await owner.ask("/setup/step/\(step)", form: values + [("word", form), ("choice", "test")])
            #expect(taken.status == 303, "\(step)")
            return try await owner.ask("/setup/step/\(step)").text
        }
        let discord = try await tell("discord", answer)
        #expect(discord.contains("the bot is") && !discord.contains(evening.discord.token), "\(discord)")
        let wrong = try await tell(
            "tautulli", [("TAUTULLI_URL", "\"><script>alert(1)</script>"), ("TAUTULLI_API_KEY", "wrong-key")])
        #expect(wrong.contains("must begin with http://") && !wrong.contains("<script>"), "\(wrong)")
        let refused = try await tell("tautulli", [("TAUTULLI_URL", street.tautulli.url)])
        #expect(refused.contains("refused the key") && !refused.contains("wrong-key"), "\(refused)")
        let right = try await tell("tautulli", [("TAUTULLI_API_KEY", street.tautulli.apiKey)])
        #expect(right.contains("answers") && !right.contains(street.tautulli.apiKey), "\(right)")
        let plex = try await tell("plex", [("PLEX_URL", street.plex.url), ("PLEX_TOKEN", street.plex.token)])
        #expect(plex.contains("told good"), "\(plex)")
        let skipped = try await owner.ask("/setup/step/mail", form: [("word", form), ("choice", "skip")])
        #expect(skipped.headers["Location"]?.hasSuffix("/setup/step/place") == true)
        let afterPlace = try await owner.ask("/setup/step/place", form: [("word", form), ("choice", "skip")])
        #expect(afterPlace.headers["Location"]?.hasSuffix("/setup/step/more") == true)
        let more = try await owner.ask("/setup/step/more").text
        for step in ["jellyfin", "jellystat", "radarr-2", "discogs", "musicbrainz", "ai", "mailbox", "ntfy", "gotify"] {
            #expect(more.contains("/setup/step/\(step)\""), "\(step)")
        }
        let before = more.ranges(of: ">set<").count
        let ntfy = try await tell(
            "ntfy", [("NOTIFY_NTFY_URL", street.ntfy.url), ("NOTIFY_NTFY_TOKEN", street.ntfy.token ?? "")])
        #expect(ntfy.contains("says hello") && ntfy.contains("Back to more services"), "\(ntfy)")
        #expect(!ntfy.contains(street.ntfy.url) && street.pushed.entries.count == 1)
        let chosen = try await owner.ask("/setup/step/more").text
        #expect(chosen.ranges(of: ">set<").count == before + 1, "\(chosen)")
        let left = try await owner.ask("/setup/step/gotify", form: [("word", form), ("choice", "skip")])
        #expect(left.headers["Location"]?.hasSuffix("/setup/step/more") == true)
        let end = try await owner.ask("/setup/step/end").text
        #expect(end.contains("DRY_RUN") && end.contains("settings.env") && !end.contains(evening.discord.token))
        let written = try await owner.ask("/setup/write", form: [("word", form)])
        #expect(written.text.contains("Autoplex is set up"), "\(written.text)")
    }
}
