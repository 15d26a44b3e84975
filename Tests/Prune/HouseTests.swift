// What was there before, what is forgotten, what is answered.

import Domain
import Prune
import Runtime
import Storage
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Keeping house` {
    private let state = #"""
        {"welcomed": {"1013": "2025-11-03T08:15:00+00:00", "1014": 1762157700},
         "warned": {"1001": "2025-12-30T10:00:00.123456"},
         "removed": {"1090": {"when": "2025-10-01T00:00:00Z", "ok": true, "reason": "inactive"},
                     "1091": {"when": "2025-10-01T00:00:00Z", "ok": false, "reason": "404"}},
         "last_inactivity_scan": "2025-12-31T00:00:00"}
        """#

    @Test func `takes over whom a daemon before welcomed and warned`() async throws {
        try await Stage.open(
            Stage.wishes {
                $0.welcomes = true; $0.wantsApproval = false
            }
        ) { stage in
            let report = try await stage.prune.importState(Array(state.utf8), by: "cli")
            #expect(report.lines.first?.plainText == "2 welcomed, 1 warned, 1 removed by the daemon before.")
            _ = try await stage.prune.lookForNew()
            stage.change { world in
                for number in 13...15 { world.people.append(Stage.member(number, joined: Stage.start)) }
                world.logged[1001] = LastPlay(at: Stage.start - .days(60), title: "x")
            }
            _ = try await stage.prune.lookForNew()
            #expect(stage.journal == [.word("arrival"), .mail(.welcome, 16)])
            // Warned before: not again until it counts, and then by us, three days before anything.
            try await stage.live(.days(30), watching: Array(2...15))
            #expect(stage.journal.count(.mail(.warning, 2)) == 0)
            try await stage.live(.days(1), watching: Array(2...15))
            #expect(stage.journal.count(.mail(.warning, 2)) == 1)
            try await stage.live(.days(2) - .hours(6), watching: Array(2...15))
            #expect(stage.journal.removals == [])
            try await stage.live(.days(2), watching: Array(2...15))
            #expect(stage.journal.removals == [.remove(share: 9001)])
        }
    }

    @Test(arguments: [
        "", "[]", #"{"warned": {"ann": "2025-01-01"}}"#, #"{"warned": {"7": "soon"}}"#, #"{"warned": 7}"#,
    ])
    func `refuses what is no such file`(_ text: String) async throws {
        try await Stage.open { stage in
            await #expect(throws: (any Error).self) { try await stage.prune.importState(Array(text.utf8), by: "cli") }
        }
    }

    @Test func `forgets names after a while, and nothing else`() async throws {
        try await Stage.open(
            Stage.wishes {
                $0.forgetDays = 30; $0.wantsApproval = false
            }
        ) { stage in
            try await stage.live(.days(33))
            #expect(stage.journal.removals.count == 1)
            #expect(try await stage.prune.anonymise() == 0)
            try await stage.live(.days(31))
            #expect(try await stage.prune.anonymise() == 1)
            #expect(try await stage.prune.anonymise() == 0)
            let entries = try await stage.ledger(nil, 1)
            #expect(!entries.isEmpty)
            for entry in entries {
                #expect(!"\(entry)".contains("User1") && !"\(entry)".contains("The Beginning"))
            }
            #expect(try #require(entries.first { $0.action == PruneKind.remove }).outcome == .done)
            // Of those who are there nothing is taken.
            #expect(try await stage.prune.book.state().record(3)?.name == "User2")
        }
    }

    @Test func `answers why, who stands where, and one's own`() async throws {
        try await Stage.open(members: 40) { stage in
            try await stage.live(.days(32), watching: Array(2...40))
            let why = try await stage.prune.why(2).plainText
            #expect(why.contains("User1") && why.contains("prune.mail") && why.contains("warning by mail"))
            let status = try await stage.prune.status()
            let pages = status.pages(of: 15)
            #expect(pages.count == 3 && pages[0].lines[0].plainText.hasPrefix("User1: idle for 3"))
            #expect(pages[2].lines.last?.plainText == "Olga: owns the server")
            #expect(status.cases.count == 1 && status.mode == .on)
            let own = try await stage.prune.standingReport(of: 2)
            #expect(own.lines.first?.plainText == "0 days left: play anything and they begin anew.")
            #expect(own.fields.contains { $0.name.plainText == "Your place ends" })
            #expect(
                try await stage.prune.standingReport(of: 3).lines.first?.plainText.hasPrefix("30 days left") == true)
            #expect(try await stage.prune.standing(of: 999) == nil)
            let chart = PruneChart(status.standings, stage.wishes)
            #expect(chart.bars.first?.label == "User1" && chart.bars.first?.days == 0 && chart.bars.count == 20)
            #expect(PruneReports.vips(status.standings).lines.map(\.plainText) == ["Nobody."])
            #expect(PruneReports.settings(stage.wishes).tone == .plain)
        }
    }

    @Test func `writes little when nothing has changed`() async throws {
        try await Stage.open { stage in
            try await stage.live(.days(2))
            let before = try await stage.prune.book.state()
            stage.clock.move(by: .hours(6))
            let scan = try await stage.prune.scan()
            #expect(scan.end == .whole)
            let after = try await stage.prune.book.state()
            #expect(after.records == before.records)
            #expect(after.spans.count == before.spans.count && after.spans != before.spans)
        }
    }
}
