// Carries notices to where the owner looks besides Discord. It holds nobody up: what is to be told waits here, is tried a few
// times, and is given up with a line in the log. A notice lost is a pity; a bot that waits for a phone is worse.

internal import Domain
internal import HTTP
internal import Heralds
internal import Runtime

final class Crier: Sendable {
    private static let tries = 4
    private static let mostWaiting = 200

    private let settings: HeraldSettings
    private let link: String?
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let queue: AsyncStream<HeraldNotice>
    private let intake: AsyncStream<HeraldNotice>.Continuation

    init?(_ settings: HeraldSettings, link: String?, http: HTTPClient, clock: any Clock, log: Log) {
        guard !settings.heralds.isEmpty else { return nil }
        self.settings = settings
        self.link = link
        self.http = http
        self.clock = clock
        self.log = log.labelled("notices")
        (queue, intake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.mostWaiting))
    }

    func cry(_ report: Report, as event: NoticeEvent) {
        guard !(settings.routes[event] ?? []).isEmpty else { return }
        let lines = report.lines.map(\.plainText) + report.fields.map { "\($0.name.plainText): \($0.value.plainText)" }
        let weight: HeraldNotice.Weight =
            switch report.tone {
            case .plain: .plain
            case .good: .good
            case .warning: .warning
            case .bad: .bad
            }
        intake.yield(
            HeraldNotice(
                event: event.rawValue, title: report.title.plainText, text: lines.joined(separator: "\n"),
                weight: weight, at: clock.now,
                link: event == .approval ? link.map { "\($0)/dashboard/approvals" } : link))
    }

    /// Until the task is cancelled.
    func run() async {
        for await notice in queue {
            let names = NoticeEvent(rawValue: notice.event).flatMap { settings.routes[$0] } ?? []
            await withDiscardingTaskGroup { group in
                for herald in settings.heralds where names.contains(herald.name) {
                    group.addTask { await self.carry(notice, herald) }
                }
            }
        }
    }

    private func carry(_ notice: HeraldNotice, _ herald: Herald) async {
        var pause = Duration.seconds(5)
        for attempt in 1...Self.tries {
            do throws(HeraldError) {
                try await herald.carry(notice, by: http, clock: clock)
                return
            } catch {
                switch error {
                case .cancelled: return
                case .busy(let wanted): pause = max(pause, min(wanted ?? .zero, .minutes(5)))
                case .refused:
                    log.error("\(herald.name) did not take a notice: \(error)", ["event": notice.event])
                    return
                case .unreachable: break
                }
                guard attempt < Self.tries else {
                    log.error("\(herald.name) did not take a notice: \(error)", ["event": notice.event])
                    return
                }
            }
            guard (try? await clock.sleep(for: pause)) != nil else { return }
            pause = pause * 4
        }
    }
}
