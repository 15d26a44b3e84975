// When a job starts. Pure: the schedule, the past and the present go in, the next start comes out.

package import Runtime

package enum JobRules {
    package struct Start: Equatable, Sendable {
        /// The time of the schedule that the run stands for.
        package let due: Instant
        /// When to begin: `due` and the jitter, or now for what was missed.
        package let begin: Instant
        package let makesUpForMissed: Bool
    }

    /// - Parameters:
    ///   - last: the due time of the newest run, of this process or an earlier one; nil when it never ran.
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
        return schedule.next(after: now, in: place).map {
            Start(due: $0, begin: $0 + delay, makesUpForMissed: false)
        }
    }

    /// A failure is worth a message when it is news: the first of its kind, not the two-hundredth.
    package static func isWorthTelling(failure: String, before: String?) -> Bool { failure != before }
}
