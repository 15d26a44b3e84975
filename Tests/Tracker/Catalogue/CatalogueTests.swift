// The catalogue as it is stored: put in whole, found again, and nothing that was marked is lost.

import Domain
import Storage
import Testing
import Tracker

@Suite struct `A catalogue` {
    static func open(_ body: (CatalogueBook) async throws -> Void) async throws {
        try await TrackerDatabase.open(.trackerCatalogue) { try await body(CatalogueBook($0)) }
    }

    static let harbour = CatalogueEntry(
        "The Harbour", names: ["Hamnen"], year: 2008, network: "Kanal 4", country: "SE",
        ids: ShowIDs(tmdb: 41, tvdb: 52),
        episodes: [
            KnownEpisode(season: 1, number: 1, title: "Ebb", ids: ShowIDs(tvdb: 901)),
            KnownEpisode(season: 1, number: 2, title: "Flood", ids: ShowIDs(tvdb: 902)),
        ])

    @Test func `keeps a show once, whichever of its ids it is put in by`() async throws {
        try await Self.open { book in
            let first = try await book.put(Self.harbour, dueAt: nil)
            var again = Self.harbour
            again.ids = ShowIDs(tvdb: 52, imdb: "tt63")
            again.year = nil
            let second = try await book.put(again, dueAt: nil)
            guard case .new(let id) = first else {
                Issue.record("not new: \(first)")
                return
            }
            #expect(second == .known(id))
            let show = try #require(try await book.show(id))
            #expect(show.ids == ShowIDs(tmdb: 41, tvdb: 52, imdb: "tt63"))
            #expect(show.year == 2008, "what a catalogue does not say takes nothing away")
            #expect(show.names.map(\.raw) == ["The Harbour", "Hamnen"])
        }
    }

    @Test func `does not mix two shows whose ids an answer mixes`() async throws {
        try await Self.open { book in
            let first = try await book.put(Self.harbour, dueAt: nil)
            let second = try await book.put(CatalogueEntry("Glass Bay", ids: ShowIDs(tvdb: 77)), dueAt: nil)
            let mixed = try await book.put(CatalogueEntry("Which?", ids: ShowIDs(tmdb: 41, tvdb: 77)), dueAt: nil)
            #expect(mixed == .clash([first.show ?? 0, second.show ?? 0]))
        }
    }

    @Test func `finds by id, by any name, and by a name that looks like it`() async throws {
        try await Self.open { book in
            let id = try await book.put(Self.harbour, dueAt: nil).show
            for number in 1...30 {
                _ = try await book.put(
                    CatalogueEntry("Other Show \(number)", ids: ShowIDs(tmdb: 1000 + number)), dueAt: nil)
            }
            func found(_ claim: ShowClaim) async throws -> [Int64] { try await book.candidates(for: claim).map(\.id) }
            let byID = try await found(ShowClaim(["Nothing like it"], ids: ShowIDs(tvdb: 52)))
            let byName = try await found(ShowClaim(["Harbour, The"]))
            let byOther = try await found(ShowClaim(["hamnen"]))
            let bySlip = try await found(ShowClaim(["The Harbor"]))
            #expect(byID.first == id && byName.first == id && byOther.first == id && bySlip.first == id)
            let none = try await found(ShowClaim(["Zyzzyva"]))
            #expect(none.isEmpty)
        }
    }

    @Test func `follows names that change`() async throws {
        try await Self.open { book in
            _ = try await book.put(Self.harbour, dueAt: nil)
            var renamed = Self.harbour
            (renamed.title, renamed.names) = ("Quayside", [])
            _ = try await book.put(renamed, dueAt: nil)
            let old = try await book.candidates(for: ShowClaim(["Hamnen"]))
            let new = try await book.candidates(for: ShowClaim(["Quaysides"]))
            #expect(old.isEmpty && new.count == 1)
        }
    }

    @Test func `keeps an episode's row when its number changes, and does not list what is gone`() async throws {
        try await Self.open { book in
            let id = try #require(try await book.put(Self.harbour, dueAt: nil).show)
            let before = try await book.episodes(of: id)
            var moved = Self.harbour
            moved.episodes = [
                KnownEpisode(season: 1, number: 1, title: "Flood", ids: ShowIDs(tvdb: 902)),
                KnownEpisode(season: 1, number: 2, title: "Ebb", ids: ShowIDs(tvdb: 901)),
            ]
            _ = try await book.put(moved, dueAt: nil)
            let after = try await book.episodes(of: id)
            #expect(after.map(\.id) == [before[1].id, before[0].id])
            moved.episodes = [KnownEpisode(season: 1, number: 1, title: "Flood", ids: ShowIDs(tvdb: 902))]
            _ = try await book.put(moved, dueAt: nil)
            let left = try await book.episodes(of: id)
            #expect(left.map(\.title) == ["Flood"])
            moved.episodes = nil
            _ = try await book.put(moved, dueAt: nil)
            let same = try await book.episodes(of: id)
            #expect(same == left, "an answer without episodes says nothing of them")
        }
    }
}
