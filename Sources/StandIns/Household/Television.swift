// Television as the catalogues of the outside know it: the household's own shows and a small world around them, made of
// what goes wrong when shows are matched: two of one name, one abroad, specials, a count through all seasons, days instead
// of numbers, a name in another alphabet, and one that is still on the air.

import Runtime

package struct Television: Sendable {
    package struct Series: Sendable {
        package var tmdb: Int
        package var tvdb: Int?
        package var imdb: String?
        package var tvmaze: Int?
        package var name: String
        package var originalName: String?
        /// With the country each is used in.
        package var aliases: [(country: String, name: String)] = []
        /// "1998-09-14"
        package var premiered: String
        package var hasEnded: Bool
        package var network: String
        /// Seen over the web: TVmaze then has no network.
        package var isStreamed = false
        package var country: String
        package var language: String
        package var genres: [String]
        package var episodes: [Episode]

        package var year: Int { Int(premiered.prefix(4)) ?? 0 }
        package var seasons: [Int] { Set(episodes.map(\.season)).sorted() }
        package func episodes(of season: Int) -> [Episode] { episodes.filter { $0.season == season } }
    }

    package struct Episode: Sendable {
        package var season: Int
        package var number: Int
        /// TVDB's season and number where they are others: of specials, nearly always.
        package var tvdbNumber: Int?
        /// TVmaze tells a special in the season in which it was aired.
        package var airedIn: Int?
        package var title: String
        /// "" where nobody knows yet.
        package var aired: String
        package var minutes: Int
        package var tmdb: Int
        package var tvdb: Int?
        package var imdb: String?
        package var tvmaze: Int
    }

    package var series: [Series]

    package init(series: [Series]) { self.series = series }

    package func series(named name: String, year: Int? = nil) -> Series? {
        series.first { $0.name == name && (year == nil || $0.year == year) }
    }
}

extension Television.Series {
    /// Number `number` of this world; its ids follow from it.
    init(
        _ number: Int, _ name: String, premiered: String, country: String, network: String, hasEnded: Bool = true,
        language: String = "en", genres: [String] = ["Drama"], episodes: [Television.Episode]
    ) {
        self.init(
            tmdb: 91_000 + number, tvdb: 391_000 + number, imdb: "tt95\(10_000 + number)", tvmaze: 51_000 + number,
            name: name, premiered: premiered, hasEnded: hasEnded, network: network, country: country,
            language: language, genres: genres, episodes: episodes)
    }
}

extension Television.Episode {
    /// A season of so many, a week apart; `from` is the day of the first.
    static func weekly(
        _ series: Int, season: Int, count: Int, from first: String, minutes: Int = 45, every days: Int = 7,
        titles: [String] = []
    ) -> [Television.Episode] {
        let start = CivilDay(first)?.seconds ?? 0
        return (1...count).map { number in
            let aired = CivilDay(Instant(seconds: Int64(start + (number - 1) * days * 86_400)))
            let id = series * 1_000 + season * 60 + number
            return Television.Episode(
                season: season, number: number,
                title: titles.indices.contains(number - 1)
                    ? titles[number - 1] : title(series * 13 + season * 29 + number),
                aired: aired.text, minutes: minutes, tmdb: 3_100_000 + id, tvdb: 8_200_000 + id,
                imdb: "tt96\(100_000 + id)", tvmaze: 1_700_000 + id)
        }
    }

    /// Different ones for any two hundred that follow each other.
    private static func title(_ number: Int) -> String {
        let how = [
            "Broken", "Borrowed", "Distant", "Hollow", "Quiet", "Second", "Sudden", "Patient", "Wandering", "Paper",
            "Salted", "Unsent",
        ]
        let what = [
            "Lanterns", "Harvest", "Letters", "Crossing", "Orchard", "Winter", "Ledger", "Compass", "Ferry", "Mirror",
            "Witness", "Garden", "Signal", "Tailor", "Chapel", "Ransom", "Weather",
        ]
        return "\(how[number % how.count]) \(what[number % what.count])"
    }
}

extension CivilDay {
    /// "2026-01-31"
    var text: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }
}
