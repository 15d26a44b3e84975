// TMDB's JSON into values: dates may be "", numbers elsewhere null, and a season that is announced need not be told.

internal import Domain
internal import LooseJSON

/// `/tv/{id}` with what was appended to it.
struct TMDBShow: Sendable {
    var show: TVShow
    /// As it announces them; those without episodes are not worth a question.
    var seasons: [Int]
    var episodes: [Int: [TVEpisode]]

    var missingSeasons: [Int] { seasons.filter { episodes[$0] == nil } }

    var whole: TVShow {
        var show = show
        show.episodes = episodes.sorted { $0.key < $1.key }.flatMap(\.value)
        return show
    }

    init?(_ json: Loose) {
        guard let show = TVShow(tmdb: json) else { return nil }
        self.show = show
        seasons = json.elements("seasons").compactMap { season in
            season.whole("episode_count") == 0 ? nil : season.whole("season_number")
        }
        episodes = [:]
        guard case .fields(let members) = json else { return nil }
        for member in members.all where member.key.hasPrefix("season/") {
            // One that does not exist comes as a refusal, or not at all.
            guard let number = Int(member.key.dropFirst("season/".count)),
                let told = Self.episodes(ofSeason: member.value)
            else { continue }
            episodes[number] = told
        }
    }

    /// Nil: that is no season.
    static func episodes(ofSeason json: Loose) -> [TVEpisode]? {
        guard case .list(let elements)? = json["episodes"] else { return nil }
        let episodes = elements.compactMap { TVEpisode(tmdb: $0) }
        return episodes.count == elements.count ? episodes : nil
    }
}

extension TVShow {
    private static let posters = "https://image.tmdb.org/t/p/w342"

    /// A show, or a hit of a search, which tells less.
    init?(tmdb json: Loose) {
        guard let id = json.whole("id"), id > 0, let title = json.text("name") ?? json.text("original_name") else {
            return nil
        }
        let elsewhere = json["external_ids"]
        let original = json.text("original_name")
        let status: Status =
            switch json.text("status") {
            case "Ended", "Canceled": .ended
            case "Returning Series": .running
            default: .unclear
            }
        self.init(
            ids: TVIDs(tmdb: id, tvdb: elsewhere?.whole("tvdb_id"), imdb: elsewhere?.text("imdb_id")), title: title,
            originalTitle: original == title ? nil : original, otherNames: Self.names(json),
            premiered: json.text("first_air_date").flatMap { Day($0) },
            network: json.elements("networks").first?.text("name"), country: json.texts("origin_country").first,
            status: status, poster: json.text("poster_path").map { Self.posters + $0 } ?? "",
            lastAired: json["last_episode_to_air"]?.text("air_date").flatMap { Day($0) },
            nextAirs: json["next_episode_to_air"]?.text("air_date").flatMap { Day($0) })
    }

    private static func names(_ json: Loose) -> [String] {
        let alternatives = (json["alternative_titles"]?.elements("results") ?? []).filter { title in
            // Some name one season only.
            !(title.text("type") ?? "").lowercased().contains("season")
        }
        let translations = (json["translations"]?.elements("translations") ?? []).compactMap {
            $0["data"]?.text("name")
        }
        var seen: Set<String> = []
        return (alternatives.compactMap { $0.text("title") } + translations).filter { seen.insert($0).inserted }
    }
}

extension TVEpisode {
    init?(tmdb json: Loose) {
        guard let id = json.whole("id"), let season = json.whole("season_number"),
            let number = json.whole("episode_number"), season >= 0, number >= 0
        else { return nil }
        self.init(
            season: season, number: number, title: json.text("name") ?? "",
            airedOn: json.text("air_date").flatMap { Day($0) }, minutes: json.whole("runtime"),
            ids: TVIDs(tmdb: id))
    }
}

extension TVFound {
    init?(tmdb json: Loose) {
        guard case .list(let shows)? = json["tv_results"], case .list(let episodes)? = json["tv_episode_results"] else {
            return nil
        }
        self.init(
            shows: shows.compactMap { TVShow(tmdb: $0) },
            episodes: episodes.compactMap { json in
                guard let show = json.whole("show_id"), let episode = TVEpisode(tmdb: json) else { return nil }
                return Episode(show: show, episode: episode)
            })
    }
}

extension TVSearchPage {
    init?(tmdb json: Loose) {
        guard case .list(let results)? = json["results"], let page = json.whole("page") else { return nil }
        self.init(
            shows: results.compactMap { TVShow(tmdb: $0) }, page: page,
            pages: min(json.whole("total_pages") ?? page, 500))
    }
}
