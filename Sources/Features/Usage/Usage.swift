// `!plex usage`: who plays what right now, and how the day went. Gathers, lets the rules judge, and hands over reports.

package import Canvas
internal import Pictures
package import Domain
package import Plex
package import Runtime
package import Tautulli

package struct Usage: Sendable {
    private let gather: UsageGather
    private let studio: Studio?
    private let place: LocalTime
    private let clock: any Clock
    private let log: Log
    /// Channels, by Discord id, in which nobody is named.
    private let anonymousChannels: Set<UInt64>
    private let parent: @Sendable (UInt64) async -> Reading<UInt64>

    /// One of Tautulli and Plex is needed, both are better.
    ///
    /// - Parameter parent: what a channel belongs to: a thread's channel, a channel's category
    package init(
        tautulli: Tautulli?, plex: Plex?, studio: Studio?, place: LocalTime, clock: any Clock, log: Log,
        anonymousChannels: Set<UInt64> = [],
        parent: @escaping @Sendable (UInt64) async -> Reading<UInt64> = { _ in .absent }
    ) {
        gather = UsageGather(tautulli: tautulli, plex: plex, clock: clock)
        self.studio = studio
        self.place = place
        self.clock = clock
        self.log = log.labelled("usage")
        self.anonymousChannels = anonymousChannels
        self.parent = parent
    }

    /// - Parameter tellsDetails: for those who can mend what is broken
    package func now(in channel: UInt64?, tellsDetails: Bool) async -> UsageReport {
        let verdict = UsageRules.verdict(on: await gather.evidence())
        for trouble in verdict.troubles {
            log.warning("\(trouble.why)", ["source": trouble.source, "outcome": "\(verdict.outcome)"])
        }
        return UsageReport(
            verdict, hidesNames: await hidesNames(in: channel), tellsDetails: tellsDetails,
            picture: await gather.poster(of: verdict.streams))
    }

    /// A thread in such a channel is no place for names either; and where that cannot be found out, none are told.
    private func hidesNames(in channel: UInt64?) async -> Bool {
        guard let channel, !anonymousChannels.isEmpty else { return false }
        if anonymousChannels.contains(channel) { return true }
        return switch await parent(channel) {
        case .known(let parent): anonymousChannels.contains(parent)
        case .absent: false
        case .unknown: true
        }
    }

    /// Today's streams by the hour, beside yesterday's.
    package func day() async throws(UsageError) -> Report {
        guard let tautulli = gather.tautulli else { throw .needsTautulli }
        let now = clock.now
        let filter = TautulliHistoryFilter(started: DayRules.window(at: now, in: place))
        let plays: [TautulliPlay]
        do throws(TautulliError) { plays = try await tautulli.plays(filter) } catch {
            throw .noHistory("\(error)")
        }
        let verdict = DayRules.verdict(
            on: plays.map { DayRules.Play(started: $0.started, person: $0.userID) }, at: now, in: place)
        let day = DayReport(verdict: verdict)
        return day.report(await drawn(day))
    }

    private func drawn(_ day: DayReport) async -> Picture? {
        let chart = day.chart
        do { return try await studio?.draw { try chart.picture(named: "day.png") } } catch {
            log.error("the chart could not be drawn: \(error)")
            return nil
        }
    }
}

package enum UsageError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Plex itself keeps no record of when streams began.
    case needsTautulli
    case noHistory(String)

    package var description: String {
        switch self {
        case .needsTautulli: "the day's streams are told by Tautulli: set TAUTULLI_URL and TAUTULLI_API_KEY"
        case .noHistory(let why): why
        }
    }
}
