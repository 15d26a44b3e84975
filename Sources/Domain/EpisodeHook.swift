// What somebody posted about an episode, with what tells it from the next one: nobody numbers what they send, the same is
// sent two or three times, and to each account's address once more.

package import Runtime

package struct EpisodeHook: Sendable {
    package var source: EpisodePlay.Source
    /// As the sender calls it: "media.scrobble".
    package var event: String
    /// When it happened, as the sender says: of a repetition the same, however late it comes.
    package var moment: Instant?
    package var reading: HookReading<EpisodePlay>

    package init(
        source: EpisodePlay.Source, event: String, moment: Instant? = nil, reading: HookReading<EpisodePlay>
    ) {
        self.source = source
        self.event = String(event.prefix(60))
        self.moment = moment
        self.reading = reading
    }

    package var play: EpisodePlay? {
        switch reading {
        case .event(let play): play
        case .ignored(_, let play): play
        case .test, .refused: nil
        }
    }

    /// The same thing told again has the same key, for hours where the sender says when it was; else for five minutes. Nil:
    /// there is nothing to know it by.
    package func key(arrival: Instant) -> String? {
        guard let play else { return nil }
        let who = play.account.id ?? play.account.name ?? ""
        let what =
            play.place.episode.isEmpty
            ? "\(play.showTitle)/\(play.season ?? -1)/\(play.number ?? -1)/\(play.title)/\(play.airedOn ?? "")"
            : "\(play.place.server)/\(play.place.episode)"
        let when = moment.map { "\($0.milliseconds)" } ?? "about \(arrival.seconds / 300)"
        return "\(source.rawValue):\(event):\(who):\(what):\(when)"
    }
}
