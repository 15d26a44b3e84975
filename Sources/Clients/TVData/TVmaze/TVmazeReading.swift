// TVmaze's JSON into values. A special has the season in which it was aired, a type, and no number: here they are season 0,
// numbered in the order in which they were aired, and known by their own ids.

internal import Domain
internal import LooseJSON

extension TVShow {
    init?(tvmaze json: Loose) {
        guard let id = json.whole("id"), id > 0, let title = json.text("name") else { return nil }
        let elsewhere = json["externals"]
        // What is streamed has a channel of the web, whose country may be null: seen everywhere.
        let station = json["network"] ?? json["webChannel"]
        let status: Status =
            switch json.text("status") {
            case "Ended": .ended
            case "Running": .running
            default: .unclear
            }
        self.init(
            ids: TVIDs(tvdb: elsewhere?.whole("thetvdb"), imdb: elsewhere?.text("imdb"), tvmaze: id), title: title,
            otherNames: (json["_embedded"]?.elements("akas") ?? []).compactMap { $0.text("name") },
            premiered: json.text("premiered").flatMap { Day($0) }, network: station?.text("name"),
            country: station?["country"]?.text("code"), status: status,
            poster: json["image"]?.text("medium") ?? json["image"]?.text("original") ?? "")
    }

    /// With its days: TVmaze tells those of the episodes only.
    mutating func take(_ episodes: [TVEpisode]) {
        self.episodes = episodes
        lastAired = episodes.filter { $0.season > 0 }.compactMap(\.airedOn).max()
    }
}

enum TVmazeEpisodes {
    /// Nil: that is no list of episodes.
    static func all(_ json: Loose) -> [TVEpisode]? {
        guard case .list(let elements) = json else { return nil }
        var regular: [TVEpisode] = []
        var specials: [TVEpisode] = []
        for element in elements {
            guard let id = element.whole("id"), let season = element.whole("season") else { return nil }
            var episode = TVEpisode(
                season: season, number: element.whole("number") ?? 0, title: element.text("name") ?? "",
                airedOn: element.text("airdate").flatMap { Day($0) }, minutes: element.whole("runtime"),
                ids: TVIDs(tvmaze: id))
            let isSpecial = (element.text("type") ?? "regular") != "regular" || element["number"] == nil
            if isSpecial {
                episode.season = 0
                specials.append(episode)
            } else {
                regular.append(episode)
            }
        }
        let ordered = specials.enumerated().sorted { a, b in
            (a.element.airedOn?.number ?? .max, a.offset) < (b.element.airedOn?.number ?? .max, b.offset)
        }
        return ordered.enumerated().map { place, special in
            var special = special.element
            special.number = place + 1
            return special
        } + regular
    }
}
