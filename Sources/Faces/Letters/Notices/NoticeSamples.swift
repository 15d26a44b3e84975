// Every notice as a sample with invented facts, for owners who want to see what people will get before anybody does.

internal import Domain
package import Mail
package import Prune
package import Runtime

package enum NoticeSample: String, Sendable, Hashable, CaseIterable {
    case welcome, reminder, warning, removal, invitation
    /// To admins.
    case report

    /// Nil: a report.
    package var kind: PruneNotice.Kind? { PruneNotice.Kind(rawValue: rawValue) }
}

extension NoticePress {
    /// Exactly as it would be sent: the letter's HTML and text, `letter.printed()` for an .eml file, with what is wrong
    /// in the owner's templates among the notes. `limits` are the owner's own.
    package func sample(
        _ sample: NoticeSample, limits: NoticeSampleLimits = NoticeSampleLimits(), to mailbox: Mailbox,
        here: String? = nil, date: Instant
    ) throws -> LetterProof {
        var proof: LetterProof
        var slips: [LetterNote]
        if let kind = sample.kind {
            let notice = Self.notice(kind, limits, date)
            proof = try self.proof(notice, to: mailbox, here: here, date: date)
            slips = self.slips(notice, here: here, date: date)
        } else {
            let report = Self.sampleReport(limits, date)
            proof = try self.proof(report, to: mailbox, key: "sample:report", date: date)
            slips = self.slips(report, date: date)
        }
        let known = Set(proof.notes)
        slips.removeAll(where: known.contains)
        proof.notes += slips
        proof.letter.subject = "[Sample] \(proof.letter.subject)"
        return proof
    }

    private static func notice(
        _ kind: PruneNotice.Kind, _ limits: NoticeSampleLimits, _ date: Instant
    ) -> PruneNotice {
        let idle =
            kind == .reminder ? max(1, limits.warnDays - 7) : kind == .removal ? limits.kickDays : limits.warnDays
        let left = max(0, limits.kickDays - idle)
        let isGone = kind == .removal || kind == .invitation || kind == .welcome
        let end = date + max(.days(Int64(left)), kind == .warning ? .hours(72) : .zero)
        return PruneNotice(
            kind, person: 1, name: "Ann Whitfield", at: date,
            removalAt: kind == .removal ? date : isGone ? nil : end,
            idleDays: kind == .welcome || kind == .invitation ? nil : idle, daysLeft: isGone ? nil : left,
            warnDays: limits.warnDays, kickDays: limits.kickDays, graceHours: limits.graceHours,
            lastSeenAt: kind == .welcome ? nil : date - .days(Int64(idle)), lastTitle: "Harbour Lights",
            hereLeft: limits.hereMost, hereDays: limits.hereDays, key: "sample:\(kind.rawValue)")
    }

    static func sampleReport(_ limits: NoticeSampleLimits, _ date: Instant) -> Report {
        Report(
            "Removed: \("Ann Whitfield")",
            lines: [
                "\(strong: "Ann Whitfield") has no access to this server any more. The share was removed, and is gone by the list of plex.tv.",
                "Back with the same libraries: \(code: "prune undo @ann")",
            ],
            fields: [
                Report.Field("Why", "\(limits.kickDays) days without watching; the limit is \(limits.kickDays)"),
                Report.Field(
                    "Last seen", "\(time: date - .days(Int64(limits.kickDays)), .dateAndTime), with \("Harbour Lights")"
                ),
                Report.Field("Warned", "\(time: date - .days(4), .dateAndTime), by mail"),
                Report.Field("Approved by", "\("Robin")"),
            ], footer: "1 of 1 removal today")
    }
}

/// The settings a sample's numbers come from.
package struct NoticeSampleLimits: Sendable, Hashable {
    package var warnDays: Int
    package var kickDays: Int
    package var graceHours: Int
    package var hereDays: Int
    package var hereMost: Int

    package init(
        warnDays: Int = 27, kickDays: Int = 30, graceHours: Int = 24, hereDays: Int = 14, hereMost: Int = 2
    ) {
        self.warnDays = warnDays
        self.kickDays = kickDays
        self.graceHours = graceHours
        self.hereDays = hereDays
        self.hereMost = hereMost
    }
}
