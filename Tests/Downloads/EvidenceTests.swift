// What a judgement rests on, piece by piece: each from its source, named, and written down.

import Domain
@testable import Downloads
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct `What is known of a film` {
    private static func inputs(_ one: DownloadCase, _ rule: FilmRule) -> String {
        one.trace.first { $0.rule == rule }?.inputs ?? ""
    }

    /// Rated 7.5: nothing but watching it again would have it kept.
    private static func plain(_ body: (Stage) async throws -> Void) async throws {
        try await Stage.run { stage in
            stage.set { $0.films[0].rating = FilmRating(7.5, votes: 90_000, source: "IMDb") }
            try await body(stage)
        }
    }

    @Test func `every rule's inputs and verdict are on the disk, for a no as for a yes`() async throws {
        try await Self.plain { stage in
            stage.set { $0.plays = [PlayTally("Jellystat", .known(0))] }
            try await stage.watch()
            try await stage.start()
            let one = try await stage.newest()
            #expect(one.state == .no)
            #expect(one.trace.map(\.rule) == FilmRule.allCases && one.trace.allSatisfy { !$0.inputs.isEmpty })
            let evidence = try #require(one.evidence)
            #expect(evidence.rating.known?.votes == 90_000 && evidence.plays.map(\.source).contains("Jellystat"))
            // The same evidence judged again comes to the same.
            #expect(FilmJudge(stage.wishes).verdict(on: evidence).decision.rule.rawValue == one.rule)
        }
    }

    @Test func `without IMDb's rating the library's own counts, and is called so`() async throws {
        try await Stage.run { stage in
            stage.set { world in
                world.films[0].rating = nil
                world.item = .known(
                    LibraryItem(ids: Stage.entry.ids, rating: FilmRating(8.9, votes: nil, source: "Jellyfin's own")))
            }
            let one = try #require(try await stage.watch())
            #expect(one.rule == "rating" && one.state == .commanded)
            #expect(Self.inputs(one, .rating).contains("8.9 (Jellyfin's own)"))
        }
    }

    @Test(arguments: [(1, DownloadCase.State.no), (2, .unknown)])
    func `beginnings bound watches from above, and prove none`(starts: Int, state: DownloadCase.State) async throws {
        try await Self.plain { stage in
            stage.set { world in
                world.plays = [PlayTally("Jellystat", .absent)]
                world.item = .known(LibraryItem(ids: Stage.entry.ids, starts: starts))
            }
            let one = try #require(try await stage.watch())
            #expect(one.state == state)
            #expect(Self.inputs(one, .rewatch).contains("Jellyfin: begun \(starts == 1 ? "once" : "twice")"))
        }
    }

    @Test func `a favourite of theirs is kept at once, by its tag too`() async throws {
        try await Self.plain { stage in
            stage.set { $0.item = .known(LibraryItem(ids: Stage.entry.ids, isFavourite: true)) }
            let one = try #require(try await stage.watch())
            #expect(one.rule == "favourite" && one.why == "a favourite of anna")
        }
        try await Self.plain { stage in
            stage.set { $0.films[0].tags = ["favourite"] }
            let one = try #require(try await stage.watch())
            #expect(one.rule == "favourite" && one.why.contains("tag favourite"))
        }
    }

    @Test func `what a cleaner threw away from the disk is not fetched again, and a link that went is nothing`()
        async throws
    {
        for (path, rule) in [
            ("/storage/media/movies/L/l.mkv", "deleted"), ("", "deleted"), ("/data/symlinks/radarr/L/l.mkv", "rating"),
        ] {
            try await Stage.run { stage in
                stage.set { $0.history = .known([HistoryEvent(.deleted(path: path), at: Films.now - .days(10))]) }
                let one = try #require(try await stage.watch())
                #expect(one.rule == rule, "\(path)")
            }
        }
    }

    @Test func `Radarr's own last search is told, and hinders nothing`() async throws {
        try await Stage.run { stage in
            stage.set { $0.films[0].lastSearchAt = Films.now - .days(3) }
            let one = try #require(try await stage.watch())
            #expect(one.state == .commanded)
            #expect(Self.inputs(one, .again) == "not by me; by Radarr itself 3 days ago")
        }
    }

    @Test func `a person's own threshold counts`() async throws {
        try await Stage.run({ $0.tracked = [.init("Anna", plays: 3), .init("Ben")] }) { stage in
            stage.set { world in
                world.films[0].rating = FilmRating(7.5, votes: 90_000, source: "IMDb")
                world.plays = [PlayTally("Jellystat", .known(1))]
            }
            let anna = try await stage.watch()?.state
            let ben = try await stage.watch(user: "Ben")?.state
            #expect(anna == .no && ben == .commanded)
        }
    }

    @Test func `a dry run asks about a file and deletes nothing`() async throws {
        try await Stage.run(dry: true) { stage in
            stage.set { world in
                world.films[0].path = "/storage/media/movies/L/l.mkv"
                world.films[0].fileAddedAt = Films.now - .days(400)
                world.films[0].rating = FilmRating(6, votes: 90_000, source: "IMDb")
            }
            let found = try await stage.downloads.propose()
            let proposal = try #require(try await stage.downloads.book.proposals().first)
            let answer = try await stage.downloads.delete(proposal.id, by: "discord:1")
            #expect(found == 1 && !answer.isDone && answer.report.plainText.contains("A dry run"))
            #expect(stage.journal == [])
            let state = try await stage.downloads.book.proposals().first?.state
            #expect(state == .asked)
        }
    }
}
