// A dry run has no effect but its report, and is what is there without settings.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `A dry run` {
    @Test func `is less than what is there without settings: nothing`() async throws {
        #expect(PruneWishes().mode == .off && !PruneWishes().welcomes && PruneWishes().wantsApproval)
        try await Stage.open(PruneWishes()) { stage in
            let scans = try await stage.live(.days(40))
            #expect(scans.allSatisfy { $0.end == .idle("PRUNE is off") })
            _ = try await stage.prune.lookForNew()
            #expect(stage.journal == [])
            #expect(try await stage.prune.book.state().records.isEmpty)
        }
    }

    @Test(arguments: [false, true])
    func `does nothing in two months, and writes each thing it would do down once`(_ byMode: Bool) async throws {
        let wishes = Stage.wishes { wishes in
            wishes.mode = byMode ? .dry : .on
            wishes.wantsApproval = false
            wishes.reminderDays = [20]
            // Welcomes are a wish of their own.
            wishes.welcomes = !byMode
        }
        try await Stage.open(wishes, dry: !byMode) { stage in
            try await stage.live(.days(10))
            stage.change { $0.people.append(Stage.member(13, joined: Stage.start + .days(10))) }
            _ = try await stage.prune.lookForNew()
            let scans = try await stage.live(.days(50))
            #expect(stage.journal == [])
            let state = try await stage.prune.book.state()
            #expect(state.told.isEmpty && state.cases.isEmpty)
            #expect(state.record(14)?.welcome == (byMode ? PruneRecord.Welcome.none : .due))
            let lines = try await stage.ledger()
            #expect(lines.allSatisfy { $0.outcome == .dryRun })
            // A reminder and a warning for user 1 and for the new one, whose arrival is told.
            let keys = Set(lines.compactMap(\.effectKey))
            #expect(keys.count == lines.count)
            #expect(lines.count { $0.subject == "person:2" } == 2)
            let last = try #require(scans.last)
            #expect(last.isDryRun && last.deeds.contains { $0.person.id == 2 && $0.end == .dryRun })
            #expect(last.report.footer.plainText == "A dry run: nothing happens to anybody.")
        }
    }

    @Test func `that is switched on removes nobody, asks nobody, and pretends nothing`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            let before = stage.journal
            let (dry, _) = try await stage.another(dry: true)
            #expect(try await dry.approve(removal.id, by: "discord:1").end == .dryRun)
            stage.clock.move(by: .hours(6))
            stage.play(2)
            let scan = try await dry.scan()
            #expect(scan.deeds.map(\.end) == [.dryRun])
            #expect(stage.journal == before)
            let after = try #require(try await stage.openCase())
            #expect(after.state == .approved && after.begunAt == nil && after.snapshot == nil)
            _ = try await dry.undo(2, by: "discord:1")
            #expect(stage.journal == before)
        }
    }

    @Test func `is what a look is that only looks, and it leaves no trace at all`() async throws {
        try await Stage.open { stage in
            try await stage.live(.days(28))
            let before = (stage.journal, try await stage.ledger().count, try await stage.prune.book.state().spans)
            stage.clock.move(by: .hours(6))
            stage.play(2)
            for number in 1...12 {
                stage.change { $0.streams.append(PruneStream(account: 1000 + number, session: "s", title: "t")) }
            }
            let scan = try await stage.prune.scan(isLook: true)
            #expect(scan.end == .whole && scan.isLook)
            #expect(stage.journal == before.0)
            #expect(try await stage.ledger().count == before.1)
            let state = try await stage.prune.book.state()
            #expect(state.spans == before.2)
            #expect(state.record(2)?.sightings[.stream] == nil)
        }
    }

    @Test func `of wishes that cannot be meant is not even begun`() async throws {
        try await Stage.open(Stage.wishes { $0.warnDays = 30 }) { stage in
            let scan = try await stage.prune.scan()
            #expect(scan.end == .idle("WARN_DAYS (30) must be less than KICK_DAYS (30)"))
            #expect(try await stage.prune.book.state().records.isEmpty)
        }
    }

    @Test(arguments: [
        PruneWishes(warnDays: 31), PruneWishes(warnDays: 0), PruneWishes(reminderDays: [0]),
        PruneWishes(reminderDays: [30]),
        PruneWishes(newEvery: .seconds(1)), PruneWishes(lookEvery: .seconds(1)), PruneWishes(grace: .seconds(-1)),
        PruneWishes(notice: .hours(1)), PruneWishes(agreement: .minutes(1)), PruneWishes(perDay: 0),
        PruneWishes(percent: 0), PruneWishes(percent: 101), PruneWishes(stale: .zero), PruneWishes(hereDays: 0),
        PruneWishes(hereMost: -1), PruneWishes(holdDays: 0), PruneWishes(pauseDays: 0), PruneWishes(forgetDays: -1),
    ]) func `knows wishes that cannot be meant`(_ wishes: PruneWishes) {
        #expect(wishes.faults.count == 1)
    }
}
