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
    private let place: LocalTime
    private let http: HTTPClient
    private let clock: any Clock
    private let log: Log
    private let queue: AsyncStream<HeraldNotice>
    private let intake: AsyncStream<HeraldNotice>.Continuation

    init?(
        _ settings: HeraldSettings, link: String?, place: LocalTime, http: HTTPClient, clock: any Clock, log: Log
    ) {
        guard !settings.heralds.isEmpty else { return nil }
        self.settings = settings
        self.link = link
        self.place = place
        self.http = http
        self.clock = clock
        self.log = log.labelled("notices")
        (queue, intake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.mostWaiting))
    }

    func cry(_ report: Report, as event: NoticeEvent) {
        guard !(settings.routes[event] ?? []).isEmpty else { return }
        let fields = report.fields.map { "\($0.name.told(in: place)): \($0.value.told(in: place))" }
        let lines = report.lines.map { $0.told(in: place) } + fields
        let weight: HeraldNotice.Weight =
            switch report.tone {
            case .plain: .plain
            case .good: .good
            case .warning: .warning
            case .bad: .bad
            }
        intake.yield(
            HeraldNotice(
                event: event.rawValue, title: report.title.told(in: place), text: lines.joined(separator: "\n"),
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

extension Prose {
    /// Without markup, as `plainText`; but on a telephone there is no line of a log beside it: times are told by the calendar.
    func told(in place: LocalTime) -> String {
        parts.map { part in
            guard case .time(let instant, let style) = part else { return Prose(parts: [part]).plainText }
            let moment = LongDate(instant, in: place)
            return switch style {
            case .date: moment.date
            case .time: moment.time
            case .relative, .dateAndTime: "\(moment)"
            }
        }.joined()
    }
}
