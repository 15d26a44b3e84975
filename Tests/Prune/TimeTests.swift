// Time that nobody observed counts against nobody.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Time that does not count` {
    private let unasked = Stage.wishes { $0.wantsApproval = false }

    @Test func `is that before the installation: nobody is expired on the first day`() async throws {
        try await Stage.open(unasked) { stage in
            stage.change { world in
                for number in 1...11 {
                    world.logged[1000 + number] = LastPlay(at: Stage.start - .days(900), title: "x")
                }
            }
            try await stage.live(.days(26), watching: [12])
            #expect(stage.journal == [])
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(standing.idle <= .days(26) && standing.verdict == .active)
        }
    }

    @Test func `is that in which Autoplex was off`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(20))
            stage.clock.move(by: .days(300))
            stage.play(2)
            let (again, _) = try await stage.another()
            let scan = try await again.scan()
            #expect(scan.deeds == [])
            let standing = try #require(try await again.standing(of: 2))
            #expect(standing.idle <= .days(20))
        }
    }

    @Test(arguments: [40, -40, 400, -400] as [Int64])
    func `is that a clock makes up`(_ days: Int64) async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(25))
            stage.clock.jump(by: .days(days))
            try await stage.live(.days(1))
            stage.clock.jump(by: .days(-days))
            try await stage.live(.hours(12))
            #expect(stage.journal.filter { $0 != .word("doubt") } == [])
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(standing.idle <= .days(27) && standing.idle >= .zero)
        }
    }

    @Test func `is not shortened by a clock put forward between warning and removal`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(28))
            #expect(stage.journal == [.mail(.warning, 2)])
            stage.clock.jump(by: .days(30))
            try await stage.live(.days(2))
            #expect(stage.journal.removals == [])
        }
    }

    @Test(arguments: [-400, 400] as [Int64])
    func `does not end a hold or a break that was said while the clock was right`(_ days: Int64) async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(5))
            _ = try await stage.prune.hold(2, days: 120, by: "discord:1")
            _ = try await stage.prune.pause(3, until: stage.clock.now + .days(80), by: "person:3")
            stage.clock.jump(by: .days(days))
            try await stage.live(.days(1), watching: Array(3...12))
            stage.clock.jump(by: .days(-days))
            try await stage.live(.days(70), watching: Array(3...12))
            #expect(stage.journal.filter { $0 != .word("doubt") } == [])
            guard case .held = try #require(try await stage.prune.standing(of: 2)).verdict,
                case .paused = try #require(try await stage.prune.standing(of: 3)).verdict
            else {
                Issue.record("what was said does not hold")
                return
            }
        }
    }

    @Test func `is a jump smaller than what a look may take, too`() async throws {
        try await Stage.open(unasked) { stage in
            for _ in 0..<40 {
                try await stage.live(.hours(6))
                stage.clock.jump(by: .hours(2))
            }
            let standing = try #require(try await stage.prune.standing(of: 2))
            #expect(standing.idle <= .days(10))
        }
    }

    @Test func `is a break, and "I'm still here" gives some more, twice`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(10))
            #expect(try await stage.prune.pause(2, until: stage.clock.now + .days(91), by: "person:2").end == .refused)
            #expect(try await stage.prune.pause(2, until: stage.clock.now, by: "person:2").end == .refused)
            #expect(try await stage.prune.pause(2, until: nil, by: "person:2").end == .alreadySo)
            #expect(try await stage.prune.pause(2, until: stage.clock.now + .days(60), by: "person:2").end == .done)
            try await stage.live(.days(60))
            #expect(stage.journal == [])
            try await stage.live(.days(16))
            #expect(stage.journal == [])
            guard case .notNeeded = try await stage.prune.here(3, way: "link") else {
                Issue.record("who watches needs no more")
                return
            }
            guard case .moved(let until, 1) = try await stage.prune.here(2, way: "link") else {
                Issue.record("it moves the date")
                return
            }
            #expect(until - stage.clock.now == .days(14))
            // Pressed twice it is meant once.
            guard case .notNeeded = try await stage.prune.here(2, way: "link") else {
                Issue.record("pressed twice")
                return
            }
            try await stage.live(.days(10))
            #expect(stage.journal == [])
            try await stage.live(.days(2))
            #expect(stage.journal == [.mail(.warning, 2)])
            guard case .moved(_, 0) = try await stage.prune.here(2, way: "discord") else {
                Issue.record("a second time")
                return
            }
            try await stage.live(.days(13))
            #expect(stage.journal == [.mail(.warning, 2), .mail(.warning, 2)])
            guard case .noMore = try await stage.prune.here(2, way: "discord") else {
                Issue.record("not a third time")
                return
            }
            try await stage.live(.days(5))
            #expect(stage.journal.removals == [.remove(share: 9001)])
            #expect(try await stage.prune.here(999, way: "link") == .unknown)
            #expect(try await stage.prune.here(1, way: "link") == .safe("owns the server"))
        }
    }
}
