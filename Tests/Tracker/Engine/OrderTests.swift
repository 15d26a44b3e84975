// A day's hooks in any order, with duplicates, and with the program killed at any moment come to the same state.

import Domain
import Runtime
import Storage
import Testing
@testable import Tracker

@Suite(.timeLimit(.minutes(5))) struct `Whatever happens on the way` {
    /// SplitMix64: the same shuffle for the same seed.
    struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// Two people, three shows, one of them in question, twin deliveries and an evening's second round.
    static func evening() -> [(key: String, play: EpisodePlay)] {
        var all: [(key: String, play: EpisodePlay)] = []
        func add(_ play: EpisodePlay, _ twins: Int = 1) {
            for twin in 0..<twins {
                var copy = play
                copy.at = play.at + .seconds(Int64(twin * 3))
                all.append(("\(play.place.episode)/\(play.account.id ?? "")/\(copy.at.milliseconds)", copy))
            }
        }
        let start = Sitting.now - .hours(20)
        for number in 1...3 {
            add(Sitting.play("The Harbour", 1, number, at: start + .hours(Int64(number))), number)
            add(Sitting.play("The Harbour", 1, number, account: "31", at: start + .hours(Int64(number + 5))))
        }
        add(Sitting.play("The Harbour", 1, 1, at: start + .hours(9)) { $0.viewCount = 2 }, 2)
        for number in 1...2 {
            add(
                Sitting.play("Ferry", 1, number, key: "20", at: start + .hours(Int64(10 + number))) {
                    $0.title = "Episode \(number)"
                })
        }
        // The same show in another library, and one whose ids are told.
        add(
            Sitting.play("The Harbour (2008)", 2, 1, key: "30", at: start + .hours(13)) {
                $0.showGuids = ["plex://show/x", "tvdb://52"]
            })
        add(Sitting.play("The Harbour", 2, 2, account: "99", at: start + .hours(14)))
        return all
    }

    static func state(_ sitting: Sitting) async throws -> [String] {
        var state = try await sitting.marks().map { "1 " + $0 } + sitting.marks(of: 2).map { "2 " + $0 }
        state += try await sitting.tracker.mappings.all().map { "map \($0.title) \($0.server)" }.sorted()
        state += try await sitting.tracker.conflicts.all(.open).map { "ask \($0.title) \($0.waiting)" }.sorted()
        return state
    }

    static let expected = [
        "1 The Harbour S01E01 2", "1 The Harbour S01E02 1", "1 The Harbour S01E03 1", "1 The Harbour S02E01 1",
        "2 The Harbour S01E01 1", "2 The Harbour S01E02 1", "2 The Harbour S01E03 1", "map The Harbour (2008) srv",
        "map The Harbour srv", "ask Ferry 2",
    ]

    @Test(arguments: 1...20) func `any order and any repetition come to the same`(seed: Int) async throws {
        var dice = Seeded(state: UInt64(seed))
        var hooks = Self.evening()
        hooks += hooks.shuffled(using: &dice).prefix(5)
        hooks.shuffle(using: &dice)
        let cuts = (0..<3).map { _ in Int.random(in: 0...hooks.count, using: &dice) }
        try await Sitting.run { sitting in
            for (place, hook) in hooks.enumerated() {
                _ = try await sitting.tracker.take(
                    Told(
                        key: hook.key, source: .plex, event: "media.scrobble", reading: .event(hook.play),
                        receivedAt: sitting.clock.now))
                // Now and then it is worked off, and now and then all of it replayed.
                if cuts.contains(place) { try await sitting.tracker.work() }
            }
            try await sitting.tracker.work()
            let state = try await Self.state(sitting)
            #expect(state == Self.expected)
            let tally = try await sitting.tracker.logBook.tally()
            for row in try await sitting.tracker.logBook.latest(100) {
                _ = try await sitting.tracker.replay(row.id, by: "test")
            }
            let after = try await Self.state(sitting)
            #expect(after == Self.expected, "replayed")
            // What was marked by its own word stays so in the log.
            let again = try await sitting.tracker.logBook.tally()
            #expect(again == tally)
        }
    }

    /// At which of its questions it dies: the row that was on the way is looked at anew.
    @Test func `killed at any step, nothing is lost`() async throws {
        var step = 0
        var lasted = false
        while !lasted, step < 400 {
            try await Sitting.run { sitting in
                for hook in Self.evening() {
                    _ = try await sitting.tracker.take(
                        Told(key: hook.key, source: .plex, reading: .event(hook.play), receivedAt: sitting.clock.now))
                }
                let tracker = sitting.tracker
                let work = Task { try await tracker.work() }
                sitting.set { [step] world in
                    world.fuse = step
                    world.onFuse = { work.cancel() }
                }
                try? await work.value
                lasted = sitting.see { $0.fuse != nil }
                sitting.set { $0.fuse = nil }
                try await sitting.start()
                try await sitting.pass(.hours(7))
                let state = try await Self.state(sitting)
                #expect(state == Self.expected, "at step \(step)")
            }
            step += 7
        }
        #expect(lasted, "it never came to its end by itself")
    }

    /// Every question fails once, at another moment each time.
    @Test func `a read that fails at any step only delays`() async throws {
        for step in stride(from: 0, to: 60, by: 3) {
            try await Sitting.run { sitting in
                sitting.set { $0.fuse = step }
                for hook in Self.evening() {
                    _ = try await sitting.tracker.take(
                        Told(key: hook.key, source: .plex, reading: .event(hook.play), receivedAt: sitting.clock.now))
                }
                try await sitting.tracker.work()
                sitting.set { $0.fuse = nil }
                try await sitting.pass(.hours(1))
                let state = try await Self.state(sitting)
                #expect(state == Self.expected, "at step \(step)")
            }
        }
    }

    @Test func `a service that hangs keeps one play waiting, and not those behind it`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play())
            sitting.set { world in
                world.hangs = ["search"]
                world.asked = []
            }
            for number in 1...20 {
                _ = try await sitting.tracker.take(
                    Told(Sitting.play("Ferry", 1, number, key: "20"), receivedAt: sitting.clock.now))
            }
            _ = try await sitting.tracker.take(
                Told(Sitting.play("The Harbour", 1, 2), receivedAt: sitting.clock.now))
            let tracker = sitting.tracker
            let work = Task { try await tracker.work() }
            await sitting.clock.sleepers(atLeast: 2)
            await sitting.clock.advance(by: .seconds(31))
            try await work.value
            #expect(sitting.asked.filter { $0.hasPrefix("search") }.count == 1)
            let marks = try await sitting.marks()
            #expect(marks == ["The Harbour S01E01 1", "The Harbour S01E02 1"])
            sitting.set { $0.hangs = [] }
            try await sitting.pass(.minutes(3))
            let waiting = try await sitting.tracker.conflicts.all(.open).first?.waiting
            #expect(waiting == 20)
        }
    }

    @Test func `an answer that comes while others of the show are looked at counts for all`() async throws {
        try await Sitting.run { sitting in
            for number in 1...2 {
                _ = try await sitting.tracker.take(
                    Told(Sitting.play("Ferry", 1, number, key: "20"), receivedAt: sitting.clock.now))
            }
            let tracker = sitting.tracker
            sitting.set { world in
                world.meanwhile = (
                    2,
                    {
                        let open = try? await tracker.conflicts.all(.open).first
                        _ = try? await tracker.answer(open?.id ?? 0, "pick:0", by: "discord:9")
                    }
                )
            }
            try await tracker.work()
            let marks = try await sitting.marks()
            #expect(marks == ["Ferry S01E01 1", "Ferry S01E02 1"])
        }
    }

    @Test func `a mapping that is undone while its plays are looked at marks nothing`() async throws {
        try await Sitting.run { sitting in
            try await sitting.told(Sitting.play())
            let tracker = sitting.tracker
            let mapping = try #require(try await tracker.mappings.all().first?.id)
            // The first needs nobody outside; while the second is searched for, the first one's mapping goes.
            for play in [Sitting.play("The Harbour", 1, 2), Sitting.play("Ferry", 1, 1, key: "20")] {
                _ = try await tracker.take(Told(play, receivedAt: sitting.clock.now))
            }
            sitting.set { world in
                world.meanwhile = (1, { _ = try? await tracker.unmap(mapping, by: "discord:9") })
            }
            try await tracker.work()
            let marks = try await sitting.marks()
            #expect(marks == [])
        }
    }

    @Test func `plays above a minute's number come to their marks in the minutes after`() async throws {
        try await Sitting.run { sitting in
            let now = sitting.clock.now
            let told = (0..<25).map { number in
                Told(
                    key: "\(number)", source: .plex, event: "media.scrobble",
                    reading: .event(Sitting.play(at: now - .days(Int64(number)))), receivedAt: now,
                    dueAt: now + .minutes(Int64(number / 10)))
            }
            _ = try await sitting.tracker.take(told)
            var marked: [Int] = []
            for _ in 0..<3 {
                try await sitting.tracker.work()
                marked.append(try await sitting.tracker.logBook.tally()[.marked] ?? 0)
                await sitting.clock.advance(by: .minutes(1))
            }
            #expect(marked == [10, 20, 25])
        }
    }
}

