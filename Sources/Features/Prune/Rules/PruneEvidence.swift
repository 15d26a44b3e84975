// What one look brought, as it came.

package import Domain
package import Runtime

package struct PruneEvidence: Sendable {
    /// Before the first question: what happened later may not be in it.
    package var at: Instant
    /// After the last answer: what is in it may have happened until then.
    package var until: Instant
    package var people: Reading<[Person]>
    package var server: Reading<String>
    package var plexHistory: Reading<[Int: LastPlay]>
    package var history: Reading<HistoryPulse>
    package var streams: Reading<[PruneStream]>

    package init(
        at: Instant, until: Instant? = nil, people: Reading<[Person]>, server: Reading<String>,
        plexHistory: Reading<[Int: LastPlay]>,
        history: Reading<HistoryPulse>, streams: Reading<[PruneStream]>
    ) {
        self.at = at
        self.until = until ?? at
        self.people = people
        self.server = server
        self.plexHistory = plexHistory
        self.history = history
        self.streams = streams
    }

    /// Signs of life, by our number of the person, for whoever has one of these plex.tv numbers. Whatever else of the
    /// evidence is in doubt: they can only protect. A stream that runs is seen until now.
    package func sightings(of accounts: [Int64: Int]) -> [Int64: [Sighting]] {
        let (logged, own) = (history.known?.accounts ?? [:], plexHistory.known ?? [:])
        var running: [Int: PruneStream] = [:]
        for stream in streams.known ?? [] { running[stream.account] = stream }
        var all: [Int64: [Sighting]] = [:]
        for (person, account) in accounts {
            var mine: [Sighting] = []
            // What lies in the future protects as long as it is there, and not for ever.
            if let play = logged[account] {
                mine.append(Sighting(.tautulli, at: min(play.at, until), title: play.title))
            }
            if let play = own[account] { mine.append(Sighting(.plex, at: min(play.at, until), title: play.title)) }
            if let stream = running[account] { mine.append(Sighting(.stream, at: until, title: stream.title)) }
            if !mine.isEmpty { all[person] = mine }
        }
        return all
    }

    /// Whoever plays something now.
    package func isWatching(_ account: Int) -> Bool { streams.known?.contains { $0.account == account } ?? false }
}
