// Whoever comes is welcomed once, and whoever was there never.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Somebody new` {
    private let wishes = Stage.wishes { $0.welcomes = true }

    @Test func `is nobody at the first look of a server that has been there for years`() async throws {
        try await Stage.open(wishes, members: 30) { stage in
            let first = try await stage.prune.lookForNew()
            #expect(first.isFirst && first.came == [])
            for _ in 0..<5 { _ = try await stage.prune.lookForNew() }
            #expect(stage.journal == [])
        }
    }

    @Test func `is welcomed once, by every way, and the admins hear of it`() async throws {
        try await Stage.open(wishes) { stage in
            _ = try await stage.prune.lookForNew()
            stage.clock.move(by: .hours(1))
            stage.change { world in
                world.people.append(Stage.member(13, joined: Stage.start + .minutes(59)))
                world.links[14] = [77]
            }
            let arrivals = try await stage.prune.lookForNew()
            #expect(arrivals.came.map(\.id) == [14] && arrivals.welcomed.map(\.end) == [.done])
            #expect(stage.journal == [.word("arrival"), .mail(.welcome, 14), .message(.welcome, 14, 77)])
            let (again, _) = try await stage.another()
            for prune in [stage.prune, again] {
                _ = try await prune.lookForNew()
                _ = try await prune.scan()
            }
            // They leave and come back: not new.
            stage.change { $0.people.removeLast() }
            _ = try await stage.prune.lookForNew()
            stage.clock.move(by: .days(1))
            let back = stage.clock.now
            stage.change { $0.people.append(Stage.member(13, joined: back)) }
            _ = try await stage.prune.lookForNew()
            #expect(stage.journal.count == 3)
        }
    }

    @Test func `is nobody whose date is old, missing or impossible, and nobody in the Home`() async throws {
        try await Stage.open(wishes) { stage in
            _ = try await stage.prune.lookForNew()
            stage.clock.move(by: .hours(1))
            stage.change { world in
                world.people.append(Stage.member(13, joined: Stage.start - .hours(1)))
                world.people.append(Stage.member(14, joined: nil))
                world.people.append(Stage.member(15, joined: Stage.start + .days(900)))
                var home = Stage.member(16, joined: Stage.start + .minutes(30))
                home.isHome = true
                world.people.append(home)
                var invited = Stage.member(17, joined: nil)
                invited.access = .invited
                world.people.append(invited)
            }
            let arrivals = try await stage.prune.lookForNew()
            #expect(arrivals.came.count == 4 && arrivals.welcomed == [])
            #expect(stage.journal == [])
            // Accepting makes them new.
            stage.change { world in
                world.people[world.people.count - 1].access = .member
                world.people[world.people.count - 1].joinedAt = Stage.start + .hours(1)
            }
            _ = try await stage.prune.lookForNew()
            #expect(stage.journal == [.word("arrival"), .mail(.welcome, 18)])
        }
    }

    @Test func `is not made by a list that was half before`() async throws {
        try await Stage.open(wishes, members: 30) { stage in
            stage.change { $0.peopleFault = .known([]) }
            #expect(try await stage.prune.lookForNew().isBelieved == false)
            stage.change { $0.peopleFault = nil }
            #expect(try await stage.prune.lookForNew().isFirst)
            stage.change { $0.peopleFault = .known([Stage.owner, Stage.member(1)]) }
            let arrivals = try await stage.prune.scan()
            #expect(arrivals.end == .whole || arrivals.end == .doubted)
            stage.change { $0.peopleFault = nil }
            _ = try await stage.prune.lookForNew()
            #expect(!stage.journal.contains { if case .mail = $0 { true } else { false } })
        }
    }

    @Test func `whose letter fails is tried again, and whose letter may have arrived is not`() async throws {
        try await Stage.open(wishes) { stage in
            _ = try await stage.prune.lookForNew()
            stage.change { world in
                world.people.append(Stage.member(13, joined: Stage.start))
                world.mailError = Down()
            }
            for _ in 0..<5 { _ = try await stage.prune.lookForNew() }
            #expect(stage.journal.count(.mail(.welcome, 14)) == 1)
            stage.clock.move(by: .hours(1))
            stage.change { $0.mailError = Uncertain("cut off") }
            for _ in 0..<5 { _ = try await stage.prune.lookForNew() }
            stage.clock.move(by: .hours(2))
            for _ in 0..<5 { _ = try await stage.prune.lookForNew() }
            #expect(stage.journal.count(.mail(.welcome, 14)) == 2)
            #expect(try await stage.prune.book.state().record(14)?.welcome == .done)
        }
    }

    @Test func `is not welcomed weeks later, when a dry run ends`() async throws {
        try await Stage.open(wishes) { stage in
            let (dry, _) = try await stage.another(dry: true)
            _ = try await dry.lookForNew()
            stage.change { $0.people.append(Stage.member(13, joined: Stage.start)) }
            _ = try await dry.lookForNew()
            stage.clock.move(by: .days(8))
            _ = try await stage.prune.lookForNew()
            #expect(stage.journal == [])
        }
    }

    @Test func `has their grace, and a stream seen between two looks stays a sign of life`() async throws {
        try await Stage.open(wishes) { stage in
            try await stage.live(.days(20))
            stage.change { $0.streams = [PruneStream(account: 1001, session: "s", title: "A Short")] }
            _ = try await stage.prune.lookForNew()
            let at = stage.clock.now
            stage.change { $0.streams = [] }
            stage.clock.move(by: .minutes(2))
            _ = try await stage.prune.lookForNew()
            try await stage.live(.days(20))
            #expect(stage.journal == [])
            let sighting = try #require(try await stage.prune.standing(of: 2)?.lastSighting)
            #expect(sighting == Sighting(.stream, at: at, title: "A Short"))
        }
    }

    @Test func `who was removed and comes back begins anew and is not welcomed again`() async throws {
        try await Stage.open(wishes) { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .done)
            #expect(try await stage.prune.undo(2, by: "discord:1").end == .done)
            #expect(try await stage.prune.undo(2, by: "discord:1").end == .alreadySo)
            let now = stage.clock.now
            stage.change { world in
                world.people[1].access = .member
                world.people[1].shareID = 9501
                world.people[1].joinedAt = now
            }
            _ = try await stage.prune.lookForNew()
            #expect(try #require(try await stage.prune.standing(of: 2)).idle == .zero)
            let warnings = stage.journal.count(.mail(.warning, 2))
            try await stage.live(.days(27))
            #expect(stage.journal.count(.mail(.warning, 2)) == warnings)
            #expect(!stage.journal.contains(.mail(.welcome, 2)))
            try await stage.live(.days(6))
            #expect(stage.journal.count(.mail(.warning, 2)) == warnings + 1)
        }
    }
}
