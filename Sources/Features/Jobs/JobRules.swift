// When a job starts and which failure is worth a message. Pure: the schedule, the past and the present go in, the next
// start comes out.

package import Runtime

package enum JobRules {
    package struct Start: Equatable, Sendable {
        /// The time of the schedule that the run stands for.
        package let due: Instant
        /// When to begin: `due` and the jitter, or now for what was missed.
        package let begin: Instant
        package let makesUpForMissed: Bool

        /// Whether so much time was slept away (a laptop's lid, a machine's date set anew) that this start is one more
        /// that was missed: then it is for `next` to say what follows.
        package func isPast(at now: Instant) -> Bool { now - begin > .minutes(30) }
    }

    /// - Parameters:
    ///   - last: the due time of the newest run, of this process or an earlier one, or the end of a later pause: what
    ///     fell into that is not missed. Nil when there was neither.
    ///   - chance: in 0..<1.
    package static func next(
        _ schedule: CronExpression, in place: LocalTime, after last: Instant?, now: Instant, catchesUp: Bool,
        jitter: Duration, chance: Double
    ) -> Start? {
        let delay = Duration.milliseconds(Int64(jitter.inSeconds * chance * 1000))
        if catchesUp, let last, let missed = schedule.next(after: last, in: place), missed <= now {
            // However many were missed, one run makes up for all of them.
            return Start(due: now, begin: now + delay, makesUpForMissed: true)
        }
        return schedule.next(after: beginning(after: last, now: now), in: place).map {
            Start(due: $0, begin: $0 + delay, makesUpForMissed: false)
        }
    }

    /// A date set back a little must not run the same hour twice; a last run far ahead was dated by a clock that was wrong.
    private static func beginning(after last: Instant?, now: Instant) -> Instant {
        guard let last, last > now, last - now <= .hours(3) else { return now }
        return last
    }

    /// A failure is worth a message when it is news: the first of its kind, not the two-hundredth. Who started the job by
    /// hand always wants to know.
    package static func isWorthTelling(failure: String, before: String?, startedByHand: Bool = false) -> Bool {
        startedByHand || failure != before
    }
}
