// The first page: what plays now, whether everything works, what runs by itself, and what was done last.

package import Domain
package import Jobs
package import Runtime
package import Storage
package import Usage

/// How an outside service was found.
package struct ServiceLine: Hashable, Sendable {
    package var name: String
    /// Nil: not asked yet.
    package var isFine: Bool?
    package var words: String
    package var since: Instant?

    package init(_ name: String, isFine: Bool?, words: String, since: Instant?) {
        self.name = name
        self.isFine = isFine
        self.words = words
        self.since = since
    }
}

package struct OverviewPages: Sendable {
    package var version: String
    package var started: Instant
    /// The line to Discord, in words, and whether it is live.
    package var line: @Sendable () async -> (isLive: Bool, words: String)
    package var services: @Sendable () async -> [ServiceLine]
    /// Nil: neither Tautulli nor Plex is configured.
    package var usage: Usage?
    package var runner: JobRunner
    package var ledger: Ledger
    package var storage: @Sendable () async -> Reading<Int64>
    /// A line from each feature that is on.
    package var notes: @Sendable () async -> [Prose]

    package init(
        version: String, started: Instant, line: @escaping @Sendable () async -> (isLive: Bool, words: String),
        services: @escaping @Sendable () async -> [ServiceLine], usage: Usage?, runner: JobRunner, ledger: Ledger,
        storage: @escaping @Sendable () async -> Reading<Int64>, notes: @escaping @Sendable () async -> [Prose]
    ) {
        self.version = version
        self.started = started
        self.line = line
        self.services = services
        self.usage = usage
        self.runner = runner
        self.ledger = ledger
        self.storage = storage
        self.notes = notes
    }

    package var pages: [Page] {
        [
            Page("", in: .overview, title: "Overview", every: .seconds(15)) { try await overview($0) },
            Page("jobs", in: .jobs, title: "Jobs") { _ in [.table(JobRows.table(try await runner.list()))] },
        ]
    }

    package var deeds: [Deed] {
        [
            Deed("jobs/run") { visit in
                let name = visit.fields["job"] ?? ""
                switch await runner.runNow(name, by: visit.visitor.actor) {
                case .started: return Deed.Answer("\(strong: name) is running.")
                case .runsAlready: throw Refusal("\(name) is running already.")
                case .stopping: throw Refusal("Autoplex is stopping, so nothing begins any more.")
                case .unknown: throw Refusal("There is no job \(name).")
                }
            },
            Deed("jobs/pause") { visit in
                let name = visit.fields["job"] ?? ""
                guard try await runner.pause(name) else { throw Refusal("There is no job \(name).") }
                try await ledger.append(note("jobs.pause", name, visit))
                return Deed.Answer("\(strong: name) is paused until somebody lets it run again.", tone: .warning)
            },
            Deed("jobs/resume") { visit in
                let name = visit.fields["job"] ?? ""
                guard try await runner.resume(name) else { throw Refusal("There is no job \(name).") }
                try await ledger.append(note("jobs.resume", name, visit))
                return Deed.Answer("\(strong: name) will run again.")
            },
        ]
    }

    private func note(_ action: String, _ job: String, _ visit: Visit) -> LedgerEntry {
        LedgerEntry(
            at: visit.now, actor: visit.visitor.actor, action: action, subject: "job:\(job)", summary: job,
            undo: "jobs \(action == "jobs.pause" ? "resume" : "pause") \(job)")
    }

    private func overview(_ visit: Visit) async throws -> [Block] {
        let line = await line()
        let services = await services()
        let jobs = try await runner.list()
        let failing = services.count { $0.isFine == false }
        let failed = jobs.count { if case .failed = $0.last?.outcome { true } else { false } }
        var blocks: [Block] = [
            .figures([
                Block.Figure(
                    "Discord", line.isLive ? "live" : "down", "\(line.words)", tone: line.isLive ? .good : .bad),
                Block.Figure(
                    "Services", failing == 0 ? "\(services.count) fine" : "\(failing) down",
                    failing == 0 ? "" : "\(services.filter { $0.isFine == false }.map(\.name).joined(separator: ", "))",
                    tone: failing == 0 ? .good : .bad),
                Block.Figure(
                    "Jobs", failed == 0 ? "\(jobs.count) fine" : "\(failed) failed",
                    tone: failed == 0 ? .good : .warning),
                Block.Figure("Version", version, "since \(time: started, .dateAndTime), \(await size()) on disk"),
            ])
        ]
        if let usage {
            blocks.append(.heading("Now playing", id: "now"))
            blocks.append(.report(await usage.now(in: nil, tellsDetails: true).whole))
        }
        let notes = await notes()
        if !notes.isEmpty { blocks.append(.report(Report("What is on", lines: notes))) }
        blocks.append(.table(servicesTable(services)))
        blocks.append(
            .table(LedgerPages.table("Done last", try await ledger.entries(limit: 8), more: "ledger")))
        return blocks
    }

    private func size() async -> String {
        switch await storage() {
        case .known(let bytes): "\(bytes / 100_000 / 10).\(bytes / 100_000 % 10) MB"
        case .absent: "nothing stored"
        case .unknown: "size unknown"
        }
    }

    private func servicesTable(_ services: [ServiceLine]) -> Block.Table {
        Block.Table(
            "Services", [.init("Service"), .init("State"), .init("Since")],
            rows: services.map { service in
                let (word, tone): (String, Report.Tone) =
                    switch service.isFine {
                    case true?: ("works", .good)
                    case false?: ("fails", .bad)
                    case nil: ("not asked yet", .plain)
                    }
                return Block.Table.Row([
                    .init("\(strong: service.name)", path: SettingsPages.check(service.name)),
                    .init(service.words.isEmpty ? "\(word)" : "\(word): \(service.words)", tone: tone),
                    .init(service.since.map { "\(time: $0)" } ?? ""),
                ])
            }, empty: "No service is configured yet: see Settings.")
    }
}

enum JobRows {
    static func table(_ jobs: [JobStatus]) -> Block.Table {
        Block.Table(
            "What runs by itself", [.init("Job"), .init("When"), .init("Next"), .init("Last time")],
            rows: jobs.map { job in
                let (last, tone) = last(job)
                let name = Block.Form.Field.hidden(name: "job", value: job.name)
                return Block.Table.Row(
                    [
                        .init("\(strong: job.name) \(job.summary)"), .init("\(code: job.schedule.description)"),
                        .init(next(job)), .init(last, tone: tone),
                    ],
                    forms: [
                        Block.Form("jobs/run", [name], buttons: [.init("Run now")]),
                        job.isPaused
                            ? Block.Form("jobs/resume", [name], buttons: [.init("Let it run")])
                            : Block.Form("jobs/pause", [name], buttons: [.init("Pause")]),
                    ])
            }, empty: "There are no jobs.")
    }

    private static func next(_ job: JobStatus) -> Prose {
        if job.isRunning { return "running" }
        if job.isPaused { return "paused" }
        return job.next.map { "\(time: $0)" } ?? "not planned"
    }

    private static func last(_ job: JobStatus) -> (Prose, Report.Tone) {
        guard let last = job.last else { return ("has not run yet", .plain) }
        return switch last.outcome {
        case .ok: ("fine, \(time: last.finished ?? last.started)", .good)
        case .failed(let why): ("failed \(time: last.finished ?? last.started): \(why)", .bad)
        case .interrupted: ("cut off \(time: last.started)", .warning)
        case nil: ("", .plain)
        }
    }
}