@Suite struct `Plays that were taken a moment ago` {
    private func told(_ numbers: Range<Int64>, dueIn: Duration = .zero) -> (told: [Told], receipts: [LogBook.Receipt]) {
        let now = Sitting.now
        return (
            numbers.map { number in
                Told(
                    key: "\(number)", source: .plex, reading: .event(Sitting.play("Show \(number)")), receivedAt: now,
                    dueAt: now + dueIn)
            }, numbers.map { .new($0) }
        )
    }

    private func put(_ plays: FreshPlays, _ numbers: Range<Int64>, dueIn: Duration = .zero) {
        let (told, receipts) = told(numbers, dueIn: dueIn)
        plays.put(told, receipts)
    }

    @Test func `are there once`() {
        let plays = FreshPlays()
        put(plays, 1..<3)
        #expect(plays.take(2)?.showTitle == "Show 2")
        #expect(plays.take(2) == nil)
        #expect(plays.take(1)?.showTitle == "Show 1")
    }

    @Test func `are not kept for later turns, nor those that were known`() {
        let plays = FreshPlays()
        put(plays, 1..<3, dueIn: .minutes(1))
        plays.put(told(5..<6).told, [.known])
        #expect(plays.take(1) == nil && plays.take(5) == nil)
    }

    @Test func `give way to newer ones when they were worked off before they came here`() {
        let plays = FreshPlays()
        put(plays, 1..<Int64(FreshPlays.most) + 1)
        put(plays, 10_000..<10_001)
        #expect(plays.take(10_000) == nil)
        _ = plays.take(5000)
        put(plays, 10_001..<10_002)
        #expect(plays.take(10_001) != nil && plays.take(1) == nil)
    }

    @Test func `say what their text says`() async throws {
        try await Sitting.run { sitting in
            let play = Sitting.play {
                $0.showOriginalTitle = "Der Hafen"
                $0.guids = ["tvdb://1", "imdb://tt0000001"]
                $0.showGuids = ["plex://show/1"]
                ($0.viewCount, $0.showYear, $0.year, $0.airedOn) = (2, 2008, 2009, "2009-01-08")
            }
            _ = try await sitting.tracker.take(Told(play, receivedAt: sitting.clock.now))
            let read = try await sitting.tracker.logBook.latest(1).first?.play
            let fresh = try await sitting.tracker.logBook.due(sitting.clock.now, most: 1).first?.play
            let again = try await sitting.tracker.logBook.due(sitting.clock.now, most: 1).first?.play
            #expect(read == play && fresh == play && again == play)
        }
    }
}
