// From a play to a mark, and to a question where it is not sure.

import Domain
import Runtime
import Storage
import Testing
@testable import Tracker

@Suite(.timeLimit(.minutes(1))) struct `The tracker` {
    @Test func `marks an episode in every form of its ids`() async throws {
        let forms: [(String, @Sendable (inout EpisodePlay) -> Void)] = [
            ("the old agent's own", { $0.guids = ["com.plexapp.agents.thetvdb://52/1/1?lang=en"] }),
            ("the other old agent's", { $0.guids = ["com.plexapp.agents.themoviedb://41/1/1?lang=en"] }),
            ("HAMA's", { $0.guids = ["com.plexapp.agents.hama://tvdb-52/1/1?lang=en"] }),
            ("an episode's TVDB number", { $0.guids = ["plex://episode/5d9c0", "tvdb://901"] }),
            ("an episode's TMDB number", { $0.guids = ["plex://episode/5d9c0", "tmdb://41101"] }),
            ("the show's own, out of a history", { $0.showGuids = ["plex://show/5d9", "imdb://tt0000063"] }),
            ("none", { $0.guids = ["local://123"] }),
        ]
        for (name, change) in forms {
            try await Sitting.run { sitting in
                sitting.set { $0.found[901] = FoundEpisode(show: ShowIDs(tmdb: 41), season: 1, number: 1) }
                let row = try await sitting.told(Sitting.play(change: change))
                #expect(row?.status == .marked, "\(name): \(row?.why ?? "") \(row?.error ?? "")")
                let marks = try await sitting.marks()
                #expect(marks == ["The Harbour S01E01 1"], "\(name)")
            }
        }
    }

    @Test func `asks nobody once a show is mapped`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play())
            sitting.set { world in
                world.asked = []
                world.down = ["library", "show", "search", "find"]
            }
            let row = try await sitting.told(Sitting.play("The Harbour", 1, 2))
            #expect(row?.status == .marked)
            #expect(Set(sitting.asked) == ["person", "siblings"])
        }
    }

    @Test func `never takes an episode's number or year for the show's`() async throws {
        try await Sitting.run { sitting in
            // 71 is the old Ferry as a show, and here an episode of something else.
            let row = try await sitting.told(
                Sitting.play("The Harbour", 1, 2) { ($0.guids, $0.year) = (["tmdb://71"], 1994) })
            let marks = try await sitting.marks()
            #expect(marks == [] || marks == ["The Harbour S01E02 1"], "\(row?.why ?? "")")
        }
    }

    @Test func `asks which of two namesakes it is, and marks what waited with the answer`() async throws {
        try await Sitting.run { sitting in
            for number in 1...2 {
                let row = try await sitting.told(Sitting.play("Ferry", 1, number) { $0.title = "Episode \(number)" })
                #expect(row?.status == .waiting && row?.action == .asked)
            }
            let open = try await sitting.tracker.conflicts.all(.open)
            #expect(open.count == 1 && open.first?.waiting == 2 && open.first?.candidates.count == 2)
            #expect(sitting.told == ["Which show is Ferry?"])
            let conflict = try #require(open.first)
            let pick = try #require(conflict.candidates.firstIndex { $0.year == 2019 })
            let answer = try await sitting.tracker.answer(conflict.id, "pick:\(pick)", by: "discord:9")
            #expect(answer.isDone)
            let marks = try await sitting.marks()
            #expect(marks == ["Ferry S01E01 1", "Ferry S01E02 1"])
            let show = try await sitting.tracker.mappings.all().first.map(\.show)
            let year = try await sitting.tracker.catalogue.show(show ?? 0)?.year
            #expect(year == 2019)
            let left = try await sitting.tracker.conflicts.count(.open)
            #expect(left == 0)
        }
    }

    @Test func `a library that knows the show's year needs no question`() async throws {
        try await Sitting.run { sitting in
            sitting.set { $0.library["10"] = LibraryShow(title: "Ferry", year: 1994) }
            let row = try await sitting.told(Sitting.play("Ferry", 1, 2))
            let show = try await sitting.tracker.catalogue.show(row?.show ?? 0)
            #expect(row?.status == .marked && show?.year == 1994)
        }
    }

    @Test func `a failed read has the event wait, and no question is asked for it`() async throws {
        for down in ["person", "library", "search", "show"] {
            try await Sitting.run { sitting in
                sitting.set { $0.down = [down] }
                let row = try await sitting.told(Sitting.play())
                #expect(row?.status == .waiting && row?.action == .unanswered, "\(down)")
                let open = try await sitting.tracker.conflicts.count(.open)
                #expect(open == 0, "\(down)")
                sitting.set { $0.down = [] }
                try await sitting.pass(.minutes(2))
                let marks = try await sitting.marks()
                #expect(marks == ["The Harbour S01E01 1"], "\(down)")
            }
        }
    }

    @Test func `marks every episode of one file`() async throws {
        try await Sitting.run { sitting in
            let play = Sitting.play("The Harbour", 1, 1)
            sitting.set { $0.siblings[play.place.episode] = [Sitting.play("The Harbour", 1, 2)] }
            try await sitting.told(play)
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1", "The Harbour S01E02 1"])
        }
    }

    @Test func `marks what was played though the file cannot be looked at, and the rest later`() async throws {
        try await Sitting.run { sitting in
            let play = Sitting.play("The Harbour", 1, 1)
            sitting.set { world in
                world.siblings[play.place.episode] = [Sitting.play("The Harbour", 1, 2)]
                world.down = ["siblings"]
            }
            let row = try await sitting.told(play)
            let first = try await sitting.marks()
            #expect(first == ["The Harbour S01E01 1"] && row?.status == .waiting)
            sitting.set { $0.down = [] }
            try await sitting.pass(.minutes(2))
            let marks = try await sitting.marks()
            let status = try await sitting.tracker.logBook.one(row?.id ?? 0)?.status
            #expect(marks == ["The Harbour S01E01 1", "The Harbour S01E02 1"] && status == .marked)
        }
    }

    @Test func `an episode the catalogue does not have yet waits until it has it`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play())
            let row = try await sitting.told(Sitting.play("The Harbour", 2, 3))
            #expect(row?.status == .waiting && row?.action == .episodeMissing)
            sitting.set { $0.shows[0] = Sitting.entry("The Harbour", 2008, Sitting.harbour.ids, seasons: [3, 3]) }
            try await sitting.pass(.hours(2))
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1", "The Harbour S02E03 1"])
        }
    }

    @Test func `an episode that never comes is left to a person, and kept`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play())
            let row = try await sitting.told(Sitting.play("The Harbour", 9, 9))
            for _ in 0...Tracker.mostMissed { try await sitting.pass(.hours(6)) }
            let failed = try await sitting.tracker.logBook.one(row?.id ?? 0)
            #expect(failed?.status == .failed)
            sitting.set { $0.shows[0].episodes?.append(KnownEpisode(season: 9, number: 9, title: "Late")) }
            _ = try await sitting.tracker.refresh(failed?.show ?? 0)
            try await sitting.tracker.work()
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1", "The Harbour S09E09 1"])
        }
    }

    @Test func `number and day that disagree are asked about once, and the answer is remembered`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play())
            func other(_ number: Int) -> EpisodePlay {
                Sitting.play("The Harbour", 1, number, at: Sitting.now - .days(2)) { play in
                    play.airedOn = Sitting.harbour.episodes?.first { $0.season == 2 && $0.number == number }?.airedOn
                        .map { "\($0)" }
                    play.title = ""
                }
            }
            let row = try await sitting.told(other(1))
            #expect(row?.status == .waiting && row?.action == .asked)
            let conflict = try #require(try await sitting.tracker.conflicts.all(.open).first)
            #expect(conflict.kind == .episodeOrder && conflict.candidates.count == 2)
            _ = try await sitting.tracker.answer(conflict.id, "pick:1", by: "discord:9")
            try await sitting.told(other(2))
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1", "The Harbour S02E01 1", "The Harbour S02E02 1"])
        }
    }

    @Test func `undoes a wrong mapping with its marks, asks, and marks the right show`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play("The Harbour", 1, 1))
            try await sitting.told(Sitting.play("The Harbour", 1, 2, account: "31"))
            let mapping = try #require(try await sitting.tracker.mappings.all().first)
            _ = try await sitting.tracker.unmap(mapping.id, by: "discord:9")
            let none = try await sitting.marks() + sitting.marks(of: 2)
            #expect(none == [], "its marks go with it, and no machine makes them again")
            let conflict = try #require(try await sitting.tracker.conflicts.all(.open).first)
            #expect(conflict.waiting == 2)
            guard case .one(let ferry) = try await sitting.tracker.guess("tmdb:81", outside: true) else {
                Issue.record("not found by its number")
                return
            }
            _ = try await sitting.tracker.map(conflict: conflict.id, to: ferry.id, by: "discord:9")
            let mine = try await sitting.marks()
            let theirs = try await sitting.marks(of: 2)
            #expect(mine == ["Ferry S01E01 1"] && theirs == ["Ferry S01E02 1"])
            // What a person said no machine takes back.
            await sitting.clock.advance(by: .days(3))
            try await sitting.told(Sitting.play("The Harbour", 1, 1, at: sitting.clock.now))
            let again = try await sitting.marks()
            #expect(again == ["Ferry S01E01 2"])
        }
    }

    @Test func `a show put into another's place is not taken for it`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play { $0.showGuids = ["plex://show/aaa", "tmdb://41"] })
            // Somebody mended the match in Plex: the number stays, the guid is another.
            try await sitting.told(
                Sitting.play("Ferry", 1, 2) { $0.showGuids = ["plex://show/bbb", "tmdb://81"] })
            let marks = try await sitting.marks()
            #expect(marks == ["Ferry S01E02 1", "The Harbour S01E01 1"])
        }
    }

    @Test func `a show that is to be ignored is, until somebody says what it is`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play("Holiday films", 1, 1))
            let conflict = try #require(try await sitting.tracker.conflicts.all(.open).first)
            #expect(conflict.kind == .noMatch && conflict.candidates.isEmpty)
            _ = try await sitting.tracker.answer(conflict.id, "ignore", by: "discord:9")
            let row = try await sitting.told(Sitting.play("Holiday films", 1, 2))
            #expect(row?.status == .ignored && row?.action == .showIgnored)
            let more = try await sitting.tracker.conflicts.count(.open)
            #expect(more == 0)
            let nothing = try await sitting.tracker.map(conflict: conflict.id, to: 999, by: "discord:9")
            #expect(!nothing.isDone)
            guard case .one(let harbour) = try await sitting.tracker.guess("The Harbour", outside: true) else {
                Issue.record("not found by its name")
                return
            }
            _ = try await sitting.tracker.map(conflict: conflict.id, to: harbour.id, by: "discord:9")
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1", "The Harbour S01E02 1"])
        }
    }

    @Test func `a show that no catalogue has is kept as it is told`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play("Holiday films", 1, 1))
            let conflict = try #require(try await sitting.tracker.conflicts.all(.open).first)
            _ = try await sitting.tracker.answer(conflict.id, "new", by: "discord:9")
            try await sitting.told(Sitting.play("Holiday films", 1, 2))
            let marks = try await sitting.marks()
            #expect(marks == ["Holiday films S01E01 1", "Holiday films S01E02 1"])
        }
    }

    @Test func `strangers, those who did not ask, and shows that are off are passed over in words`() async throws {
        try await Sitting.run(TrackerWishes(isOn: true)) { sitting in
            let stranger = try await sitting.told(Sitting.play(account: "99"))
            #expect(stranger?.status == .ignored && stranger?.action == .nobody && stranger?.why.isEmpty == false)
            let early = try await sitting.told(Sitting.play())
            #expect(early?.action == .notListed)
            // Whoever joins gets what was passed over.
            _ = try await sitting.tracker.join(1)
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1"])
            let show = try #require(try await sitting.tracker.catalogue.shows(with: ShowIDs(tmdb: 41)).first)
            try await sitting.tracker.turn(show, false, for: 1)
            let off = try await sitting.told(Sitting.play("The Harbour", 1, 2))
            #expect(off?.action == .showOff)
            _ = try await sitting.tracker.set(1, autoAdd: nil, autoWatch: false)
            let byHand = try await sitting.told(Sitting.play("The Harbour", 1, 3))
            #expect(byHand?.action == .autoWatchOff)
        }
    }

    @Test func `without auto-add a show waits to be added`() async throws {
        try await Sitting.run(TrackerWishes(isOn: true, isForEverybody: true, autoAdd: false)) { sitting in
            let row = try await sitting.told(Sitting.play())
            #expect(row?.status == .ignored && row?.action == .notAdded)
            let show = try #require(try await sitting.tracker.catalogue.shows(with: ShowIDs(tmdb: 41)).first)
            let added = try await sitting.tracker.add(show, for: 1)
            let marks = try await sitting.marks()
            #expect(added == 1 && marks == ["The Harbour S01E01 1"])
        }
    }

    @Test func `tells once that a season is finished, and not of years ago`() async throws {
        try await Sitting.run { sitting in
            for number in 1...3 {
                try await sitting.told(Sitting.play("The Harbour", 1, number, at: Sitting.now - .days(400)))
            }
            #expect(sitting.told == [])
            for number in [2, 1, 1] { try await sitting.told(Sitting.play("The Harbour", 2, number)) }
            #expect(sitting.told == ["Anna has finished season 2 of The Harbour"])
        }
    }

    @Test func `what could not be said is said later`() async throws {
        try await Sitting.run { sitting in
            struct Down: Error {}
            sitting.set { $0.tellError = Down() }
            try await sitting.told(Sitting.play("Ferry") { $0.title = "" })
            #expect(sitting.told == [])
            sitting.set { $0.tellError = nil }
            try await sitting.pass(.minutes(5))
            #expect(sitting.told == ["Which show is Ferry?"])
        }
    }

    @Test func `every line of the log says why, and what was not understood can be read anew`() async throws {
        try await Sitting.run { sitting in
            let receipts = try await sitting.tracker.take([
                Told(key: "a", source: .plex, reading: .ignored("media.play"), receivedAt: Sitting.now),
                Told(key: "b", source: .plex, reading: .test, receivedAt: Sitting.now),
                Told(
                    key: "c", source: .plex, payload: Array("better".utf8), reading: .refused("no JSON"),
                    receivedAt: Sitting.now),
                Told(key: "a", source: .plex, reading: .test, receivedAt: Sitting.now),
            ])
            #expect(receipts.last == .known)
            try await sitting.tracker.work()
            let rows = try await sitting.tracker.logBook.latest(10)
            #expect(rows.map(\.status) == [.failed, .ignored, .ignored])
            #expect(rows.allSatisfy { !($0.why + $0.error).isEmpty })
            let answer = try await sitting.tracker.replay(rows[0].id, by: "discord:9")
            let marks = try await sitting.marks()
            #expect(answer.isDone && marks == ["The Harbour S01E01 1"])
        }
    }

    @Test func `a date set by hand stays, and unwatched stays unwatched`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play())
            let show = try #require(try await sitting.tracker.catalogue.shows(with: ShowIDs(tmdb: 41)).first)
            _ = try await sitting.tracker.watched(show, season: 1, number: 1, at: Sitting.now - .days(9), by: 1)
            await sitting.clock.advance(by: .days(2))
            try await sitting.told(Sitting.play(at: sitting.clock.now))
            let mark = try await sitting.tracker.marks.marks(of: 1, show: show.id).first
            #expect(mark?.firstAt == Sitting.now - .days(9) && mark?.isByHand == true)
            await sitting.clock.advance(by: .days(1))
            _ = try await sitting.tracker.unwatched(show, season: 1, number: 1, by: 1)
            // The same word again, as a history would bring it.
            try await sitting.told(Sitting.play(), key: "again")
            let marks = try await sitting.marks()
            #expect(marks == [])
        }
    }

    @Test func `forgets hooks as they came, and never what may still be needed`() async throws {
        try await Sitting.run(TrackerWishes(isOn: true)) { sitting in
            _ = try await sitting.tracker.take([
                Told(key: "play", source: .plex, reading: .ignored("media.play"), receivedAt: Sitting.now)
            ])
            try await sitting.told(Sitting.play())
            try await sitting.tracker.logBook.forget(
                payloads: Sitting.now + .days(1), rows: Sitting.now + .days(1))
            let rows = try await sitting.tracker.logBook.latest(10)
            #expect(rows.map(\.action) == [.notListed])
            let payload = try await sitting.tracker.logBook.payload(rows[0].id)
            #expect(payload == [])
            _ = try await sitting.tracker.join(1)
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1"])
        }
    }
}
