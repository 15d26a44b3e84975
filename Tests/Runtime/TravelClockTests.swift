// Real time that can be skipped.

import Testing

@testable import Runtime

@Suite(.timeLimit(.minutes(1))) struct `A clock that travels` {
    @Test func `shows the real time and what was skipped`() {
        let real = VirtualClock()
        let clock = TravelClock(real)
        let before = clock.now
        clock.skip(.days(27))
        #expect(clock.now - before == .days(27))
        #expect(clock.uptime - real.uptime == .days(27))
        clock.skip(.days(-3))
        #expect(clock.now - before == .days(27), "time goes one way")
    }

    @Test func `wakes whoever's time has come by a skip, and nobody else`() async throws {
        let real = VirtualClock()
        let clock = TravelClock(real)
        let (events, event) = AsyncStream.makeStream(of: Int.self)
        let sleepers = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for days in [1, 40] {
                    group.addTask {
                        try await clock.sleep(for: .days(Int64(days)))
                        event.yield(days)
                    }
                }
                try await group.waitForAll()
            }
        }
        await real.sleepers(atLeast: 2)
        clock.skip(.days(2))
        var order = events.makeAsyncIterator()
        #expect(await order.next() == 1)
        // The other sleeps on for what is left of its time.
        await real.sleepers(atLeast: 1)
        await real.advance(by: .days(39))
        #expect(await order.next() == 40)
        try await sleepers.value
    }

    @Test func `lets a cancelled sleeper go at once`() async {
        let real = VirtualClock()
        let clock = TravelClock(real)
        let sleeper = Task { try await clock.sleep(for: .days(1)) }
        await real.sleepers(atLeast: 1)
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
    }

    @Test func `whoever is asked while time is skipped still has his time to answer`() async {
        let real = VirtualClock()
        let clock = TravelClock(real)
        let (answers, answer) = AsyncStream.makeStream(of: Int.self)
        let asking = Task {
            await within(.seconds(4), on: clock) {
                for await value in answers { return value }
                return 0
            }
        }
        await real.sleepers(atLeast: 1)
        clock.skip(.days(27))
        await real.advance(by: .seconds(3))
        answer.yield(7)
        #expect(await asking.value == 7)
    }

    @Test func `and no more than that`() async {
        let real = VirtualClock()
        let clock = TravelClock(real)
        let asking = Task {
            await within(.seconds(4), on: clock) {
                let (nothing, _) = AsyncStream.makeStream(of: Void.self)
                for await _ in nothing {}
                return 0
            }
        }
        await real.sleepers(atLeast: 1)
        await real.advance(by: .seconds(4))
        #expect(await asking.value == nil)
    }
}
