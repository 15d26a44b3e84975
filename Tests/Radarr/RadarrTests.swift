// The client of Radarr against its stand-in.

import Domain
import HTTP
import Runtime
import Servarr
import Sockets
import StandIns
import Testing

@testable import Radarr

@Suite(.timeLimit(.minutes(1))) struct RadarrTests {
    typealias Films = HouseholdWorld.Films

    struct House {
        let radarr: Radarr
        let standIn: RadarrStandIn
        let clock: VirtualClock
        let http: HTTPClient

        func client(key: String? = nil, url: String? = nil) -> Radarr {
            Radarr(
                url: url ?? standIn.url, apiKey: Secret(key ?? standIn.apiKey), http: http, clock: clock, log: .silent,
                patience: RetryPolicy(attempts: 1))
        }

        func film(_ title: String) throws -> HouseholdWorld.Film {
            try #require(standIn.household.read { $0.film(titled: title) })
        }

        /// The command, once it has come to its end.
        func ended(_ command: RadarrCommand) async throws -> RadarrCommand {
            await clock.advance(by: .seconds(10))
            return try #require(try await radarr.command(command.id))
        }
    }

    static func with(_ body: (House) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "radarr", log: .silent)
        let standIn = try await RadarrStandIn.start(
            loop: loop, clock: clock, household: Household(.small(now: clock.now)))
        let http = try HTTPClient(userAgent: "test")
        let radarr = Radarr(
            url: standIn.url + "/", apiKey: Secret(standIn.apiKey), http: http, clock: clock, log: .silent,
            patience: RetryPolicy(attempts: 1))
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(House(radarr: radarr, standIn: standIn, clock: clock, http: http)))
        } catch { outcome = .failure(error) }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    static func trouble(_ body: () async throws -> Void) async -> RadarrError.Trouble? {
        do { try await body() } catch { return (error as? RadarrError)?.trouble }
        return nil
    }

    @Test func `it says what it is, and what it complains of`() async throws {
        try await Self.with { house in
            let server = try await house.radarr.status()
            #expect(server.version.hasPrefix("6.") && server.instance == "Radarr")
            await house.standIn.changeRules { $0.health = [("warning", "IndexerStatusCheck", "Indexers unavailable")] }
            let health = try await house.radarr.health()
            #expect(health.map(\.message) == ["Indexers unavailable"] && health[0].level == .warning)
        }
    }

    @Test func `a film is found by TMDb's number, by IMDb's, and by title and year`() async throws {
        try await Self.with { house in
            let film = try house.film(Films.classic)
            let found = try #require(try await house.radarr.film(tmdb: film.tmdb))
            #expect(
                found.id == film.id && found.ids.imdb == film.imdb && found.runtime == .minutes(Int64(film.minutes)))
            #expect(found.ratings.imdb == .init(value: 8.7, votes: 240_118) && found.ratings.trakt == nil)
            #expect(found.originalLanguage?.isEnglish == true && found.file?.path.hasPrefix("/data/symlinks/") == true)
            let byNumber = try await house.radarr.film(FilmIDs(imdb: film.imdb, title: "?"))
            let byTitle = try await house.radarr.film(FilmIDs(title: "salt road!", year: 2023))
            #expect(byNumber == .found(found) && byTitle == .found(found))
        }
    }

    @Test func `a film that is not there is absent, and two that fit are nobody's guess`() async throws {
        try await Self.with { house in
            let none = try await house.radarr.film(tmdb: 1)
            let stranger = try house.film(Films.unknownToRadarr)
            let foundByNumber = try await house.radarr.film(FilmIDs(imdb: stranger.imdb, title: "?"))
            let gone = try await house.radarr.film(4711)
            #expect(none == nil && foundByNumber == .absent && gone == nil)
            let twins = try await house.radarr.film(FilmIDs(title: Films.twins, year: 2019))
            guard case .ambiguous(let both) = twins else {
                Issue.record("\(twins)")
                return
            }
            #expect(both.count == 2)
            // Same title, other year: the year tells them apart.
            let older = try await house.radarr.film(FilmIDs(title: "Undertow", year: 1986))
            if case .found(let film) = older { #expect(film.ids.year == 1986) } else { Issue.record("\(older)") }
        }
    }

    @Test func `a rating nobody gave is none`() async throws {
        try await Self.with { house in
            let film = try house.film(Films.unrated)
            let found = try #require(try await house.radarr.film(tmdb: film.tmdb))
            #expect(found.ratings.imdb == nil && found.ratings.tmdb != nil)
        }
    }

    @Test func `a search for a film as good as it gets completes and downloads nothing`() async throws {
        try await Self.with { house in
            let film = try house.film(Films.atCutoff)
            let command = try await house.radarr.search(films: [film.id])
            #expect(command.status == .queued && command.downloads == nil && !command.isOver)
            let same = try await house.radarr.search(films: [film.id])
            #expect(same.id == command.id)
            let done = try await house.ended(command)
            #expect(done.status == .completed && done.downloads == 0)
            let releases = try await house.radarr.releases(film: film.id)
            #expect(releases.count == 3 && releases.allSatisfy { !$0.isApproved && !$0.rejections.isEmpty })
            #expect(releases.compactMap(\.seeders).count == 2)
        }
    }

    @Test func `what was prepared is downloaded to the disk, and history says where`() async throws {
        try await Self.with { house in
            let film = try house.film(Films.atCutoff)
            typealias Tags = HouseholdWorld.FilmTags
            try await house.radarr.edit(films: [film.id], tags: [Tags.disk], rootFolder: HouseholdWorld.FilmRoots.disk)
            _ = try await house.ended(try await house.radarr.rescan(film: film.id))
            let bare = try #require(try await house.radarr.film(film.id))
            #expect(!bare.hasFile && bare.tags == [Tags.disk])
            let done = try await house.ended(try await house.radarr.search(films: [film.id]))
            #expect(done.downloads == 1)
            let queue = try await house.radarr.queue(film: film.id)
            #expect(queue.map(\.state) == ["downloading"] && queue[0].client == "rdtclient disk")
            await house.clock.advance(by: .minutes(2))
            let now = try #require(try await house.radarr.film(film.id))
            #expect(now.file?.path.hasPrefix(HouseholdWorld.FilmRoots.disk) == true)
            let events = try await house.radarr.history(film: film.id)
            let imported = try #require(events.first { $0.kind == .imported })
            #expect(imported.importedPath == now.file?.path && imported.downloadID == queue[0].downloadID)
            #expect(events.contains { $0.kind == .grabbed && $0.downloadID == imported.downloadID })
            let since = try await house.radarr.history(since: house.clock.now - .hours(1))
            #expect(since.count == events.count)
        }
    }

    @Test func `a download without room waits and says so`() async throws {
        try await Self.with { house in
            let film = try house.film(Films.upgradable)
            house.standIn.household.change { world in
                world.changeFilm(radarr: film.id) { film in
                    film.tags = [HouseholdWorld.FilmTags.disk]
                    film.root = HouseholdWorld.FilmRoots.disk
                }
                world.filmRoots = world.filmRoots.map { .init(path: $0.path, freeBytes: 1_000) }
            }
            _ = try await house.ended(try await house.radarr.search(films: [film.id]))
            await house.clock.advance(by: .minutes(2))
            let queue = try await house.radarr.queue(film: film.id)
            #expect(queue.map(\.state) == ["importPending"] && queue[0].health == "warning")
            #expect(queue[0].messages.contains { $0.contains("free space") })
            let roots = try await house.radarr.rootFolders()
            #expect(roots.map(\.freeSpace) == [1_000, 1_000])
        }
    }

    @Test func `a chosen release is taken whatever Radarr thinks of it, within half an hour`() async throws {
        try await Self.with { house in
            let film = try house.film(Films.atCutoff)
            let release = try #require(try await house.radarr.releases(film: film.id).first)
            await house.clock.advance(by: .minutes(31))
            let late = await Self.trouble { try await house.radarr.grab(release) }
            #expect(late == .notFound("a release of Indexer 2") || late == .notFound("a release of Indexer 1"))
            let again = try #require(try await house.radarr.releases(film: film.id).first)
            try await house.radarr.grab(again, client: 2)
            let queue = try await house.radarr.queue(film: film.id)
            #expect(queue.map(\.client) == ["rdtclient disk"])
        }
    }

    @Test func `a film can be added, tagged, and its file deleted`() async throws {
        try await Self.with { house in
            let stranger = try house.film(Films.unknownToRadarr)
            let tag = try await house.radarr.makeTag("autoplex")
            let again = try await house.radarr.makeTag("autoplex")
            #expect(tag == again)
            let profile = try #require(try await house.radarr.profiles().first)
            let added = try await house.radarr.add(
                tmdb: stranger.tmdb, rootFolder: HouseholdWorld.FilmRoots.disk, profile: profile.id, tags: [tag.id],
                searches: false)
            #expect(added.isInRadarr && added.tags == [tag.id] && added.path.hasPrefix(HouseholdWorld.FilmRoots.disk))
            let twice = await Self.trouble {
                _ = try await house.radarr.add(
                    tmdb: stranger.tmdb, rootFolder: HouseholdWorld.FilmRoots.disk, profile: profile.id,
                    searches: false)
            }
            if case .invalid(let why) = twice {
                #expect(why.contains("already been added"))
            } else {
                Issue.record("another answer")
            }
            let local = try house.film(Films.local)
            try await house.radarr.deleteFile(try #require(local.file?.id))
            let bare = try await house.radarr.film(local.id)
            #expect(bare?.hasFile == false)
        }
    }

    @Test func `each refusal is told by what can be done about it`() async throws {
        try await Self.with { house in
            let wrong = await Self.trouble { _ = try await house.client(key: "x").films() }
            #expect(wrong == .rejectedKey)
            await house.standIn.changeRules { $0.isStarting = true }
            let early = await Self.trouble { _ = try await house.radarr.films() }
            #expect(early == .starting)
            await house.standIn.changeRules { $0.isStarting = false }
            for (fault, check) in [
                (HTTPFault.html502, { $0 == .starting }),
                (.garbage, { if case .unreadable = $0 { true } else { false } }),
                (.truncated, { if case .unreachable = $0 { true } else { false } }),
                (.refuse, { if case .unreachable = $0 { true } else { false } }),
                (.status(500, ["message": "database is locked"]), { $0 == .crashed("the films: database is locked") }),
                (.status(404, .null), { $0 == .notFound("the films") }),
            ] as [(HTTPFault, (RadarrError.Trouble?) -> Bool)] {
                await house.standIn.fail("GET /api/v3/movie", with: fault)
                let trouble = await Self.trouble { _ = try await house.radarr.films() }
                #expect(check(trouble), "\(String(describing: trouble))")
            }
            await house.standIn.changeRules { $0.urlBase = "/radarr" }
            let elsewhere = await Self.trouble { _ = try await house.radarr.films() }
            if case .wrongAddress = elsewhere {} else { Issue.record("\(String(describing: elsewhere))") }
            let words = RadarrError(service: .init(name: "Radarr 2", setting: "RADARR_2"), trouble: .rejectedKey)
            #expect("\(words)" == "Radarr 2 answered 401: check RADARR_2_API_KEY")
        }
    }

    @Test func `nothing that changes something is sent twice`() async throws {
        try await Self.with { house in
            let patient = Radarr(
                url: house.standIn.url, apiKey: Secret(house.standIn.apiKey), http: house.http, clock: house.clock,
                log: .silent)
            await house.standIn.fail("POST /api/v3/command", with: .lostAnswer)
            let film = try house.film(Films.upgradable)
            let trouble = await Self.trouble { _ = try await patient.search(films: [film.id]) }
            if case .unreachable = trouble {} else { Issue.record("\(String(describing: trouble))") }
            #expect(house.standIn.requests.entries.filter { $0.route == "POST /api/v3/command" }.count == 1)
        }
    }

    @Test func `an import is posted, and a replaced link is an upgrade that must be ticked`() async throws {
        try await Self.with { house in
            await house.standIn.changeRules { $0.connect = .init(url: "http://127.0.0.1:1/", onUpgrade: true) }
            let film = try house.film(Films.upgradable)
            _ = try await house.ended(try await house.radarr.search(films: [film.id]))
            await house.clock.advance(by: .minutes(2))
            let post = try await house.standIn.posted.first { $0.json?["eventType"]?.string == "Download" }
            #expect(post.json?["isUpgrade"]?.bool == true && post.status == nil)
            guard case .event(let notice) = RadarrHook.read(post.body, arrival: house.clock.now),
                case .imported(let path, _, let isUpgrade) = notice.event
            else {
                Issue.record("not an import")
                return
            }
            #expect(isUpgrade && path.hasPrefix("/data/symlinks/radarr/") && notice.movieID == film.id)
            let grab = try await house.standIn.posted.first { $0.json?["eventType"]?.string == "Grab" }
            guard case .event(let taken) = RadarrHook.read(grab.body, arrival: house.clock.now) else {
                Issue.record("not a grab")
                return
            }
            #expect(taken.downloadID == notice.downloadID && taken.key != notice.key)
        }
    }
}
