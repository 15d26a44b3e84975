// The shows themselves, all invented.

package import Runtime

extension Television {
    package enum Known {
        /// Two of one name: 1998 and 2018.
        package static let longTide1998 = 91_001
        package static let longTide2018 = 91_002
        /// Of one name and nearly one year, in Britain and in America.
        package static let allotmentGB = 91_003
        package static let allotmentUS = 91_004
        /// Its specials have other numbers at TVDB.
        package static let meridian = 91_005
        /// Its first two episodes are one file.
        package static let coppergate = 91_006
        /// Three seasons, counted through by those who collect it.
        package static let landOfWind = 91_007
        /// Every day; files are named after the day.
        package static let eveningLedger = 91_008
        /// Still on the air: six aired, four to come.
        package static let nightFerry = 91_009
        /// German; known abroad by other names.
        package static let hausAmKanal = 91_010
        /// More seasons than fit into one answer of TMDB.
        package static let greyHarbour = 91_011
    }

    /// - Parameter world: whose own shows are known, too
    package static func standard(of world: HouseholdWorld, now: Instant) -> Television {
        Television(series: own(of: world) + invented(now: now))
    }

    private static func invented(now: Instant) -> [Series] {
        var shows = namesakes
        shows.append(meridian)
        shows.append(
            Series(
                6, "Coppergate", premiered: "2016-03-06", country: "GB", network: "Channel Nine", genres: ["Crime"],
                episodes: Episode.weekly(6, season: 1, count: 8, from: "2016-03-06", minutes: 52)))
        shows.append(landOfWind)
        shows.append(eveningLedger)
        shows.append(nightFerry(now))
        var canal = Series(
            10, "Das Haus am Kanal", premiered: "2020-10-04", country: "DE", network: "Sender Neun",
            language: "de", episodes: Episode.weekly(10, season: 1, count: 6, from: "2020-10-04", minutes: 58))
        canal.aliases = [("US", "The House on the Canal"), ("FR", "La Maison du canal"), ("GB", "Canal House")]
        shows.append(canal)
        shows.append(
            Series(
                11, "Grey Harbour", premiered: "1999-01-04", country: "GB", network: "Channel Nine",
                hasEnded: false, genres: ["Soap"],
                episodes: (1...24).flatMap { season in
                    Episode.weekly(11, season: season, count: 10, from: "\(1998 + season)-01-04", minutes: 28)
                }))
        // "The 4400" and "1923" of this world: a number that is a name, and one that hardly is.
        shows.append(
            Series(
                12, "1887", premiered: "2022-02-02", country: "US", network: "Prairie", hasEnded: true,
                episodes: Episode.weekly(12, season: 1, count: 4, from: "2022-02-02")))
        shows.append(
            Series(
                13, "Tide", premiered: "2011-05-05", country: "US", network: "Prairie",
                episodes: Episode.weekly(13, season: 1, count: 5, from: "2011-05-05")))
        return shows
    }

    private static var namesakes: [Series] {
        [
            Series(
                1, "The Long Tide", premiered: "1998-09-14", country: "GB", network: "Channel Nine",
                episodes: Episode.weekly(1, season: 1, count: 6, from: "1998-09-14")
                    + Episode.weekly(1, season: 2, count: 6, from: "1999-09-13")),
            Series(
                2, "The Long Tide", premiered: "2018-04-02", country: "US", network: "Harbor", hasEnded: false,
                episodes: Episode.weekly(2, season: 1, count: 8, from: "2018-04-02")
                    + Episode.weekly(2, season: 2, count: 8, from: "2019-04-01")),
            Series(
                3, "The Allotment", premiered: "2003-06-01", country: "GB", network: "Channel Nine",
                genres: ["Comedy"], episodes: Episode.weekly(3, season: 1, count: 6, from: "2003-06-01", minutes: 29)),
            Series(
                4, "The Allotment", premiered: "2004-09-20", country: "US", network: "Harbor", genres: ["Comedy"],
                episodes: Episode.weekly(4, season: 1, count: 12, from: "2004-09-20", minutes: 22)),
        ]
    }

