// `!plex status`: does everything work. Everyone sees whether; admins see why not, and what it costs.

import Bot
package import Domain
package import Jobs
package import Runtime
import Storage

package struct StatusSource: Sendable {
    /// The line to Discord.
    package struct Line: Sendable {
        package var isLive: Bool
        /// "live", "connecting", …
        package var state: String
        package var latency: Duration?
        package var lastError: String?
        /// False: Discord withholds message texts.
        package var readsContent: Bool

        package init(isLive: Bool, state: String, latency: Duration?, lastError: String?, readsContent: Bool) {
            self.isLive = isLive
            self.state = state
            self.latency = latency
            self.lastError = lastError
            self.readsContent = readsContent
        }
    }

    /// A configured outside service.
    package struct Service: Sendable {
        package enum State: Sendable {
            case works
            case fails(String)
            case notAskedYet
        }
        package var name: String
        package var state: State
        /// What it says of itself, such as a version.
        package var detail: String
        package var checked: Instant?

        package init(_ name: String, _ state: State, detail: String = "", checked: Instant? = nil) {
            self.name = name
            self.state = state
            self.detail = detail
            self.checked = checked
        }
    }

    package var version: String
    package var started: Instant
    package var line: @Sendable () async -> Line
    package var services: @Sendable () async -> [Service]
    package var jobs: @Sendable () async throws -> [JobStatus]
    /// Bytes of the state on disk.
    package var storage: @Sendable () async -> Reading<Int64>
    /// Further lines for admins, such as what the router has counted.
    package var notes: @Sendable () async -> [Prose]

    package init(
        version: String, started: Instant, line: @escaping @Sendable () async -> Line,
        services: @escaping @Sendable () async -> [Service],
        jobs: @escaping @Sendable () async throws -> [JobStatus],
        storage: @escaping @Sendable () async -> Reading<Int64>,
        notes: @escaping @Sendable () async -> [Prose] = { [] }
    ) {
        self.version = version
        self.started = started
        self.line = line
        self.services = services
        self.jobs = jobs
        self.storage = storage
        self.notes = notes
    }
}

struct Status: Command {
    let signature = Signature(
        "status", "Shows whether everything works", cooldown: .seconds(3),
        examples: [.init("status", "shows Discord, the services and the jobs")])

    let source: StatusSource

    func run(_ call: Call) async throws -> Answer {
        let isAdmin = call.caller.level == .admin
        let line = await source.line()
        let services = await source.services()
        var report = Report("Autoplex \(source.version)")
        report.lines = ["Running for \((call.clock.now - source.started).inWords)"]

        report.fields.append(Report.Field("Discord", discord(line, isAdmin)))
        if !services.isEmpty {
            let lines = services.map { service($0, isAdmin) }
            report.fields.append(Report.Field("Services", lines.joined(by: "\n")))
        }
        let (jobs, jobsFail) = await self.jobs(isAdmin)
        if let jobs { report.fields.append(Report.Field("Jobs", jobs)) }
        if isAdmin {
            report.fields.append(Report.Field("Storage", await storage()))
            report.lines += await source.notes()
        }
        let serviceFails = services.contains { if case .fails = $0.state { true } else { false } }
        report.tone = !line.isLive ? .bad : serviceFails || jobsFail || !line.readsContent ? .warning : .good
        return .report(report)
    }

    private func discord(_ line: StatusSource.Line, _ isAdmin: Bool) -> Prose {
        var prose: Prose = "\(mark(line.isLive)) \(line.state)"
        if let latency = line.latency { prose += ", heartbeat \(latency.inWords)" }
        if !line.readsContent { prose += "\nMessage texts are withheld: only mentions and slash commands work" }
        if isAdmin, let error = line.lastError { prose += "\nLast trouble: \(error)" }
        return prose
    }

    private func service(_ service: StatusSource.Service, _ isAdmin: Bool) -> Prose {
        switch service.state {
        case .works: "\(mark(true)) \(service.name)\(service.detail.isEmpty || !isAdmin ? "" : " \(service.detail)")"
        case .fails(let why): "\(mark(false)) \(service.name): \(isAdmin ? why : "does not answer as it should")"
        case .notAskedYet: "… \(service.name): not asked yet"
        }
    }

    private func jobs(_ isAdmin: Bool) async -> (Prose?, fail: Bool) {
        let jobs: [JobStatus]
        do { jobs = try await source.jobs() } catch {
            return (isAdmin ? "\("\(error)")" : "They cannot be read at the moment", true)
        }
        if jobs.isEmpty { return (nil, false) }
        var fail = false
        let lines = jobs.map { job -> Prose in
            var line: Prose = "\(job.name): "
            line +=
                job.isRunning ? "running" : job.isPaused ? "paused" : job.next.map { "\(time: $0)" } ?? "not planned"
            if case .failed(let why) = job.last?.outcome {
                fail = true
                line += isAdmin ? ", failed last time: \(why)" : ", failed last time"
            }
            return line
        }
        return (lines.joined(by: "\n"), fail)
    }

    private func storage() async -> Prose {
        switch await source.storage() {
        case .known(let bytes): "\(sizeInWords(bytes))"
        case .absent: "nothing stored yet"
        case .unknown(let why): "\(why)"
        }
    }

    private func mark(_ works: Bool) -> String { works ? "✅" : "❌" }
}
