// Everything in this issue wants to break the letter: markup, quotes, marks that turn a line around, towers of accents,
// words without end, names that are addresses, no pictures.

import Domain
import Newsletter
import NewsletterSamples
import Runtime

extension IssueFacts {
    static let hostileNames = [
        "<b>Bold</b>", "\"Quo'ted\" & Sons", "🧑‍🚀🏳️‍🌈 Zoë 👩‍👩‍👧‍👦", "מיכל כהן", "‮evil‬ reversed", "ann@example.org",
        String(repeating: "A", count: 300), "", "Line\r\nBcc: everybody@example.org",
        "Z" + String(repeating: "\u{0301}", count: 400),
        "{{server}}", "</td></table><script>alert(1)</script>",
    ]

    static let hostileTitles = [
        "<script>alert('x')</script>",
        "A title that does not know when to stop, and then goes on for three hundred letters because somebody filled it with the whole synopsis of the film, its sequel and the making of, in one breath, without a single thought of the poor person who has to lay it out on a page of six hundred points, again and again and again, amen",
        String(repeating: "Unbroken", count: 40), "العنوان العربي 2024", "مسلسل", "👾", "", "   ",
        "Tom & Jerry's \"Best\" <Of>",
        "{{{personal}}}", "\u{202E}desrever\u{202C}", "Nul\u{0000}and\u{0007}bell",
    ]

    static var hostile: IssueFacts {
        var issue = IssueFacts.rich
        let people = hostileNames.enumerated().map { FactsPerson(id: Int64($0 + 1), name: $0 == 3 ? nil : $1) }
        let titles = hostileTitles.enumerated().map { index, name in
            FactsTitle(
                index % 3 == 2 ? .artist : .movie, name, year: index == 4 ? -3 : nil,
                ratingKey: index % 2 == 0 ? nil : index)
        }
        issue.serverName = "<i>The</i> \"House\"\r\nX-Evil: yes & Söhne 🏠" + String(repeating: " long", count: 60)
        issue.people = people.map { PersonCount($0, plays: Trend(3, before: 0), seconds: Trend(5_400, before: 1)) }
        let counts = titles.map {
            TitleCount($0, plays: Trend(1, before: nil), seconds: Trend(0, before: nil), people: 1)
        }
        (issue.topMovies, issue.topShows, issue.topArtists, issue.longest) = (counts, counts.reversed(), counts, counts)
        issue.shared = titles.map { SharedTitle($0, people: people, plays: 12, seconds: 99_999_999) }
        issue.quiet = people
        var links: [Network.Link] = []
        for title in titles.indices {
            for person in people.indices { links.append(Network.Link(person: person, title: title, seconds: 60)) }
        }
        issue.network = Network(people: people, titles: titles, links: links)
        issue.race = Race(
            days: issue.period.days, runners: people.map { Race.Runner($0, seconds: [5, 4, 3, 2, 1, 0, 0]) })
        issue.doubts = hostileTitles
        let items = (0..<40).map { addition($0, at: issue.madeAt) }
        issue.added = .known(
            hostileTitles.enumerated().map {
                LibraryAdditions(
                    section: $0, name: $1, kind: "x", items: $0 == 2 ? .unknown(why: "<b>") : .known(items))
            })
        return issue
    }

    private static func addition(_ index: Int, at moment: Instant) -> Addition {
        let titles = (0..<6).map { hostileTitles[(index + $0) % 12] }
        var addition = Addition(index % 2 == 0 ? .album : .movie, titles[0], addedAt: moment)
        (addition.artist, addition.part, addition.episodeTitle) = (titles[1], titles[2], titles[5])
        addition.summary = String(repeating: titles[0] + " ", count: 9)
        addition.genres = hostileTitles
        addition.ratingKey = index == 3 ? nil : index
        addition.posterPath = index % 3 == 0 ? nil : "/library/metadata/\(index)/thumb/<\">"
        return addition
    }

    /// A server where nothing ever happened.
    static var empty: IssueFacts {
        let none = Trend(0, before: 0)
        return IssueFacts(
            number: 1, period: Diary.week, madeAt: Diary.moment(16, "08:00"), serverName: "The Household",
            totals: Totals(plays: none, seconds: none, people: none, titles: none),
            deliveries: DeliveryCount(directPlays: none, directStreams: none, transcodes: none, unknown: none))
    }
}

extension PersonalFacts {
    static var hostile: PersonalFacts {
        var personal = PersonalFacts.rich
        let issue = IssueFacts.hostile
        personal.person = FactsPerson(id: 1, name: IssueFacts.hostileNames[11])
        personal.top = issue.longest
        personal.favourites = issue.longest.reversed()
        personal.progress = issue.longest.map { Progress($0.title, done: 9, of: .known(3)) }
        personal.suggestions = issue.shared.map {
            Suggestion($0.title, likeMinded: 1, because: issue.shared.map(\.title), people: $0.people)
        }
        personal.followed = issue.added.known?.first?.items ?? .absent
        return personal
    }

    /// Somebody who had other things to do.
    static var idle: PersonalFacts {
        PersonalFacts(
            person: FactsPerson(id: 9, name: "Ida Holm"), number: 12, plays: Trend(0, before: 6),
            seconds: Trend(0, before: 20_000))
    }
}
