// Runs the jobs: each follows its schedule, never twice at once; every run is on the disk from beginning to end, so that
// a restart knows what was missed and what was cut off.
//
// A run is a task of its own, kept in `underWay`, and not a child of the service: a stop cancels the service at once but
// lets the runs end, within a bound. Reports leave through one task, in order, so that no run waits for Discord.

package import Domain
package import Runtime
package import Storage

package actor JobRunner {
    package enum Answer: Sendable, Equatable {
        case started
        case runsAlready
        case stopping
        case unknown
    }

    private let jobs: [Job]
    private let runs: JobRuns
    private let clock: any Clock
    private let place: LocalTime
    private let log: Log
    private let chance: @Sendable () -> Double
    private let patience: Duration
    private let post: @Sendable (Job, Report) async -> Void

    private let reports: AsyncStream<(Job, Report)>
    private let report: AsyncStream<(Job, Report)>.Continuation
    /// Rings when a run has ended or the last report has left.
    private let bells: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    private var underWay: [String: Task<Void, Never>] = [:]
    /// The rows on the disk that still wait for their end.
    private var open: [String: Int64] = [:]
    private var isStopping = false
    private var allIsTold = false
    private var next: [String: Instant] = [:]
    private var lastFailure: [String: String] = [:]
    /// Runs since the start, by job and outcome, for the metrics.
    package private(set) var tally: [String: [String: Int]] = [:]

    /// - Parameter patience: how long a stop waits for runs to end by themselves. Docker kills after 10 seconds.
    package init(
        _ jobs: [Job], runs: JobRuns, clock: any Clock, place: LocalTime, log: Log,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }, patience: Duration = .seconds(5),
        post: @escaping @Sendable (Job, Report) async -> Void
    ) {
        self.jobs = jobs
        self.runs = runs
        self.clock = clock
        self.place = place
        self.log = log.labelled("jobs")
        self.chance = chance
        self.patience = patience
        self.post = post
        (reports, report) = AsyncStream.makeStream()
        (bells, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The service: until it is cancelled. Runs may then end by themselves for a while; the others are cut off and
    /// recorded as interrupted.
    package func run() async throws {
        let messenger = Task { await tellReports() }
        let outcome: Result<Void, StorageError>
        do {
            for run in try await runs.interrupted() {
                log.warning("a run was cut off by the last stop", ["job": run.job])
                guard let job = jobs.first(where: { $0.name == run.job }) else { continue }
                report.yield((job, JobReports.wasCutOff(job, run)))
            }
            await withDiscardingTaskGroup { group in
                for job in jobs { group.addTask { await self.follow(job) } }
            }
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        isStopping = true
        // In a task that nobody has cancelled, for here waiting is the point.
        await Task { await putAway() }.value
        messenger.cancel()
        try outcome.get()
    }

    // MARK: What people ask

    package func list() async throws(StorageError) -> [JobStatus] {
        let paused = try await runs.paused()
        var statuses: [JobStatus] = []
        for job in jobs {
            let last = try await runs.last(job: job.name)
            statuses.append(
                JobStatus(
                    name: job.name, summary: job.summary, schedule: job.schedule, isPaused: paused.contains(job.name),
                    isRunning: underWay[job.name] != nil, last: last,
                    next: paused.contains(job.name) ? nil : next[job.name]))
        }
        return statuses
    }

    /// Whether all that is due has begun and ended: for who moves the clock.
    package var isIdle: Bool { underWay.isEmpty && next.values.allSatisfy { $0 > clock.now } }

    package func nextStart(of name: String) -> Instant? { next[name] }

    package nonisolated var names: [String] { jobs.map(\.name) }

    /// Starts a job now, paused or not. How it went is told where its reports always go, even if it has nothing to say.
    package func runNow(_ name: String, by person: String) -> Answer {
        guard let job = jobs.first(where: { $0.name == name }) else { return .unknown }
        guard !isStopping else { return .stopping }
        return start(job, due: clock.now, by: .person(person)) ? .started : .runsAlready
    }

    /// False when there is no such job. A run that is under way is not stopped by it.
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

    // MARK: Following the schedule

    private func follow(_ job: Job) async {
        do {
            var last = try await past(of: job)
            while let start = JobRules.next(
                job.schedule, in: place, after: last, now: clock.now, catchesUp: job.catchesUp, jitter: job.jitter,
                chance: chance())
            {
                next[job.name] = start.begin
                // In pieces: a sleep does not notice when the machine's date is set anew.
                while clock.now < start.begin {
                    try await clock.sleep(for: min(start.begin - clock.now, .minutes(15)))
                }
                try Task.checkCancellation()
                if start.isPast(at: clock.now) { continue }
                last = start.due
                if !self.start(job, due: start.due, by: start.makesUpForMissed ? .makingUp : .schedule) {
                    log.warning("still running, so not started again", ["job": job.name])
                }
            }
        } catch {
            // Cancelled: there is nothing to put away.
        }
        next[job.name] = nil
    }

    /// What the schedule goes on from. Insists: a disk that is full for a minute must not end a job's schedule for good.
    private func past(of job: Job) async throws -> Instant? {
        while true {
            do throws(StorageError) {
                let last = try await runs.last(job: job.name)
                if case .failed(let why) = last?.outcome { lastFailure[job.name] = why }
                return [last?.due, try await runs.resumed(job: job.name)].compactMap { $0 }.max()
            } catch {
                log.error("waits for the database: \(error)", ["job": job.name])
                try await clock.sleep(for: .minutes(1))
            }
        }
    }

    // MARK: Running

    private enum Starter {
        case schedule, makingUp
        case person(String)

        var name: String { if case .person(let name) = self { name } else { "schedule" } }
        var isPerson: Bool { if case .person = self { true } else { false } }
    }

    /// False when the job is running already, or nothing may begin any more.
    private func start(_ job: Job, due: Instant, by starter: Starter) -> Bool {
        guard !isStopping, underWay[job.name] == nil else { return false }
        underWay[job.name] = Task {
            await perform(job, due: due, by: starter)
            underWay[job.name] = nil
            bell.yield()
        }
        return true
    }

    private func perform(_ job: Job, due: Instant, by starter: Starter) async {
        do {
            if !starter.isPerson, try await runs.paused().contains(job.name) {
                return log.debug("paused, not run", ["job": job.name])
            }
            if case .makingUp = starter { log.info("makes up for a missed run", ["job": job.name]) }
            let id = try await runs.begin(job: job.name, due: due)
            open[job.name] = id
            let began = clock.uptime
            let outcome = await outcome(of: job, due: due, by: starter)
            // Whoever could not wait any longer has written the end already.
            guard open.removeValue(forKey: job.name) != nil else { return }
            tally[job.name, default: [:]][outcome.word, default: 0] += 1
            log.info(
                "ended \(outcome.word)",
                ["job": job.name, "by": starter.name, "ms": "\((clock.uptime - began).milliseconds)"])
            try await runs.finish(id, outcome: outcome)
        } catch {
            // A run that cannot be recorded must not happen: after a restart it would happen again.
            tell(failure: log.masked("\(error)"), of: job, by: starter)
        }
    }

    private func outcome(of job: Job, due: Instant, by starter: Starter) async -> JobRun.Outcome {
        do {
            let context = Job.Context(due: due, startedBy: starter.name, clock: clock, log: log)
            let found = try await job.run(context)
            let failedBefore = lastFailure.removeValue(forKey: job.name) != nil
            if let found {
                report.yield((job, found))
            } else if failedBefore {
                report.yield((job, JobReports.worksAgain(job)))
            } else if starter.isPerson {
                report.yield((job, JobReports.done(job)))
            }
            return .ok
        } catch {
            if Task.isCancelled {
                report.yield((job, JobReports.isCutOff(job)))
                return .interrupted
            }
            let why = log.masked("\(error)")
            tell(failure: why, of: job, by: starter)
            return .failed(why)
        }
    }

    private func tell(failure why: String, of job: Job, by starter: Starter) {
        log.error("failed: \(why)", ["job": job.name])
        let before = lastFailure.updateValue(why, forKey: job.name)
        if JobRules.isWorthTelling(failure: why, before: before, startedByHand: starter.isPerson) {
            report.yield((job, JobReports.failed(job, why)))
        }
    }

    private func tellReports() async {
        for await (job, report) in reports { await post(job, report) }
        allIsTold = true
        bell.yield()
    }

    // MARK: Stopping

    private func putAway() async {
        let bound = Task {
            try await clock.sleep(for: patience)
            for (name, run) in underWay {
                log.warning("is cut off by the stop", ["job": name])
                run.cancel()
            }
            // For the last words of those that listen.
            try await clock.sleep(for: .seconds(2))
            bell.finish()
        }
        bell.yield()
        for await _ in bells {
            if underWay.isEmpty { report.finish() }
            if underWay.isEmpty && allIsTold { break }
        }
        bound.cancel()
        // Who did not listen either: the process ends without waiting for it.
        for id in open.values {
            do { try await runs.finish(id, outcome: .interrupted) } catch {
                log.error("a run's end could not be recorded: \(error)")
            }
        }
        open = [:]
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
