// The client of Prowlarr against its stand-in.

import Domain
import HTTP
import LooseJSON
import Runtime
import Servarr
import Sockets
import StandIns
import Testing

@testable import Prowlarr

@Suite(.timeLimit(.minutes(1))) struct ProwlarrTests {
    typealias Films = HouseholdWorld.Films

    static func with(_ body: (Prowlarr, ProwlarrStandIn) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "prowlarr", log: .silent)
        let standIn = try await ProwlarrStandIn.start(
            loop: loop, clock: clock, household: Household(.small(now: clock.now)))
        let http = try HTTPClient(userAgent: "test")
        let prowlarr = Prowlarr(
            url: standIn.url, apiKey: Secret(standIn.apiKey), http: http, clock: clock, log: .silent,
            patience: RetryPolicy(attempts: 1))
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(prowlarr, standIn)) } catch { outcome = .failure(error) }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    static func ids(_ title: String, _ standIn: ProwlarrStandIn) throws -> FilmIDs {
        let film = try #require(standIn.household.read { $0.film(titled: title) })
        return FilmIDs(tmdb: film.tmdb, imdb: film.imdb, title: film.title, year: film.year)
    }

    @Test func `the most of all torrents is how many share a film`() async throws {
        try await Self.with { prowlarr, standIn in
            let few = try await prowlarr.seeders(of: try Self.ids(Films.fewSeeders, standIn))
            #expect(few == .known(3, indexer: "Indexer 1"))
            let version = try await prowlarr.status()
            let indexers = try await prowlarr.indexers()
            #expect(version.hasPrefix("2.3") && indexers.map(\.isTorrent) == [true, true, false])
        }
    }

    @Test func `an indexer that cannot search by number is asked by title`() async throws {
        try await Self.with { prowlarr, standIn in
            await standIn.changeRules { rules in
                for index in rules.indexers.indices { rules.indexers[index].knowsNumbers = false }
            }
            let found = try await prowlarr.seeders(of: try Self.ids(Films.fewSeeders, standIn))
            #expect(found == .known(3, indexer: "Indexer 1"))
            #expect(standIn.requests.entries.filter { $0.route == "GET /api/v1/search" }.count == 2)
        }
    }

    @Test func `nothing found is unknown, never few`() async throws {
        try await Self.with { prowlarr, standIn in
            let ids = try Self.ids(Films.fewSeeders, standIn)
            await standIn.fail("GET /api/v1/search", with: .status(200, []), times: 2)
            let nothing = try await prowlarr.seeders(of: ids)
            if case .unknown(let why) = nothing {
                #expect(why.contains("proves nothing"))
            } else {
                Issue.record("another answer")
            }
            // Only Usenet has it: nobody knows how many.
            standIn.household.change { world in
                world.changeFilm(titled: Films.fewSeeders) { film in
                    film.releases = film.releases.map { release in
                        var release = release
                        release.seeders = nil
                        return release
                    }
                }
            }
            let usenet = try await prowlarr.seeders(of: ids)
            if case .unknown = usenet {} else { Issue.record("\(usenet)") }
        }
    }

    @Test func `who rests after failures is named, and a refusal is no answer`() async throws {
        try await Self.with { prowlarr, standIn in
            let ids = try Self.ids(Films.fewSeeders, standIn)
            await standIn.changeRules { rules in
                for index in rules.indexers.indices.prefix(1) {
                    rules.indexers[index].restsUntil = Instant(seconds: 1_899_999_999)
                }
                rules.indexers.remove(at: 1)
                rules.indexers.append(.init(id: 9, name: "Indexer 9"))
            }
            let resting = try await prowlarr.restingIndexers()
            #expect(resting == [1])
            let nothing = try await prowlarr.seeders(of: ids)
            if case .unknown(let why) = nothing {
                #expect(why.contains("1 indexers are resting"))
            } else {
                Issue.record("another answer")
            }
            await standIn.fail("GET /api/v1/search", with: .status(400, ["message": "all selected indexers"]))
            await #expect(throws: ProwlarrError.self) { _ = try await prowlarr.seeders(of: ids) }
        }
    }

    @Test(arguments: [
        ("Salt.Road.2023.1080p.WEB", true), ("Salt Road (2023) 2160p", true), ("Salt.Road.2.2023.1080p", false),
        ("The.Salt.Road.2023.1080p", false), ("Salt.Road.2019.1080p", false),
    ])
    func `a release without numbers must bear the title and the year`(title: String, fits: Bool) throws {
        let film = FilmIDs(tmdb: 1, imdb: "tt1234567", title: "Salt Road", year: 2023)
        let release = try #require(ProwlarrRelease.sample(title))
        #expect(Prowlarr.fits(release, film, isTrusted: false) == fits)
    }
}

extension ProwlarrRelease {
    static func sample(_ title: String) -> ProwlarrRelease? {
        (try? Loose(JSONText.fields(["guid": .text("g"), "title": .text(title)]).bytes)).flatMap { ProwlarrRelease($0) }
    }
}
