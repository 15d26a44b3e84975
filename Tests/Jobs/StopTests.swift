// What becomes of runs when the program is told to stop.

import Domain
import Jobs
import Runtime
import Storage
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A stop` {
    /// A shift whose one job is under way and whose service has just been told to stop.
    private func stopped(_ shift: Shift, at gate: Gate) async throws -> Task<Void, any Error> {
        let service = Task { try await shift.runner.run() }
        await shift.clock.sleepers(atLeast: 1)
        await shift.clock.advance(by: .hours(4))
        await gate.reached()
        service.cancel()
        return service
    }

    @Test func `lets a run end that needs but a moment, and posts its report`() async throws {
        let gate = Gate()
        let shift = try await Shift([
            job { _ in
                try await gate.wait()
                return Report("done")
            }
        ])
        let service = try await stopped(shift, at: gate)
        // The patience of the stop.
        await shift.clock.sleepers(atLeast: 1)
        #expect(await shift.runner.runNow("work", by: "discord:1") == .stopping)
        gate.open()
        try await service.value
        #expect(try await shift.history() == ["2026-03-01T04:00:00Z ok"])
        #expect(await shift.posted()?.report == Report("done"))
    }

    @Test func `cuts off a run that takes longer, records it as interrupted and tells`() async throws {
        let gate = Gate()
        let shift = try await Shift([
            job { _ in
                try await gate.wait()
                return Report("done")
            }
        ])
        let service = try await stopped(shift, at: gate)
        await shift.clock.sleepers(atLeast: 1)
        await shift.clock.advance(by: .seconds(5))
        try await service.value
        #expect(try await shift.history() == ["2026-03-01T04:00:00Z interrupted"])
        let told = try #require(await shift.posted()?.report)
        #expect(told.tone == .warning)
        #expect(told.plainText.contains("cut off"))

        // The next start neither finds it again nor runs it by itself.
        await shift.database.close()
        let second = try await Shift(in: shift.folder, at: "2026-03-01T04:01:00Z", [job()])
        try await second.during {
            try await second.pass(.hours(1))
            #expect(try await second.history() == ["2026-03-01T04:00:00Z interrupted"])
        }
    }

    @Test func `does not wait for ever for a run that does not listen`() async throws {
        let gate = Gate()
        let deaf = Mutex<CheckedContinuation<Void, Never>?>(nil)
        let shift = try await Shift([
            job { _ in
                gate.open()
                await withCheckedContinuation { continuation in deaf.withLock { $0 = continuation } }
                return nil
            }
        ])
        let service = Task { try await shift.runner.run() }
        await shift.clock.sleepers(atLeast: 1)
        await shift.clock.advance(by: .hours(4))
        try await gate.wait()
        service.cancel()
        for seconds in [5, 2] as [Int64] {
            await shift.clock.sleepers(atLeast: 1)
            await shift.clock.advance(by: .seconds(seconds))
        }
        try await service.value
        #expect(try await shift.history() == ["2026-03-01T04:00:00Z interrupted"])
        deaf.withLock { $0 }?.resume()
    }

    @Test func `does not wait for a report that cannot be delivered`() async throws {
        let gate = Gate()
        let shift = try await Shift([job()], hold: { _ in try? await gate.wait() })
        let service = try await stopped(shift, at: gate)
        for seconds in [5, 2] as [Int64] {
            await shift.clock.sleepers(atLeast: 1)
            await shift.clock.advance(by: .seconds(seconds))
        }
        try await service.value
        #expect(try await shift.history() == ["2026-03-01T04:00:00Z ok"])
    }
}
