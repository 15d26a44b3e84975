// The real time, and as much on top as somebody has skipped: for the demo and for journeys, where sockets are real and
// yet a month must pass. A skip wakes whoever's time has come by it.

internal import Synchronization

package final class TravelClock: Clock {
    private struct State {
        var skipped = Duration.zero
        var nextNumber = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let real: any Clock
    private let state = Mutex(State())

    package init(_ real: any Clock = SystemClock()) { self.real = real }

    package var now: Instant { real.now + state.withLock { $0.skipped } }
    package var uptime: Duration { real.uptime + state.withLock { $0.skipped } }

    /// Who is asked when a month is skipped still has his few seconds to answer.
    package var stopwatch: any Clock { real.stopwatch }

    package func skip(_ duration: Duration) {
        let woken = state.withLock { state in
            state.skipped += max(.zero, duration)
            defer { state.waiting = [:] }
            return state.waiting.values.map(\.self)
        }
        for sleeper in woken { sleeper.resume() }
    }

    package func sleep(for duration: Duration) async throws {
        let end = uptime + duration
        while true {
            let skipped = state.withLock { $0.skipped }
            let rest = end - real.uptime - skipped
            guard rest > .zero else { return try Task.checkCancellation() }
            try await withThrowingTaskGroup(of: Void.self) { [real] group in
                group.addTask { try await real.sleep(for: rest) }
                group.addTask { await self.skipped(beyond: skipped) }
                // Whichever comes first: the time, or a skip that may have brought it.
                defer { group.cancelAll() }
                try await group.next()
            }
            try Task.checkCancellation()
        }
    }

    /// Returns after the next skip, or when the task is cancelled.
    private func skipped(beyond known: Duration) async {
        let number = state.withLock { state in
            defer { state.nextNumber += 1 }
            return state.nextNumber
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if Task.isCancelled || state.skipped != known { return true }
                    state.waiting[number] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.waiting.removeValue(forKey: number) }
            sleeper?.resume()
        }
    }
}
