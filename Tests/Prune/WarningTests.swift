// Nobody is removed without a warning that was delivered, and whoever comes back is warned again another time.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `A warning` {
    private let unasked = Stage.wishes { $0.wantsApproval = false }

    @Test func `that no mail server takes is none, and an admin must tell them`() async throws {
        try await Stage.open(unasked) { stage in
            stage.change { $0.mailError = Down() }
            try await stage.live(.days(60))
            #expect(stage.journal.removals == [])
            // Once a day, seven times, and then an admin.
            #expect(stage.journal.count(.mail(.warning, 2)) == 7)
            #expect(stage.journal.count(.word("unreachable")) == 1)
            #expect(try await stage.prune.told(2, by: "discord:1").end == .done)
            #expect(try await stage.prune.told(2, by: "discord:1").end == .alreadySo)
            try await stage.live(.days(3) - .hours(6))
            #expect(stage.journal.removals == [])
            try await stage.live(.hours(18))
            #expect(stage.journal.removals == [.remove(share: 9001)])
            #expect(try await stage.ledger("prune.told", 1).first?.actor == "discord:1")
        }
    }

    @Test func `that may have arrived is none, and comes again a day later as another letter`() async throws {
        try await Stage.open(unasked) { stage in
            stage.change { $0.mailError = Uncertain("cut off after DATA") }
            try await stage.live(.days(28))
            #expect(stage.journal == [.mail(.warning, 2)])
            stage.change { $0.mailError = nil }
            try await stage.live(.days(1))
            #expect(stage.journal == [.mail(.warning, 2), .mail(.warning, 2)])
            let told = try await stage.prune.book.state().told(2)
            #expect(told.map(\.state).sorted { $0.rawValue < $1.rawValue } == [.sent, .unclear])
            #expect(Set(told.map(\.key)).count == 2)
            // Three days count from the one that was delivered.
            let delivered = try #require(told.first { $0.state == .sent })
            try await stage.live(.days(6))
            let removed = try #require(try await stage.ledger(PruneKind.remove, 1).first)
            #expect(removed.at - delivered.at >= .hours(72))
            #expect(removed.at >= delivered.removalAt ?? removed.at + .days(1))
        }
    }

    @Test func `by Discord alone is delivered`() async throws {
        try await Stage.open(unasked) { stage in
            stage.change { world in
                world.mailError = Down()
                world.links[2] = [77]
            }
            try await stage.live(.days(35))
            #expect(stage.journal.contains(.message(.warning, 2, 77)))
            #expect(stage.journal.removals == [.remove(share: 9001)])
        }
    }

    @Test func `to nobody who can be reached is an admin's to give, once`() async throws {
        try await Stage.open(unasked) { stage in
            stage.change { $0.people[1].email = "" }
            try await stage.live(.days(60))
            #expect(stage.journal == [.word("unreachable")])
        }
    }

    @Test func `an admin gave is asked for again when it is too long ago`() async throws {
        try await Stage.open(Stage.week) { stage in
            stage.change { $0.people[1].email = "" }
            try await stage.live(.days(5))
            #expect(try await stage.prune.told(2, by: "discord:1").end == .done)
            try await stage.live(.days(16))
            #expect(stage.journal == [.word("unreachable"), .word("approval")])
            try await stage.live(.days(3))
            #expect(stage.journal == [.word("unreachable"), .word("approval"), .word("unreachable")])
            #expect(try await stage.prune.told(2, by: "discord:1").end == .done)
        }
    }

    @Test func `is given anew when somebody was a VIP between`() async throws {
        var wishes = Stage.week
        (wishes.reminderDays, wishes.wantsApproval) = ([2], false)
        try await Stage.open(wishes) { stage in
            try await stage.live(.days(4))
            #expect(stage.journal == [.mail(.reminder, 2), .mail(.warning, 2)])
            _ = try await stage.prune.vip(2, true, by: "discord:1")
            try await stage.live(.hours(12))
            #expect(try await stage.ledger("prune.cleared", 1).count == 1)
            _ = try await stage.prune.vip(2, false, by: "discord:1")
            let scans = try await stage.live(.days(2) + .hours(12))
            // They stand where they stood; what was said then is not said to them again, but to be said anew.
            #expect(stage.journal == [.mail(.reminder, 2), .mail(.warning, 2), .mail(.warning, 2)])
            #expect(scans.last?.deeds == [])
            try await stage.live(.days(2))
            #expect(stage.journal.removals == [.remove(share: 9001)])
        }
        try await Stage.open(wishes) { stage in
            stage.change { $0.people[1].email = "" }
            try await stage.live(.days(4))
            #expect(try await stage.prune.told(2, by: "discord:1").end == .done)
            _ = try await stage.prune.vip(2, true, by: "discord:1")
            try await stage.live(.hours(12))
            _ = try await stage.prune.vip(2, false, by: "discord:1")
            #expect(try await stage.prune.told(2, by: "discord:1").end == .done)
            #expect(try await stage.prune.told(2, by: "discord:1").end == .alreadySo)
        }
    }

    @Test func `is put off while nobody knows whether Discord would reach them`() async throws {
        try await Stage.open(unasked) { stage in
            stage.change { world in
                world.people[1].email = ""
                world.linksFault = .unknown(why: "busy")
            }
            try await stage.live(.days(40))
            #expect(stage.journal == [])
        }
    }

    @Test func `no longer holds when they watch, and the next lapse is warned again`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(29))
            #expect(stage.journal == [.mail(.warning, 2)])
            stage.play(1, "A Comedy")
            let scan = try await stage.live(.hours(6)).last
            #expect(scan?.deeds.map(\.what) == [.cleared])
            #expect(try await stage.ledger("prune.cleared", 1).count == 1)
            try await stage.live(.days(26))
            #expect(stage.journal == [.mail(.warning, 2)])
            try await stage.live(.days(2))
            #expect(stage.journal == [.mail(.warning, 2), .mail(.warning, 2)])
            #expect(stage.now.notices.last?.lastTitle == "A Comedy")
            try await stage.live(.days(4))
            #expect(stage.journal.removals == [.remove(share: 9001)])
        }
    }

    @Test func `is the date they are held to`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(28))
            let date = try #require(stage.now.notices.first?.removalAt)
            try await stage.live(.days(8))
            let removed = try #require(try await stage.ledger(PruneKind.remove, 1).first)
            #expect(removed.at >= date && removed.at - date < .days(2))
        }
    }

    @Test func `says another date when an outage has moved it`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(28))
            stage.clock.move(by: .days(20))
            try await stage.live(.hours(12))
            #expect(stage.journal == [.mail(.warning, 2), .mail(.warning, 2)])
            let dates = stage.now.notices.compactMap(\.removalAt)
            #expect(dates[1] - dates[0] > .days(19))
            try await stage.live(.days(2))
            #expect(stage.journal.removals == [])
            try await stage.live(.days(3))
            #expect(stage.journal.removals == [.remove(share: 9001)])
            #expect(try #require(try await stage.ledger(PruneKind.remove, 1).first).at >= dates[1])
        }
    }

    @Test func `is not given to who said something in the very moment`() async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(26))
            for hour in 0..<8 where stage.journal.isEmpty {
                stage.before("discord") { _ = try await stage.prune.hold(2, by: "discord:\(hour)") }
                try await stage.live(.hours(6))
            }
            #expect(stage.journal == [])
        }
    }

    @Test func `comes after the reminders that were asked for`() async throws {
        try await Stage.open(Stage.wishes { $0.reminderDays = [14, 21, 28] }) { stage in
            try await stage.live(.days(29))
            #expect(
                stage.journal == [
                    .mail(.reminder, 2), .mail(.reminder, 2), .mail(.warning, 2), .mail(.reminder, 2),
                ])
        }
    }
}
