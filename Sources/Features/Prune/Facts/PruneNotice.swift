// What somebody is to be told: facts, and no words of any language. Letters and Bot write it.

package import Domain
package import Runtime

package struct PruneNotice: Hashable, Sendable, Codable {
    package enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        case welcome, reminder, warning, removal
        /// They may come back: an invitation is on its way.
        case invitation
    }

    package var kind: Kind
    /// Ours; whose name and address the face asks for, so that they are not kept here.
    package var person: Int64
    package var name: String
    /// When it was decided.
    package var at: Instant
    /// The date of the removal when nothing changes: the very one a removal is later held to.
    package var removalAt: Instant?
    package var idleDays: Int?
    package var daysLeft: Int?
    package var warnDays: Int
    package var kickDays: Int
    package var graceHours: Int
    /// What they were last seen with; nil: never.
    package var lastSeenAt: Instant?
    package var lastTitle: String
    /// How often "I'm still here" may be said yet, and what it gives.
    package var hereLeft: Int
    package var hereDays: Int
    /// When the lapse began that it is about (`Baseline.at`); nil: it is about none.
    package var lapse: Instant?
    /// The same for the same notice, never another's: for message ids.
    package var key: String

    package init(
        _ kind: Kind, person: Int64, name: String, at: Instant, removalAt: Instant? = nil, idleDays: Int? = nil,
        daysLeft: Int? = nil, warnDays: Int = 0, kickDays: Int = 0, graceHours: Int = 0, lastSeenAt: Instant? = nil,
        lastTitle: String = "", hereLeft: Int = 0, hereDays: Int = 0, lapse: Instant? = nil,
        key: String = ""
    ) {
        self.kind = kind
        self.person = person
        self.name = name
        self.at = at
        self.removalAt = removalAt
        self.idleDays = idleDays
        self.daysLeft = daysLeft
        self.warnDays = warnDays
        self.kickDays = kickDays
        self.graceHours = graceHours
        self.lastSeenAt = lastSeenAt
        self.lastTitle = lastTitle
        self.hereLeft = hereLeft
        self.hereDays = hereDays
        self.lapse = lapse
        self.key = key
    }
}

/// What admins are to be told, or asked.
package struct PruneWord: Sendable {
    package enum Body: Sendable {
        case report(Report)
        case card(Card)
    }
    package var body: Body
    /// "arrival", "doubt", "breaker", "approval", "unreachable", "removal", "failure"
    package var about: String
    package var person: Int64?

    package init(_ body: Body, about: String, person: Int64? = nil) {
        self.body = body
        self.about = about
        self.person = person
    }

    package var report: Report {
        switch body {
        case .report(let report): report
        case .card(let card): card.report
        }
    }
}
