// The small television as it stands in a Plex library: one show by each of the ways in which agents, old and new, name what
// they have found (sheet tracker.md §2). Put there only by whom it is wanted: the household's shelves are counted elsewhere.

package import Runtime

extension HouseholdWorld {
    /// How a library's agent writes what an episode is.
    private enum Agent {
        /// Plex's own, with the ids of each item beside.
        case plex
        /// "thetvdb", "themoviedb" or "imdb"
        case old(String)
        /// Counts through all seasons.
        case hama
        /// Nothing was found: the title is all there is.
        case none
    }

    /// Shows 30,000, 31,000, …; seasons and episodes above them.
    package mutating func addTelevision(_ television: Television, now: Instant) {
        typealias Known = Television.Known
        let shelved: [(tmdb: Int, title: String?, agent: Agent)] = [
            (Known.longTide1998, nil, .old("imdb")), (Known.longTide2018, "The Long Tide (2018)", .plex),
            (Known.allotmentUS, "The Allotment (US)", .old("thetvdb")), (Known.meridian, nil, .plex),
            (Known.coppergate, nil, .plex), (Known.landOfWind, "Kaze no Kuni", .hama),
            (Known.eveningLedger, nil, .none), (Known.nightFerry, nil, .plex),
            (Known.hausAmKanal, "Canal House", .old("themoviedb")),
        ]
        let today = CivilDay(now).text
        for (place, shelf) in shelved.enumerated() {
            guard let series = television.series.first(where: { $0.tmdb == shelf.tmdb }) else { continue }
            add(
                series, titled: shelf.title ?? series.name, as: 30_000 + place * 1_000, by: shelf.agent, until: today,
                now)
        }
    }

    private mutating func add(
        _ series: Television.Series, titled title: String, as key: Int, by agent: Agent, until today: String,
        _ now: Instant
    ) {
        var isPlex = false
        if case .plex = agent { isPlex = true }
        let ids = ["imdb://\(series.imdb ?? "")", "tmdb://\(series.tmdb)", "tvdb://\(series.tvdb ?? 0)"]
        var show = Item(
            ratingKey: key, kind: .show, section: Sections.shows, title: title,
            summary: "What goes on, week after week.", year: series.year, released: series.premiered,
            guid: Self.guid(agent, .show, key, series, nil), guids: isPlex ? ids : [], genres: series.genres,
            addedAt: now - .days(60))
        show.originalTitle = series.originalName ?? ""
        add(show)
        var number = 0
        var seasons: [Int: Int] = [:]
        for (counted, episode) in series.episodes.filter({ $0.aired <= today && !$0.aired.isEmpty }).enumerated() {
            let (season, index) = Self.place(of: episode, counted: counted + 1, by: agent)
            if seasons[season] == nil {
                let seasonKey = key + 10 + seasons.count
                seasons[season] = seasonKey
                add(
                    Item(
                        ratingKey: seasonKey, kind: .season, section: Sections.shows, parent: key,
                        title: season == 0 ? "Specials" : "Season \(season)", index: season,
                        guid: Self.guid(agent, .season, seasonKey, series, (season, nil)), addedAt: now - .days(60)))
            }
            number += 1
            let own = ["imdb://\(episode.imdb ?? "")", "tmdb://\(episode.tmdb)", "tvdb://\(episode.tvdb ?? 0)"]
            var item = Item(
                ratingKey: key + 100 + number, kind: .episode, section: Sections.shows, parent: seasons[season],
                title: episode.title, index: index, year: Int(episode.aired.prefix(4)), released: episode.aired,
                guid: Self.guid(agent, .episode, key + 100 + number, series, (season, index)),
                guids: isPlex ? own : [], addedAt: now - .days(60), milliseconds: episode.minutes * 60_000,
                bytes: episode.minutes * 30_000_000)
            if series.tmdb == Television.Known.coppergate, number <= 2 {
                item.file = "/data/TV Shows/Coppergate/Season 1/Coppergate.S01E01-E02.mkv"
            }
            add(item)
        }
    }

    private static func place(
        of episode: Television.Episode, counted: Int, by agent: Agent
    ) -> (season: Int, index: Int?) {
        switch agent {
        // A file that is named after its day is in the season of its year, and has no number.
        case .none: (Int(episode.aired.prefix(4)) ?? 1, nil)
        case .hama: (1, counted)
        case .plex, .old: (episode.season, episode.tvdbNumber ?? episode.number)
        }
    }

    private static func guid(
        _ agent: Agent, _ kind: Kind, _ key: Int, _ series: Television.Series, _ place: (season: Int, index: Int?)?
    ) -> String {
        let below = place.map { "/\($0.season)" + ($0.index.map { "/\($0)" } ?? "") } ?? ""
        switch agent {
        case .plex: return plexGUID(kind, key)
        case .old(let name):
            let id = ["thetvdb": "\(series.tvdb ?? 0)", "themoviedb": "\(series.tmdb)"][name] ?? series.imdb ?? ""
            return "com.plexapp.agents.\(name)://\(id)\(below)?lang=en"
        case .hama: return "com.plexapp.agents.hama://tvdb4-\(series.tvdb ?? 0)\(below)?lang=en"
        case .none: return "com.plexapp.agents.none://\(key)\(below)?lang=xn"
        }
    }
}
