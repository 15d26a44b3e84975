// Runs the jobs: each follows its schedule in a task of its own, never twice at once; every run is on the disk from
// beginning to end, so that a restart knows what was missed and what was cut off.

package import Domain
package import Runtime
package import Storage

package actor JobRunner {
    package enum Answer: Sendable, Equatable {
        case started
        case runsAlready
        case unknown
    }

    private let jobs: [Job]
    private let runs: JobRuns
    private let clock: any Clock
    private let place: LocalTime
    private let log: Log
    private let chance: @Sendable () -> Double
    private let post: @Sendable (Job, Report) async -> Void

    private let requests: AsyncStream<(Job, by: String)>
    private let request: AsyncStream<(Job, by: String)>.Continuation
    private var running: Set<String> = []
    private var next: [String: Instant] = [:]
    private var lastFailure: [String: String] = [:]
    /// Runs since the start, by job and outcome, for the metrics.
    package private(set) var tally: [String: [String: Int]] = [:]

    package init(
        _ jobs: [Job], runs: JobRuns, clock: any Clock, place: LocalTime, log: Log,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        post: @escaping @Sendable (Job, Report) async -> Void
    ) {
        self.jobs = jobs
        self.runs = runs
        self.clock = clock
        self.place = place
        self.log = log.labelled("jobs")
        self.chance = chance
        self.post = post
        (requests, request) = AsyncStream.makeStream()
    }

    /// The service: until it is cancelled. A job that is running then is cancelled too, and recorded as interrupted.
    package func run() async throws {
        for run in try await runs.interrupted() {
            log.warning("a run was cut off by the last stop", ["job": run.job])
            guard let job = jobs.first(where: { $0.name == run.job }) else { continue }
            await post(job, Self.interruptionReport(job, run))
        }
        await withDiscardingTaskGroup { group in
            for job in jobs { group.addTask { await self.follow(job) } }
            for await (job, person) in requests {
                group.addTask { await self.perform(job, due: self.clock.now, startedBy: person) }
            }
            group.cancelAll()
        }
    }

    // MARK: What people ask

    package func list() async throws(StorageError) -> [JobStatus] {
        let paused = try await runs.paused()
        var statuses: [JobStatus] = []
        for job in jobs {
            statuses.append(
                JobStatus(
                    name: job.name, summary: job.summary, schedule: job.schedule, isPaused: paused.contains(job.name),
                    isRunning: running.contains(job.name), last: try await runs.last(job: job.name),
                    next: paused.contains(job.name) ? nil : next[job.name]))
        }
        return statuses
    }

    package nonisolated var names: [String] { jobs.map(\.name) }

    /// Starts a job now, paused or not. Its report goes where its reports always go.
    package func runNow(_ name: String, by person: String) -> Answer {
        guard let job = jobs.first(where: { $0.name == name }) else { return .unknown }
        guard !running.contains(name) else { return .runsAlready }
        request.yield((job, person))
        return .started
    }

    /// False when there is no such job.
    package func pause(_ name: String) async throws(StorageError) -> Bool {
        guard jobs.contains(where: { $0.name == name }) else { return false }
        try await runs.pause(job: name)
        return true
    }

    package func resume(_ name: String) async throws(StorageError) -> Bool {
        guard jobs.contains(where: { $0.name == name }) else { return false }
        try await runs.resume(job: name)
        return true
    }

    // MARK: Running

    private func follow(_ job: Job) async {
        do {
            var last = try await runs.last(job: job.name)?.due
            while true {
                guard
                    let start = JobRules.next(
                        job.schedule, in: place, after: last, now: clock.now, catchesUp: job.catchesUp,
                        jitter: job.jitter, chance: chance())
                else { return }
                next[job.name] = start.begin
                // In pieces: a sleep does not notice when the machine's date is set anew.
                while clock.now < start.begin {
                    try await clock.sleep(for: min(start.begin - clock.now, .minutes(15)))
                }
                if start.makesUpForMissed { log.info("making up for a missed run", ["job": job.name]) }
                if try await runs.paused().contains(job.name) {
                    log.debug("paused, not run", ["job": job.name])
                } else {
                    await perform(job, due: start.due, startedBy: "schedule")
                }
                last = start.due
                try Task.checkCancellation()
            }
        } catch is CancellationError {
        } catch {
            // Without storage nothing may run, for nothing could be recorded; the readiness check tells of it too.
            log.error("no longer scheduled: \(error)", ["job": job.name])
        }
    }

    private func perform(_ job: Job, due: Instant, startedBy: String) async {
        guard running.insert(job.name).inserted else {
            return log.warning("still running, so not started again", ["job": job.name])
        }
        defer { running.remove(job.name) }
        do {
            let id = try await runs.begin(job: job.name, due: due)
            let began = clock.uptime
            let (outcome, report) = await outcome(of: job, due: due, startedBy: startedBy)
            try await runs.finish(id, outcome: outcome)
            tally[job.name, default: [:]][outcome.word, default: 0] += 1
            log.info(
                "ended \(outcome.word)",
                ["job": job.name, "by": startedBy, "ms": "\((clock.uptime - began).milliseconds)"])
            if let report { await post(job, report) }
        } catch {
            log.error("could not be recorded: \(error)", ["job": job.name])
        }
    }

    private func outcome(
        of job: Job, due: Instant, startedBy: String
    ) async -> (JobRun.Outcome, Report?) {
        do {
            let report = try await job.run(Job.Context(due: due, startedBy: startedBy, clock: clock, log: log))
            defer { lastFailure[job.name] = nil }
            if report == nil, lastFailure[job.name] != nil {
                return (.ok, Report("\(strong: job.name) works again", tone: .good))
            }
            return (.ok, report)
        } catch is CancellationError {
            return (.interrupted, nil)
        } catch {
            let why = log.masked("\(error)")
            log.error("failed: \(why)", ["job": job.name])
            let isNews = JobRules.isWorthTelling(failure: why, before: lastFailure[job.name])
            lastFailure[job.name] = why
            return (.failed(why), isNews ? Self.failureReport(job, why) : nil)
        }
    }

    private static func failureReport(_ job: Job, _ why: String) -> Report {
        Report(
            "The job \(strong: job.name) failed", lines: ["\(why)"],
            footer: "The same failure is not told again until it changes.", tone: .bad)
    }

    private static func interruptionReport(_ job: Job, _ run: JobRun) -> Report {
        Report(
            "The job \(strong: job.name) was cut off",
            lines: [
                "It began \(time: run.started) and Autoplex stopped before it ended. It runs again at its next time, or now with \(code: "jobs run \(job.name)")."
            ], tone: .warning)
    }
}

extension JobRun.Outcome {
    /// As metrics and lists name it.
    package var word: String {
        switch self {
        case .ok: "ok"
        case .failed: "failed"
        case .interrupted: "interrupted"
        }
    }
}
