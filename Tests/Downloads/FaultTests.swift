// Bad days: services that do not answer, crashes between two steps, days that are full.

import Domain
@testable import Downloads
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Downloads on a bad day` {
    @Test func `Radarr is down, and asked again until it answers`() async throws {
        try await Stage.run { stage in
            stage.set { $0.isDown = true }
            let found1 = try await stage.watch()?.state
            #expect(found1 == .waiting)
            try await stage.pass(.minutes(1))
            let found2 = try await stage.newest().tries
            #expect(found2 == 2)
            stage.set { $0.isDown = false }
            try await stage.pass(.minutes(2))
            let found3 = try await stage.newest().state
            #expect(found3 == .commanded)
            #expect(stage.journal == ["search Radarr 7"])
        }
    }

    @Test func `what nobody ever answers stays unknown`() async throws {
        try await Stage.run { stage in
            stage.set { $0.isDown = true }
            try await stage.watch()
            for _ in 0..<Downloads.mostTries { try await stage.pass(.hours(6)) }
            let found4 = try await stage.newest().state
            #expect(found4 == .unknown)
        }
    }

    @Test func `killed between the verdict and the search`() async throws {
        try await Stage.run { stage in
            stage.set { world in
                world.searchError = Uncertain("cut off")
                world.searchArrives = false
            }
            try await stage.watch()
            let found5 = try await stage.newest().state
            #expect(found5 == .searching)
            #expect(stage.journal == [])
            stage.set { $0.searchError = nil }
            try await stage.start()
            try await stage.pass(.minutes(1))
            let found6 = try await stage.newest().state
            #expect(found6 == .commanded)
            #expect(stage.journal == ["search Radarr 7"])
        }
    }

    @Test func `killed between the search and its answer it is not sent twice`() async throws {
        try await Stage.run { stage in
            stage.set { $0.searchError = Uncertain("cut off") }
            try await stage.watch()
            #expect(stage.journal == ["search Radarr 7"])
            try await stage.start()
            stage.set { $0.searchError = nil }
            try await stage.pass(.minutes(1))
            let one = try await stage.newest()
            #expect(one.state == .commanded)
            #expect(one.commandID == 1000)
            #expect(stage.journal == ["search Radarr 7"])
        }
    }

    @Test func `killed before it was judged it is judged after the start`() async throws {
        try await Stage.run { stage in
            _ = try await stage.downloads.take(Stage.playback())
            try await stage.start()
            try await stage.downloads.work()
            let found7 = try await stage.newest().state
            #expect(found7 == .commanded)
            // The hook's inbox delivers again what it had not ticked off.
            let found8 = try await stage.downloads.take(Stage.playback())
            #expect(found8 == .duplicate)
        }
    }

    @Test func `Jellystat is empty and the ledger is named instead`() async throws {
        try await Stage.run { stage in
            stage.set { world in
                world.films[0].rating = FilmRating(7.5, votes: 90_000, source: "IMDb")
                world.plays = [PlayTally("Jellystat", .absent)]
            }
            let first = try #require(try await stage.watch())
            #expect(first.state == .unknown)
            let second = try #require(try await stage.watch(at: Films.now + .days(3)))
            #expect(second.state == .commanded)
            #expect(second.why == "watched twice in 90 days, and rated 7.5")
            let inputs = second.trace.first { $0.rule == .rewatch }?.inputs ?? ""
            #expect(inputs.contains("our ledger: at least 2, Jellystat: no rows"), "\(inputs)")
        }
    }

    @Test func `plays counted elsewhere count with this one`() async throws {
        try await Stage.run { stage in
            stage.set { world in
                world.films[0].rating = FilmRating(7.5, votes: 90_000, source: "IMDb")
                world.plays = [PlayTally("Jellystat", .known(1))]
            }
            let found9 = try await stage.watch()?.rule
            #expect(found9 == "rewatch")
            #expect(stage.journal == ["search Radarr 7"])
        }
    }

    @Test func `indexers are asked last, once a day, and their silence ends it`() async throws {
        try await Stage.run({ $0.asks = [.seeders] }) { stage in
            stage.set { world in
                world.films[0].rating = FilmRating(6, votes: 90_000, source: "IMDb")
                world.plays = [PlayTally("Jellystat", .known(0))]
                world.seeders = .known(3)
            }
            let found10 = try await stage.watch()?.state
            #expect(found10 == .seeders)
            #expect(!stage.see { $0.asked.contains("seeders") })
            try await stage.downloads.askSeeders()
            let found11 = try await stage.newest().state
            #expect(found11 == .asked)
            try await stage.watch(at: Films.now + .hours(3))
            #expect(stage.see { $0.asked.count { $0 == "seeders" } } == 1)
            let asked = try #require(try await stage.downloads.book.latest(5).first { $0.state == .asked })
            _ = try await stage.downloads.decline(asked.id, by: "discord:1", never: false)
            // Whoever could not be reached is asked again, and not for ever.
            stage.set { $0.seeders = .unknown(why: "down") }
            await stage.clock.advance(by: .days(2))
            try await stage.watch()
            for _ in 0..<6 {
                try await stage.downloads.askSeeders()
                try await stage.pass(.hours(2))
            }
            #expect(stage.see { $0.asked.count { $0 == "seeders" } } == 6)
            let found12 = try await stage.newest().state
            #expect(found12 == .no)
        }
    }

    @Test func `a full day waits for the next`() async throws {
        try await Stage.run({ $0.perDay = 1 }) { stage in
            var other = Stage.entry
            (other.id, other.ids) = (8, FilmIDs(tmdb: 200, title: "Other", year: 2024))
            stage.set { [other] in $0.films.append(other) }
            try await stage.watch()
            let second = try #require(try await stage.watch(other.ids))
            #expect(second.state == .waiting)
            #expect(second.decision == "wait")
            for _ in 0..<12 { try await stage.pass(.hours(3)) }
            #expect(stage.journal == ["search Radarr 7", "search Radarr 8"])
        }
    }

    @Test func `a dry run writes all of it down and searches for nothing`() async throws {
        try await Stage.run(dry: true) { stage in
            let one = try #require(try await stage.watch())
            #expect(one.state == .dry)
            #expect(one.decision == "download")
            #expect(stage.journal == [])
        }
    }

    @Test func `what could not be told is told later`() async throws {
        try await Stage.run { stage in
            stage.set { $0.tellError = Down() }
            try await stage.watch(FilmIDs(tmdb: 9, title: "Elsewhere", year: 2000))
            #expect(stage.told == [])
            stage.set { $0.tellError = nil }
            try await stage.pass(.minutes(1))
            #expect(stage.told == ["Elsewhere (2000) is not in Radarr"])
            try await stage.pass(.minutes(1))
            #expect(stage.told.count == 1)
        }
    }
}
