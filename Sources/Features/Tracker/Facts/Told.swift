// What arrived, before anybody has understood what it is about: a row of the log, whatever becomes of it.

package import Domain
package import Runtime

package struct Told: Sendable {
    /// The same one sent again has the same key.
    package var key: String
    package var source: EpisodePlay.Source
    /// As the sender calls it: "media.scrobble".
    package var event: String
    /// Whose own address it came by.
    package var door: Int64?
    package var payload: [UInt8]
    package var reading: HookReading<EpisodePlay>
    package var receivedAt: Instant
    /// When its turn is: later than its arrival where somebody floods us.
    package var dueAt: Instant

    package init(
        key: String, source: EpisodePlay.Source, event: String = "", door: Int64? = nil, payload: [UInt8] = [],
        reading: HookReading<EpisodePlay>, receivedAt: Instant, dueAt: Instant? = nil
    ) {
        self.key = key
        self.source = source
        self.event = event
        self.door = door
        self.payload = payload
        self.reading = reading
        self.receivedAt = receivedAt
        self.dueAt = dueAt ?? receivedAt
    }

    /// A play out of a history or a file.
    package init(_ play: EpisodePlay, receivedAt: Instant) {
        let who = play.account.id ?? play.account.name ?? ""
        let what =
            play.place.episode.isEmpty
            ? "\(play.showTitle)/\(play.season ?? -1)/\(play.number ?? -1)/\(play.title)"
            : "\(play.place.server)/\(play.place.episode)"
        self.init(
            key: "\(play.source.rawValue):\(who):\(what):\(play.at.milliseconds)", source: play.source,
            event: play.source.rawValue, reading: .event(play), receivedAt: receivedAt)
    }
}
