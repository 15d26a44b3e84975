// From a stop to the disk: what is taken, what is asked of whom, and what each end is called.

import Domain
@testable import Downloads
import Runtime
import Storage
import Testing

private let done = CommandState(status: "completed", message: "Completed search for 1 movies. 1 reports downloaded.")
private let nothing = CommandState(status: "completed", message: "Completed search for 1 movies. 0 reports downloaded.")

@Suite(.timeLimit(.minutes(1))) struct `A film on its way` {
    @Test func `to the disk`() async throws {
        try await Stage.run { stage in
            let one = try #require(try await stage.watch())
            #expect(one.state == .commanded)
            #expect(one.rule == "rating")
            #expect(one.trace.count == FilmRule.allCases.count)
            #expect(stage.journal == ["search Radarr 7"])
            stage.set { world in
                world.command = .known(done)
                world.queue = .known([QueueItem(downloadID: "D1", title: "The.Ferrymans.Lamp.2025", size: 9)])
                world.history = .known([
                    .init(.grabbed(release: "The.Ferrymans.Lamp.2025"), at: Films.now, downloadID: "D1")
                ])
            }
            try await stage.pass(.seconds(5))
            let found1 = try await stage.newest().state
            #expect(found1 == .grabbed)
            #expect(stage.told == ["The Ferryman's Lamp (2025) is being downloaded"])
            let path = "/storage/media/movies/The Ferryman's Lamp (2025)/film.mkv"
            stage.set { world in
                world.queue = .known([])
                world.history = .known([
                    .init(.imported(path: path), at: Films.now + .minutes(20), downloadID: "D1", size: 8)
                ])
            }
            try await stage.pass(.minutes(20))
            let end = try await stage.newest()
            #expect(end.state == .downloaded)
            #expect(end.path == path)
            #expect(end.size == 8)
            #expect(stage.told.last == "The Ferryman's Lamp (2025) is on disk")
            let entries = try await Ledger(stage.database).entries(matching: LedgerFilter(subject: "tmdb:100"))
            #expect(entries.contains { $0.action == "downloads.downloaded" })
        }
    }

    @Test func `told of its beginning first, however soon its end comes`() async throws {
        try await Stage.run { stage in
            try await stage.watch()
            stage.set { $0.command = .known(done) }
            try await stage.pass(.seconds(5))
            for event in [
                ImportNotice.Event.grab(release: "R", size: 4),
                .imported(path: "/storage/media/movies/L/l.mkv", size: 4, isUpgrade: true),
            ] {
                try await stage.downloads.take(
                    ImportNotice(
                        event: event, instance: "Radarr", movieID: 7, film: Stage.entry.ids, downloadID: "D1",
                        at: stage.clock.now))
            }
            try await stage.downloads.work()
            #expect(
                stage.told == [
                    "The Ferryman's Lamp (2025) is being downloaded", "The Ferryman's Lamp (2025) is on disk",
                ])
        }
    }

    @Test func `known sooner by Radarr's own notice`() async throws {
        try await Stage.run { stage in
            try await stage.watch()
            stage.set { $0.command = .known(done) }
            try await stage.pass(.seconds(5))
            let notice = { (event: ImportNotice.Event, film: FilmIDs) in
                ImportNotice(
                    event: event, instance: "Radarr", movieID: 7, film: film, downloadID: "D1", at: stage.clock.now)
            }
            let other = FilmIDs(tmdb: 5, title: "Other", year: 2000)
            try await stage.downloads.take(
                notice(.imported(path: "/storage/media/movies/x", size: 1, isUpgrade: true), other))
            let found2 = try await stage.newest().state
            #expect(found2 == .grabbed)
            try await stage.downloads.take(notice(.grab(release: "R", size: 4), Stage.entry.ids))
            try await stage.downloads.take(
                notice(.imported(path: "/storage/media/movies/L/l.mkv", size: 4, isUpgrade: true), Stage.entry.ids))
            let found3 = try await stage.newest().state
            #expect(found3 == .downloaded)
        }
    }

    @Test func `imported over its link it is not on the disk`() async throws {
        try await Stage.run { stage in
            try await stage.watch()
            stage.set { world in
                world.command = .known(done)
                world.history = .known([
                    .init(.imported(path: "/data/symlinks/radarr/L/l.mkv"), at: Films.now + .seconds(9))
                ])
            }
            try await stage.pass(.seconds(10))
            let found4 = try await stage.newest().state
            #expect(found4 == .elsewhere)
        }
    }

    @Test func `searched and refused, with Radarr's reasons`() async throws {
        try await Stage.run { stage in
            try await stage.watch()
            stage.set { world in
                world.command = .known(nothing)
                world.releases = .known([
                    Release(guid: "a", indexerID: 1, title: "a", rejections: ["Existing file meets cutoff"])
                ])
            }
            try await stage.pass(.seconds(5))
            let end = try await stage.newest()
            #expect(end.state == .refused)
            #expect(end.outcome == "Existing file meets cutoff (1)")
            // The guard against loops: the next watch does not search again.
            let found5 = try await stage.watch(at: stage.clock.now + .days(1))?.rule
            #expect(found5 == "again")
            await stage.clock.advance(by: .days(31))
            let found6 = try await stage.watch()?.state
            #expect(found6 == .commanded)
        }
    }

    @Test func `a restarted Radarr is asked again, a failed command is not`() async throws {
        try await Stage.run { stage in
            try await stage.watch()
            stage.set { $0.command = .known(CommandState(status: "orphaned")) }
            try await stage.pass(.seconds(5))
            #expect(stage.journal == ["search Radarr 7", "search Radarr 7"])
            stage.set {
                $0.command = .known(CommandState(status: "failed", exception: "Expected query to return 2 rows"))
            }
            try await stage.pass(.seconds(5))
            let found7 = try await stage.newest().state
            #expect(found7 == .failed)
        }
    }

    @Test func `stuck for three days it has failed`() async throws {
        try await Stage.run { stage in
            try await stage.watch()
            stage.set { world in
                world.command = .absent
                world.queue = .known([QueueItem(title: "x", trouble: "import blocked")])
            }
            try await stage.pass(.seconds(5))
            for _ in 0..<30 { try await stage.pass(.hours(2)) }
            let found8 = try await stage.newest().state
            #expect(found8 == .grabbed)
            for _ in 0..<8 { try await stage.pass(.hours(2)) }
            let end = try await stage.newest()
            #expect(end.state == .failed)
            #expect(end.outcome == "import blocked")
        }
    }

    // MARK: Who and how much

    @Test func `guests, episodes and strangers are written down and nobody is asked`() async throws {
        try await Stage.run { stage in
            let found9 = try await stage.watch(user: "guest")?.rule
            #expect(found9 == "viewer")
            let found10 = try await stage.watch(user: nil)?.state
            #expect(found10 == .unknown)
            let found11 = try await stage.watch { $0.itemKind = .episode }?.rule
            #expect(found11 == "film")
            #expect(stage.see { $0.asked } == [])
            #expect(stage.journal == [])
            let other = Stage.playback { $0.kind = .other("PlaybackProgress") }
            let found12 = try await stage.downloads.take(other)
            #expect(found12 == .ignored("PlaybackProgress"))
        }
    }

    @Test func `at 40 %, then at 95 %`() async throws {
        try await Stage.run { stage in
            let found13 = try await stage.watch(share: 0.4)?.rule
            #expect(found13 == "watched")
            let found14 = try await stage.watch(share: 0.95, at: Films.now + .minutes(50))?.state
            #expect(found14 == .commanded)
        }
    }

    @Test func `the same stop in other words is one watch`() async throws {
        try await Stage.run { stage in
            stage.set { $0.films[0].rating = FilmRating(7.5, votes: 90_000, source: "IMDb") }
            try await stage.watch()
            // The very same
            let found15 = try await stage.watch(at: Films.now)
            #expect(found15 == nil)
            // The idle stop, a minute later, and Plex's word for it
            let found16 = try await stage.watch(share: 0.98, at: Films.now + .minutes(1))?.state
            #expect(found16 == .duplicate)
            let found17 = try await stage.watch(at: Films.now + .minutes(2)) { $0.source = .plex }?.state
            #expect(found17 == .duplicate)
            #expect(stage.journal == [])
            // A runtime later it is another watch, and the second.
            let found18 = try await stage.watch(at: Films.now + .seconds(6000))?.rule
            #expect(found18 == "rewatch")
            #expect(stage.journal == ["search Radarr 7"])
        }
    }

    @Test func `watches count by their own time, whatever order they come in`() async throws {
        try await Stage.run { stage in
            stage.set { world in
                world.films[0].rating = FilmRating(7.5, votes: 90_000, source: "IMDb")
                world.plays = [PlayTally("Jellystat", .known(0))]
            }
            let found19 = try await stage.watch(at: Films.now)?.rule
            #expect(found19 == "rewatch")
            #expect(stage.journal == [])
            let found20 = try await stage.watch(at: Films.now - .days(91))?.state
            #expect(found20 == .no)
            let found21 = try await stage.watch(at: Films.now - .days(90))?.state
            #expect(found21 == .commanded)
            let found22 = try await stage.watch(at: Films.now - .days(5))?.rule
            #expect(found22 == "queue")
            #expect(stage.journal == ["search Radarr 7"])
        }
    }

    @Test func `a runtime nobody sent is the library's`() async throws {
        try await Stage.run { stage in
            stage.set { $0.item = .known(LibraryItem(ids: FilmIDs(tmdb: 100, title: "x"), runtime: .seconds(6000))) }
            let one = try await stage.watch(FilmIDs(title: "The Ferryman's Lamp")) { $0.runtime = nil }
            #expect(one?.state == .commanded)
            #expect(one?.film.tmdb == 100)
        }
    }

    @Test func `twins, the unreleased and what Radarr lacks are left alone`() async throws {
        try await Stage.run { stage in
            stage.set { world in
                var twin = Stage.entry
                twin.ids = FilmIDs(tmdb: 101, title: "The Ferryman's Lamp", year: 2025)
                world.films.append(twin)
            }
            let found23 = try await stage.watch(FilmIDs(title: "The Ferryman's Lamp", year: 2025))?.state
            #expect(found23 == .unknown)
            let found24 = try await stage.watch(FilmIDs(tmdb: 9, title: "Elsewhere", year: 2000))?.state
            #expect(found24 == .missing)
            #expect(stage.told == ["Elsewhere (2000) is not in Radarr"])
            stage.set { $0.films[0].isReleased = false }
            let found25 = try await stage.watch()?.rule
            #expect(found25 == "released")
            #expect(stage.journal == [])
        }
    }

    @Test func `two Radarrs decide each for itself`() async throws {
        try await Stage.run(instances: ["Radarr", "Radarr 4K"]) { stage in
            try await stage.watch()
            #expect(stage.journal == ["search Radarr 7"])
            #expect(stage.told == [])
            let states = try await stage.downloads.book.latest(5).map(\.state)
            #expect(Set(states) == [.missing, .commanded])
        }
    }
}
