// Lists of ours and of others, there and back.

import Domain
import Runtime
import Storage
import Testing

@testable import Tracker

@Suite struct `Lists carried away and brought back` {
    static let now = Instant(seconds: 1_767_268_800)
    static let rows = [
        SeenRow(
            show: "The Allotment, =\"again\"", year: 2004,
            showIDs: ShowIDs(tmdb: 91_004, tvdb: 391_004, imdb: "tt9510004"),
            season: 0, number: 0, title: "-1", episodeIDs: ShowIDs(tmdb: 3_104_001),
            watchedAt: Instant(seconds: 1_700_000_000)),
        SeenRow(show: "風の国", season: 1, number: 25, title: "", watchedAt: Instant(seconds: 1_700_100_000)),
    ]

    static func read(_ text: String) throws -> SeenImport { try SeenImport([UInt8](text.utf8), now: now) }

    @Test(arguments: [true, false])
    func `say the same afterwards`(_ isCSV: Bool) throws {
        let back = try Self.read(isCSV ? SeenFile.csv(Self.rows) : SeenFile.json(Self.rows))
        #expect(back.problems.isEmpty && back.others == 0)
        #expect(back.plays.map(\.showTitle) == Self.rows.map(\.show))
        #expect(back.plays.map(\.at) == Self.rows.map(\.watchedAt))
        #expect(back.plays.map(\.season) == [0, 1] && back.plays.map(\.number) == [0, 25])
        #expect(back.plays[0].title == "-1" && back.plays[0].showYear == 2004)
        #expect(back.plays[0].showGuids == ["tmdb://91004", "tvdb://391004", "imdb://tt9510004"])
        #expect(back.plays[0].guids == ["tmdb://3104001"])
        #expect(back.plays.allSatisfy { $0.source == .file })
    }

    @Test func `Trakt's history is read, and a film in it is no problem`() throws {
        let back = try Self.read(
            """
            [{"id":1,"watched_at":"2025-03-01T20:15:00.000Z","action":"watch","type":"episode",
              "episode":{"season":1,"number":5,"title":"Salted Ledger","ids":{"trakt":1,"tvdb":8202065,"tmdb":3102065}},
              "show":{"title":"The Long Tide","year":2018,"ids":{"slug":"x","tmdb":91002,"imdb":"tt9510002"}}},
             {"watched_at":"2025-03-01T20:15:00.000Z","type":"movie","movie":{"title":"Salt Road"}}]
            """)
        #expect(back.others == 1 && back.problems.isEmpty)
        let play = try #require(back.plays.first)
        #expect((play.showTitle, play.showYear, play.season, play.number) == ("The Long Tide", 2018, 1, 5))
        #expect(play.guids == ["tmdb://3102065", "tvdb://8202065"])
        #expect(play.showGuids == ["tmdb://91002", "imdb://tt9510002"])
        #expect(play.at == Instant(seconds: 1_740_860_100))
    }

    @Test func `Yamtrack's list numbers the show, and has lines for more than episodes`() throws {
        let back = try Self.read(
            """
            media_id,source,media_type,title,image,season_number,episode_number,score,status,notes,start_date,end_date
            91002,tmdb,tv,The Long Tide,,,,,Completed,,,
            91002,tmdb,season,The Long Tide,,1,,,Completed,,,
            91002,tmdb,episode,The Long Tide,,1,5,,Completed,,,2025-03-01 20:15:00+00:00
            91002,tmdb,episode,The Long Tide,,1,6,,Planning,,,
            """)
        #expect(back.others == 3)
        let play = try #require(back.plays.first)
        #expect(play.showGuids == ["tmdb://91002"] && play.guids.isEmpty)
        #expect((play.showTitle, play.season, play.number, play.title) == ("The Long Tide", 1, 5, ""))
        #expect(play.at == Instant(seconds: 1_740_860_100))
    }

