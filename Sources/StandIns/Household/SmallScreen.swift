// The small household's movies and shows.

import Runtime

extension HouseholdWorld {
    /// A GUID of the new agents: 24 hexadecimal digits (sheet plex.md §6).
    static func plexGUID(_ kind: Kind, _ ratingKey: Int) -> String {
        let hex = String(ratingKey, radix: 16)
        return "plex://\(kind.word)/5d77" + String(repeating: "0", count: 20 - hex.count) + hex
    }

    /// Rating keys 101…120.
    mutating func addSmallMovies(now: Instant) {
        let movies: [(title: String, released: String, minutes: Int, genre: String)] = [
            ("The Clockmaker's Daughter-in-Law", "2024-11-15", 118, "Comedy"),
            ("Salt Road", "2023-02-03", 131, "Drama"),
            ("Nine Bridges", "2022-09-09", 104, "Thriller"), ("A Quiet Harvest", "2021-10-01", 97, "Drama"),
            ("Orbit 7", "2025-03-28", 142, "Science Fiction"),
            ("Orbit 8: Descent", "2025-08-29", 139, "Science Fiction"),
            ("Le Phare d'Hiver", "2020-01-17", 88, "Drama"), ("Mister Möbius", "2019-05-24", 93, "Comedy"),
            ("What? No!", "2018-07-13", 85, "Comedy"), ("Rain, Steam & Speed", "2017-04-07", 121, "Drama"),
            ("The Last Ferryman", "2016-11-11", 110, "Thriller"), ("100% Wool", "2024-04-01", 76, "Documentary"),
            ("Paper Tigers of Kestrel Bay", "2015-06-19", 102, "Family"), ("Undertow", "2014-08-22", 99, "Thriller"),
            ("Undertow", "1986-03-14", 112, "Drama"), ("Small Hours", "2023-12-08", 91, "Romance"),
            ("The Cartographer", "2013-02-15", 127, "Adventure"), ("Glass/House", "2022-03-04", 108, "Horror"),
            ("“Hello, Stranger”", "2011-09-30", 95, "Romance"), ("Ünder the Elm 🌳", "2025-06-06", 84, "Family"),
        ]
        for (number, movie) in movies.enumerated() {
            let key = 101 + number
            add(
                Item(
                    ratingKey: key, kind: .movie, section: Sections.movies, title: movie.title,
                    summary: "A film about what the title says, and about somebody who did not read it.",
                    year: Int(movie.released.prefix(4)), released: movie.released,
                    guid: Self.plexGUID(.movie, key), guids: ["imdb://tt99\(10_000 + key)", "tmdb://\(990_000 + key)"],
                    genres: [movie.genre], addedAt: now - .days(Int64(700 - number * 34)),
                    milliseconds: movie.minutes * 60_000, bytes: movie.minutes * 60_000_000,
                    hasPoster: number != 11))
        }
    }

    /// Shows 201…205, seasons 2xy, episodes 2xyzz: rating keys in the order they were added.
    mutating func addSmallShows(now: Instant) {
        let shows: [(title: String, year: Int, seasons: [Int], minutes: Int, genre: String)] = [
            ("Harbour Street", 2019, [8, 8, 6], 44, "Crime"), ("Two Left Feet", 2021, [6, 6], 24, "Comedy"),
            ("The Weather Makers", 2023, [5], 51, "Documentary"),
            ("Station Eleven-B", 2024, [8], 48, "Science Fiction"),
            ("Grandma's Workshop", 2016, [10, 10, 10], 12, "Family"),
        ]
        var number = 0
        for (position, show) in shows.enumerated() {
            let showKey = 201 + position
            let arrived = now - .days(Int64(650 - position * 120))
            add(
                Item(
                    ratingKey: showKey, kind: .show, section: Sections.shows, title: show.title,
                    summary: "What goes on, week after week.", year: show.year, released: "\(show.year)-09-01",
                    guid: Self.plexGUID(.show, showKey),
                    guids: ["imdb://tt98\(10_000 + showKey)", "tvdb://\(980_000 + showKey)"], genres: [show.genre],
                    addedAt: arrived))
            for (season, count) in show.seasons.enumerated() {
                let seasonKey = 211 + position * 10 + season
                add(
                    Item(
                        ratingKey: seasonKey, kind: .season, section: Sections.shows, parent: showKey,
                        title: "Season \(season + 1)", index: season + 1, year: show.year + season,
                        guid: Self.plexGUID(.season, seasonKey), addedAt: arrived + .days(Int64(season * 30))))
                for episode in 1...count {
                    let key = 2_001 + number
                    number += 1
                    add(
                        Item(
                            ratingKey: key, kind: .episode, section: Sections.shows, parent: seasonKey,
                            title: episode == 1 && season == 0 ? "Pilot" : "Chapter \(episode)",
                            index: episode, year: show.year + season,
                            released: "\(show.year + season)-09-\(episode < 10 ? "0" : "")\(episode)",
                            guid: Self.plexGUID(.episode, key), guids: ["tvdb://\(970_000 + key)"],
                            addedAt: arrived + .days(Int64(season * 30 + episode)),
                            milliseconds: show.minutes * 60_000, bytes: show.minutes * 30_000_000))
                }
            }
        }
    }
}
