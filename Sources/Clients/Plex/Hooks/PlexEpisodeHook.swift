// The same webhook, read for episodes (sheet tracker.md §1, §2): of use is having passed nine tenths of one
// (`media.scrobble`), by whomever: a server's owner is told of everybody's plays, so the account goes along.
//
// What stands in `Guid` are the EPISODE's ids, and `year` is the episode's: neither may ever be taken for the show's. Any
// field may be missing, and 0 is a number: season 0 holds the specials.

package import Domain
package import LooseJSON
package import Runtime

package enum PlexEpisodeHook {
    /// - Parameter payload: the part of that name, or the whole body where somebody posts JSON
    package static func read(_ payload: [UInt8], arrival: Instant) -> HookReading<EpisodePlay> {
        hear(payload, arrival: arrival).reading
    }

    package static func hear(_ payload: [UInt8], arrival: Instant) -> EpisodeHook {
        do throws(Loose.Refusal) { return hear(try .hook(payload), arrival: arrival) } catch {
            return EpisodeHook(source: .plex, event: "", reading: .refused(error.why))
        }
    }

    /// Of a body that was read already.
    package static func hear(_ json: Loose, arrival: Instant) -> EpisodeHook {
        let reading: HookReading<EpisodePlay>
        do throws(Loose.Refusal) { reading = try read(json, arrival) } catch { reading = .refused(error.why) }
        let seconds = json["Metadata"]?.whole("lastViewedAt").flatMap { 1..<(1 << 40) ~= $0 ? Int64($0) : nil }
        return EpisodeHook(
            source: .plex, event: json.text("event") ?? "", moment: seconds.map { Instant(seconds: $0) },
            reading: reading)
    }

    private static func read(_ json: Loose, _ arrival: Instant) throws(Loose.Refusal) -> HookReading<EpisodePlay> {
        guard let event = json.text("event") else { throw Loose.Refusal("it has no event: is this Plex's webhook?") }
        guard let item = json["Metadata"], item.isObject else {
            guard event == "media.scrobble" else { return .ignored("\(event.prefix(40)) tells of no play") }
            throw Loose.Refusal("it names no item")
        }
        var play = play(json, item, arrival)
        guard isEpisode(item) else {
            // A track's number is no episode's.
            (play.season, play.number) = (nil, nil)
            return .ignored("not an episode: \(kind(item))", play)
        }
        guard event == "media.scrobble" else {
            return .ignored("\(event.prefix(40)) is not the end: only media.scrobble counts", play)
        }
        guard play.namesSomething else { throw Loose.Refusal("it names no show: titles, guids and keys are missing") }
        return .event(play)
    }

    private static func isEpisode(_ item: Loose) -> Bool {
        // A trailer of an episode comes with the show's names and a type of its own; some have a subtype only.
        if item.text("extraType") != nil || item.text("subtype") == "trailer" { return false }
        return item.text("type") == "episode"
            || item.text("type") == nil && item.text("librarySectionType") == "show"
                && item.text("grandparentTitle") != nil
    }

    private static func kind(_ item: Loose) -> String {
        if item.text("extraType") != nil || item.text("subtype") != nil { return "an extra" }
        return switch item.text("type") {
        case "movie": "a film"
        case "track": "music"
        case let word?: "\(word.prefix(40))"
        case nil: "untold"
        }
    }

    private static func play(_ json: Loose, _ item: Loose, _ arrival: Instant) -> EpisodePlay {
        let own = item.text("guid").map { [$0] } ?? []
        let listed = item.elements("Guid").compactMap { $0.text("id") ?? $0.text }
        return EpisodePlay(
            source: .plex,
            account: .init(
                id: json["Account"]?.text("id").map { String($0.prefix(40)) },
                name: json["Account"]?.text("title").map { String($0.prefix(100)) }),
            place: .init(
                server: String((json["Server"]?.text("uuid") ?? "").prefix(100)),
                episode: String((item.text("ratingKey") ?? "").prefix(40)),
                show: String((item.text("grandparentRatingKey") ?? "").prefix(40))),
            showTitle: String((item.text("grandparentTitle") ?? "").prefix(300)),
            season: number(item, "parentIndex"), number: number(item, "index"),
            title: String((item.text("title") ?? "").prefix(300)),
            airedOn: item.text("originallyAvailableAt").map { String($0.prefix(10)) }, year: item.whole("year"),
            guids: (own + listed).prefix(20).map { String($0.prefix(200)) },
            showGuids: PlexGuidText.show(
                of: item.text("grandparentGuid"), season: item.text("parentGuid"), episode: item.text("guid")),
            runtime: item.whole("duration").flatMap { 1...(1 << 32) ~= $0 ? .milliseconds($0) : nil },
            viewCount: item.whole("viewCount").flatMap { 1...1_000_000 ~= $0 ? $0 : nil },
            at: time(item, arrival))
    }

    /// 0 is one.
    private static func number(_ item: Loose, _ key: String) -> Int? {
        item.whole(key).flatMap { 0...1_000_000 ~= $0 ? $0 : nil }
    }

    /// When Plex itself wrote it down, if that was just now: a hook may have stood in a line.
    private static func time(_ item: Loose, _ arrival: Instant) -> Instant {
        guard let seconds = item.whole("lastViewedAt"), 0..<(1 << 40) ~= seconds else { return arrival }
        let said = Instant(seconds: Int64(seconds))
        return said <= arrival && arrival - said <= .minutes(10) ? said : arrival
    }
}

/// The show's guids. The old agents write the show's id on everything below it, so a payload without the show's guid has it
/// all the same; what follows the id is cut, for it differs from episode to episode.
enum PlexGuidText {
    static func show(of own: String?, season: String?, episode: String?) -> [String] {
        if let own, !own.isEmpty { return [String(bare(own).prefix(200))] }
        for below in [season, episode] {
            guard let below, let cut = below.firstRange(of: "://"), below[..<cut.lowerBound].contains(".agents.") else {
                continue
            }
            let id = below[cut.upperBound...].prefix { $0 != "/" && $0 != "?" }
            if !id.isEmpty { return [String((below[..<cut.upperBound] + id).prefix(200))] }
        }
        return []
    }

    /// Without the language: one show in two languages is one show.
    private static func bare(_ guid: String) -> Substring { guid.prefix { $0 != "?" } }
}

extension EpisodePlay {
    fileprivate var namesSomething: Bool {
        !showTitle.isEmpty || !guids.isEmpty || !showGuids.isEmpty || !place.show.isEmpty
    }
}
