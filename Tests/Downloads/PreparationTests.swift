// What is done so that a search brings anything, and taken back when it does not.

import Domain
@testable import Downloads
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Making room for a search` {
    private let nothing = CommandState(
        status: "completed", message: "Completed search for 1 movies. 0 reports downloaded.")

    @Test func `moved, rescanned, searched, and given back when nothing came`() async throws {
        try await Stage.run({ wishes in
            wishes.preparation = .move
            wishes.tag = "keep"
        }) { stage in
            try await stage.watch()
            #expect(stage.journal == ["place Radarr 7 /storage/media/movies +keep", "rescan Radarr 7"])
            stage.set { $0.command = .known(CommandState(status: "completed")) }
            try await stage.pass(.seconds(2))
            #expect(stage.journal.last == "search Radarr 7")
            stage.set { [nothing] in $0.command = .known(nothing) }
            try await stage.pass(.seconds(5))
            let found1 = try await stage.newest().state
            #expect(found1 == .refused)
            #expect(stage.journal.suffix(2) == ["place Radarr 7 /data/symlinks/radarr -keep", "rescan Radarr 7"])
        }
    }

    static func second(
        _ change: @escaping (inout DownloadWishes) -> Void = { _ in }, dry: Bool = false,
        _ body: (Stage) async throws -> Void
    ) async throws {
        try await Stage.run(
            { wishes in
                wishes.preparation = .second
                wishes.keeper = "Second"
                wishes.tag = "keep"
                wishes.houses = [
                    .init("Radarr", setting: "RADARR"), .init("Second", setting: "RADARR_2", root: "/disk/movies"),
                ]
                change(&wishes)
            }, instances: ["Radarr", "Second"], dry: dry, body)
    }

    private static var there: FilmEntry {
        var there = Stage.entry
        (there.instance, there.id, there.fileID, there.path) = ("Second", 70, nil, "")
        return there
    }

    @Test func `another Radarr that has the film searches for it`() async throws {
        try await Self.second { stage in
            stage.set { $0.second = [Self.there] }
            let found2 = try await stage.watch()?.state
            #expect(found2 == .commanded)
            #expect(stage.journal == ["search Second 70"])
        }
    }

    @Test func `another Radarr that lacks the film is given it, and its own search is followed`() async throws {
        try await Self.second { stage in
            try await stage.watch()
            #expect(stage.journal == ["add Second tmdb:100 /disk/movies keep"])
            try await stage.pass(.seconds(5))
            let one = try await stage.newest()
            #expect(one.state == .commanded && one.commandID == 2000 && one.movieID == 70 && one.target == "Second")
            stage.set { world in
                world.command = .known(
                    CommandState(
                        status: "completed", message: "Completed search for 1 movies. 1 reports downloaded."))
                world.history = .known([
                    HistoryEvent(.imported(path: "/storage/media/movies/a.mkv"), at: Films.now + .hours(1))
                ])
            }
            try await stage.pass(.minutes(1))
            let end = try await stage.newest().state
            #expect(end == .downloaded)
            #expect(stage.journal.count == 1)
        }
    }

    @Test func `one that was given a film and does not search is told to, once`() async throws {
        try await Self.second { stage in
            stage.set { $0.searchesByItself = nil }
            try await stage.watch()
            for _ in 0..<30 { try await stage.pass(.seconds(10)) }
            #expect(stage.journal == ["add Second tmdb:100 /disk/movies keep", "search Second 70"])
            let state = try await stage.newest().state
            #expect(state == .commanded)
        }
    }

    @Test func `killed while it was given the film it is given it once`() async throws {
        try await Self.second { stage in
            stage.set { $0.addError = Uncertain("cut off") }
            try await stage.watch()
            let before = try await stage.newest().step
            #expect(before == .adding)
            try await stage.start()
            stage.set { $0.addError = nil }
            try await stage.pass(.minutes(1))
            try await stage.pass(.seconds(5))
            let one = try await stage.newest()
            #expect(one.state == .commanded && one.commandID == 2000)
            #expect(stage.journal == ["add Second tmdb:100 /disk/movies keep"])
        }
    }

    @Test func `killed before it was given the film it is given it after the start`() async throws {
        try await Self.second { stage in
            stage.set { $0.actError = Uncertain("cut off") }
            try await stage.watch()
            #expect(stage.journal == [])
            try await stage.start()
            stage.set { $0.actError = nil }
            try await stage.pass(.minutes(1))
            #expect(stage.journal == ["add Second tmdb:100 /disk/movies keep"])
        }
    }

    @Test func `a dry run gives nobody a film`() async throws {
        try await Self.second(dry: true) { stage in
            let state = try await stage.watch()?.state
            #expect(state == .dry)
            #expect(stage.journal == [])
        }
    }

    @Test func `what the other has on disk, on its way, or under a tag of never is left alone`() async throws {
        var (onDisk, never) = (Self.there, Self.there)
        (onDisk.fileID, onDisk.path) = (9, "/storage/media/movies/a.mkv")
        never.tags = ["never-download"]
        for (there, rule, words) in [
            (onDisk, "place", "on disk already, in Second"), (never, "never", "by the tag"),
        ] {
            try await Self.second { stage in
                stage.set { $0.second = [there] }
                let one = try #require(try await stage.watch())
                #expect(one.state == .no && one.rule == rule && one.why.contains(words), "\(one.why)")
                #expect(stage.journal == [])
            }
        }
    }

    @Test func `a film only the keeper has left is known to be there`() async throws {
        try await Self.second { stage in
            stage.set { world in
                world.films = []
                var there = Self.there
                (there.fileID, there.path) = (9, "/storage/media/movies/a.mkv")
                world.second = [there]
            }
            let one = try #require(try await stage.watch())
            #expect(one.state == .no && one.rule == "place", "\(one.why)")
            #expect(stage.told == [])
        }
    }

    @Test func `films that only the keeper has on disk are proposed for deletion`() async throws {
        try await Self.second { stage in
            stage.set { world in
                var there = Self.there
                there.rating = FilmRating(6, votes: 90_000, source: "IMDb")
                (there.fileID, there.path) = (9, "/storage/media/movies/a.mkv")
                there.fileAddedAt = Films.now - .days(400)
                world.second = [there]
            }
            let found = try await stage.downloads.propose()
            let proposal = try #require(try await stage.downloads.book.proposals().first)
            #expect(found == 1 && proposal.instance == "Second")
        }
    }

    @Test func `a release is taken past the file that is there`() async throws {
        try await Stage.run({ $0.preparation = .release }) { stage in
            stage.set { world in
                world.releases = .known([
                    Release(guid: "b", indexerID: 1, title: "CAM", rejections: ["CAM is not wanted in profile"]),
                    Release(
                        guid: "a", indexerID: 1, title: "Good", size: 6, rejections: ["Existing file meets cutoff"]),
                ])
            }
            let one = try #require(try await stage.watch())
            #expect(one.state == .grabbed)
            #expect(one.release == "Good")
            #expect(stage.journal == ["grab Radarr Good"])
        }
    }

    @Test func `nothing that may be taken is a refusal`() async throws {
        try await Stage.run({ $0.preparation = .release }) { stage in
            let found4 = try await stage.watch()?.state
            #expect(found4 == .refused)
            #expect(stage.journal == [])
        }
    }
}