    @Test func `a bare number is the episode's, never the show's`() throws {
        let back = try Self.read("type,title,season,episode,tmdb_id,watched_at\nepisode,Tide,1,2,91002,2025-03-01\n")
        let play = try #require(back.plays.first)
        #expect(play.guids == ["tmdb://91002"] && play.showGuids.isEmpty)
        #expect((play.showTitle, play.season, play.number) == ("Tide", 1, 2))
        // A day is its noon.
        #expect(play.at == Instant(seconds: 1_740_830_400))
    }

    @Test func `what cannot be read is told by its line, and the rest is taken`() throws {
        let back = try Self.read(
            """
            show_title;season_number;episode_number;watched_at
            Tide;1;1;2025-02-30
            ;1;2;2025-03-01
            Tide;;;2025-03-01
            Tide;1;4;2999-01-01
            Tide;1;5;
            """)
        #expect(back.problems.map(\.line) == [2, 3, 4, 5])
        #expect(back.plays.map(\.number) == [5])
        #expect(back.plays.first?.at == Self.now)
    }

    @Test(arguments: ["", "\n\n", "a,b\n1,2", "[", "{\"x\":1}", "show_title,episode_number\n\"Tide", "\u{0}"])
    func `what is no list is refused with a sentence`(_ text: String) {
        let refusal = #expect(throws: SeenImport.Refusal.self) { try Self.read(text) }
        #expect(refusal?.why.isEmpty == false)
        #expect(throws: SeenImport.Refusal.self) { try SeenImport([0xFF, 0xFE, 0x41], now: Self.now) }
    }

    @Test func `tell each time of it, and a date by hand for the first`() async throws {
        try await TrackerDatabase.open(.trackerCatalogue, .trackerMarks, .tracker) { database in
            let catalogue = CatalogueBook(database)
            let put = try await catalogue.put(
                CatalogueEntry(
                    "Tide", year: 2011, ids: ShowIDs(tmdb: 91_013),
                    episodes: [
                        KnownEpisode(season: 1, number: 1, title: "One", ids: ShowIDs(tmdb: 5)),
                        KnownEpisode(season: 1, number: 2, title: "Two"),
                    ]), dueAt: nil)
            let show = try #require(put.show)
            let episodes = try await catalogue.episodes(of: show)
            let marks = MarkBook(database)
            for days in [0, 40, 80] {
                _ = try await marks.tell(
                    person: 1, show: show, episode: episodes[0].id, at: Self.now + .days(Int64(days)), source: "plex")
            }
            _ = try await marks.tell(person: 1, show: show, episode: episodes[1].id, at: Self.now, source: "plex")
            _ = try await marks.set(
                person: 1, show: show, episode: episodes[1].id, seenAt: Instant(seconds: 1_600_000_000))
            _ = try await marks.tell(person: 2, show: show, episode: episodes[1].id, at: Self.now, source: "plex")
            let rows = try await SeenBook(database).rows(of: 1)
            #expect(rows.map(\.number) == [2, 1, 1, 1])
            #expect(rows[0].watchedAt == Instant(seconds: 1_600_000_000))
            #expect(rows[1].watchedAt == Self.now && rows[3].watchedAt == Self.now + .days(80))
            #expect(rows[1].showIDs == ShowIDs(tmdb: 91_013) && rows[1].episodeIDs == ShowIDs(tmdb: 5))
            #expect((rows[1].show, rows[1].year, rows[1].title) == ("Tide", 2011, "One"))
        }
    }

    @Test func `keys are kept as digests, one of a kind for each person`() async throws {
        try await TrackerDatabase.open(.trackerKeys) { database in
            let keys = KeyBook(database)
            try await keys.set(1, .api, hash: [1, 2])
            try await keys.set(1, .api, hash: [3, 4])
            try await keys.set(1, .calendar, hash: [5])
            try await keys.set(2, .api, hash: [6])
            try await keys.set(2, .api, hash: nil)
            let api = try await keys.all(.api)
            #expect(api.map(\.person) == [1] && api.map(\.hash) == [[3, 4]])
            let calendars = try await keys.all(.calendar)
            #expect(calendars.map(\.hash) == [[5]])
            let at = try await keys.madeAt(1, .api)
            let none = try await keys.madeAt(2, .api)
            #expect(at != nil && none == nil)
        }
    }
}
