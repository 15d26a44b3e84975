// Who is due for removal, and how many may be: the rules between "inactive" and anything happening.

package import Runtime

/// What still stands between somebody and their removal.
package enum PruneBlock: Hashable, Sendable {
    case notInactive
    case notWarned
    /// The time after the warning is not over.
    case noticeRuns(until: Instant)
    /// Two looks that far apart have not agreed yet.
    case oneLook(until: Instant)

    package var words: String {
        switch self {
        case .notInactive: "not inactive"
        case .notWarned: "not warned"
        case .noticeRuns: "the time after the warning runs"
        case .oneLook: "a second look must agree"
        }
    }
}

package enum LookStep: Hashable, Sendable {
    case stays
    /// The first that finds them inactive.
    case begins
    /// One that says otherwise.
    case clears
}

package struct RemovalRules: Sendable {
    package var wishes: PruneWishes
    package var observed: ObservedTime
    package var now: Instant

    package init(wishes: PruneWishes, observed: ObservedTime, now: Instant) {
        self.wishes = wishes
        self.observed = observed
        self.now = now
    }

    /// What this look says to those before it.
    package func look(_ standing: PruneStanding, _ record: PruneRecord) -> LookStep {
        switch standing.verdict {
        case .inactive:
            record.lookedAt != nil && record.lookStamp == standing.stamp ? .stays : .begins
        // It says nothing.
        case .unknown: .stays
        default: record.lookedAt == nil ? .stays : .clears
        }
    }

    /// Empty: due.
    package func blocks(_ standing: PruneStanding, _ record: PruneRecord, _ told: [PruneTold]) -> [PruneBlock] {
        guard standing.verdict == .inactive else { return [.notInactive] }
        var blocks: [PruneBlock] = []
        let telling = TellingRules(wishes: wishes, now: now)
        if let warning = telling.standingWarning(standing, told), let said = telling.lastDate(warning, told) {
            let rest = wishes.notice - observed.length(from: warning.at, to: now)
            let end = max(said, now + max(.zero, rest))
            if end > now { blocks.append(.noticeRuns(until: end)) }
        } else {
            blocks.append(.notWarned)
        }
        if let first = record.lookedAt, record.lookStamp == standing.stamp {
            let rest = wishes.agreement - observed.length(from: first, to: now)
            if rest > .zero { blocks.append(.oneLook(until: now + rest)) }
        } else {
            blocks.append(.oneLook(until: now + wishes.agreement))
        }
        return blocks
    }

    /// How many more may be removed today. A day is one that was observed, so that a clock put forward opens nothing.
    package func room(members: Int, removals: [Instant]) -> Int {
        let today = removals.count { now - $0 < .days(1) || observed.length(from: $0, to: now) < .days(1) }
        return max(0, wishes.most(of: members) - today)
    }

    /// More at once than can be right without somebody saying so. `released`: how many an admin said are right.
    package func trips(due: Int, members: Int, released: Int?) -> Bool {
        due > max(wishes.share(of: members), released ?? 0)
    }
}
