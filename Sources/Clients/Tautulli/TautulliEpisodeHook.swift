// Tautulli's notifier "Webhook" for whom Plex itself sends nothing (its own webhooks need Plex Pass). The text is ours, to
// be pasted; every value comes as a text. Of an episode Tautulli fills in the SHOW's numbers elsewhere and its year
// (plexpy/notification_handler.py takes the grandparent's guids), which Plex's own webhook never tells.

package import Domain
package import LooseJSON
package import Runtime

package enum TautulliEpisodeHook {
    /// For Tautulli's Settings, Notification Agents, Webhook, Data, under "Watched".
    package static let template = """
        {"action": "{action}", "user": "{username}", "user_id": "{user_id}", "media_type": "{media_type}",
         "show_name": "{show_name}", "show_year": "{show_year}", "season_num": "{season_num}",
         "episode_num": "{episode_num}", "episode_name": "{episode_name}", "air_date": "{air_date}",
         "tmdb_id": "{themoviedb_id}", "tvdb_id": "{thetvdb_id}", "imdb_id": "{imdb_id}", "guid": "{guid}",
         "rating_key": "{rating_key}", "grandparent_rating_key": "{grandparent_rating_key}",
         "server_id": "{server_machine_id}", "duration": "{duration}", "duration_ms": "{duration_ms}",
         "unixtime": "{unixtime}"}
        """

    package static func read(_ body: [UInt8], arrival: Instant) -> HookReading<EpisodePlay> {
        hear(body, arrival: arrival).reading
    }

    package static func hear(_ body: [UInt8], arrival: Instant) -> EpisodeHook {
        do throws(Loose.Refusal) { return hear(try .hook(body), arrival: arrival) } catch {
            return EpisodeHook(source: .tautulli, event: "", reading: .refused(error.why))
        }
    }

    /// Of a body that was read already.
    package static func hear(_ json: Loose, arrival: Instant) -> EpisodeHook {
        let reading: HookReading<EpisodePlay>
        do throws(Loose.Refusal) { reading = try read(json, arrival) } catch { reading = .refused(error.why) }
        let seconds = whole(json, "unixtime").flatMap { 1..<(1 << 40) ~= $0 ? Int64($0) : nil }
        return EpisodeHook(
            source: .tautulli, event: said(json, "action") ?? "", moment: seconds.map { Instant(seconds: $0) },
            reading: reading)
    }

    private static func read(_ json: Loose, _ arrival: Instant) throws(Loose.Refusal) -> HookReading<EpisodePlay> {
        guard let action = said(json, "action") else {
            throw Loose.Refusal("it has no action: paste Autoplex's text into Tautulli's notification agent")
        }
        if action == "test" { return .test }
        let play = play(json, arrival)
        switch said(json, "media_type") {
        case "episode": break
        case "movie": return .ignored("not an episode: a film", play)
        case "track": return .ignored("not an episode: music", play)
        case let word: return .ignored("not an episode: \((word ?? "untold").prefix(40))", play)
        }
        guard action == "watched" else {
            return .ignored("\(action.prefix(40)) is not the end: tick Watched only, in the agent's triggers", play)
        }
        guard !play.showTitle.isEmpty || !play.showGuids.isEmpty || !play.place.show.isEmpty else {
            throw Loose.Refusal("it names no show: show_name and its numbers are missing")
        }
        return .event(play)
    }

    private static func play(_ json: Loose, _ arrival: Instant) -> EpisodePlay {
        let minutes = number(json, "duration").map { Duration.minutes(Int64($0)) }
        let runtime = whole(json, "duration_ms").flatMap { 1...(1 << 32) ~= $0 ? Duration.milliseconds($0) : nil }
        let at = whole(json, "unixtime").flatMap { 1..<(1 << 40) ~= $0 ? Instant(seconds: Int64($0)) : nil }
        let aired = said(json, "air_date").flatMap { Day($0) }
        return EpisodePlay(
            source: .tautulli,
            account: .init(
                id: said(json, "user_id").map { String($0.prefix(40)) },
                name: said(json, "user").map { String($0.prefix(100)) }),
            place: .init(
                server: String((said(json, "server_id") ?? "").prefix(100)),
                episode: String((said(json, "rating_key") ?? "").prefix(40)),
                show: String((said(json, "grandparent_rating_key") ?? "").prefix(40))),
            showTitle: String((said(json, "show_name") ?? "").prefix(300)),
            showYear: whole(json, "show_year").flatMap { 1900...2200 ~= $0 ? $0 : nil },
            season: number(json, "season_num"), number: number(json, "episode_num"),
            title: String((said(json, "episode_name") ?? "").prefix(300)),
            // In whatever form the owner chose; only one of them is sure.
            airedOn: aired.map { "\($0)" },
            guids: said(json, "guid").map { [String($0.prefix(200))] } ?? [],
            showGuids: showGuids(json), runtime: runtime ?? (minutes == .zero ? nil : minutes),
            at: Playback.time(said: at, arrival: arrival))
    }

    private static func showGuids(_ json: Loose) -> [String] {
        [("tmdb_id", "tmdb"), ("tvdb_id", "tvdb"), ("imdb_id", "imdb")].compactMap { key, scheme in
            said(json, key).map { "\(scheme)://\($0.prefix(40))" }
        }
    }

    /// Nil: missing, or a parameter that was not filled in.
    private static func said(_ json: Loose, _ key: String) -> String? {
        json.text(key).flatMap { $0.hasPrefix("{") ? nil : $0 }
    }

    private static func whole(_ json: Loose, _ key: String) -> Int? { said(json, key).flatMap { Int($0) } }

    /// 0 is one; "6-10" is none: several were reported at once.
    private static func number(_ json: Loose, _ key: String) -> Int? {
        whole(json, key).flatMap { 0...1_000_000 ~= $0 ? $0 : nil }
    }
}
