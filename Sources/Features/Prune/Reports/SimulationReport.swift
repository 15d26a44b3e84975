// The simulation in words, and in plain values for a picture.

package import Domain
internal import Runtime

extension PruneSimulation.Outcome {
    package var report: Report {
        var report = Report(
            "Warned at \(warnDays) days, removed at \(kickDays): from \(first.description) to \(last.description)")
        let count: Prose = counted == 1 ? "1 person counts" : "\(counted) people count"
        report.lines = [
            count + ". \(strong: "\(removed.count)") would have been removed, \(returned) warned and back in time."
        ]
        report.lines += removed.map { Self.line($0) }
        report.fields = [
            Report.Field("Removed", "\(removed.count)", short: true),
            Report.Field("Came back later", "\(wrong.count)", short: true),
            Report.Field("Warned and back", "\(returned)", short: true),
        ]
        if !wrong.isEmpty {
            report.footer = "Whoever came back later would have been removed wrongly: more days make fewer of them."
            report.tone = .warning
        }
        return report
    }

    private static func line(_ fate: PruneSimulation.Fate) -> Prose {
        let removed = fate.removed?.description ?? ""
        let base: Prose = "\(strong: fate.member.name): removed on \(removed)"
        guard let back = fate.cameBack else { return base + ", not seen since" }
        let days: Prose = fate.missed == 1 ? "1 day" : "\(fate.missed) days"
        return base + ", came back on \(back.description) and played on " + days
    }
}

extension PruneSimulation {
    /// How many would have been removed, and how many of them wrongly, for several lengths: plain values for a chart.
    package struct Comparison: Hashable, Sendable {
        package var kickDays: Int
        package var removed: Int
        package var wrong: Int
    }

    package func comparison(of lengths: [Int] = [30, 45, 60, 90, 120, 180]) -> [Comparison] {
        lengths.map { length in
            let outcome = outcome(warnDays: max(1, length - 3), kickDays: length)
            return Comparison(kickDays: length, removed: outcome.removed.count, wrong: outcome.wrong.count)
        }
    }
}
