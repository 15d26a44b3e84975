// A clock that stands still until somebody moves it. Moving it walks from sleeper to sleeper, so that what would have
// happened over 27 days happens in order, in an instant.

internal import Glibc
internal import Synchronization

package final class VirtualClock: Clock {
    private struct Sleeper {
        let deadline: Duration
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var uptime: Duration = .zero
        var nextNumber = 0
        /// How often somebody has lain down.
        var bedtimes = 0
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [Int: (count: Int, continuation: CheckedContinuation<Void, Never>)] = [:]

        /// The next to wake; among equal deadlines the one that fell asleep first.
        var earliest: (number: Int, deadline: Duration)? {
            sleepers.map { (number: $0.key, deadline: $0.value.deadline) }
                .min { ($0.deadline, $0.number) < ($1.deadline, $1.number) }
        }

        mutating func satisfiedWatchers() -> [CheckedContinuation<Void, Never>] {
            let satisfied = watchers.filter { $0.value.count <= sleepers.count }
            for number in satisfied.keys { watchers[number] = nil }
            return satisfied.values.map(\.continuation)
        }
    }

    private let start: Instant
    private let state = Mutex(State())

    /// Noon of a Thursday in winter, unless told otherwise.
    package init(_ start: Instant = Instant(seconds: 1_767_268_800)) { self.start = start }

    package var now: Instant { start + uptime }
    package var uptime: Duration { state.withLock { $0.uptime } }

    package func sleep(for duration: Duration) async throws {
        let number = newNumber()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let watchers = state.withLock { state -> [CheckedContinuation<Void, Never>]? in
                    // Cancelled before this line: the handler below ran already and found nobody to wake.
                    if Task.isCancelled || duration <= .zero { return nil }
                    state.bedtimes += 1
                    state.sleepers[number] = Sleeper(deadline: state.uptime + duration, continuation: continuation)
                    return state.satisfiedWatchers()
                }
                guard let watchers else {
                    if Task.isCancelled {
                        continuation.resume(throwing: CancellationError())
                    } else {
                        continuation.resume()
                    }
                    return
                }
                for watcher in watchers { watcher.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: number) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Moves the clock on, waking whoever's time has come, in order. Between two wakings the woken get their turn, so
    /// that one who sleeps again within the span is woken again within it.
    package func advance(by duration: Duration) async {
        let end = uptime + duration
        await settle(since: nil)
        while true {
            let (sleeper, bedtimes) = state.withLock { state -> (Sleeper?, Int) in
                guard let next = state.earliest, next.deadline <= end else {
                    state.uptime = max(state.uptime, end)
                    return (nil, state.bedtimes)
                }
                state.uptime = max(state.uptime, next.deadline)
                return (state.sleepers.removeValue(forKey: next.number), state.bedtimes)
            }
            guard let sleeper else { break }
            sleeper.continuation.resume()
            await settle(since: bedtimes)
        }
        await settle(since: nil)
    }

    /// Moves the clock to whoever wakes next, and no further: what they do then happens at that very moment, however long
    /// their messages take on a busy machine. Nothing happens while nobody sleeps.
    package func advanceToNext() async {
        let (sleeper, bedtimes) = state.withLock { state -> (Sleeper?, Int) in
            guard let next = state.earliest else { return (nil, state.bedtimes) }
            state.uptime = max(state.uptime, next.deadline)
            return (state.sleepers.removeValue(forKey: next.number), state.bedtimes)
        }
        sleeper?.continuation.resume()
        await settle(since: bedtimes)
    }

    /// Returns when at least so many tasks are asleep on this clock, or the waiting task is cancelled.
    package func sleepers(atLeast count: Int) async {
        let number = newNumber()
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isSatisfied = state.withLock { state in
                    if state.sleepers.count >= count || Task.isCancelled { return true }
                    state.watchers[number] = (count, continuation)
                    return false
                }
                if isSatisfied { continuation.resume() }
            }
        } onCancel: {
            // Otherwise a test that waits for a sleeper in vain would outlive its time limit.
            let watcher = state.withLock { $0.watchers.removeValue(forKey: number) }
            watcher?.continuation.resume()
        }
    }

    private func newNumber() -> Int {
        state.withLock { state in
            defer { state.nextNumber += 1 }
            return state.nextNumber
        }
    }

    /// Lets other tasks run until they have probably come to rest: the one just woken until it sleeps again (seen by
    /// `bedtimes`), or for a while, since it may have ended. Tasks that wait for a socket or a disk are not waited for:
    /// who depends on those waits for the event itself.
    private func settle(since bedtimes: Int?) async {
        for turn in 0..<200 {
            await Task.yield()
            if let bedtimes, turn >= 20, state.withLock({ $0.bedtimes }) > bedtimes { return }
            // The woken may sit on a thread that the machine has put aside; yielding tasks alone does not wait for it.
            if turn % 4 == 3 { sched_yield() }
        }
        // Nor does offering the core: it may be another one that is taken. Rare, and a moment is enough.
        guard let bedtimes else { return }
        for _ in 0..<10 where state.withLock({ $0.bedtimes }) == bedtimes {
            usleep(200)
            for _ in 0..<4 { await Task.yield() }
        }
    }
}
