// What somebody is told by direct message: the facts of the letter in a few lines, with the button where one is of use.

package import Domain
internal import Runtime

extension PruneNotice {
    /// What comes back when the button is pressed; its subject names the person.
    package static let hereKind = "prune.here"

    /// `about`, `rules` and `links`: the owner's, for a welcome.
    package func message(
        server: String, about: [String] = [], rules: [String] = [], links: [(title: String, address: String)] = []
    ) -> Card {
        var report = Report(title(server))
        switch kind {
        case .welcome:
            report.lines.append("Good to have you, \(name).")
            report.lines += about.map { "\($0)" }
            if !rules.isEmpty { report.fields.append(Report.Field("House rules", Self.list(rules))) }
            let links = links.map { "\(link: $0.title, to: $0.address)" as Prose }
            if !links.isEmpty { report.fields.append(Report.Field("Good to know", links.joined(by: "\n"))) }
            report.tone = .good
        case .reminder:
            report.lines.append(contentsOf: unseen)
            if let removalAt { report.lines.append("If that stays so, your access ends \(time: removalAt, .date).") }
            report.footer = "Playing anything keeps your place."
        case .warning:
            report.lines.append(contentsOf: unseen)
            if let removalAt {
                report.lines.append(
                    "Your access ends \(time: removalAt, .dateAndTime), unless you play anything before.")
            }
            report.footer = "Playing anything keeps your place."
            report.tone = .warning
        case .removal:
            report.lines = [
                "Your access has ended, because nothing was played for a long time. Nothing of yours was deleted."
            ]
            report.lines.append(contentsOf: unseen)
            report.lines.append("You are welcome back: ask the owner for an invitation.")
        case .invitation:
            report.lines = ["You are invited again, to what you had before: accept it in Plex or in the mail it sent."]
            report.tone = .good
        }
        let mayStay = (kind == .warning || kind == .reminder) && hereLeft > 0 && (daysLeft ?? 0) < hereDays
        return Card(
            report, kind: Self.hereKind, subject: PruneCardSubject(person: person, lapse: lapse?.seconds).text,
            choices: mayStay ? Self.here : [])
    }

    private static let here = [Card.Choice("I’m still here", value: "here", weight: .main)]

    /// Whether saying so would give them anything.
    package static func mayStay(_ standing: PruneStanding, _ wishes: PruneWishes) -> Bool {
        standing.counts && standing.heresLeft > 0 && standing.left <= .days(Int64(wishes.hereDays) - 1)
    }

    /// Their own standing, with the button of a letter that is about to come.
    package static func mayStay(_ report: Report, _ standing: PruneStanding) -> Card {
        let subject = PruneCardSubject(person: standing.person.id, lapse: standing.baseline.at.seconds)
        return Card(report, kind: hereKind, subject: subject.text, choices: here)
    }

    private func title(_ server: String) -> Prose {
        switch kind {
        case .welcome: "Welcome to \(server)"
        case .reminder: "\(server) has not seen you for a while"
        case .warning: "Your access to \(server) is about to end"
        case .removal: "Your access to \(server) has ended"
        case .invitation: "Welcome back to \(server)"
        }
    }

    private var unseen: [Prose] {
        guard let lastSeenAt else { return idleDays.map { ["Nothing was played in \($0) days."] } ?? [] }
        let title: Prose = lastTitle.isEmpty ? "" : ", with \(lastTitle)"
        return ["You were last seen \(time: lastSeenAt)" + title + "."]
    }

    private static func list(_ lines: [String]) -> Prose { lines.map { "• \($0)" as Prose }.joined(by: "\n") }
}
