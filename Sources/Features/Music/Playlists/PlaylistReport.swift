// Outcomes in words, free of any face (rule 6).

package import Domain
internal import Runtime
internal import Synchronization

extension PlaylistOutcome {
    private static let shown = 12

    /// One card of it; `everything` names every track, over as many pages as that takes.
    package var report: Report {
        var report = Report(headline, tone: tone)
        report.lines.append("\(rule.prefix(1).uppercased() + rule.dropFirst())")
        if let objection { report.lines += Self.words(objection) }
        if let stopped {
            let rest = mode == .real && !isUndo ? " What is missing comes with the next run." : ""
            report.lines.append("Stopped: \(stopped).\(rest)")
        }
        for (name, names) in lists where !names.isEmpty {
            let more = names.count > Self.shown ? ["… and \(names.count - Self.shown) more" as Prose] : []
            let lines = names.prefix(Self.shown).map { "\($0)" as Prose } + more
            report.fields.append(Report.Field("\(name) (\(names.count))", lines.joined(by: "\n")))
        }
        report.lines += notes
        if planned.doubles > 0 {
            report.lines.append("\(planned.doubles) of the removed are second places of tracks that stay.")
        }
        report.footer = footer
        return report
    }

    /// The report, and behind it every name, when there are more than it shows.
    package var pages: [Report] {
        guard lists.contains(where: { $0.names.count > Self.shown }) else { return [report] }
        var pages = [report]
        for (name, names) in lists where !names.isEmpty {
            for (index, group) in names.groups(of: 20).enumerated() {
                // A list nobody turns to the end of.
                if pages.count >= 40 { return pages }
                let first = index * 20 + 1
                pages.append(
                    Report(
                        "\(strong: title): \(name.lowercased()) \(first)–\(first + group.count - 1) of \(names.count)",
                        lines: group.map { "\($0)" }))
            }
        }
        return pages
    }

    private var isReal: Bool { mode == .real && objection == nil }

    private var lists: [(name: String, names: [String])] {
        let moves = planned.rearranged.map(\.name)
        if isReal {
            return [("Added", added), ("Removed", removed), ("Moved", Array(moves.prefix(moved)))]
        }
        return [
            ("Would add", planned.adds.map(\.name)), ("Would remove", planned.removals.map(\.name)),
            ("Would move", moves),
        ]
    }

    private var headline: Prose {
        if objection != nil, mode == .real { return "\(strong: title): nothing was changed" }
        if isNothing {
            return notes.isEmpty || size > 0 ? "\(strong: title) is as it should be" : "\(strong: title): nothing to do"
        }
        switch mode {
        case .preview: return "\(strong: title): what would change"
        case .dryRun: return "\(strong: title): nothing was changed, DRY_RUN is on"
        case .real:
            if stopped != nil { return "\(strong: title) is not finished" }
            if isDeleted { return "\(strong: title) is undone: the playlist is gone again" }
            if isUndo { return "\(strong: title) is as it was before" }
            return isCreated ? "\(strong: title) is made" : "\(strong: title) is up to date"
        }
    }

    private var tone: Report.Tone {
        if stopped != nil { return .bad }
        if objection != nil { return .warning }
        return mode == .real ? .good : .plain
    }

    private var footer: Prose {
        var parts: [Prose] = []
        if isReal {
            parts.append("\(size) \(size == 1 ? "track" : "tracks")")
            if requests > 0 { parts.append("\(requests) \(requests == 1 ? "request" : "requests") changed it") }
        } else {
            let changes = planned.adds.count + planned.removals.count + planned.moves.count
            parts.append("\(size) tracks now, \(changes) \(changes == 1 ? "change" : "changes")")
        }
        return parts.joined(by: ", ")
    }

    private static func words(_ objection: PlaylistObjection) -> [Prose] {
        switch objection {
        case .wouldEmpty(let count):
            [
                "Plex shows no track with such a rating now, and \(count) would go. That may be true, or a library is away.",
                "If it is true, --force does it.",
            ]
        case .wouldLoseMost(let removed, let all):
            [
                "\(removed) of \(all) tracks would go. That may be right, or a library is away.",
                "If it is right, --force does it.",
            ]
        }
    }
}

extension [PlaylistOutcome] {
    package var changedSomething: Bool { contains(where: \.changedSomething) }
}

/// Shows how far a run has come, not more often than every two seconds.
final class PlaylistPace: Sendable {
    private let title: String
    private let clock: any Clock
    private let show: @Sendable (Report) async -> Void
    private let last: Mutex<Duration>

    init(title: String, clock: any Clock, show: @escaping @Sendable (Report) async -> Void) {
        self.title = title
        self.clock = clock
        self.show = show
        last = Mutex(clock.uptime)
    }

    func tell(_ done: Int, of all: Int) async {
        let now = clock.uptime
        let isDue = last.withLock { last in
            guard now - last >= .seconds(2) else { return false }
            last = now
            return true
        }
        if isDue { await show(Report("\(strong: title): \(done) of \(all) changes made …")) }
    }
}
