// A film is watched in Jellyfin, and the real program does the rest: the hook, the verdict, Radarr's search, the download,
// and the words in the admins' channel.

import HTTP
import Runtime
import Sockets
import StandIns
import Storage
import Testing

@testable import App

@Suite(.timeLimit(.minutes(2))) struct `Downloads` {
    typealias Films = HouseholdWorld.Films
    typealias People = HouseholdWorld.JellyfinPeople

    struct Cinema: Sendable {
        let evening: Evening
        let street: Street
        let clock: TravelClock
        let port: Int

        func watch(_ title: String, by user: String = People.robin, share: Double = 0.97) throws {
            let film = try #require(street.household.read { $0.film(titled: title) })
            street.jellyfin.watch(film, by: user, share: share)
        }

        /// The next word in the admins' channel that says so; time passes until then.
        func word(_ text: String) async throws -> ShownMessage {
            try await whileTimePasses {
                try await evening.discord.nextMessage(in: House.admin, after: 0) { $0.allText.contains(text) }
            }
        }

        /// The end of a download that lasts long.
        func landing() async throws -> ShownMessage {
            clock.skip(`Downloads`.long)
            return try await word("is on disk")
        }

        func whileTimePasses<Value: Sendable>(
            _ wait: @escaping @Sendable () async throws -> Value
        ) async throws -> Value {
            try await withThrowingTaskGroup(of: Value?.self) { group in
                group.addTask { try await wait() }
                group.addTask {
                    try await passTime()
                    return nil
                }
                defer { group.cancelAll() }
                while let value = try await group.next() { if let value { return value } }
                throw CancellationError()
            }
        }

        /// What the program is to do next stands in its tables: whenever it has done something, the clock goes on to that,
        /// and to the five seconds in which it looks. Until the task is cancelled.
        private func passTime() async throws {
            let database = try await Database.open(path: evening.folder + "/autoplex.db")
            do {
                _ = try await evening.logbook.until { () -> Bool? in
                    let due = try await database.read { db in
                        try db.row(
                            """
                            SELECT MIN(due) FROM (
                                SELECT MIN(due_at) AS due FROM downloads_cases
                                UNION SELECT MIN(due_at) FROM inbox WHERE state = 'waiting')
                            """
                        ) { try $0.optionalInstant(0) } ?? nil
                    }
                    if let due, due > clock.now { clock.skip(due - clock.now + .seconds(5)) }
                    return nil
                }
            } catch {
                await database.close()
                throw error
            }
        }

        func ask(_ verb: String, _ options: [String: JSON] = [:]) async throws -> String {
            try await evening.slash("plex downloads \(verb)", options: options, in: House.admin).allText
        }

        var searches: Int { street.radarr.requests.entries.count { $0.route == "POST /api/v3/command" } }
    }

    /// A download that began and ended between two looks is told of as ended. Whoever waits to hear that it began has it
    /// last so long that the busiest machine looks in between.
    static let long = Duration.hours(2)

    static func cinema(
        _ more: [String: String] = [:], by clock: TravelClock = TravelClock(), beside disk: RadarrStandIn? = nil,
        lasting downloadTime: Duration = .seconds(60), _ body: (Cinema) async throws -> Void
    ) async throws {
        var rules = DiscordRules.standard
        // Minutes pass between two words.
        rules.heartbeatInterval = .days(400)
        try await Evening.spend(rules: rules, in: .small(now: clock.now), by: clock) { evening in
            let street = try #require(evening.street)
            var settings = [
                "DRY_RUN": "false", "DOWNLOADS": "on", "TRACKED_USER_NAME": "robin", "WEBHOOK_SECRET": "open-sesame",
                "DOWNLOADS_PREPARE": "move", "DOWNLOADS_TAG": "hdd",
            ]
            settings.merge(more) { $1 }
            try await evening.run(settings) { port in
                await street.tell("http://127.0.0.1:\(port)", secret: "open-sesame")
                await street.radarr.changeRules { $0.downloadTime = downloadTime }
                await disk?.changeRules { rules in
                    rules.downloadTime = downloadTime
                    rules.connect = .init(
                        url: "http://127.0.0.1:\(port)/radarr", headers: [("X-Webhook-Secret", "open-sesame")])
                }
                try await body(Cinema(evening: evening, street: street, clock: clock, port: port))
            }
        }
    }

    @Test func `a film worth keeping is searched for, imported to the disk, and told`() async throws {
        try await Self.cinema(lasting: Self.long) { cinema in
            try cinema.watch(Films.classic)
            _ = try await cinema.word("**\(Films.classic) (\(cinema.year(Films.classic)))** is being downloaded")
            let end = try await cinema.landing()
            #expect(end.allText.contains("/storage/media/movies/"), "\(end.allText)")
            let why = try await cinema.ask("why", ["film": .string(Films.classic)])
            #expect(
                why.contains("High rating: 8.7 by 240,118 votes (IMDb, told by Radarr)") && why.contains("downloaded"),
                "\(why)")
            let overview = try await cinema.ask("overview")
            #expect(overview.contains("Brought to disk"), "\(overview)")
        }
    }

    @Test func `a Radarr that lacks the film is given it, and keeps it on its disk`() async throws {
        let clock = TravelClock()
        try await Self.withDiskRadarr(by: clock) { disk, settings in
            try await Self.cinema(settings, by: clock, beside: disk, lasting: Self.long) { cinema in
                try cinema.watch(Films.classic)
                _ = try await cinema.word("is being downloaded")
                let end = try await cinema.landing()
                #expect(end.allText.contains("/storage/media/movies/"), "\(end.allText)")
                // The one that streams was asked, and told nothing.
                #expect(cinema.searches == 0)
                let film = try #require(disk.household.read { $0.film(titled: Films.classic) })
                #expect(film.isMonitored && film.profile == 5 && film.file?.isLink == false)
                #expect(film.tags == [HouseholdWorld.FilmTags.disk])
                let why = try await cinema.ask("why", ["film": .string(Films.classic)])
                #expect(why.contains("downloaded"), "\(why)")
                // Watched again it is known to be there, though the first Radarr still has its link.
                let trial = try await cinema.ask(
                    "test", ["film": .string(Films.classic), "user": .string("robin")])
                #expect(trial.contains("on disk already, in Disk"), "\(trial)")
                let adds = disk.requests.entries.count { $0.route == "POST /api/v3/movie" }
                #expect(adds == 1)
            }
        }
    }

    /// A second Radarr with a disk of its own, which knows none of the films.
    private static func withDiskRadarr(
        by clock: TravelClock, _ body: (RadarrStandIn, [String: String]) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "disk", log: .silent)
        var world = HouseholdWorld.small(now: clock.now)
        for index in world.films.indices {
            world.films[index].id = 0
            world.films[index].file = nil
        }
        var rules = RadarrRules.standard
        rules.apiKey = "11112222333344445555666677778888"
        let disk = try await RadarrStandIn.start(
            loop: loop, clock: clock, household: Household(world), rules: rules)
        let outcome: Result<Void, any Error>
        do {
            try await body(
                disk,
                [
                    "RADARR_2_URL": disk.url, "RADARR_2_API_KEY": disk.apiKey, "RADARR_2_NAME": "Disk",
                    "RADARR_2_PROFILE": "ultra-hd", "DOWNLOADS_PREPARE": "second",
                ])
            outcome = .success(())
        } catch { outcome = .failure(error) }
        await disk.stop()
        await loop.stop()
        try outcome.get()
    }

    @Test func `a second watch within the window decides, by Jellystat's rows`() async throws {
        try await Self.cinema(lasting: Self.long) { cinema in
            try cinema.watch(Films.ordinary)
            let start = try await cinema.word("is being downloaded")
            #expect(start.allText.contains("watched twice in 90 days"), "\(start.allText)")
            let why = try await cinema.ask("why", ["film": .string(Films.ordinary)])
            #expect(why.contains("Jellystat\\: 2"), "\(why)")
        }
    }

    @Test func `a plain search that takes nothing is told with Radarr's reasons`() async throws {
        try await Self.cinema(["DOWNLOADS_PREPARE": "none"]) { cinema in
            try cinema.watch(Films.classic)
            let end = try await cinema.word("nothing was taken")
            #expect(end.allText.lowercased().contains("cutoff"), "\(end.allText)")
        }
    }

    @Test func `few seeders are found by Prowlarr, last of all`() async throws {
        try await Self.cinema(lasting: Self.long) { cinema in
            try cinema.watch(Films.fewSeeders)
            let start = try await cinema.word("is being downloaded")
            #expect(start.allText.contains("3 seeders"), "\(start.allText)")
        }
    }

    @Test func `guests, the unknown and what is on disk change nothing, and a no is said with its rule`() async throws {
        try await Self.cinema { cinema in
            try cinema.watch(Films.classic, by: People.ann)
            try cinema.watch(Films.local)
            try cinema.watch(Films.never)
            try cinema.watch(Films.poor, share: 0.4)
            try cinema.watch(Films.unknownToRadarr)
            _ = try await cinema.word("**\(Films.unknownToRadarr)")
            let decisions = try await cinema.ask("decisions")
            for words in ["Ann is a guest", "on disk already", "never, by the tag", "40 %", "not in Radarr"] {
                #expect(decisions.contains(words), "\(words): \(decisions)")
            }
            #expect(cinema.searches == 0)
        }
    }

    @Test func `an admin is asked where the settings say so, and the word counts`() async throws {
        try await Self.cinema(["DOWNLOADS_ASK": "family"]) { cinema in
            try cinema.watch(Films.family)
            let card = try await cinema.word("Download **\(Films.family)")
            #expect(cinema.searches == 0)
            let button = card.controls.first { $0["label"]?.string == "Download" }
            let id = try #require(button?["custom_id"]?.string)
            try await cinema.evening.discord.press(id, on: card.id, as: House.robin)
            _ = try await cinema.word("is on disk")
        }
    }

    @Test func `the week is summed up by a job`() async throws {
        try await Self.cinema { cinema in
            try cinema.watch(Films.classic)
            _ = try await cinema.word("is on disk")
            // On Sundays it comes by itself.
            _ = try await cinema.evening.ask("!plex jobs run downloads-week")
            let summary = try await cinema.word("Downloads of the week")
            #expect(summary.allText.contains(Films.classic), "\(summary.allText)")
        }
    }

    @Test func `a film on disk that nobody watches is asked about, and goes when an admin says so`() async throws {
        try await Self.cinema { cinema in
            let file = try #require(cinema.street.household.read { $0.film(titled: Films.local)?.file })
            cinema.street.household.change { world in
                world.plays.removeAll { $0.snapshot.title == Films.local }
                world.changeFilm(titled: Films.local) { $0.states = [:] }
            }
            _ = try await cinema.ask("proposals", ["look": .bool(true)])
            let card = try await cinema.word("Delete **\(Films.local)")
            #expect(card.allText.contains(file.path))
            let button = card.controls.first { $0["label"]?.string == "Delete" }
            try await cinema.evening.discord.press(
                try #require(button?["custom_id"]?.string), on: card.id, as: House.robin)
            _ = try await cinema.street.radarr.request("DELETE /api/v3/moviefile/{}")
            #expect(cinema.street.household.read { $0.film(titled: Films.local)?.file?.id } == nil)
            // It is not fetched again at once.
            try cinema.watch(Films.local)
            _ = try await cinema.whileTimePasses {
                try await cinema.evening.logbook.first { $0.contains("event=downloads.verdict outcome=no") }
            }
            let why = try await cinema.ask("why", ["film": .string(Films.local)])
            #expect(why.contains("its file was deleted"), "\(why)")
        }
    }

    @Test func `Radarr is down, and the decision waits for it`() async throws {
        try await Self.cinema { cinema in
            await cinema.street.radarr.fail("GET /api/v3/movie", with: .status(503, .null), times: 1000)
            try cinema.watch(Films.classic)
            _ = try await cinema.whileTimePasses {
                try await cinema.street.radarr.request("GET /api/v3/movie")
            }
            await cinema.street.radarr.endFaults()
            _ = try await cinema.word("is on disk")
        }
    }

    @Test func `a trial tells every rule and does nothing; an override is kept`() async throws {
        try await Self.cinema { cinema in
            let trial = try await cinema.ask("test", ["film": .string(Films.rare), "user": .string("robin")])
            #expect(trial.contains("It would be downloaded") && trial.contains("Hidden gem"), "\(trial)")
            let guest = try await cinema.ask("test", ["film": .string(Films.rare), "user": .string("ann")])
            #expect(guest.contains("guest"), "\(guest)")
            let word = try await cinema.ask("override", ["word": .string("never"), "film": .string(Films.rare)])
            #expect(word.contains("is never downloaded"), "\(word)")
            let after = try await cinema.ask("test", ["film": .string(Films.rare), "user": .string("robin")])
            #expect(after.contains("never, as somebody said"), "\(after)")
            #expect(cinema.searches == 0)
            let found1 = try await cinema.ask("stats").contains("No film was watched to its end")
            #expect(found1)
        }
    }
}

extension `Downloads`.Cinema {
    func year(_ title: String) -> Int { street.household.read { $0.film(titled: title)?.year ?? 0 } }
}
