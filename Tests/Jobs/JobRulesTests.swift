// When a job starts: pure, by tables.

import Runtime
import Testing

@testable import Jobs

@Suite struct `A job's next start` {
    private let daily = CronExpression.daily(at: 4, 0)

    private func next(
        last: String?, now: String, catchesUp: Bool = true, jitter: Duration = .zero, chance: Double = 0
    ) -> JobRules.Start? {
        JobRules.next(
            daily, in: .utc, after: last.map(at), now: at(now), catchesUp: catchesUp, jitter: jitter, chance: chance)
    }

    @Test func `is the schedule's when it never ran`() {
        #expect(
            next(last: nil, now: "2026-03-01T10:00:00Z")
                == .init(due: at("2026-03-02T04:00:00Z"), begin: at("2026-03-02T04:00:00Z"), makesUpForMissed: false))
    }

    @Test func `is now, once, however many were missed`() {
        let start = next(last: "2026-02-01T04:00:00Z", now: "2026-03-01T10:00:00Z")
        #expect(
            start == .init(due: at("2026-03-01T10:00:00Z"), begin: at("2026-03-01T10:00:00Z"), makesUpForMissed: true))
        // What made up for them counts as the newest run.
        #expect(next(last: "2026-03-01T10:00:00Z", now: "2026-03-01T10:00:01Z")?.due == at("2026-03-02T04:00:00Z"))
    }

    @Test func `is not made up for where that makes no sense`() {
        #expect(
            next(last: "2026-02-01T04:00:00Z", now: "2026-03-01T10:00:00Z", catchesUp: false)?.due
                == at("2026-03-02T04:00:00Z"))
    }

    @Test func `is spread by chance within its jitter`() {
        let late = next(last: nil, now: "2026-03-01T10:00:00Z", jitter: .minutes(10), chance: 0.5)
        #expect(late?.due == at("2026-03-02T04:00:00Z"))
        #expect(late?.begin == at("2026-03-02T04:05:00Z"))
    }

    @Test func `is not the same hour again when the date is set back a little`() {
        #expect(next(last: "2026-03-01T04:00:00Z", now: "2026-03-01T03:30:00Z")?.due == at("2026-03-02T04:00:00Z"))
        // But a run dated by a clock that was far ahead does not keep the job from running for years.
        #expect(next(last: "2030-03-01T04:00:00Z", now: "2026-03-01T03:30:00Z")?.due == at("2026-03-01T04:00:00Z"))
    }

    @Test func `is another one when the machine slept over it`() {
        let start = next(last: nil, now: "2026-03-01T01:00:00Z")
        #expect(start?.isPast(at: at("2026-03-01T04:10:00Z")) == false)
        #expect(start?.isPast(at: at("2026-03-01T09:00:00Z")) == true)
    }

    @Test func `a failure is news only when it is another one`() {
        #expect(JobRules.isWorthTelling(failure: "disk full", before: nil))
        #expect(!JobRules.isWorthTelling(failure: "disk full", before: "disk full"))
        #expect(JobRules.isWorthTelling(failure: "disk full", before: "disk full", startedByHand: true))
        #expect(JobRules.isWorthTelling(failure: "refused", before: "disk full"))
    }
}
