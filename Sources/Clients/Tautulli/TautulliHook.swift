// What Tautulli's notifier "Webhook" posts once its owner has pasted our text into it (sheet §9). The text is ours, so the
// names are; but every value is a text, one that is missing is "", and a parameter that this Tautulli does not know stays
// as it was written, in its braces. A text that is no JSON before it is filled in makes an empty body.

package import Domain
internal import LooseJSON
package import Runtime

package enum TautulliHook {
    /// For Tautulli's Settings, Notification Agents, Webhook, Data, under "Playback Stop" and "Watched".
    package static let template = """
        {"action": "{action}", "user": "{username}", "user_id": "{user_id}", "media_type": "{media_type}",
         "title": "{title}", "year": "{year}", "imdb_id": "{imdb_id}", "tmdb_id": "{themoviedb_id}",
         "rating_key": "{rating_key}", "duration": "{duration}", "duration_ms": "{duration_ms}",
         "progress_percent": "{progress_percent}", "unixtime": "{unixtime}", "player": "{player}",
         "platform": "{platform}"}
        """

    package static func read(_ body: [UInt8], arrival: Instant) -> HookReading<Playback> {
        do throws(Loose.Refusal) { return try read(.hook(body), arrival) } catch { return .refused(error.why) }
    }

    private static func read(_ json: Loose, _ arrival: Instant) throws(Loose.Refusal) -> HookReading<Playback> {
        guard let action = said(json, "action") else {
            throw Loose.Refusal("it has no action: paste Autoplex's text into Tautulli's notification agent")
        }
        switch action {
        case "stop", "watched": break
        case "test": return .test
        default: return .ignored("\(action.prefix(40)) is not an end")
        }
        let playback = try playback(json, isWatched: action == "watched", arrival)
        guard !playback.itemID.isEmpty || !playback.film.title.isEmpty else {
            throw Loose.Refusal("it names no film: rating_key and title are missing")
        }
        switch playback.itemKind {
        case .film: return .event(playback)
        case .episode: return .ignored("not a film: an episode", playback)
        case .other(let word): return .ignored("not a film: \(word.prefix(40))", playback)
        }
    }

    private static func playback(
        _ json: Loose, isWatched: Bool, _ arrival: Instant
    ) throws(Loose.Refusal) -> Playback {
        let minutes = try count(json, "duration").map { Duration.seconds(min($0, 1 << 32) * 60) }
        let runtime = try count(json, "duration_ms").map { Duration.milliseconds($0) } ?? minutes
        let percent = try count(json, "progress_percent").map { min($0, 100) }
        let at = said(json, "unixtime").flatMap { Int64($0) }.flatMap { seconds in
            // Far from any time a film was played it is no time.
            0..<(1 << 40) ~= seconds ? Instant(seconds: seconds) : nil
        }
        return Playback(
            source: .tautulli, kind: .stop,
            user: .init(
                id: said(json, "user_id").map { String($0.prefix(40)) },
                name: said(json, "user").map { String($0.prefix(100)) }),
            itemKind: kind(said(json, "media_type")),
            film: FilmIDs(
                tmdb: said(json, "tmdb_id").flatMap { Int($0) }, imdb: said(json, "imdb_id"),
                title: String((said(json, "title") ?? "").prefix(300)),
                year: said(json, "year").flatMap { Int($0) }),
            itemID: String((said(json, "rating_key") ?? "").prefix(40)),
            runtime: runtime == .zero ? nil : runtime, position: position(runtime, percent),
            saidWatched: isWatched ? true : nil, at: Playback.time(said: at, arrival: arrival),
            client: String((said(json, "player") ?? "").prefix(100)),
            device: String((said(json, "platform") ?? "").prefix(100)))
    }

    private static func position(_ runtime: Duration?, _ percent: Int64?) -> Duration? {
        guard let runtime, let percent else { return nil }
        // First divided: a runtime may be as long as its sender likes.
        return .milliseconds(runtime.milliseconds / 100 * percent + runtime.milliseconds % 100 * percent / 100)
    }

    /// Nil: missing, or a parameter that was not filled in.
    private static func said(_ json: Loose, _ key: String) -> String? {
        json.text(key).flatMap { $0.hasPrefix("{") ? nil : $0 }
    }

    private static func count(_ json: Loose, _ key: String) throws(Loose.Refusal) -> Int64? {
        said(json, key) == nil ? nil : try json.count(key)
    }

    private static func kind(_ word: String?) -> Playback.ItemKind {
        switch word {
        case "movie": .film
        case "episode": .episode
        default: .other(word ?? "untold")
        }
    }
}
