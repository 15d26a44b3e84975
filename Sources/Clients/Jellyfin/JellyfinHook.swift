// What Jellyfin's Webhook plugin posts when somebody stops (jellyfin-plugin-webhook 17 to 21; it has no test button and no
// second try). Three forms come: "Send All Properties" as one flat object, the same as a form, where every value is a text,
// and the nested object of Emby's make that a template may imitate. It says text/plain of its JSON unless its owner added
// a header.
//
// A number that cannot be a time refuses the hook, a missing one does not; a client that reports no position at all says
// `PlayedToCompletion` with position 0.

package import Domain
internal import LooseJSON
package import Runtime

package enum JellyfinHook {
    package static func read(_ body: HookBody, arrival: Instant) -> HookReading<Playback> {
        do throws(Loose.Refusal) {
            let json: Loose
            switch body {
            case .text(let bytes): json = try .hook(bytes, wanting: names)
            case .form(let pairs): json = try .hook(form: pairs)
            }
            return try read(json, arrival)
        } catch { return .refused(error.why) }
    }

    /// Whatever is asked for below, at any depth: nothing else of a body is made into values.
    private static let names = LooseNames([
        "NotificationType", "Event", "Item", "PlaybackInfo", "User", "Session", "ProviderIds", "SeriesName", "SeriesId",
        "EpisodeNumber", "IndexNumber", "UserId", "NotificationUsername", "ItemType", "Provider_tmdb", "Provider_imdb",
        "Name", "Year", "ItemId", "MediaSourceId", "PlaybackPositionTicks", "PositionTicks", "RunTimeTicks",
        "PlayedToCompletion", "ClientName", "Client", "DeviceName", "UtcTimestamp", "Timestamp", "Id", "Type", "Tmdb",
        "Imdb", "ProductionYear",
    ])

    private static func read(_ json: Loose, _ arrival: Instant) throws(Loose.Refusal) -> HookReading<Playback> {
        guard let kind = json.text("NotificationType") ?? json.text("Event") else {
            throw Loose.Refusal("neither NotificationType nor Event: in the plugin, tick \"Send All Properties\"")
        }
        guard ["playbackstop", "playback.stop"].contains(kind.lowercased()) else {
            return .ignored("\(kind.prefix(40)) is not a stop")
        }
        // Of one that is nested nothing stands at the top.
        let isNested = json["Item"]?.isObject ?? false
        let playback = isNested ? try nested(json, arrival) : try flat(json, arrival)
        guard
            !playback.itemID.isEmpty || !playback.film.title.isEmpty || playback.film.imdb != nil
                || playback.film.tmdb != nil
        else { throw Loose.Refusal("it names no film: ItemId and Name are missing") }
        switch playback.itemKind {
        case .film: return .event(playback)
        case .episode: return .ignored("not a film: an episode", playback)
        case .other(let word): return .ignored("not a film: \(word.prefix(40))", playback)
        }
    }

    private static func flat(_ json: Loose, _ arrival: Instant) throws(Loose.Refusal) -> Playback {
        let isEpisode = ["SeriesName", "SeriesId", "EpisodeNumber"].contains { json[$0] != nil }
        return Playback(
            source: .jellyfin, kind: .stop,
            user: .init(id: id(json.text("UserId")), name: text(json.text("NotificationUsername"))),
            itemKind: kind(json.text("ItemType"), isEpisode: isEpisode),
            film: FilmIDs(
                tmdb: json.whole("Provider_tmdb"), imdb: json.text("Provider_imdb"),
                title: title(json.text("Name")), year: json.whole("Year")),
            itemID: itemID(json.text("ItemId")), mediaSourceID: version(json.text("MediaSourceId")),
            runtime: try runtime(json), position: try ticks(json, "PlaybackPositionTicks"),
            saidWatched: json.claim("PlayedToCompletion"), at: time(json, arrival),
            client: text(json.text("ClientName") ?? json.text("Client")) ?? "",
            device: text(json.text("DeviceName")) ?? "")
    }

    private static func nested(_ json: Loose, _ arrival: Instant) throws(Loose.Refusal) -> Playback {
        let item = json["Item"] ?? .null
        let played = json["PlaybackInfo"] ?? .null
        let user = json["User"] ?? .null
        let session = json["Session"] ?? .null
        let ids = item["ProviderIds"] ?? .null
        let isEpisode = ["SeriesName", "SeriesId", "IndexNumber"].contains { item[$0] != nil }
        let position = try ticks(played, "PositionTicks")
        let positionAbove = try ticks(json, "PlaybackPositionTicks")
        return Playback(
            source: .jellyfin, kind: .stop,
            user: .init(
                id: id(user.text("Id") ?? json.text("UserId")),
                name: text(user.text("Name") ?? json.text("NotificationUsername"))),
            itemKind: kind(item.text("Type"), isEpisode: isEpisode),
            film: FilmIDs(
                tmdb: ids.whole("Tmdb"), imdb: ids.text("Imdb"), title: title(item.text("Name")),
                year: item.whole("ProductionYear")),
            itemID: itemID(json.text("ItemId") ?? item.text("Id")),
            mediaSourceID: version(played.text("MediaSourceId") ?? json.text("MediaSourceId")),
            runtime: try runtime(item),
            position: position ?? positionAbove,
            saidWatched: played.claim("PlayedToCompletion") ?? json.claim("PlayedToCompletion"),
            at: time(json, arrival), client: text(session.text("Client")) ?? "",
            device: text(session.text("DeviceName")) ?? "")
    }

    // MARK: Words

    /// Without a type a film's, unless it has what only episodes have; Jellyfin itself is asked before anything is done.
    private static func kind(_ type: String?, isEpisode: Bool) -> Playback.ItemKind {
        guard let type else { return isEpisode ? .episode : .film }
        return Playback.ItemKind(jellyfin: type)
    }

    /// A GUID, in whichever writing. What is none is nobody's id.
    private static func id(_ text: String?) -> String? { text.flatMap { JellyfinID($0)?.text } }

    /// A template may make ids of another make, which still tell one item from another.
    private static func itemID(_ text: String?) -> String {
        guard let text else { return "" }
        return JellyfinID(text)?.text ?? text.cut(to: 100)
    }

    private static func version(_ text: String?) -> String? {
        text.map { JellyfinID($0)?.text ?? $0.cut(to: 100) }
    }

    /// Quotation marks come escaped once more than JSON does it.
    private static func title(_ text: String?) -> String {
        guard let text else { return "" }
        return (text.utf8.contains(0x5C) ? text.replacing("\\\"", with: "\"") : text).cut(to: 300)
    }

    private static func text(_ text: String?) -> String? { text?.cut(to: 100) }

    // MARK: Times

    private static func runtime(_ json: Loose) throws(Loose.Refusal) -> Duration? {
        let ticks = try ticks(json, "RunTimeTicks")
        // Zero is unknown.
        return ticks == .zero ? nil : ticks
    }

    /// Ten million to the second.
    private static func ticks(_ json: Loose, _ key: String) throws(Loose.Refusal) -> Duration? {
        try json.count(key).map { .milliseconds($0 / 10_000) }
    }

    /// `Timestamp` is local, and now and then says `Z` for a time that is not UTC.
    private static func time(_ json: Loose, _ arrival: Instant) -> Instant {
        Playback.time(said: json.instant("UtcTimestamp") ?? json.instant("Timestamp"), arrival: arrival)
    }
}
