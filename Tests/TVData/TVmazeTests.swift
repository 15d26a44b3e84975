// TVmaze asked over real connections: numbers that lead to shows, specials without numbers, and its pace.

import Domain
import Runtime
import StandIns
import Testing

@testable import TVData

@Suite(.timeLimit(.minutes(1))) struct `Asking TVmaze` {
    @Test func `follows a number to the show`() async throws {
        try await Airwaves.open { waves in
            let byTVDB = try await waves.tvmaze.number("391007", at: .tvdb)
            #expect(byTVDB == 51_007)
            let byIMDb = try await waves.tvmaze.number("tt9510002", at: .imdb)
            #expect(byIMDb == 51_002)
            let nobody = await waves.failure { try await waves.tvmaze.number("1", at: .tvdb) }
            #expect(nobody == .notFound("show with the thetvdb number 1"))
        }
    }

    @Test func `never goes where a redirect points, only takes its number`() async throws {
        try await Airwaves.open { waves in
            _ = try await waves.tvmaze.number("391007", at: .tvdb)
            #expect(waves.tvmazeStandIn.requests.entries.map(\.route) == ["GET /lookup/shows"])
        }
    }

    @Test func `tells a show with its names and episodes`() async throws {
        try await Airwaves.open { waves in
            let show = try await waves.tvmaze.wholeShow(51_010)
            #expect(show.title == "Das Haus am Kanal")
            #expect(show.otherNames == ["The House on the Canal", "La Maison du canal", "Canal House"])
            #expect(show.ids == TVIDs(tvdb: 391_010, imdb: "tt9510010", tvmaze: 51_010))
            #expect((show.network, show.country, show.year) == ("Sender Neun", "DE", 2020))
            #expect(show.hasEnded)
            #expect(show.episodes?.count == 6)
            #expect(show.episodes?.first?.airedOn == Day("2020-10-04"))
            #expect(show.episodes?.first?.ids == TVIDs(tvmaze: 1_710_061))
            // Streamed: it has no network.
            let wind = try await waves.tvmaze.show(51_007)
            #expect(wind.network == "Kaze TV")
        }
    }

    @Test func `numbers specials by the day they were aired, in season 0`() async throws {
        try await Airwaves.open { waves in
            let episodes = try await waves.tvmaze.episodes(of: 51_005)
            let specials = episodes.filter { $0.season == 0 }
            #expect(specials.map(\.number) == [1, 2, 3])
            #expect(specials.map(\.title) == ["The Christmas Ward", "Night Shift", "Farewell, Meridian"])
            #expect(episodes.count == 23)
        }
    }

    @Test func `searches by name`() async throws {
        try await Airwaves.open { waves in
            let found = try await waves.tvmaze.search("The Long Tide")
            #expect(found.prefix(2).map(\.year) == [1998, 2018])
            let nobody = try await waves.tvmaze.search("Zzyzx")
            #expect(nobody.isEmpty)
        }
    }

    @Test func `keeps within TVmaze's pace`() async throws {
        try await Airwaves.open { waves in
            _ = try await waves.moving {
                for number in 0..<45 { _ = try? await waves.tvmaze.show(60_000 + number) }
            }
            let entries = waves.tvmazeStandIn.requests.entries
            #expect(entries.count == 45)
            #expect(entries.allSatisfy { $0.status == 404 })
        }
    }

    @Test func `pauses when it is told to slow down`() async throws {
        try await Airwaves.open { waves in
            await waves.tvmazeStandIn.changeRules { $0.most = 0 }
            let trouble = await waves.failure { try await waves.tvmaze.show(51_005) }
            guard case .busy? = trouble else {
                Issue.record("\(String(describing: trouble))")
                return
            }
            let at = waves.tvmazeStandIn.requests.entries.map(\.at)
            #expect(zip(at, at.dropFirst()).allSatisfy { $1 - $0 >= .seconds(10) })
        }
    }

    @Test func `half an answer is no answer`() async throws {
        try await Airwaves.open { waves in
            await waves.tvmazeStandIn.fail("GET /shows/{}/episodes", with: .truncated, times: 9)
            let trouble = await waves.failure { try await waves.tvmaze.wholeShow(51_005) }
            #expect(trouble != nil)
            if case .notFound? = trouble { Issue.record("taken for a no") }
        }
    }
}
