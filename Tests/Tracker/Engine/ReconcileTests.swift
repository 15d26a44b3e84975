// What no hook told: histories, and what a library says.

import Domain
import Runtime
import Storage
import Testing
@testable import Tracker

@Suite(.timeLimit(.minutes(2))) struct `What no hook told` {
    private func plays(_ count: Int) -> [EpisodePlay] {
        (0..<count).map { place in
            Sitting.play(
                "The Harbour", place % 5 < 3 ? 1 : 2, place % 5 < 3 ? place % 5 + 1 : place % 5 - 2,
                account: place % 2 == 0 ? "1" : "31", at: Sitting.now - .days(Int64(count - place))
            ) {
                $0.source = .history
                $0.place.episode = "e\(place % 5)"
            }
        }
    }

    @Test func `is taken from the beginning once, and afterwards from where it was read`() async throws {
        try await Sitting.run { sitting in
            sitting.set { $0.history = plays(40) }
            let first = try await sitting.tracker.readHistory()
            let marks = try await sitting.marks()
            #expect(first == 40 && marks.count == 5)
            sitting.set { $0.history.append(Sitting.play("The Harbour", 1, 1) { $0.source = .history }) }
            let second = try await sitting.tracker.readHistory()
            #expect(second == 1)
            let progress = try await sitting.tracker.histories.one("plex")
            #expect(progress?.share == 1 && progress?.taken == 41 && progress?.endedAt != nil)
        }
    }

    @Test func `goes on where it was cut off, and comes to the same as in one piece`() async throws {
        for step in [2, 9, 17] {
            try await Sitting.run { sitting in
                sitting.set { world in
                    world.history = plays(40)
                    world.fuse = step
                    world.historyPage = 8
                }
                _ = try? await sitting.tracker.readHistory()
                sitting.set { $0.fuse = nil }
                try await sitting.start()
                _ = try await sitting.tracker.readHistory()
                try await sitting.pass(.hours(7))
                let marks = try await sitting.marks() + sitting.marks(of: 2)
                #expect(marks.count == 10, "\(step): \(marks)")
                #expect(marks.allSatisfy { $0.hasSuffix(" 4") }, "\(step): \(marks)")
            }
        }
    }

    @Test func `a play that a hook told is not counted again`() async throws {
        try await Sitting.run { sitting in
            let play = Sitting.play(at: Sitting.now - .hours(3))
            try await sitting.told(play)
            sitting.set { world in
                world.history = [
                    Sitting.play(at: play.at + .seconds(2)) { $0.source = .history },
                    Sitting.play("The Harbour", 1, 2, at: play.at + .hours(1)) { $0.source = .history },
                ]
            }
            _ = try await sitting.tracker.readHistory()
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1", "The Harbour S01E02 1"])
        }
    }

    private func leaves(_ watched: Set<Int>) -> [LibraryEpisode] {
        (1...3).map { number in
            LibraryEpisode(
                Sitting.play("The Harbour", 1, number, at: Sitting.now - .hours(2)) { $0.source = .history },
                isWatched: watched.contains(number))
        }
    }

    @Test func `what is marked as seen in the library is marked, and what is not is taken back`() async throws {
        try await Sitting.run { sitting in
            for number in 1...2 {
                try await sitting.told(Sitting.play("The Harbour", 1, number, at: Sitting.now - .hours(4)))
            }
            sitting.set { $0.leaves = .known(leaves([2, 3])) }
            let tally = try await sitting.tracker.lookAround()
            #expect(tally.new == 1 && tally.unwatched == 1)
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E02 1", "The Harbour S01E03 1"])
            // The old word again, as a history brings it, changes nothing.
            try await sitting.told(Sitting.play("The Harbour", 1, 1, at: Sitting.now - .hours(4)), key: "history")
            let still = try await sitting.marks()
            #expect(still == marks)
        }
    }

    @Test func `a library that does not answer takes nothing away`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play(at: Sitting.now - .hours(4)))
            sitting.set { world in
                world.down = ["leaves"]
                world.leaves = .known(leaves([]))
            }
            let tally = try await sitting.tracker.lookAround()
            #expect(tally.unwatched == 0 && tally.doubts.count == 1)
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1"])
        }
    }

    @Test func `what was set by hand or brought in a file is not taken back`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play(at: Sitting.now - .hours(4)))
            try await sitting.told(
                Sitting.play("The Harbour", 1, 2, at: Sitting.now - .hours(4)) { $0.source = .file })
            let show = try #require(try await sitting.tracker.catalogue.shows(with: ShowIDs(tmdb: 41)).first)
            _ = try await sitting.tracker.watched(show, season: 1, number: 1, at: Sitting.now - .days(3), by: 1)
            sitting.set { $0.leaves = .known(leaves([])) }
            let tally = try await sitting.tracker.lookAround()
            #expect(tally.unwatched == 0)
        }
    }

    @Test func `a library that has forgotten everything is not believed`() async throws {
        try await Sitting.run { sitting in
            let many = Tracker.mostUnwatched + 1
            sitting.set { $0.shows = [Sitting.entry("Long", 1990, ShowIDs(tmdb: 9), seasons: [many])] }
            sitting.set { $0.library["10"] = LibraryShow(title: "Long", year: 1990) }
            for number in 1...many {
                _ = try await sitting.tracker.take(
                    Told(
                        key: "\(number)", source: .plex,
                        reading: .event(Sitting.play("Long", 1, number, at: Sitting.now - .hours(5))),
                        receivedAt: Sitting.now))
            }
            try await sitting.tracker.work()
            sitting.set { world in
                world.leaves = .known(
                    (1...many).map { LibraryEpisode(Sitting.play("Long", 1, $0), isWatched: false) })
            }
            let tally = try await sitting.tracker.lookAround()
            let marks = try await sitting.marks()
            #expect(tally.unwatched == 0 && tally.doubts.count == 1 && marks.count == many)
        }
    }

    @Test func `shows on the air are read anew sooner than those that ended`() async throws {
        try await Sitting.run { sitting in
            sitting.set { world in
                world.shows[0].hasEnded = false
                world.shows[0].episodes?.append(
                    KnownEpisode(season: 3, number: 1, title: "New", airedOn: Day(of: Sitting.now, in: .utc) + 2))
                world.library["20"] = LibraryShow(title: "Ferry", year: 1994)
            }
            try await sitting.told(Sitting.play())
            try await sitting.told(Sitting.play("Ferry", 1, 1, key: "20"))
            await sitting.clock.advance(by: .days(1) + .minutes(1))
            sitting.set { $0.asked = [] }
            let tally = try await sitting.tracker.refreshDue()
            #expect(tally.read == 1 && tally.failed == 0)
            #expect(sitting.asked.filter { $0.hasPrefix("show tmdb:41") }.count == 1)
        }
    }
}
