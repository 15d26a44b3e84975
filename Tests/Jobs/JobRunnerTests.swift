// Jobs that run on a real database and a clock moved by hand.

import Domain
import FoundationEssentials
import Jobs
import Runtime
import Storage
import Synchronization
import Testing

/// A job runner with everything around it, whose reports can be awaited.
private final class Shift: Sendable {
    let clock: VirtualClock
    let database: Database
    let runner: JobRunner
    let reports: AsyncStream<(String, Report)>
    private let folder: String

    init(
        in folder: String = FileManager.default.temporaryDirectory.path + "/jobs-\(UInt64.random(in: .min ... .max))",
        at start: String = "2026-03-01T00:00:00Z", _ jobs: [Job]
    ) async throws {
        self.folder = folder
        try Files.makeFolder(folder)
        clock = VirtualClock(LocalTime.instant(iso8601: start)!)
        database = try await Database.open(path: folder + "/jobs.db", clock: clock)
        let (reports, posted) = AsyncStream.makeStream(of: (String, Report).self)
        self.reports = reports
        runner = JobRunner(
            jobs, runs: JobRuns(database), clock: clock, place: .utc, log: .silent, chance: { 0 },
            post: { posted.yield(($0.name, $1)) })
    }

    /// Runs the service for the length of `body`.
    func during(keep: Bool = false, _ body: () async throws -> Void) async throws {
        let service = Task { try await runner.run() }
        let outcome: Result<Void, any Error>
        do {
            try await body()
            outcome = .success(())
        } catch { outcome = .failure(error) }
        service.cancel()
        _ = await service.result
        await database.close()
        if !keep { try? FileManager.default.removeItem(atPath: folder) }
        try outcome.get()
    }

    var path: String { folder }
}

private func job(
    _ name: String = "work", schedule: CronExpression = .daily(at: 4, 0), catchesUp: Bool = true,
    _ run: @escaping @Sendable (Job.Context) async throws -> Report? = { _ in Report("done") }
) -> Job {
    Job(name, "works", schedule: schedule, catchesUp: catchesUp, run: run)
}

private struct DiskFull: Error, CustomStringConvertible {
    let description = "the disk is full"
}

