// What admins are asked. A card's subject holds ids only; what they meant is judged anew when it is answered.

package import Domain
internal import FoundationEssentials
package import Runtime

/// What comes back with a choice of one of prune's cards.
package struct PruneCardSubject: Codable, Hashable, Sendable {
    package var removal: Int64?
    package var person: Int64?
    package var count: Int?
    /// When the lapse began that a notice was about, in seconds.
    package var lapse: Int64?

    package init(removal: Int64? = nil, person: Int64? = nil, count: Int? = nil, lapse: Int64? = nil) {
        self.removal = removal
        self.person = person
        self.count = count
        self.lapse = lapse
    }

    /// Whether the time counts from where it did when the card was shown.
    package func isOfLapse(from baseline: Instant) -> Bool { lapse == nil || lapse == baseline.seconds }

    /// Nil: not one of ours.
    package init?(_ text: String) {
        guard let subject = try? JSONDecoder().decode(Self.self, from: Data(text.utf8)) else { return nil }
        self = subject
    }

    package var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

package enum PruneCards {
    /// remove, hold, vip, ignore
    package static let approvalKind = "prune.approval"
    /// release, stop
    package static let breakerKind = "prune.breaker"
    /// told, hold, vip
    package static let unreachableKind = "prune.unreachable"
    /// accept
    package static let acceptKind = "prune.accept"

    package static func approval(
        _ removal: PruneCase, _ standing: PruneStanding, warning: PruneTold?, holdDays: Int
    ) -> Card {
        var report = Report("Remove \(strong: standing.person.name)?", tone: .warning)
        report.lines = ["Idle for \(strong: "\(standing.idleDays) days")" + PruneWords.since(standing) + "."]
        if let warning {
            let date: Prose = warning.removalAt.map { ", for \(time: $0, .date)" } ?? ""
            report.fields.append(Report.Field("Warned", "\(time: warning.at, .date) by \(way(warning.way))" + date))
        }
        if let plexID = standing.person.plexID {
            report.fields.append(Report.Field("Account", "\(code: "\(plexID)")", short: true))
        }
        report.fields.append(Report.Field("Share", "\(code: "\(removal.shareID)")", short: true))
        if !standing.person.email.isEmpty {
            report.fields.append(Report.Field("Address", "\(standing.person.email)", short: true))
        }
        report.footer =
            "Takes this server only; friendship and history stay. Everything is read again before it happens."
        return Card(
            report, kind: approvalKind,
            subject: PruneCardSubject(removal: removal.id, person: removal.person).text,
            choices: [
                Card.Choice("Remove", value: "remove", weight: .danger),
                Card.Choice("Hold \(holdDays) days", value: "hold", weight: .main), Card.Choice("VIP", value: "vip"),
                Card.Choice("Ignore", value: "ignore"),
            ])
    }

    package static func unreachable(_ standing: PruneStanding) -> Card {
        let report = Report(
            "\(strong: standing.person.name) cannot be warned",
            lines: [
                "Idle for \(standing.idleDays) days" + PruneWords.since(standing) + ".",
                "No letter and no message reaches them. They stay until somebody tells them.",
            ], tone: .warning)
        return Card(
            report, kind: unreachableKind, subject: PruneCardSubject(person: standing.person.id).text,
            choices: [
                Card.Choice("I told them", value: "told", weight: .main), Card.Choice("Hold", value: "hold"),
                Card.Choice("VIP", value: "vip"),
            ])
    }

    package static func breaker(_ count: Int, _ plan: PrunePlan) -> Card {
        var report = Report(
            "\(count) of \(plan.members) would be removed", lines: plan.due.prefix(15).map { PruneWords.line($0) },
            footer: "More at once than usual: nobody is removed until somebody says that this is right.", tone: .bad)
        if plan.due.count > 15 { report.lines.append("and \(plan.due.count - 15) more") }
        return Card(
            report, kind: breakerKind, subject: PruneCardSubject(count: count).text,
            choices: [
                Card.Choice("This is right", value: "release", weight: .danger),
                Card.Choice("Stop prune", value: "stop", weight: .main),
            ])
    }

    package static func accept(_ report: Report, _ marks: PruneMarks) -> Card {
        Card(
            report, kind: acceptKind, subject: PruneCardSubject(count: marks.number(.seenPeople)).text,
            choices: [Card.Choice("That is right now", value: "accept")])
    }

    static func way(_ way: PruneWay) -> String {
        switch way {
        case .mail: "mail"
        case .discord: "Discord"
        case .admin: "an admin"
        }
    }
}
