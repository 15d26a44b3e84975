// What lives full of bad luck have found in `make prune-proof`, each as the shortest story that shows it.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Bad luck` {
    @Test func `of an answer that took twenty minutes makes what was read too old`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.before("share") { stage.clock.move(by: .minutes(20)) }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .refused)
            #expect(stage.journal.removals == [])
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .done)
        }
    }

    @Test func `of somebody else's share read afterwards says nothing`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.change { $0.removeError = Down() }
            stage.before("remove") {
                stage.change { world in
                    world.shareFault = .known(
                        ShareSnapshot(
                            machine: "machine", shareID: 9002, account: 1002, libraries: [.init(id: 11, title: "Films")]
                        ))
                }
            }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .unclear)
            stage.change { world in
                world.removeError = nil
                world.shareFault = nil
            }
            _ = try await stage.prune.scan()
            // The list says that it did not happen; so it is done now, and only said then.
            #expect(try #require(try await stage.prune.book.cases(of: 2).last).state == .removed)
            #expect(stage.journal.count(.mail(.removal, 2)) == 1 && stage.journal.removals.count == 2)
        }
    }

    @Test func `does not end the stream of somebody who has a share again`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            stage.change { $0.mailError = Down() }
            #expect(try await stage.prune.approve(removal.id, by: "discord:1").end == .done)
            #expect(try await stage.prune.undo(2, by: "discord:1").end == .done)
            stage.change { world in
                world.people[1].access = .member
                world.people[1].shareID = 9999
                world.streams = [PruneStream(account: 1001, session: "s", title: "A Film")]
            }
            // The letter about the removal is tried again; the film goes on.
            try await stage.live(.days(1))
            #expect(!stage.journal.contains(.end(session: "s")))
        }
    }

    @Test func `of a share that is on the list again takes a removal of its own`() async throws {
        try await Stage.open(Stage.wishes { $0.wantsApproval = false }) { stage in
            try await stage.live(.days(33))
            #expect(stage.journal.removals == [.remove(share: 9001)])
            stage.change { world in
                world.people[1].access = .member
                world.people[1].shareID = 9001
            }
            try await stage.live(.days(36))
            #expect(stage.journal.removals == [.remove(share: 9001), .remove(share: 9001)])
            #expect(stage.now.people[1].shareID == nil)
        }
    }

    @Test func `of two warnings holds them to the date of the second`() {
        let day: (Double) -> Instant = { Stage.start + .milliseconds(Int64($0 * 86_400_000)) }
        func told(_ number: Int, at: Double, says: Double, _ state: PruneTold.State = .sent) -> PruneTold {
            PruneTold(
                key: "k\(number)", person: 2, kind: .warning, stamp: day(0), number: number, way: .mail, state: state,
                removalAt: day(says), at: day(at))
        }
        let sighting = Sighting(.plex, at: day(0), title: "x")
        let standing = PruneStanding(
            person: Stage.member(1), verdict: .inactive, baseline: Baseline(at: day(0), why: .sighting(sighting)),
            stamp: day(0), lastSighting: sighting, idle: .days(31), left: .days(-1), due: day(36), heresLeft: 0)
        let record = PruneRecord(person: 2, knownAt: day(0), lookedAt: day(30), lookStamp: day(0))
        let rules = RemovalRules(
            wishes: PruneWishes(mode: .on), observed: ObservedTime([Span(day(0), day(36))]), now: day(36))
        let first = told(1, at: 27, says: 30)
        #expect(rules.blocks(standing, record, [first]) == [])
        // The first was true again when the outage was over, and yet the second is what they read last.
        #expect(rules.blocks(standing, record, [first, told(2, at: 32, says: 38)]) == [.noticeRuns(until: day(38))])
        // One that may have arrived says it, too.
        #expect(
            rules.blocks(standing, record, [first, told(2, at: 32, says: 38, .unclear)])
                == [.noticeRuns(until: day(38))])
        #expect(rules.blocks(standing, record, [first, told(2, at: 32, says: 38, .failed)]) == [])
        // A date of the year after next was said by a clock that was wrong.
        #expect(rules.blocks(standing, record, [told(1, at: 27, says: 800)]) == [.notWarned])
    }
}