    private static var meridian: Series {
        var specials = Episode.weekly(
            5, season: 0, count: 3, from: "2013-12-25", minutes: 75, every: 365,
            titles: ["The Christmas Ward", "Night Shift", "Farewell, Meridian"])
        for index in specials.indices {
            // TVDB counts from the other end, and one more.
            specials[index].tvdbNumber = 4 - index
            specials[index].airedIn = index + 1
        }
        return Series(
            5, "Meridian Hospital", premiered: "2013-01-07", country: "IE", network: "Channel Nine",
            episodes: specials + Episode.weekly(5, season: 1, count: 10, from: "2013-01-07")
                + Episode.weekly(5, season: 2, count: 10, from: "2014-01-06"))
    }

    private static var landOfWind: Series {
        var series = Series(
            7, "Land of Wind", premiered: "2015-04-05", country: "JP", network: "Kaze TV", language: "ja",
            genres: ["Animation"],
            episodes: Episode.weekly(7, season: 1, count: 12, from: "2015-04-05", minutes: 24)
                + Episode.weekly(7, season: 2, count: 13, from: "2016-04-03", minutes: 24)
                + Episode.weekly(7, season: 3, count: 12, from: "2018-04-01", minutes: 24))
        series.originalName = "風の国"
        series.aliases = [("JP", "Kaze no Kuni"), ("FR", "Le Pays du vent")]
        series.isStreamed = true
        return series
    }

    /// Two weeks of workdays in two years.
    private static var eveningLedger: Series {
        Series(
            8, "The Evening Ledger", premiered: "2024-01-08", country: "US", network: "Harbor", hasEnded: false,
            genres: ["Talk"],
            episodes: Episode.weekly(
                8, season: 1, count: 10, from: "2024-01-08", minutes: 30, every: 1,
                titles: (1...10).map { "Episode \($0)" })
                + Episode.weekly(
                    8, season: 2, count: 10, from: "2025-01-06", minutes: 30, every: 1,
                    titles: (1...10).map { "Episode \($0)" }))
    }

    private static func nightFerry(_ now: Instant) -> Series {
        // The sixth was aired three days ago.
        let first = CivilDay(now - .days(38)).text
        var episodes = Episode.weekly(9, season: 1, count: 10, from: first, minutes: 50)
        episodes[9].title = ""
        return Series(
            9, "Night Ferry", premiered: first, country: "DK", network: "Sund", hasEnded: false,
            language: "da", episodes: episodes)
    }

    /// What the household has, with the ids it has them by.
    private static func own(of world: HouseholdWorld) -> [Series] {
        world.sections.filter { $0.kind == .show }.flatMap { world.items(of: .show, in: $0.key) }.compactMap { show in
            guard !invented.contains(show.ratingKey), let premiered = show.released else { return nil }
            func number(_ scheme: String, _ guids: [String]) -> String? {
                guids.first { $0.hasPrefix(scheme) }.map { String($0.dropFirst(scheme.count)) }
            }
            let episodes = world.children(of: show.ratingKey).flatMap { season in
                world.children(of: season.ratingKey).map { episode in
                    Episode(
                        season: season.index ?? 0, number: episode.index ?? 0, title: episode.title,
                        aired: episode.released ?? "", minutes: episode.milliseconds / 60_000,
                        tmdb: 2_700_000 + episode.ratingKey, tvdb: number("tvdb://", episode.guids).flatMap { Int($0) },
                        imdb: number("imdb://", episode.guids), tvmaze: 1_900_000 + episode.ratingKey)
                }
            }
            return Series(
                tmdb: 88_000 + show.ratingKey, tvdb: number("tvdb://", show.guids).flatMap { Int($0) },
                imdb: number("imdb://", show.guids), tvmaze: 58_000 + show.ratingKey, name: show.title,
                premiered: premiered, hasEnded: false, network: "Channel Nine", country: "GB", language: "en",
                genres: show.genres, episodes: episodes)
        }
    }

    /// Rating keys of those that `addTelevision` put there, which are in the list already.
    private static let invented = 30_000..<60_000
}
