// From what is known of somebody to where they stand. Pure: everything comes in, `now` too.

package import Domain
package import Runtime

package struct StandingRules: Sendable {
    package var wishes: PruneWishes
    package var observed: ObservedTime
    package var now: Instant

    package init(wishes: PruneWishes, observed: ObservedTime, now: Instant) {
        self.wishes = wishes
        self.observed = observed
        self.now = now
    }

    /// No record: seen for the first time, this moment. `roles`: of their Discord users, where they matter; unknown keeps.
    package func standing(
        of person: Person, _ record: PruneRecord?, roles: Reading<[UInt64]> = .known([])
    ) -> PruneStanding {
        let record = record ?? PruneRecord(person: person.id, knownAt: now, joinedAt: person.joinedAt)
        let baseline = baseline(of: person, record)
        let idle = idle(since: baseline.at, record)
        let left = wishes.kick - idle
        return PruneStanding(
            person: person, verdict: verdict(on: person, record, idle, roles), baseline: baseline,
            stamp: stamp(of: record, baseline), lastSighting: record.lastSighting, idle: idle, left: left,
            due: now + max(.zero, left), heresLeft: max(0, wishes.hereMost - heres(of: record, baseline).count))
    }

    private func verdict(
        on person: Person, _ record: PruneRecord, _ idle: Duration, _ roles: Reading<[UInt64]>
    ) -> PruneVerdict {
        if let immunity = ImmunityRules.immunity(of: person, record, wishes) { return .immune(immunity) }
        if let roles = roles.known, let immunity = ImmunityRules.immunity(ofRoles: roles, wishes) {
            return .immune(immunity)
        }
        if let until = end(of: record.holds) { return .held(until: until) }
        if let until = end(of: record.pauses) { return .paused(until: until) }
        let graceEnds = joined(person, record) + wishes.grace
        if now < graceEnds { return .new(until: graceEnds) }
        // Last: whoever is safe anyway is so without asking Discord.
        if case .unknown(let why) = roles { return .unknown("whether they have a VIP role is not known: \(why)") }
        return idle >= wishes.kick ? .inactive : .active
    }

    /// The end of what holds now.
    private func end(of leaves: [PruneRecord.Leave]) -> Instant? {
        // One that begins in the future began before a clock went back: it holds.
        leaves.map(\.span.to).filter { $0 > now }.max()
    }

    // MARK: Where their time begins

    package func baseline(of person: Person, _ record: PruneRecord) -> Baseline {
        let dated = joinDate(of: person, record)
        var best = Baseline(
            at: max((dated ?? record.knownAt) + wishes.grace, record.knownAt),
            why: dated.map { .joined($0) } ?? .firstSeen(record.knownAt))
        if let sighting = record.lastSighting, sighting.at >= best.at {
            best = Baseline(at: sighting.at, why: .sighting(sighting))
        }
        if let hold = record.holds.map(\.span.to).filter({ $0 <= now }).max(), hold > best.at {
            best = Baseline(at: hold, why: .hold)
        }
        return best
    }

    /// As plex.tv says, where it can be so: a date before there was Plex, or after tomorrow, is a missing one that
    /// somebody read as a number.
    private func joinDate(of person: Person, _ record: PruneRecord) -> Instant? {
        guard let date = person.joinedAt ?? record.joinedAt else { return nil }
        return date > Self.dawn && date < now + .days(1) ? date : nil
    }

    /// Of this membership: an older date belongs to one before, or says nothing of the time it was not seen here.
    private func joined(_ person: Person, _ record: PruneRecord) -> Instant {
        joinDate(of: person, record) ?? record.knownAt
    }

    /// 2008-01-01
    private static let dawn = Instant(seconds: 1_199_145_600)

    // MARK: How long

    private func idle(since baseline: Instant, _ record: PruneRecord) -> Duration {
        let pauses = ObservedTime(record.pauses.map(\.span))
        let plain = observed.length(from: baseline, to: now, without: pauses)
        // "I'm still here" leaves at least so many days from when it was said.
        let given = wishes.kick - .days(Int64(wishes.hereDays))
        let heres = record.heres.filter { $0 >= baseline }.map { said in
            max(.zero, given) + observed.length(from: said, to: now, without: pauses)
        }
        return min(plain, heres.min() ?? plain)
    }

    /// Those that count: until a real sign of life comes.
    private func heres(of record: PruneRecord, _ baseline: Baseline) -> [Instant] {
        record.heres.filter { $0 >= baseline.at }
    }

    private func stamp(of record: PruneRecord, _ baseline: Baseline) -> Instant {
        var moments = [baseline.at]
        moments += record.heres
        // A pause moves the date when it begins, and again when it ends.
        moments += record.pauses.map { $0.span.to <= now ? $0.span.to : $0.span.from }
        moments += record.holds.map { $0.span.to <= now ? $0.span.to : $0.span.from }
        return moments.max() ?? baseline.at
    }
}
