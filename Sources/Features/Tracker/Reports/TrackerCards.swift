// What admins are asked. A card's subject holds an id only; what it meant is read anew when it is answered.

package import Domain

package enum TrackerCards {
    /// pick:0 …, search, new, ignore
    package static let conflictKind = "tracker.conflict"

    package static func conflict(_ conflict: TrackerConflict) -> Card {
        if conflict.kind == .episodeOrder { return order(conflict) }
        var choices = conflict.candidates.enumerated().map { place, one in
            Card.Choice(one.name, value: "pick:\(place)", detail: one.reasons.joined(separator: "; "))
        }
        choices += [
            Card.Choice("Search another", value: "search", detail: "tells how to name it"),
            Card.Choice("In no catalogue", value: "new", detail: "kept as the library tells it"),
            Card.Choice("Ignore the show", value: "ignore", detail: "its plays are not tracked"),
        ]
        return Card(
            report(conflict), kind: conflictKind, subject: "\(conflict.id)", choices: choices,
            layout: .menu(prompt: "Which show is it?"))
    }

    private static func order(_ conflict: TrackerConflict) -> Card {
        var choices = conflict.candidates.enumerated().map { place, one in
            Card.Choice(one.title, value: "pick:\(place)", detail: one.reasons.joined(separator: "; "))
        }
        choices.append(Card.Choice("Ignore the show", value: "ignore", detail: "its plays are not tracked"))
        return Card(
            report(conflict), kind: conflictKind, subject: "\(conflict.id)", choices: choices,
            layout: .menu(prompt: "Which one was it?"))
    }

    package static func report(_ conflict: TrackerConflict) -> Report {
        let year: Prose = conflict.year.map { " (\($0))" } ?? ""
        var report = Report(
            conflict.kind == .episodeOrder
                ? "Which episode of \(strong: conflict.title)?"
                : "Which show is \(strong: conflict.title)" + year + "?",
            footer: "The answer is remembered, and what was played meanwhile is marked with it.", tone: .warning)
        report.lines = ["Played: \(conflict.sample.line)", "\(conflict.kind.words)."]
        report.lines += conflict.candidates.enumerated().map { place, one in
            let from: Prose = one.network.map { ", \($0)" } ?? ""
            let sure: Prose = one.confidence > 0 ? " \(Confidence(one.confidence).description)" : ""
            return "\(place + 1). \(strong: one.name)" + from + sure + ": \(one.reasons.joined(separator: "; "))"
        }
        report.fields = [
            Report.Field("Number", "\(conflict.id)", short: true),
            Report.Field("Plays waiting", "\(conflict.waiting)", short: true),
        ]
        return report
    }
}
