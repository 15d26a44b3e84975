// Words for the admins, and the reports of jobs, to the channel they belong in. What comes before Discord is reached
// waits; without an admin channel it stands in the log.

internal import Bot
internal import Discord
internal import Domain
internal import Jobs
internal import Runtime

actor Notices {
    private let desk: Desk
    private let adminChannel: Snowflake?
    /// Who carries notices elsewhere; nil: nobody.
    private let crier: Crier?
    private let log: Log
    private var waiting: [Report] = []
    private var isReady = false

    init(desk: Desk, adminChannel: Snowflake?, crier: Crier? = nil, log: Log) {
        self.desk = desk
        self.crier = crier
        self.adminChannel = adminChannel
        self.log = log.labelled("notices")
    }

    func add(_ report: Report?, as event: NoticeEvent) {
        guard let report else { return }
        crier?.cry(report, as: event)
        waiting.append(report)
    }

    /// Posts it now, or throws: for those who must know that it is there. A question cannot be asked in the log.
    func say(_ answer: Answer, as event: NoticeEvent) async throws {
        try await post(answer)
        switch answer {
        case .report(let report): crier?.cry(report, as: event)
        case .card(let card): crier?.cry(card.report, as: .approval)
        case .pages, .nothing: break
        }
    }

    private func post(_ answer: Answer) async throws {
        guard let adminChannel else {
            guard case .report(let report) = answer else { throw NobodyToAsk() }
            log.info("\(report.plainText)")
            return
        }
        guard isReady else { throw LateDesk.NotYet() }
        try await desk.post(answer, in: adminChannel)
    }

    struct NobodyToAsk: Error, CustomStringConvertible {
        let description = "there is no channel to ask in: set DISCORD_ADMIN_CHANNEL"
    }

    func tell(_ report: Report?, as event: NoticeEvent) async {
        add(report, as: event)
        if isReady { await flush() }
    }

    /// What a job has to say.
    func post(_ report: Report, of job: Job) async {
        // A job's own failure is the runner's report, and a bad one.
        let event = report.tone == .bad ? .failure : NoticeEvent(job: job.name)
        switch job.audience {
        case .admins: await tell(report, as: event)
        case .channel(let channel):
            crier?.cry(report, as: event)
            await post(report, in: Snowflake(channel))
        }
    }

    /// From the first session on.
    func flush() async {
        isReady = true
        while !waiting.isEmpty {
            let report = waiting.removeFirst()
            guard let adminChannel else {
                log.info("\(report.plainText)")
                continue
            }
            await post(report, in: adminChannel)
        }
    }

    private func post(_ report: Report, in channel: Snowflake) async {
        do { try await desk.post(.report(report), in: channel) } catch {
            log.error("a report could not be posted: \(error)", ["report": report.plainText])
        }
    }
}
