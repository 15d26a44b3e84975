// Who is to be told what: reminders, the warning, and whether a warning given before still holds.

package import Runtime

/// By which way something reached somebody.
package enum PruneWay: Hashable, Sendable, CustomStringConvertible {
    case mail
    case discord(UInt64)
    /// An admin said that they told them.
    case admin

    package var description: String {
        switch self {
        case .mail: "mail"
        case .discord(let id): "discord:\(id)"
        case .admin: "admin"
        }
    }

    package init?(_ text: String) {
        let parts = text.split(separator: ":")
        switch (parts.first, parts.count) {
        case ("mail", 1): self = .mail
        case ("admin", 1): self = .admin
        case ("discord", 2):
            guard let id = UInt64(parts[1]) else { return nil }
            self = .discord(id)
        default: return nil
        }
    }
}

/// One attempt to tell somebody something, by one way.
package struct PruneTold: Hashable, Sendable {
    package enum State: String, Hashable, Sendable {
        /// On its way, or it was when the program ended.
        case sending
        /// Taken by the mail server or by Discord: delivered.
        case sent
        case failed
        /// It may have arrived: not delivered, and not sent again so soon.
        case unclear
        /// By the daemon that was here before: they know, and yet it is no warning of ours.
        case imported
    }

    /// The effect's.
    package var key: String
    package var person: Int64
    package var kind: PruneNotice.Kind
    package var stamp: Instant
    /// Of a reminder its idle days, else 0.
    package var day: Int
    /// Counts attempts that are letters of their own.
    package var number: Int
    package var way: PruneWay
    package var state: State
    /// The date it says.
    package var removalAt: Instant?
    package var tries: Int
    /// When it was taken, or last tried.
    package var at: Instant
    package var why: String

    package init(
        key: String, person: Int64, kind: PruneNotice.Kind, stamp: Instant, day: Int = 0, number: Int = 1,
        way: PruneWay, state: State, removalAt: Instant? = nil, tries: Int = 1, at: Instant, why: String = ""
    ) {
        self.key = key
        self.person = person
        self.kind = kind
        self.stamp = stamp
        self.day = day
        self.number = number
        self.way = way
        self.state = state
        self.removalAt = removalAt
        self.tries = tries
        self.at = at
        self.why = why
    }
}

package enum TellingStep: Hashable, Sendable {
    case nothing
    case remind(day: Int)
    /// `number`: which letter it is; attempts by the same number share their key, so they happen once.
    case warn(number: Int, removalAt: Instant)
    /// Every way failed for good measure: an admin must.
    case unreachable
}

package struct TellingRules: Sendable {
    package var wishes: PruneWishes
    package var now: Instant

    /// A date so far ahead was said by a clock that was wrong.
    static let mostAhead = Duration.days(365)
    /// Between two attempts.
    static let patience = Duration.hours(24)
    /// So long after its date a warning still holds.
    static let lasts = Duration.days(14)
    /// Letters that all failed: after these an admin must tell them.
    static let mostTries = 7

    package init(wishes: PruneWishes, now: Instant) {
        self.wishes = wishes
        self.now = now
    }

    /// `told`: of this person, of every lapse.
    package func step(_ standing: PruneStanding, _ told: [PruneTold]) -> TellingStep {
        guard standing.counts else { return .nothing }
        let mine = told.filter { $0.stamp == standing.stamp }
        if standing.idle >= wishes.warn { return warning(standing, mine, told) ?? reminder(standing, mine) }
        return reminder(standing, mine)
    }

    // MARK: The warning

    /// The one a removal may rest on: delivered, of this lapse, and its date still the one they have. Of several letters
    /// the newest counts, whatever those before it said; of the ways it went, the one that arrived first.
    package func standingWarning(_ standing: PruneStanding, _ told: [PruneTold]) -> PruneTold? {
        let delivered = told.filter { $0.kind == .warning && $0.state == .sent && $0.stamp == standing.stamp }
        guard let newest = delivered.max(by: { ($0.at, $0.number) < ($1.at, $1.number) }), !isOutdated(newest, standing)
        else {
            return nil
        }
        return delivered.filter { $0.removalAt == newest.removalAt }.min { ($0.at, $0.key) < ($1.at, $1.key) }
    }

    /// The last of the dates they were told, by the standing warning or by a letter after it that may have arrived.
    package func lastDate(_ warning: PruneTold, _ told: [PruneTold]) -> Instant? {
        told.filter { $0.kind == .warning && $0.stamp == warning.stamp && $0.state != .failed && $0.at >= warning.at }
            .compactMap(\.removalAt).filter { $0 - now < Self.mostAhead }.max()
    }

    /// What they were told is not true any more: time that was not observed has moved the date, or it is long past and
    /// nothing came of it.
    private func isOutdated(_ told: PruneTold, _ standing: PruneStanding) -> Bool {
        guard let said = told.removalAt, said - now < Self.mostAhead else { return true }
        if now - said > Self.lasts { return true }
        return standing.left > .zero && standing.due - said > wishes.notice
    }

    private func warning(_ standing: PruneStanding, _ mine: [PruneTold], _ told: [PruneTold]) -> TellingStep? {
        if standingWarning(standing, told) != nil { return nil }
        // The daemon before has told them, and they have not been back since: ours comes when it counts.
        let wasTold = told.contains { $0.state == .imported && $0.kind == .warning && isStill($0, standing) }
        if wasTold, standing.left > .zero { return nil }
        let removalAt = max(standing.due, now + wishes.notice)
        let attempts = mine.filter { $0.kind == .warning && $0.state != .imported }
        guard let number = attempts.map(\.number).max() else { return .warn(number: 1, removalAt: removalAt) }
        let last = attempts.filter { $0.number == number }
        if last.contains(where: { $0.state == .sending }) { return nil }
        // What was outdated, or may have arrived, is followed by a new letter; what failed is the same one again.
        let next = last.contains { $0.state == .sent || $0.state == .unclear } ? number + 1 : number
        let rests = last.contains { $0.state != .sent && isRecent($0.at) }
        if rests { return nil }
        // Since the last one that arrived.
        let arrived = attempts.filter { $0.state == .sent }.map(\.number).max() ?? 0
        let vain = attempts.filter { $0.number > arrived }.reduce(0) { $0 + $1.tries }
        if vain >= Self.mostTries {
            return .unreachable
        }
        return .warn(number: next, removalAt: removalAt)
    }

    /// They have not been back since.
    private func isStill(_ told: PruneTold, _ standing: PruneStanding) -> Bool {
        if let sighting = standing.lastSighting, sighting.at > told.at { return false }
        return switch standing.baseline.why {
        case .sighting(let sighting): sighting.at <= told.at
        case .joined(let date): date <= told.at
        case .firstSeen: true
        case .hold: false
        }
    }

    /// A clock that went back makes nothing old.
    private func isRecent(_ moment: Instant) -> Bool { now - moment < Self.patience }

    // MARK: Reminders

    /// The newest that is due; those before it are covered by it, and all by a warning.
    private func reminder(_ standing: PruneStanding, _ mine: [PruneTold]) -> TellingStep {
        guard let day = wishes.reminderDays.filter({ standing.idle >= .days(Int64($0)) }).max() else { return .nothing }
        let isCovered = mine.contains { told in
            switch told.kind {
            case .reminder: told.day >= day
            // A warning says more than a reminder of a day before it.
            case .warning: told.state != .failed && day <= max(wishes.warnDays, told.day)
            default: false
            }
        }
        return isCovered ? .nothing : .remind(day: day)
    }
}
