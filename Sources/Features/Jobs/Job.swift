// Something done on a schedule, and what is known about it.

package import Domain
package import Runtime
package import Storage

package struct Job: Sendable {
    /// Where its reports go.
    package enum Audience: Sendable, Hashable {
        case admins
        case channel(UInt64)
    }

    package struct Context: Sendable {
        /// The time of the schedule this run stands for; the moment asked, when somebody started it.
        package let due: Instant
        /// "schedule", or who asked: "discord:123".
        package let startedBy: String
        package let clock: any Clock
        package let log: Log
    }

    package let name: String
    package let summary: String
    package let schedule: CronExpression
    /// Spreads starts, so that a thousand installations do not ask a public service in the same second.
    package let jitter: Duration
    /// Whether a run missed while the program was down is made up for, once.
    package let catchesUp: Bool
    package let audience: Audience
    /// A report to post, or nil when there is nothing worth a message.
    package let run: @Sendable (Context) async throws -> Report?

    package init(
        _ name: String, _ summary: String, schedule: CronExpression, jitter: Duration = .zero, catchesUp: Bool = true,
        audience: Audience = .admins, run: @escaping @Sendable (Context) async throws -> Report?
    ) {
        self.name = name
        self.summary = summary
        self.schedule = schedule
        self.jitter = jitter
        self.catchesUp = catchesUp
        self.audience = audience
        self.run = run
    }
}

package struct JobStatus: Sendable {
    package let name: String
    package let summary: String
    package let schedule: CronExpression
    package let isPaused: Bool
    package let isRunning: Bool
    package let last: JobRun?
    /// Nil while paused.
    package let next: Instant?
}
