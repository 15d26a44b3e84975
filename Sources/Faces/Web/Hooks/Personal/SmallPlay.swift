// The input for whom neither Plex nor Tautulli posts: a few fields anybody's script can send (sheet tracker.md §1), as JSON
// or as a form. Ids are the show's. Nothing but the show has to be named, and an episode of it.

internal import Domain
internal import LooseJSON
internal import Runtime

enum SmallPlay {
    private static let ends = ["", "watched", "scrobble", "media.scrobble", "stop.watched"]

    static func hear(_ json: Loose, arrival: Instant) -> EpisodeHook {
        let event = json.text("event") ?? "watched"
        let moment = json.instant("watched_at") ?? seconds(json.whole("watched_at") ?? json.whole("unixtime"))
        let play = play(json, at: Playback.time(said: moment, arrival: arrival))
        let reading: HookReading<EpisodePlay>
        if !ends.contains(event.lowercased()) {
            reading = .ignored("\(event.prefix(40)) is not the end: watched is", play)
        } else if play.showTitle.isEmpty, play.showGuids.isEmpty {
            reading = .refused("it names no show: give title, or one of tmdb, tvdb and imdb, the show's")
        } else if play.number == nil, play.airedOn == nil, play.title.isEmpty {
            reading = .refused("it names no episode: give season and episode, or aired as 2026-01-31")
        } else {
            reading = .event(play)
        }
        return EpisodeHook(source: .tautulli, event: event, moment: moment, reading: reading)
    }

    private static func play(_ json: Loose, at: Instant) -> EpisodePlay {
        func guid(_ name: String) -> String? { json.text(name).map { "\(name)://\($0.prefix(40))" } }
        return EpisodePlay(
            source: .tautulli,
            account: .init(
                id: json.text("user_id").map { String($0.prefix(40)) },
                name: json.text("user").map { String($0.prefix(100)) }),
            showTitle: String((json.text("title") ?? "").prefix(300)),
            showYear: json.whole("year").flatMap { 1900...2200 ~= $0 ? $0 : nil },
            season: number(json, "season"), number: number(json, "episode"),
            title: String((json.text("episode_title") ?? "").prefix(300)),
            airedOn: json.text("aired").flatMap { Day($0) }.map { "\($0)" },
            showGuids: ["tmdb", "tvdb", "imdb"].compactMap(guid), at: at)
    }

    private static func seconds(_ number: Int?) -> Instant? {
        number.flatMap { 1..<(1 << 40) ~= $0 ? Instant(seconds: Int64($0)) : nil }
    }

    /// 0 is one.
    private static func number(_ json: Loose, _ key: String) -> Int? {
        json.whole(key).flatMap { 0...1_000_000 ~= $0 ? $0 : nil }
    }
}
