// The demo's world: what its buttons do is what a household does, and the program hears of it by the ways it always does.
// The journal tells of every request, and of no secret.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `The world of the demo` {
    private static func play(_ body: (Evening, Street, DemoWorld, Int) async throws -> Void) async throws {
        let clock = TravelClock()
        try await Evening.spend(in: .watching(now: clock.now), by: clock) { evening in
            let street = try #require(evening.street)
            let days = DemoDays(clock, street)
            let journal = StreetJournal(street, discord: evening.discord, clock: clock)
            let writing = Task { await journal.follow() }
            let world = DemoWorld(
                street: street, discord: evening.discord, clock: clock, days: days, journal: journal)
            let (ports, port) = AsyncStream.makeStream(of: Int.self)
            let plain = try evening.application([
                "TRACKER": "on", "TRACKER_PEOPLE": "everybody", "PUBLIC_URL": "http://plex.example",
                "DOWNLOADS": "dry", "TRACKED_USER_NAME": "robin", "WEBHOOK_SECRET": "open-sesame",
            ]) { port.yield($0) }
            let application = Application(
                settings: plain.settings, token: plain.token, clock: clock, lineClock: SystemClock(), log: plain.log,
                extraRoutes: Demo.pages(street, journal),
                meeting: { await days.meet($0) }, listening: plain.listening)
            let program = Task { try await application.run() }
            let outcome: Result<Void, any Error>
            do {
                try await evening.discord.identified(times: 1)
                _ = try await evening.discord.requests.first { $0.method == "PUT" && $0.status == 200 }
                for await port in ports {
                    await world.hooks.listens(on: port)
                    await street.tell("http://127.0.0.1:\(port)", secret: "open-sesame")
                    try await body(evening, street, world, port)
                    break
                }
                outcome = .success(())
            } catch { outcome = .failure(error) }
            program.cancel()
            let end = await program.result
            writing.cancel()
            await writing.value
            try outcome.get()
            try end.get()
        }
    }

    private static func control(_ name: String, in world: DemoWorld) throws -> WorldControl {
        try #require(world.controls.first { $0.name == name })
    }

    @Test func `a film in Jellyfin comes by its hook, one in Plex into Tautulli's history`() async throws {
        try await Self.play { evening, street, world, _ in
            let film = try Self.control("film", in: world)
            let told = try await film.act()
            #expect(told.contains("Robin has watched") && told.contains("in Jellyfin"), "\(told)")
            let post = try await street.jellyfin.posted.first { $0.url.hasSuffix("/jellyfin/playback") }
            #expect(post.status.map { (200..<300).contains($0) } == true)
            let before = street.household.read { $0.plays.count }
            let played = try await film.act([
                "who": "plex \(HouseholdWorld.People.ann)", "film": HouseholdWorld.Films.classic,
            ])
            #expect(played.contains("Ann has watched Salt Road"), "\(played)")
            #expect(street.household.read { $0.plays.count } == before + 1)
            #expect(street.household.read { $0.plays.last?.person } == HouseholdWorld.People.ann)
        }
    }

    @Test func `a film that Robin watches to its end in Plex is judged by the downloads, a guest's is not`()
        async throws
    {
        try await Self.play { evening, street, world, _ in
            let film = try Self.control("film", in: world)
            let title = HouseholdWorld.Films.classic
            let told = try await film.act(["who": "plex \(HouseholdWorld.People.robin)", "film": title])
            #expect(told.contains("whose webhook told Autoplex"), "\(told)")
            let hook = try await Self.lines(of: world.journal) {
                $0.service == "Autoplex" && $0.path.hasPrefix("/plex/hook/") && $0.status == 200
            }
            #expect(hook.path == "/plex/hook/{}")
            try await Self.why(title, "High rating: 8.7", evening)
            _ = try await film.act([
                "who": "plex \(HouseholdWorld.People.ann)", "film": HouseholdWorld.Films.rare,
            ])
            try await Self.why(HouseholdWorld.Films.rare, "guest", evening)
        }
    }

    /// Asks whenever the program says something, until the downloads have come to that.
    private static func why(_ film: String, _ words: String, _ evening: Evening) async throws {
        try await evening.logbook.until {
            let why = try await evening.slash("plex downloads why", options: ["film": .string(film)], in: House.admin)
            return why.allText.contains(words) ? () : nil
        }
    }

    @Test func `what needs somebody rings on the telephone, where its page shows it`() async throws {
        try await Self.play { evening, street, world, port in
            let service = try Self.control("service", in: world)
            _ = try await service.act(["service": "Tautulli", "deed": "down"])
            let pushed = try await street.pushed.first { $0.app == .ntfy && $0.text.contains("Tautulli") }
            #expect(pushed.isUrgent && pushed.place == "household", "\(pushed)")
            _ = try await service.act(["service": "Tautulli", "deed": "up"])
            let back = try await street.pushed.first { $0.text.contains("is back") || $0.title.contains("back") }
            #expect(!back.isUrgent, "\(back)")
            let page = try await Self.get("/phone/notices", port)
            #expect(page.text.contains("Tautulli") && !page.text.contains(street.ntfy.token ?? ""))
            let line = try await Self.lines(of: world.journal) { $0.service == "ntfy" }
            #expect(line.path == "/" && line.status == 200)
        }
    }

    @Test func `a code of Jellyfin is typed under the demo's own port`() async throws {
        try await Self.play { evening, street, _, port in
            let card = try await evening.slash("plex link", options: ["service": "jellyfin"], as: House.ann)
            let code = try #require(street.jellyfin.openCodes.first)
            #expect(card.allText.contains(code))
            let page = try await Self.get("/quick-connect", port)
            #expect(page.status == 200 && page.text.contains("Ann"))
            func type(_ code: String) async throws -> String {
                let json: JSON = ["code": .string(code), "who": .string(HouseholdWorld.JellyfinPeople.ann)]
                return try await Self.send(
                    HTTPRequest(
                        "POST", "http://127.0.0.1:\(port)/quick-connect/approve", body: .json(json.bytes))
                ).text
            }
            let wrong = try await type("000000")
            #expect(wrong.contains("false") && street.jellyfin.openCodes == [code])
            let right = try await type(code)
            #expect(right.contains("true") && street.jellyfin.openCodes.isEmpty)
        }
    }

    private static func get(_ path: String, _ port: Int) async throws -> HTTPResponse {
        try await send(HTTPRequest("GET", "http://127.0.0.1:\(port)\(path)"))
    }

    private static func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<HTTPResponse, any Error>
        do {
            outcome = .success(try await http.send(request))
        } catch { outcome = .failure(error) }
        await http.stop()
        return try outcome.get()
    }

    @Test func `the next episode comes by the webhook of an address that the bot gave`() async throws {
        try await Self.play { evening, street, world, _ in
            let episode = try Self.control("episode", in: world)
            let first = try await episode.act()
            #expect(first.contains("Robin has watched Meridian Hospital, season"), "\(first)")
            let second = try await episode.act()
            #expect(second != first)
            let hook = try await Self.lines(of: world.journal) {
                $0.service == "Autoplex" && $0.status == 200 && $0.path.hasPrefix("/api")
            }
            #expect(hook.path == "/api/plex/webhook/{}")
        }
    }

    private static func lines(
        of journal: StreetJournal, where matches: @escaping @Sendable (JournalLine) -> Bool
    ) async throws -> JournalLine {
        try await journal.written.first(where: matches)
    }

    @Test func `stars are Robin's, and a service that is down is missed and comes back`() async throws {
        try await Self.play { evening, street, world, port in
            let said = try await Self.control("rate", in: world).act(["stars": "10"])
            #expect(said.contains("5 stars"), "\(said)")
            #expect(
                street.household.read { world in
                    world.items(of: .track, in: HouseholdWorld.Sections.music)
                        .contains {
                            $0.ratedAt[HouseholdWorld.People.robin].map { $0 > world.plays[0].stopped } == true
                        }
                })
            let service = try Self.control("service", in: world)
            for name in DemoService.allCases.map(\.rawValue) {
                _ = try await service.act(["service": name, "deed": "down"])
                let word = try await evening.discord.nextMessage(in: House.admin, after: 0) {
                    $0.allText.contains("❌ **\(name)**")
                }
                let gone = try await service.act(["service": name, "deed": "up"])
                #expect(gone.contains("\(name) is back"))
                _ = try await evening.discord.nextMessage(in: House.admin, after: word.id) {
                    $0.allText.contains("✅ **\(name)** is back")
                }
            }
        }
    }

    @Test func `the journal and the mailbox hold to the strictest policy, and no secret is on them`() async throws {
        try await Self.play { evening, street, world, port in
            _ = try await Self.lines(of: world.journal) { $0.service == "Tautulli" }
            _ = try await Self.lines(of: world.journal) { $0.service == "Discord" && $0.method == "PUT" }
            let text = world.journal.lines.map { "\($0.service) \($0.method) \($0.path)" }.joined(separator: "\n")
            for (name, value) in evening.settings() where name.hasSuffix("_TOKEN") || name.hasSuffix("_KEY") {
                #expect(!text.contains(value), "\(name) is in the journal")
            }
            let http = try HTTPClient(userAgent: "test")
            let outcome: Result<[HTTPResponse], any Error>
            do {
                var pages: [HTTPResponse] = []
                for path in [
                    "/journal", "/mail", "/phone", "/quick-connect", "/demo/pages.css", "/demo/phone.js",
                    "/demo/sign-in.js", "/plex-sign-in", "/demo/pages.js", "/demo/mail.js", "/demo/journal.js",
                ] {
                    pages.append(try await http.send(HTTPRequest("GET", "http://127.0.0.1:\(port)\(path)")))
                }
                outcome = .success(pages)
            } catch { outcome = .failure(error) }
            await http.stop()
            for page in try outcome.get() {
                #expect(page.status == 200)
                #expect(page.headers["Content-Security-Policy"]?.contains("default-src 'none'") == true)
                #expect(page.headers["Content-Security-Policy"]?.contains("unsafe") == false)
                #expect(
                    !page.text.contains("innerHTML") && !page.text.contains(" style=") && !page.text.contains("<style"))
            }
        }
    }

    @Test func `every step of the tour names a button, a page or a command that there is`() async throws {
        try await Self.play { evening, street, world, _ in
            for step in DemoTour.steps {
                switch step.deed {
                case .press(let name, let chosen):
                    let control = try Self.control(name, in: world)
                    if name == "service" { _ = try await control.act(chosen) }
                case .open(let address): #expect(DemoPage.all.contains { $0.address == address })
                case .say(let words, let channel):
                    #expect(channel == "media" || channel == "admin")
                    guard words.hasPrefix("!") else { continue }
                    let answer = try await evening.ask(words, in: channel == "admin" ? House.admin : House.media)
                    #expect(!answer.allText.contains("did you mean"), "\(words): \(answer.allText)")
                }
            }
        }
    }
}
