// What a Plex server posts (support.plex.tv, Webhooks): the `payload` of a multipart form, or plainly of a form. Of use
// are the end of a film and having passed nine tenths of it (`media.scrobble`), which come each for itself. There is no
// signature and no second try. `Account.id` is 1 for the owner, else plex.tv's.

package import Domain
internal import LooseJSON
package import Runtime

package enum PlexHook {
    /// - Parameter payload: the part of that name, or the whole body where somebody posts JSON
    package static func read(_ payload: [UInt8], arrival: Instant) -> HookReading<Playback> {
        do throws(Loose.Refusal) { return try read(.hook(payload), arrival) } catch { return .refused(error.why) }
    }

    private static func read(_ json: Loose, _ arrival: Instant) throws(Loose.Refusal) -> HookReading<Playback> {
        guard let event = json.text("event") else { throw Loose.Refusal("it has no event: is this Plex's webhook?") }
        guard ["media.stop", "media.scrobble"].contains(event) else {
            return .ignored("\(event.prefix(40)) is not an end")
        }
        guard let item = json["Metadata"], item.isObject else { throw Loose.Refusal("it names no item") }
        let playback = try playback(json, item, isScrobble: event == "media.scrobble", arrival)
        guard !playback.itemID.isEmpty || !playback.film.title.isEmpty else {
            throw Loose.Refusal("it names no film: ratingKey and title are missing")
        }
        switch playback.itemKind {
        case .film: return .event(playback)
        case .episode: return .ignored("not a film: an episode", playback)
        case .other(let word): return .ignored("not a film: \(word.prefix(40))", playback)
        }
    }

    private static func playback(
        _ json: Loose, _ item: Loose, isScrobble: Bool, _ arrival: Instant
    ) throws(Loose.Refusal) -> Playback {
        let ids = item.elements("Guid").compactMap { $0.text("id") } + [item.text("guid")].compactMap { $0 }
        func number(_ scheme: String) -> Substring? {
            ids.first { $0.hasPrefix(scheme) }.map { $0.dropFirst(scheme.count).prefix { $0.isLetter || $0.isNumber } }
        }
        let runtime = try item.count("duration").map { Duration.milliseconds($0) }
        return Playback(
            source: .plex, kind: .stop,
            user: .init(
                id: json["Account"]?.text("id").map { String($0.prefix(40)) },
                name: json["Account"]?.text("title").map { String($0.prefix(100)) }),
            itemKind: kind(item.text("type") ?? item.text("librarySectionType")),
            film: FilmIDs(
                tmdb: (number("tmdb://") ?? number("com.plexapp.agents.themoviedb://")).flatMap { Int($0) },
                imdb: (number("imdb://") ?? number("com.plexapp.agents.imdb://")).map(String.init),
                title: String((item.text("title") ?? "").prefix(300)), year: item.whole("year")),
            itemID: String((item.text("ratingKey") ?? "").prefix(40)), runtime: runtime == .zero ? nil : runtime,
            position: try item.count("viewOffset").map { .milliseconds($0) },
            // A stop says nothing of the sort, even where a scrobble went before.
            saidWatched: isScrobble ? true : nil, at: arrival,
            client: String((json["Player"]?.text("title") ?? "").prefix(100)), device: "")
    }

    private static func kind(_ word: String?) -> Playback.ItemKind {
        switch word {
        case "movie": .film
        case "episode": .episode
        default: .other(word ?? "untold")
        }
    }
}
