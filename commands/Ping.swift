// `!plex ping`: is it there, and how far away is Discord.

import Bot
import Domain
import Runtime

package struct PingSource: Sendable {
    /// From heartbeat to its answer; nil before the first.
    package var latency: @Sendable () async -> Duration?
    /// One small question to Discord's REST API, answered.
    package var touch: @Sendable () async throws -> Void

    package init(
        latency: @escaping @Sendable () async -> Duration?, touch: @escaping @Sendable () async throws -> Void
    ) {
        self.latency = latency
        self.touch = touch
    }
}

struct Ping: Command {
    let signature = Signature(
        "ping", "Shows how quickly Discord and I reach each other",
        examples: [.init("ping", "measures the way there and back")])

    let source: PingSource

    func run(_ call: Call) async throws -> Answer {
        let latency = await source.latency()
        let start = call.clock.uptime
        var report = Report("Pong", tone: .good)
        do {
            try await source.touch()
            report.fields = [Report.Field("Messages to Discord", "\((call.clock.uptime - start).inWords)", short: true)]
        } catch {
            // The gateway may be fine while REST is not; the answer shows both.
            call.log.warning("ping: REST did not answer", ["why": "\(error)"])
            report.tone = .warning
            report.fields = [Report.Field("Messages to Discord", "no answer", short: true)]
        }
        let heartbeat: Prose = latency.map { "\($0.inWords)" } ?? "not measured yet"
        report.fields.insert(Report.Field("Heartbeat", heartbeat, short: true), at: 0)
        return .report(report)
    }
}
