// A clock that tests and the demo move by hand.

import Runtime
import Synchronization
import Testing

private final class Diary: Sendable {
    private let kept = Mutex<[Int64]>([])
    var entries: [Int64] { kept.withLock { $0 } }
    func note(_ entry: Int64) { kept.withLock { $0.append(entry) } }
}

@Suite(.timeLimit(.minutes(1))) struct `The virtual clock` {
    @Test func `wakes sleepers in the order of their time and sees the time they wake at`() async throws {
        let clock = VirtualClock()
        let woken = Diary()
        try await withThrowingTaskGroup { group in
            for seconds in [30, 10, 20] as [Int64] {
                group.addTask {
                    try await clock.sleep(for: .seconds(seconds))
                    woken.note(clock.uptime.components.seconds)
                }
            }
            await clock.sleepers(atLeast: 3)
            await clock.advance(by: .seconds(25))
            #expect(woken.entries == [10, 20])
            await clock.advance(by: .seconds(5))
            try await group.waitForAll()
        }
        #expect(woken.entries == [10, 20, 30])
    }

    @Test func `lets who sleeps again be woken again within one step`() async throws {
        let clock = VirtualClock()
        let beats = Diary()
        let heart = Task {
            while true {
                try await clock.sleep(for: .hours(1))
                beats.note(1)
            }
        }
        await clock.sleepers(atLeast: 1)
        await clock.advance(by: .days(27))
        #expect(beats.entries.count == 27 * 24)
        heart.cancel()
        _ = await heart.result
    }

    @Test func `lets go of a sleeper that is cancelled`() async {
        let clock = VirtualClock()
        let sleeper = Task { try await clock.sleep(for: .days(1)) }
        await clock.sleepers(atLeast: 1)
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        await withTaskGroup(of: Void.self) { group in
            group.cancelAll()
            group.addTask {
                await #expect(throws: CancellationError.self) { try await clock.sleep(for: .days(1)) }
            }
        }
    }

    @Test func `keeps several who sleep again in step with one another`() async throws {
        let clock = VirtualClock()
        let beats = Diary()
        try await withThrowingTaskGroup { group in
            for period in [7, 11, 13] as [Int64] {
                group.addTask {
                    for _ in 0..<50 {
                        try await clock.sleep(for: .seconds(period))
                        beats.note(clock.uptime.components.seconds)
                    }
                }
            }
            await clock.sleepers(atLeast: 3)
            await clock.advance(by: .seconds(50 * 13))
            try await group.waitForAll()
        }
        #expect(beats.entries == [7, 11, 13].flatMap { period in (1...50).map { period * $0 } }.sorted())
    }

    @Test func `lets go of who waits for sleepers in vain when that is cancelled`() async {
        let clock = VirtualClock()
        let (starts, started) = AsyncStream.makeStream(of: Void.self)
        let waiting = Task {
            started.yield()
            await clock.sleepers(atLeast: 1)
        }
        for await _ in starts { break }
        // Probably waiting by now; if not, it is let go of just the same.
        for _ in 0..<100 { await Task.yield() }
        waiting.cancel()
        await waiting.value
    }

    @Test func `does not keep anybody waiting for no time at all`() async throws {
        try await VirtualClock().sleep(for: .zero)
        try await VirtualClock().sleep(for: .seconds(-1))
    }

    @Test func `moves wall and uptime together`() async {
        let clock = VirtualClock(Instant(seconds: 1000))
        await clock.advance(by: .milliseconds(1500))
        #expect(clock.now == Instant(milliseconds: 1_001_500))
        #expect(clock.uptime == .milliseconds(1500))
    }

    @Test func `goes to whoever wakes next, and no further`() async {
        let clock = VirtualClock()
        let began = clock.now
        let slept = Task {
            try? await clock.sleep(for: .seconds(3))
            return clock.now
        }
        let longer = Task { try? await clock.sleep(for: .hours(1)) }
        await clock.sleepers(atLeast: 2)
        await clock.advanceToNext()
        #expect(await slept.value == began + .seconds(3))
        #expect(clock.now == began + .seconds(3))
        longer.cancel()
        await longer.value
    }
}
