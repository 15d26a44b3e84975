// What TMDB writes of a show, by hand: a hit of a search tells less than the show itself, an absent number is null, an
// absent date "" or null.

import Runtime

enum TMDBWriter {
    typealias Series = Television.Series
    typealias Episode = Television.Episode

    static func hit(_ series: Series) -> JSON {
        [
            "adult": false, "backdrop_path": .null, "genre_ids": [18], "id": .int(Int64(series.tmdb)),
            "origin_country": [.string(series.country)], "original_language": .string(series.language),
            "original_name": .string(series.originalName ?? series.name),
            "overview": "What goes on, week after week.", "popularity": 4.2, "poster_path": poster(series),
            "first_air_date": .string(series.premiered), "name": .string(series.name), "vote_average": 7.1,
            "vote_count": 12, "media_type": "tv",
        ]
    }

    private static func poster(_ series: Series) -> JSON { .string("/poster\(series.tmdb).jpg") }

    static func show(_ series: Series, now: Instant) -> JSON {
        let today = CivilDay(now).text
        let regular = series.episodes.filter { $0.season > 0 && !$0.aired.isEmpty }
        let last = regular.last { $0.aired <= today }
        let next = regular.first { $0.aired > today }
        var json = hit(series)
        json["media_type"] = nil
        json["genre_ids"] = nil
        json["genres"] = .array(series.genres.map { ["id": 18, "name": .string($0)] })
        json["episode_run_time"] = [.int(Int64(series.episodes.last?.minutes ?? 45))]
        json["in_production"] = .bool(!series.hasEnded)
        json["languages"] = [.string(series.language)]
        json["last_air_date"] = .text(last?.aired)
        json["last_episode_to_air"] = last.map { episode($0, of: series) } ?? .null
        json["next_episode_to_air"] = next.map { episode($0, of: series) } ?? .null
        json["networks"] = [
            ["id": 9, "logo_path": .null, "name": .string(series.network), "origin_country": .string(series.country)]
        ]
        json["number_of_episodes"] = .int(Int64(series.episodes.count { $0.season > 0 }))
        json["number_of_seasons"] = .int(Int64(series.seasons.count { $0 > 0 }))
        json["seasons"] = .array(
            series.seasons.map { number in
                let episodes = series.episodes(of: number)
                return [
                    "air_date": .text(episodes.first?.aired), "episode_count": .int(Int64(episodes.count)),
                    "id": .int(Int64(series.tmdb * 100 + number)),
                    "name": .string(number == 0 ? "Specials" : "Season \(number)"), "overview": "",
                    "poster_path": .null, "season_number": .int(Int64(number)), "vote_average": 0,
                ]
            })
        json["status"] = .string(series.hasEnded ? "Ended" : "Returning Series")
        json["type"] = "Scripted"
        return json
    }

    static func season(_ number: Int, of series: Series) -> JSON {
        let episodes = series.episodes(of: number)
        return [
            "_id": .string("5d77\(series.tmdb)\(number)"), "air_date": .text(episodes.first?.aired),
            "episodes": .array(episodes.map { episode($0, of: series) }),
            "name": .string(number == 0 ? "Specials" : "Season \(number)"), "overview": "",
            "id": .int(Int64(series.tmdb * 100 + number)), "poster_path": .null,
            "season_number": .int(Int64(number)), "vote_average": 0,
        ]
    }

    static func episode(_ episode: Episode, of series: Series) -> JSON {
        [
            "air_date": episode.aired.isEmpty ? .null : .string(episode.aired),
            "episode_number": .int(Int64(episode.number)), "episode_type": "standard",
            "id": .int(Int64(episode.tmdb)),
            "name": .string(episode.title.isEmpty ? "Episode \(episode.number)" : episode.title), "overview": "",
            "production_code": "", "runtime": episode.minutes > 0 ? .int(Int64(episode.minutes)) : .null,
            "season_number": .int(Int64(episode.season)), "show_id": .int(Int64(series.tmdb)), "still_path": .null,
            "vote_average": 0, "vote_count": 0,
        ]
    }

    static func ids(_ series: Series) -> JSON {
        [
            "id": .int(Int64(series.tmdb)), "imdb_id": .text(series.imdb), "freebase_mid": .null,
            "freebase_id": .null, "tvdb_id": series.tvdb.map { .int(Int64($0)) } ?? .null, "tvrage_id": .null,
            "wikidata_id": .null, "facebook_id": .null, "instagram_id": .null, "twitter_id": .null,
        ]
    }

    static func ids(_ episode: Episode) -> JSON {
        [
            "id": .int(Int64(episode.tmdb)), "imdb_id": .text(episode.imdb), "freebase_mid": .null,
            "freebase_id": .null, "tvdb_id": episode.tvdb.map { .int(Int64($0)) } ?? .null, "tvrage_id": .null,
            "wikidata_id": .null,
        ]
    }

    /// One of them names a season only.
    static func alternatives(_ series: Series) -> JSON {
        let titles = series.aliases.map { alias -> JSON in
            ["iso_3166_1": .string(alias.country), "title": .string(alias.name), "type": ""]
        }
        let second: [JSON] =
            series.seasons.contains(2)
            ? [["iso_3166_1": "US", "title": .string("\(series.name): The Return"), "type": "Season 2 title"]] : []
        return ["id": .int(Int64(series.tmdb)), "results": .array(titles + second)]
    }

    static func translations(_ series: Series) -> JSON {
        let french = series.aliases.first { $0.country == "FR" }
        return [
            "id": .int(Int64(series.tmdb)),
            "translations": [
                [
                    "iso_3166_1": "US", "iso_639_1": "en", "name": "English", "english_name": "English",
                    "data": ["name": "", "overview": "", "homepage": "", "tagline": ""],
                ],
                [
                    "iso_3166_1": "FR", "iso_639_1": "fr", "name": "Français", "english_name": "French",
                    "data": ["name": .string(french?.name ?? ""), "overview": "", "homepage": "", "tagline": ""],
                ],
            ],
        ]
    }
}
