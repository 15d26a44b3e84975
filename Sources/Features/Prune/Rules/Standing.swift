// Where somebody stands: the judgement, with everything it was made from.

package import Domain
package import Runtime

package enum PruneVerdict: Hashable, Sendable {
    case immune(Immunity)
    /// Has their grace until then.
    case new(until: Instant)
    case paused(until: Instant)
    case held(until: Instant)
    case active
    /// Idle long enough to be removed, were they warned and everything else agreed.
    case inactive
    /// Something that could protect them could not be read: they stay.
    case unknown(String)
}

package struct PruneStanding: Hashable, Sendable {
    package var person: Person
    package var verdict: PruneVerdict
    package var baseline: Baseline
    /// Changes with everything that moves their date: what was said under another one no longer holds.
    package var stamp: Instant
    package var lastSighting: Sighting?
    /// Observed, without pauses, after what "I'm still here" gave.
    package var idle: Duration
    /// Below zero: over it.
    package var left: Duration
    /// When the last day comes if all goes on.
    package var due: Instant
    package var heresLeft: Int

    package init(
        person: Person, verdict: PruneVerdict, baseline: Baseline, stamp: Instant, lastSighting: Sighting? = nil,
        idle: Duration, left: Duration, due: Instant, heresLeft: Int
    ) {
        self.person = person
        self.verdict = verdict
        self.baseline = baseline
        self.stamp = stamp
        self.lastSighting = lastSighting
        self.idle = idle
        self.left = left
        self.due = due
        self.heresLeft = heresLeft
    }

    package var idleDays: Int { Int(idle.milliseconds / 86_400_000) }
    /// Rounded up: who has an hour left has a day in people's words; below zero rounded to nothing.
    package var daysLeft: Int { Int((max(.zero, left).milliseconds + 86_399_999) / 86_400_000) }
    package var isImmune: Bool {
        if case .immune = verdict { true } else { false }
    }
    /// Whether warnings and reminders concern them.
    package var counts: Bool { verdict == .active || verdict == .inactive }
}
