// A large, lively issue, put together by hand: three libraries with much that is new, fourteen people. Names invented.

import Domain
import Newsletter
import NewsletterSamples
import Runtime

extension IssueFacts {
    static var rich: IssueFacts {
        var issue = IssueFacts.sample
        issue.added = .known([movies, shows, albums])
        issue.doubts = []
        issue.totals = Totals(
            plays: Trend(412, before: 368), seconds: Trend(1_152_000, before: 1_031_400), people: Trend(14, before: 12),
            titles: Trend(96, before: 101))
        let seconds = [
            86_400, 71_100, 64_800, 51_000, 40_200, 33_000, 25_500, 19_800, 12_600, 7_200, 4_500, 2_400, 900, 300,
        ]
        issue.people = names.enumerated().map { index, name in
            PersonCount(
                FactsPerson(id: Int64(index + 1), name: name), plays: Trend(60 - 4 * index, before: 44 - index),
                seconds: Trend(seconds[index], before: index == 3 ? 0 : seconds[(index + 2) % 14]))
        }
        let top = { (kind: FactsTitle.Kind, titles: [(String, Int?)], key: Int) in
            titles.enumerated().map { index, title in
                TitleCount(
                    FactsTitle(kind, title.0, year: title.1, ratingKey: key + index),
                    plays: Trend(42 - 5 * index, before: 30 + index),
                    seconds: Trend(96_000 / (index + 1), before: 61_000),
                    people: 9 - index)
            }
        }
        issue.topMovies = top(
            .movie,
            [
                ("Northern Line", 2024), ("Salt Road", 2019), ("The Quiet Orchard", 2022), ("Two Harbours", 1994),
                ("Ember", 2025), ("Low Sun", 2001),
            ], 100)
        issue.topShows = top(
            .show,
            [
                ("Harbour Lights", 2021), ("Fuse & Wire", 2024), ("The Long Watch", 2019), ("Kitchen Table", 2023),
                ("Polar", 2020), ("Nine Lives", 2018),
            ], 200)
        issue.topArtists = top(.artist, [("RC/PC", nil), ("The Lantern Quintet", nil), ("Vesper Choir", nil)], 300)
        issue.longest = issue.topShows + issue.topMovies
        issue.shared = issue.longest.prefix(7).enumerated().map { index, count in
            SharedTitle(
                count.title, people: issue.people.dropFirst(index).prefix(9 - index).map(\.person), plays: 31 - index,
                seconds: 81_000 - 7_000 * index)
        }
        issue.quiet = [FactsPerson(id: 21, name: "Yusuf Demir"), FactsPerson(id: 22, name: "Zoë Klein")]
        issue.byDay = zip(issue.period.days, [38, 44, 51, 47, 62, 91, 79]).map { day, plays in
            DayCount(day, plays: plays, seconds: plays * 2_800, playsBefore: plays - 12, secondsBefore: plays * 2_500)
        }
        issue.hours = (0..<7).map { day in
            (0..<24).map { hour in
                hour < 6 ? 0 : max(0, 9 - abs(hour - 20) * 2) + (day > 4 && hour > 12 ? 4 : 0) + hour % 3
            }
        }
        let titles = issue.shared.map(\.title)
        issue.network = Network(
            people: Array(issue.people.prefix(10).map(\.person)), titles: titles,
            links: titles.indices.flatMap { title in
                (0..<10).filter { ($0 * 3 + title * 5) % 7 < 4 - title / 3 }.map {
                    Network.Link(person: $0, title: title, seconds: 3_600 * ($0 + 1))
                }
            })
        issue.race = Race(
            days: issue.period.days,
            runners: issue.people.prefix(8).enumerated().map { index, count in
                Race.Runner(
                    count.person,
                    seconds: (1...7).map { count.seconds.now * ($0 * $0 + index * $0) / (49 + 7 * index) })
            })
        return issue
    }

    private static let names = [
        "Ann Whitfield", "Bo Tanner", "Chris Okafor", "Dora Lindqvist", "Emil Novak", "Farah Aziz", "Gus Moreno",
        "Hana Sato", "Ivo Petrov", "Jun Park", "Kaja Lund", "Leo Brandt", "Mara Silva", "Noor Haddad",
    ]

    private static func additions(
        _ kind: Addition.Kind, _ names: [String], from key: Int, _ change: (Int, inout Addition) -> Void
    ) -> Reading<[Addition]> {
        .known(
            names.enumerated().map { index, name in
                var addition = Addition(
                    kind, name, ratingKey: key + index, posterPath: "/library/metadata/\(key + index)/thumb/1794000000",
                    addedAt: Diary.moment(15 - index % 7, "09:30"))
                change(index, &addition)
                return addition
            })
    }

