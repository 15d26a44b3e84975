// What a model is told of an issue, and with that all that it may say: the check knows no other numbers and names. Few
// facts, no addresses, nobody's name unless the owner wants it. Titles come from outside and are told as data; one that
// could be more than a title (a link, markup, pages of text) is not told at all. Pure.

internal import Domain
internal import Runtime

package struct WordsFacts: Hashable, Sendable {
    /// A name that may stand in the text.
    struct Phrase: Hashable, Sendable {
        var text: String
        /// One with a number in it might be taken for a number: a film called "99 Hours".
        var needsQuotes: Bool
    }

    struct Title: Hashable, Sendable, Encodable {
        var title: String
        var kind: String?
        var year: Int?
        var plays: Int?
        var people: Int?
    }

    struct Additions: Hashable, Sendable, Encodable {
        var library: String
        var count: Int
        var examples: [Title]
    }

    struct Change: Hashable, Sendable, Encodable {
        var count: Int
        /// "25 % more", "the same", "new"; nil where there is nothing to compare with.
        var than_before: String?
    }

    /// The facts as they are told.
    struct Told: Hashable, Sendable, Encodable {
        var server: String?
        var period: String
        var first_day: String
        var last_day: String
        var plays: Change
        var hours: Change
        var people: Change
        var titles: Change
        var added: [Additions]
        var most_played: [Title]
        var watched_by_several: [Title]
        var most_active: [String]
        var busiest_day: String?
    }

    private(set) var told: Told
    private(set) var counts: Set<Int> = []
    private(set) var percents: Set<Int> = []
    private(set) var years: Set<Int> = []
    private(set) var phrases: Set<Phrase> = []

    /// - Parameter namesPeople: whether people whom the issue names are named to the model as well
    package init(_ issue: IssueFacts, namesPeople: Bool = false) {
        let (first, last) = (issue.period.first, issue.period.last)
        told = Told(
            server: nil, period: issue.period.name, first_day: "", last_day: "", plays: Change(count: 0),
            hours: Change(count: 0), people: Change(count: 0), titles: Change(count: 0), added: [], most_played: [],
            watched_by_several: [], most_active: [])
        told.server = name(issue.serverName)
        told.first_day = date(first)
        told.last_day = date(last)
        phrases.insert(Phrase(text: issue.period.name, needsQuotes: false))
        let totals = issue.totals
        told.plays = change(totals.plays)
        told.hours = change(Trend(Self.hours(totals.seconds.now), before: totals.seconds.before.map(Self.hours)))
        told.people = change(totals.people)
        told.titles = change(totals.titles)
        for library in issue.added.known ?? [] {
            guard let items = library.items.known, !items.isEmpty, let shelf = name(library.name) else { continue }
            let examples = items.prefix(4).compactMap { item in
                // The show's or album's year is told, the episode's name is not: too much for a few sentences.
                title(item.name, year: item.year)
            }
            told.added.append(Additions(library: shelf, count: counted(items.count), examples: examples))
        }
        for top in [issue.topMovies, issue.topShows, issue.topArtists] {
            told.most_played += top.prefix(2).compactMap { count in
                title(
                    count.title.name, kind: count.title.kind, year: count.title.year, plays: count.plays.now,
                    people: count.people)
            }
        }
        told.watched_by_several = issue.shared.prefix(3).compactMap { shared in
            title(shared.title.name, kind: shared.title.kind, year: shared.title.year, people: shared.people.count)
        }
        if namesPeople {
            for count in issue.people.prefix(3) {
                if let name = count.person.name, let plain = person(name) { told.most_active.append(plain) }
            }
        }
        let busiest = issue.byDay.max { ($0.plays, $1.day) < ($1.plays, $0.day) }
        if let busiest, busiest.plays > 0 {
            told.busiest_day = "\(date(busiest.day)): \(counted(busiest.plays)) plays"
        }
    }

    private static func hours(_ seconds: Int) -> Int { (seconds + 1800) / 3600 }

    // MARK: Telling

    private mutating func counted(_ count: Int) -> Int {
        counts.insert(count)
        return count
    }

    private mutating func change(_ trend: Trend) -> Change {
        var words: String?
        if trend.isNew {
            words = "there were none in the period before"
        } else if let percent = trend.percent {
            if percent == 0 {
                words = "about the same as in the period before"
            } else {
                percents.insert(abs(percent))
                words = "\(abs(percent)) % \(percent > 0 ? "more" : "less") than in the period before"
            }
        }
        return Change(count: counted(trend.now), than_before: words)
    }

    /// "Monday, 9 November 2026".
    private mutating func date(_ day: Day) -> String {
        let wall = day.wall
        counts.insert(wall.day)
        years.insert(wall.year)
        return "\(Calendar.weekday(of: day)), \(wall.day) \(Calendar.months[wall.month - 1]) \(wall.year)"
    }

    private mutating func title(
        _ name: String, kind: FactsTitle.Kind? = nil, year: Int? = nil, plays: Int? = nil, people: Int? = nil
    ) -> Title? {
        guard let plain = PlainName.title(name) else { return nil }
        phrases.insert(Phrase(text: plain, needsQuotes: NumberReading.hasNumber(plain)))
        // "The Long Road: Part Two" is often called by its first half.
        if let half = plain.ranges(of: ": ").first.map({ String(plain[..<$0.lowerBound]) }), half.count >= 4 {
            phrases.insert(Phrase(text: half, needsQuotes: NumberReading.hasNumber(half)))
        }
        if let year { years.insert(year) }
        return Title(
            title: plain, kind: kind?.word, year: year, plays: plays.map { counted($0) },
            people: people.map { counted($0) })
    }

    /// What the owner has named: trusted further than a title, but not to be a bare number.
    private mutating func name(_ name: String) -> String? {
        guard let plain = PlainName.title(name) else { return nil }
        phrases.insert(Phrase(text: plain, needsQuotes: !plain.contains(where: \.isLetter)))
        return plain
    }

    private mutating func person(_ name: String) -> String? {
        guard let plain = PlainName.person(name) else { return nil }
        phrases.insert(Phrase(text: plain, needsQuotes: false))
        // People are called by their first names.
        if let first = plain.split(separator: " ").first, first.count > 1 {
            phrases.insert(Phrase(text: String(first), needsQuotes: false))
        }
        return plain
    }
}

extension FactsTitle.Kind {
    fileprivate var word: String? {
        switch self {
        case .movie: "film"
        case .show: "series"
        case .artist: "music"
        case .other: nil
        }
    }
}

enum Calendar {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// 5 January 1970 was a Monday.
    static func weekday(of day: Day) -> String {
        let since = day - Day(year: 1970, month: 1, day: 5)
        return weekdays[((since % 7) + 7) % 7]
    }
}
