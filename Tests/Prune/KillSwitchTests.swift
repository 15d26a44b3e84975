// What stops everything at once, and the door that opens for an approval only.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Everything` {
    private let unasked = Stage.wishes { $0.wantsApproval = false }

    @Test(arguments: [true, false]) func `is stopped at once by a word or a file`(_ byFile: Bool) async throws {
        try await Stage.open(unasked) { stage in
            try await stage.live(.days(26))
            if byFile {
                stage.change { $0.stopFile = "prune.stop lies there" }
            } else {
                #expect(try await stage.prune.stop(by: "discord:1").end == .done)
            }
            let scans = try await stage.live(.days(10))
            #expect(stage.journal == [])
            #expect(scans.allSatisfy { if case .idle = $0.end { true } else { false } })
            // Another engine, and the door itself, know it too.
            let (other, _) = try await stage.another()
            _ = try await other.scan()
            #expect(stage.journal == [])
            #expect(try await stage.prune.undo(2, by: "discord:1").end == .refused)
            stage.change { $0.stopFile = nil }
            let answer = try await stage.prune.start(by: "discord:1")
            #expect(answer.end == (byFile ? .alreadySo : .done))
            try await stage.live(.hours(12))
            #expect(stage.journal == [.mail(.warning, 2)])
        }
    }

    @Test func `is stopped between two letters of one look`() async throws {
        try await Stage.open(unasked) { stage in
            let watching = Array(6...12)
            stage.before("mail") { _ = try await stage.prune.stop(by: "discord:1") }
            try await stage.live(.days(29), watching: watching)
            #expect(stage.journal.count == 1)
        }
    }

    @Test func `needs the door's approval, which lies in the tables`() async throws {
        try await Stage.open { stage in
            try await stage.untilDue()
            let removal = try #require(try await stage.openCase())
            let approvals = PruneApprovals(stage.database)
            let effect = Effect(
                key: removal.effectKey, kind: PruneKind.remove, summary: "", actor: "x", subject: "person:2",
                isDestructive: true)
            #expect(await !approvals.isApproved(effect))
            stage.before("remove") {
                #expect(await approvals.isApproved(effect))
                _ = try await stage.prune.stop(by: "discord:1")
                #expect(await !approvals.isApproved(effect))
            }
            _ = try await stage.prune.approve(removal.id, by: "discord:1")
            var other = effect
            for key in ["prune.remove:2", "prune.remove:2:9002", "prune.remove:x:9001", "prune.end:2:9001", "2:9001"] {
                other.key = key
                #expect(await !approvals.isApproved(other))
            }
        }
    }
}