    private static var movies: LibraryAdditions {
        let names = [
            "Northern Line", "The Quiet Orchard", "Ember", "Paper Lanterns", "A Field in March", "Cold Harbour",
            "Seven Bridges", "The Understudy", "Halfway to Tromsø", "Glass Season", "Old Money, New Snow",
            "The Cartographer",
            "Moth", "Runaway Tide", "Letters to No One", "The Last Projectionist", "Saltwater", "Blue Hour",
            "Ninety Days",
            "The Ferryman’s Daughter", "Kestrel", "Anchor", "Interlude", "Wren",
        ]
        let words = [
            "A night train under the city, a driver who does not answer, and four strangers who have to decide which of them pulls the brake.",
            "Two sisters come home to sell their father’s orchard and find that somebody has been tending it all along.",
            "The fire service of a mountain village has one engine, six volunteers and a summer that will not end. From the makers of Cold Harbour.",
        ]
        return LibraryAdditions(
            section: 1, name: "Movies", kind: "movie",
            items: additions(.movie, names, from: 100) { index, addition in
                addition.year = 2025 - index % 9
                addition.genres = [["Thriller", "Drama"], ["Drama"], ["Drama", "Adventure"], ["Comedy"]][index % 4]
                addition.summary = index < words.count ? words[index] : ""
            })
    }

    private static var shows: LibraryAdditions {
        let names = [
            "Harbour Lights", "Fuse & Wire", "The Long Watch", "Kitchen Table", "Polar", "Nine Lives",
            "Midnight Bakery",
        ]
        return LibraryAdditions(
            section: 2, name: "TV Shows", kind: "show",
            items: additions(.season, names, from: 200) { index, addition in
                addition.part = index == 1 ? "S01E02" : "Season \(index % 4 + 1), \(index + 4) episodes"
                addition.episodeTitle = index == 1 ? "Earth" : nil
                addition.episodes = index == 1 ? 1 : index + 4
                addition.summary =
                    index < 2
                    ? "Back at the lighthouse: the ferry is late, and whoever is on it is not who was expected." : ""
            })
    }

    private static var albums: LibraryAdditions {
        LibraryAdditions(
            section: 3, name: "Music", kind: "artist",
            items: additions(
                .album,
                ["Signals / Noise", "Lanterns at Low Tide", "Vespers", "Kiln", "Four Rooms", "Soft Machine Code"],
                from: 300
            ) { index, addition in
                addition.artist = ["RC/PC", "The Lantern Quintet", "Vesper Choir"][index % 3]
                addition.year = 2020 + index
            })
    }
}

extension PersonalFacts {
    static var rich: PersonalFacts {
        let issue = IssueFacts.rich
        var personal = PersonalFacts.sample
        personal.plays = Trend(60, before: 44)
        personal.seconds = Trend(86_400, before: 64_800)
        personal.kinds = [
            KindCount(.movie, plays: Trend(4, before: 3), seconds: Trend(26_000, before: 20_000)),
            KindCount(.show, plays: Trend(21, before: 18), seconds: Trend(52_000, before: 40_000)),
            KindCount(.artist, plays: Trend(35, before: 23), seconds: Trend(8_400, before: 4_800)),
        ]
        personal.rank = Rank(1, of: 14)
        personal.streak = Streak(longest: 7, running: 19)
        personal.busiestHour = BusiestHour(21, plays: 17)
        let own = { (counts: ArraySlice<TitleCount>) in
            counts.map {
                TitleCount($0.title, plays: $0.plays, seconds: Trend($0.seconds.now / 3, before: 14_000), people: 1)
            }
        }
        personal.top = own(issue.longest.prefix(6))
        personal.favourites = own(issue.topMovies.prefix(3))
        personal.progress = [
            Progress(FactsTitle(.show, "Harbour Lights", ratingKey: 200), done: 14, of: .known(24)),
            Progress(FactsTitle(.show, "Fuse & Wire", ratingKey: 201), done: 8, of: .known(8)),
            Progress(FactsTitle(.artist, "RC/PC", ratingKey: 300), done: 61, of: .known(148)),
            Progress(FactsTitle(.artist, "Vesper Choir", ratingKey: 302), done: 6, of: .unknown(why: "not answered")),
        ]
        personal.suggestions = [
            Suggestion(
                FactsTitle(.movie, "The Ferryman’s Daughter", year: 2019, ratingKey: 119), likeMinded: 4,
                because: [issue.topShows[0].title, issue.topMovies[1].title], people: []),
            Suggestion(
                FactsTitle(.show, "Midnight Bakery", year: 2023, ratingKey: 206), likeMinded: 2,
                because: [issue.topShows[3].title],
                people: [FactsPerson(id: 2, name: "Bo Tanner"), FactsPerson(id: 5, name: "Emil Novak")]),
        ]
        personal.byDay = zip(issue.period.days, [8_000, 3_100, 12_000, 15_000, 9_400, 20_900, 18_000]).map {
            day, seconds in
            DayCount(day, plays: seconds / 1_800, seconds: seconds, playsBefore: 4, secondsBefore: 9_000)
        }
        if case .known(let libraries) = issue.added, case .known(let shows) = libraries[1].items {
            personal.followed = .known(Array(shows.prefix(2)))
        }
        return personal
    }
}
