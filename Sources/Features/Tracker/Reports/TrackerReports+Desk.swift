// What is said about the work of the tracker itself: questions, mappings, the log.

package import Domain
internal import Runtime

extension TrackerReports {
    /// Those that are open, and those somebody does not want tracked.
    package static func conflicts(_ all: [TrackerConflict]) -> [Report] {
        pages(
            "Questions",
            all.map { one in
                let year: Prose = one.year.map { " (\($0))" } ?? ""
                if one.state == .ignored {
                    return "\(code: "\(one.id)") \(strong: one.title)" + year + " is not tracked"
                }
                let plays: Prose = one.waiting == 1 ? "1 play waits" : "\(one.waiting) plays wait"
                let best: Prose =
                    one.candidates.first.map { ", perhaps \($0.name) \(Confidence($0.confidence).description)" } ?? ""
                return "\(code: "\(one.id)") \(strong: one.title)" + year + ": \(one.kind.words), " + plays + best
            }, empty: "No show is in question.",
            footer: "tracker map NUMBER NAME answers one, tracker conflicts NUMBER shows it.")
    }

    package static func mappings(_ all: [(mapping: ShowMapping, show: String)]) -> [Report] {
        pages(
            "Mappings",
            all.map { one in
                let by: Prose =
                    one.mapping.isAutomatic ? "\(one.mapping.confidence.description), \(one.mapping.why)" : "by hand"
                return "\(code: "\(one.mapping.id)") \(one.mapping.title) is \(strong: one.show) (" + by + ")"
            }, empty: "No show is mapped yet.", footer: "tracker unmap NUMBER undoes one, with its marks.")
    }

    package static func log(_ rows: [LogRow]) -> [Report] {
        pages(
            "Log", rows.map(line), empty: "Nothing was told to the tracker yet.",
            footer: "tracker replay NUMBER looks at one anew.")
    }

    package static func line(_ row: LogRow) -> Prose {
        let about: Prose = row.about.isEmpty ? (row.event.isEmpty ? "" : " \(row.event)") : " \(row.about)"
        let who: Prose = row.accountName.isEmpty ? "" : " by \(row.accountName)"
        let words = row.error.isEmpty ? row.why : row.error
        let why: Prose = words.isEmpty ? "" : ": \(words)"
        return "\(code: "\(row.id)") \(time: row.receivedAt)" + about + who + " \(strong: row.status.rawValue)" + why
    }

    package static func howToSearch(_ conflict: TrackerConflict) -> Report {
        Report(
            "Another show",
            lines: [
                "\(code: "tracker map \(conflict.id) NAME") looks for it by its name;",
                "\(code: "tracker map \(conflict.id) tmdb:603") or \(code: "tvdb:78") or \(code: "tt0133093") says it exactly.",
            ])
    }

    package static func answered(_ conflict: TrackerConflict) -> Report {
        Report(
            "\(strong: conflict.title) is answered already",
            lines: ["By \(conflict.decidedBy)" + (conflict.decidedAt.map { ", \(time: $0)" } ?? "") + "."])
    }

    package static func mapped(_ title: String, _ show: String, _ mapping: ShowMapping, marked: Int) -> Report {
        Report(
            "\(strong: title) is \(strong: show)",
            lines: ["\(marked) episodes were marked with it."],
            footer: "tracker unmap \(mapping.id) undoes it, with these marks.", tone: .good)
    }

    package static func unmapped(_ mapping: ShowMapping, _ show: String, gone: Int) -> Report {
        Report(
            "\(strong: mapping.title) is not \(strong: show)",
            lines: ["\(gone) marks went with it. Their plays are looked at anew, and you are asked which show it is."],
            tone: .good)
    }
}

extension TrackerReports {
    /// Nil: nothing that anybody has to know.
    package static func reconciled(_ tally: ReconcileTally) -> Report? {
        guard !tally.doubts.isEmpty else { return nil }
        return Report(
            "What the library says was seen", lines: tally.doubts.map { "\($0)" },
            footer: "\(tally.looks) lists were compared.", tone: .warning)
    }
}
