// A job runner with everything around it: a real database, a clock moved by hand, reports that can be awaited.

import Domain
import FoundationEssentials
import Jobs
import Runtime
import Storage

final class Shift: Sendable {
    let folder: String
    let clock: VirtualClock
    let database: Database
    let runner: JobRunner
    private let reports: AsyncStream<(String, Report)>

    /// In the folder of an earlier shift it is the next start of the same program.
    init(
        in folder: String? = nil, at start: String = "2026-03-01T00:00:00Z", zone: String = "UTC",
        secrets: [Secret] = [], _ jobs: [Job], hold: (@Sendable (Job) async -> Void)? = nil
    ) async throws {
        self.folder =
            folder ?? FileManager.default.temporaryDirectory.path + "/jobs-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(self.folder)
        clock = VirtualClock(at(start))
        database = try await Database.open(path: self.folder + "/jobs.db", clock: clock)
        let (reports, posted) = AsyncStream.makeStream(of: (String, Report).self)
        self.reports = reports
        runner = JobRunner(
            jobs, runs: JobRuns(database), clock: clock, place: LocalTime(zone: zone)!,
            log: Log(secrets: secrets, write: { _ in }), chance: { 0 },
            post: { job, report in
                await hold?(job)
                posted.yield((job.name, report))
            })
    }

    /// Runs the service for the length of `body`, then stops it.
    func during(thenAgain: Bool = false, _ body: () async throws -> Void) async throws {
        let service = Task { try await runner.run() }
        let outcome: Result<Void, any Error>
        do {
            try await body()
            outcome = .success(())
        } catch { outcome = .failure(error) }
        service.cancel()
        let end = await service.result
        await database.close()
        if !thenAgain { try? FileManager.default.removeItem(atPath: folder) }
        try outcome.get()
        try end.get()
    }

    /// The next report that is posted.
    func posted() async -> (job: String, report: Report)? {
        for await (job, report) in reports { return (job, report) }
        return nil
    }

    /// Lets so much time pass, once every job waits for its time.
    func pass(_ duration: Duration, sleepers: Int = 1) async throws {
        await clock.sleepers(atLeast: sleepers)
        await clock.advance(by: duration)
    }

    /// When all runs have ended and are on the disk.
    func atRest() async throws {
        while try await runner.list().contains(where: { $0.isRunning }) { await Task.yield() }
    }

    /// The times that runs stood for, the oldest first, and how they ended.
    func history(_ job: String = "work") async throws -> [String] {
        try await JobRuns(database).history(job: job, limit: 100).reversed().map {
            "\(LocalTime.utc.iso8601($0.due)) \($0.outcome?.word ?? "runs")"
        }
    }
}

func at(_ text: String) -> Instant { LocalTime.instant(iso8601: text)! }

func job(
    _ name: String = "work", schedule: CronExpression = .daily(at: 4, 0), catchesUp: Bool = true,
    _ run: @escaping @Sendable (Job.Context) async throws -> Report? = { _ in Report("done") }
) -> Job {
    Job(name, "works", schedule: schedule, catchesUp: catchesUp, run: run)
}

/// A door that runs wait at until the test opens it.
final class Gate: Sendable {
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation
    private let doors: AsyncStream<Void>
    private let door: AsyncStream<Void>.Continuation

    init() {
        (arrivals, arrival) = AsyncStream.makeStream()
        (doors, door) = AsyncStream.makeStream()
    }

    /// Called by the run; throws when that is cancelled.
    func wait() async throws {
        arrival.yield()
        for await _ in doors {}
        try Task.checkCancellation()
    }

    /// Called by the test: when a run stands at the door.
    func reached() async { for await _ in arrivals { return } }
    func open() { door.finish() }
}

struct DiskFull: Error, CustomStringConvertible {
    let description = "the disk is full"
}
