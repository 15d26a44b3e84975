// Time is handed in (rule 7): whoever waits or dates something asks a Clock, so that tests and the demo can skip 27 days
// in a microsecond. Two real implementations: SystemClock here and VirtualClock beside it.

import Glibc

package protocol Clock: Sendable {
    /// The wall clock: for dates. It may jump when the machine's time is set.
    var now: Instant { get }
    /// Time since some fixed moment; it never jumps or runs backwards. For timeouts, rate limits and latency.
    var uptime: Duration { get }
    /// Returns after `duration` of this clock's time; throws `CancellationError` as soon as the task is cancelled.
    func sleep(for duration: Duration) async throws
    /// By which somebody's answer is waited for: where time is skipped, nobody waited meanwhile.
    var stopwatch: any Clock { get }
}

extension Clock {
    package var stopwatch: any Clock { self }
}

/// The machine's own clock.
package struct SystemClock: Clock {
    package init() {}

    package var now: Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }

    package var uptime: Duration {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(Int64(time.tv_sec)) + .nanoseconds(Int64(time.tv_nsec))
    }

    package func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }
}
