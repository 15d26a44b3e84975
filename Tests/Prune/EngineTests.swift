// The way of one person from their last play to the removal, and back.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `One who stays away` {
    @Test func `is warned at 27 days, asked about at 31, removed when an admin says so, and invited again`()
        async throws
    {
        try await Stage.open { stage in
            _ = try await stage.prune.scan()
            try await stage.live(.days(27) - .hours(6))
            #expect(stage.journal == [])
            try await stage.live(.hours(12))
            #expect(stage.journal == [.mail(.warning, 2)])
            let notice = try #require(stage.now.notices.first)
            #expect(notice.lastTitle == "The Beginning" && notice.idleDays == 27 && notice.person == 2)
            let date = try #require(notice.removalAt)
            #expect(date - stage.clock.now > .days(2) && date - stage.clock.now <= .days(3))
            try await stage.live(.days(3))
            #expect(stage.journal.removals == [] && stage.journal.count(.word("approval")) == 0)
            try await stage.live(.days(1))
            #expect(stage.journal == [.mail(.warning, 2), .word("approval")])
            let removal = try #require(try await stage.openCase())
            #expect(removal.state == .asked)
            let answer = try await stage.prune.approve(removal.id, by: "discord:7")
            #expect(answer.end == .done)
            #expect(stage.journal.removals == [.remove(share: 9001)])
            #expect(stage.journal.suffix(2) == [.mail(.removal, 2), .word("removal")])
            let entry = try #require(try await stage.ledger(PruneKind.remove, 1).first)
            #expect(
                entry.actor == "discord:7" && entry.outcome == .done && entry.evidence.contains("\"warnedBy\":\"mail\"")
            )
            // The list is one shorter, and that is right so.
            let scan = try await stage.prune.scan()
            #expect(scan.end == .whole && scan.deeds == [])
            let undone = try await stage.prune.undo(2, by: "discord:7")
            #expect(undone.end == .done)
            #expect(stage.journal.contains(.invite(2, libraries: [11, 12])))
            #expect(try await stage.prune.undo(2, by: "discord:7").end == .alreadySo)
        }
    }
}
