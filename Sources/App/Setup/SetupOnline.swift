// The setup as a page, served where the program itself will be, until the settings are written. `autoplex run` begins with
// it where there is no token yet, and goes on by itself afterwards.

internal import Dashboard
internal import Domain
internal import FoundationEssentials
internal import HTTP
internal import Runtime
internal import Sockets
internal import Web

enum SetupOnline {
    static func perform(_ process: [String: String]) async -> ExitCode {
        do {
            let settings = try Configuration(Environment(process: process, readsSetup: true))
            let log = Log(level: settings.logLevel, format: settings.logFormat, secrets: settings.secrets)
            return await Run.untilStopped(log) {
                try await run(process, settings, log)
                print("Next: autoplex check, then autoplex run.")
            }
        } catch {
            Program.complain("The settings cannot be used:\n\(error)")
            return .settings
        }
    }

    /// Returns once the settings are written.
    static func run(
        _ process: [String: String], _ settings: Configuration, _ log: Log,
        clock: any Clock = SystemClock(), listening: (Int, _ word: String) -> Void = { _, _ in }
    ) async throws {
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        let http = try HTTPClient(userAgent: Version.userAgent)
        let desk = SetupDesk(sheet: try SetupSheet(process: process), http: http)
        let site = try SetupSite(
            answers: desk.answers { end.yield() }, base: settings.dashboard.base)
        let loop = try EventLoop(name: "setup", log: log.labelled("web"))
        let outcome: Result<Void, any Error>
        do {
            let server = try await HTTPServer.start(
                on: loop, host: settings.host, port: settings.port, base: settings.dashboard.base,
                routes: HealthRoutes.routes(
                    checks: [ReadinessCheck("setup") { "not set up yet" }], metrics: { [] }) + site.routes,
                headers: SetupSite.headers, log: log.labelled("web"))
            let host = ["0.0.0.0", "::", ""].contains(settings.host) ? "127.0.0.1" : settings.host
            let home = "http://\(host.contains(":") ? "[\(host)]" : host):\(server.port)\(settings.dashboard.base)"
            log.warning(
                "Autoplex is not set up yet. Open this once, or use `autoplex setup`: \(home)/setup/enter/\(site.word)")
            listening(server.port, site.word)
            for await _ in ends { break }
            // The last page is still on its way.
            try? await clock.sleep(for: .seconds(1))
            await server.stop()
            outcome = Result { try Task.checkCancellation() }
        } catch { outcome = .failure(error) }
        await loop.stop()
        await http.stop()
        try outcome.get()
        log.info("the settings are written", ["file": await desk.path])
    }
}

/// One owner's answers, from whichever window.
actor SetupDesk {
    private var sheet: SetupSheet
    private let http: HTTPClient
    private var findings: [String: [Check.Line]] = [:]
    private var troubles: [String: String] = [:]

    init(sheet: SetupSheet, http: HTTPClient) {
        self.sheet = sheet
        self.http = http
    }

    var path: String { sheet.path }

    nonisolated func answers(written: @escaping @Sendable () -> Void) -> SetupAnswers {
        SetupAnswers(
            steps: SetupStep.all.map { ($0.id, $0.name, $0.topic?.rawValue) }, step: { await self.step($0) },
            take: { await self.take($0, $1) }, forget: { await self.forget($0) }, end: { await self.end },
            write: {
                try await self.write()
                written()
            })
    }

    private func step(_ id: String) -> SetupAnswers.Step? {
        guard let step = SetupStep.all.first(where: { $0.id == id }) else { return nil }
        return SetupAnswers.Step(
            why: step.why,
            fields: step.questions.map { question in
                let name = question.variable
                let value = sheet.value(name)
                return SetupAnswers.Field(
                    name: name, label: question.label, help: question.help, example: question.example,
                    value: question.isSecret ? "" : value ?? "", isSecret: question.isSecret, isSet: value != nil,
                    isFixed: sheet.isFixed(name), trouble: troubles[name])
            },
            findings: (findings[id] ?? []).map { line in
                let tone: Report.Tone =
                    switch line.state {
                    case .ok: .good
                    case .warning: .warning
                    case .wrong: .bad
                    case .off: .plain
                    }
                return SetupAnswers.Finding(tone, line.name, line.text)
            })
    }

    private func take(_ id: String, _ fields: [String: String]) async {
        guard let step = SetupStep.all.first(where: { $0.id == id }) else { return }
        var isWrong = false
        for question in step.questions {
            troubles[question.variable] = nil
            do { try sheet.answer(question.variable, fields[question.variable] ?? "") } catch {
                troubles[question.variable] = error.why
                isWrong = true
            }
        }
        findings[id] = nil
        guard !isWrong else { return }
        var lines = await sheet.test(step, http: http)
        if lines.isEmpty, sheet.isConfigured(step) {
            lines = [Check.Line(state: .ok, name: step.name, text: "kept")]
        }
        findings[id] = lines
    }

    private func forget(_ id: String) {
        guard let step = SetupStep.all.first(where: { $0.id == id }) else { return }
        sheet.forget(step)
        findings[id] = nil
        for question in step.questions { troubles[question.variable] = nil }
    }

    private var end: SetupAnswers.End {
        SetupAnswers.End(
            path: sheet.path, changes: sheet.changes.map { ($0.name, $0.shown) }, daring: sheet.daring,
            isComplete: sheet.isComplete)
    }

    private func write() throws {
        if !sheet.changes.isEmpty { try sheet.write() }
    }
}
