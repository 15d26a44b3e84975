// What would have happened in the past, had these rules been in force: who would have been warned and removed when, and
// who of them came back later, which would have been wrong. By days, without caps, outages and words: an estimate that
// errs towards too many.

package import Domain
internal import Runtime

package struct PruneSimulation: Sendable {
    package struct Member: Hashable, Sendable {
        package var account: Int
        package var name: String
        /// Nil: not known; they count from their first play on.
        package var joined: Day?
        package var isImmune: Bool

        package init(account: Int, name: String, joined: Day?, isImmune: Bool = false) {
            self.account = account
            self.name = name
            self.joined = joined
            self.isImmune = isImmune
        }
    }

    package struct Fate: Hashable, Sendable {
        package var member: Member
        /// The first day of each warning.
        package var warned: [Day] = []
        package var removed: Day?
        /// The first day they played after it.
        package var cameBack: Day?
        /// How many days they played after it.
        package var missed = 0
    }

    package struct Outcome: Hashable, Sendable {
        package var warnDays: Int
        package var kickDays: Int
        package var first: Day
        package var last: Day
        /// Only those something would have happened to; removed first, then by day.
        package var fates: [Fate]
        package var counted: Int

        package var removed: [Fate] { fates.filter { $0.removed != nil } }
        package var wrong: [Fate] { fates.filter { $0.cameBack != nil } }
        /// Warned, and watched again in time.
        package var returned: Int { fates.count { !$0.warned.isEmpty && $0.removed == nil } }
    }

    package var members: [Member]
    package var plays: PlayDays
    package var first: Day
    package var last: Day

    /// From `days` before `last` on.
    package init(members: [Member], plays: PlayDays, last: Day, days: Int) {
        self.members = members
        self.plays = plays
        self.last = last
        first = last - max(1, days)
    }

    package func outcome(warnDays: Int, kickDays: Int) -> Outcome {
        let counted = members.filter { !$0.isImmune }
        let fates = counted.compactMap { fate(of: $0, warnDays, kickDays) }
        let sorted = fates.sorted { a, b in
            (a.removed == nil ? 1 : 0, a.removed ?? a.warned[0], a.member.account)
                < (b.removed == nil ? 1 : 0, b.removed ?? b.warned[0], b.member.account)
        }
        return Outcome(
            warnDays: warnDays, kickDays: kickDays, first: first, last: last, fates: sorted, counted: counted.count)
    }

    /// Nil: nothing would have happened to them.
    private func fate(of member: Member, _ warnDays: Int, _ kickDays: Int) -> Fate? {
        let days = plays.days(of: member.account).filter { $0 <= last }
        // Time before the beginning does not count, nor does the day of grace.
        guard let begin = member.joined.map({ $0 + 1 }) ?? days.first else { return nil }
        var seen = max(first, begin)
        guard seen <= last else { return nil }
        var fate = Fate(member: member)
        let later = days.filter { $0 > seen }
        for (index, day) in later.enumerated() {
            if day - seen >= warnDays { fate.warned.append(seen + warnDays) }
            if day - seen > kickDays {
                fate.removed = seen + kickDays
                fate.cameBack = day
                fate.missed = later.count - index
                return fate
            }
            seen = day
        }
        if last - seen >= warnDays { fate.warned.append(seen + warnDays) }
        if last - seen >= kickDays { fate.removed = seen + kickDays }
        return fate.warned.isEmpty && fate.removed == nil ? nil : fate
    }
}