@Suite(.timeLimit(.minutes(1))) struct `Jobs` {
    @Test func `run at their time and post what they found`() async throws {
        let shift = try await Shift([job()])
        try await shift.during {
            var reports = shift.reports.makeAsyncIterator()
            for day in 1...3 {
                await shift.clock.sleepers(atLeast: 1)
                await shift.clock.advance(by: day == 1 ? .hours(4) : .days(1))
                let (name, report) = try #require(await reports.next())
                #expect(name == "work")
                #expect(report == Report("done"))
            }
            let history = try await JobRuns(shift.database).history(job: "work")
            #expect(
                history.map(\.due).reversed().map { LocalTime.utc.iso8601($0) } == [
                    "2026-03-01T04:00:00Z", "2026-03-02T04:00:00Z", "2026-03-03T04:00:00Z",
                ])
        }
    }

    @Test func `that failed are told once, and when they work again`() async throws {
        let attempt = Mutex(0)
        let shift = try await Shift([
            job { _ in
                let number = attempt.withLock { attempt in
                    attempt += 1
                    return attempt
                }
                if number <= 3 { throw DiskFull() }
                return nil
            }
        ])
        try await shift.during {
            var reports = shift.reports.makeAsyncIterator()
            await shift.clock.sleepers(atLeast: 1)
            await shift.clock.advance(by: .hours(4))
            let failure = try #require(await reports.next()).1
            #expect(failure.tone == .bad)
            #expect(failure.plainText.contains("the disk is full"))
            for _ in 0..<3 {
                await shift.clock.sleepers(atLeast: 1)
                await shift.clock.advance(by: .days(1))
            }
            // The second and third failure were no news.
            let recovery = try #require(await reports.next()).1
            #expect(recovery.tone == .good)
            let outcomes = try await JobRuns(shift.database).history(job: "work").map(\.outcome)
            #expect(outcomes.count == 4)
        }
    }

    @Test func `missed while the program was down are made up for once`() async throws {
        let first = try await Shift([job()])
        try await first.during(keep: true) {
            var reports = first.reports.makeAsyncIterator()
            await first.clock.sleepers(atLeast: 1)
            await first.clock.advance(by: .hours(4))
            _ = await reports.next()
        }
        let second = try await Shift(in: first.path, at: "2026-03-20T10:00:00Z", [job()])
        try await second.during {
            var reports = second.reports.makeAsyncIterator()
            _ = await reports.next()
            await second.clock.sleepers(atLeast: 1)
            let runs = try await JobRuns(second.database).history(job: "work")
            #expect(runs.count == 2)
            #expect(LocalTime.utc.iso8601(runs[0].due) == "2026-03-20T10:00:00Z")
            let next = try await second.runner.list().first?.next
            #expect(next.map { LocalTime.utc.iso8601($0) } == "2026-03-21T04:00:00Z")
        }
    }

    @Test func `cut off by a stop are found at the next start`() async throws {
        let (starts, started) = AsyncStream.makeStream(of: Void.self)
        let hanging = job { context in
            started.yield()
            try await context.clock.sleep(for: .days(365))
            return nil
        }
        let first = try await Shift([hanging])
        // Killed, not stopped: the run is begun and nobody writes its end.
        _ = try await JobRuns(first.database).begin(job: "work", due: first.clock.now)
        await first.database.close()
        let second = try await Shift(in: first.path, at: "2026-03-01T01:00:00Z", [hanging])
        try await second.during {
            var reports = second.reports.makeAsyncIterator()
            let (name, report) = try #require(await reports.next())
            #expect(name == "work")
            #expect(report.tone == .warning)
            let last = try await JobRuns(second.database).last(job: "work")
            #expect(last?.outcome == .interrupted)
        }
        started.finish()
        for await _ in starts {}
    }

    @Test func `stopped in the middle are recorded as interrupted`() async throws {
        let (starts, started) = AsyncStream.makeStream(of: Void.self)
        let shift = try await Shift([
            job { context in
                started.yield()
                try await context.clock.sleep(for: .days(365))
                return nil
            }
        ])
        let service = Task { try await shift.runner.run() }
        await shift.clock.sleepers(atLeast: 1)
        await shift.clock.advance(by: .hours(4))
        for await _ in starts { break }
        service.cancel()
        _ = await service.result
        let last = try await JobRuns(shift.database).last(job: "work")
        #expect(last?.outcome == .interrupted)
        await shift.database.close()
        try? FileManager.default.removeItem(atPath: shift.path)
    }

    @Test func `can be started by hand, but never twice at once`() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (starts, started) = AsyncStream.makeStream(of: String.self)
        let shift = try await Shift([
            job { context in
                started.yield(context.startedBy)
                for await _ in gate {}
                return Report("done")
            }
        ])
        try await shift.during {
            #expect(await shift.runner.runNow("nothing", by: "discord:1") == .unknown)
            #expect(await shift.runner.runNow("work", by: "discord:1") == .started)
            var people = starts.makeAsyncIterator()
            #expect(await people.next() == "discord:1")
            #expect(await shift.runner.runNow("work", by: "discord:1") == .runsAlready)
            let status = try await shift.runner.list().first
            #expect(status?.isRunning == true)
            // Its time comes while it runs: skipped.
            await shift.clock.sleepers(atLeast: 1)
            await shift.clock.advance(by: .hours(5))
            open.finish()
            var reports = shift.reports.makeAsyncIterator()
            _ = await reports.next()
            let history = try await JobRuns(shift.database).history(job: "work")
            #expect(history.count == 1)
        }
    }

    @Test func `that are paused stay so over a restart, and run again when resumed`() async throws {
        let first = try await Shift([job()])
        let (isPaused, isNothing) = (try await first.runner.pause("work"), try await first.runner.pause("nothing"))
        #expect(isPaused && !isNothing)
        await first.database.close()
        let second = try await Shift(in: first.path, [job()])
        try await second.during {
            await second.clock.sleepers(atLeast: 1)
            await second.clock.advance(by: .days(3))
            await second.clock.sleepers(atLeast: 1)
            let paused = try #require(await second.runner.list().first)
            #expect(paused.isPaused && paused.next == nil && paused.last == nil)
            let isResumed = try await second.runner.resume("work")
            #expect(isResumed)
            await second.clock.advance(by: .days(1))
            var reports = second.reports.makeAsyncIterator()
            _ = await reports.next()
            let again = try await second.runner.list().first
            #expect(again?.last?.outcome == .ok)
        }
    }
}
