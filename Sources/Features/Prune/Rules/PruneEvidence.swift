// What one look brought, as it came.

package import Domain
package import Runtime

package struct PruneEvidence: Sendable {
    /// Before the first question: what happened later may not be in it.
    package var at: Instant
    package var people: Reading<[Person]>
    package var server: Reading<String>
    package var plexHistory: Reading<[Int: LastPlay]>
    package var history: Reading<HistoryPulse>
    package var streams: Reading<[PruneStream]>

    package init(
        at: Instant, people: Reading<[Person]>, server: Reading<String>, plexHistory: Reading<[Int: LastPlay]>,
        history: Reading<HistoryPulse>, streams: Reading<[PruneStream]>
    ) {
        self.at = at
        self.people = people
        self.server = server
        self.plexHistory = plexHistory
        self.history = history
        self.streams = streams
    }

    /// Signs of life of everybody, whatever else of the evidence is in doubt: they can only protect. A stream that runs
    /// is seen now.
    package func sightings(of people: [Person]) -> [Int64: [Sighting]] {
        let (logged, own) = (history.known?.accounts ?? [:], plexHistory.known ?? [:])
        var running: [Int: PruneStream] = [:]
        for stream in streams.known ?? [] { running[stream.account] = stream }
        var all: [Int64: [Sighting]] = [:]
        for person in people {
            var mine: [Sighting] = []
            if let play = person.plexID.flatMap({ logged[$0] }) {
                mine.append(Sighting(.tautulli, at: play.at, title: play.title))
            }
            if let play = person.localID.flatMap({ own[$0] }) {
                mine.append(Sighting(.plex, at: play.at, title: play.title))
            }
            if let stream = person.localID.flatMap({ running[$0] }) {
                mine.append(Sighting(.stream, at: at, title: stream.title))
            }
            if !mine.isEmpty { all[person.id] = mine }
        }
        return all
    }
}
