// What an issue is about: whole days of the owner's calendar, from the midnight of the first to the midnight after the
// last, so that no play is in two issues or in none. Definitions: docs/newsletter-numbers.md §1.

package import Domain
package import Runtime

package struct NewsletterPeriod: Codable, Hashable, Sendable {
    package enum Rhythm: String, Codable, Hashable, Sendable, CaseIterable {
        case weekly, fortnightly, monthly
    }

    package var rhythm: Rhythm
    package var first: Day
    /// Still part of it.
    package var last: Day
    package var starts: Instant
    /// Not part of it any more.
    package var ends: Instant
    package var zone: String

    package var dayCount: Int { last - first + 1 }
    package var days: [Day] { (0..<dayCount).map { first + $0 } }
    package var range: Range<Instant> { starts..<max(starts, ends) }

    init(_ rhythm: Rhythm, from first: Day, through last: Day, in place: LocalTime) {
        self.rhythm = rhythm
        self.first = first
        self.last = last
        starts = first.begins(in: place)
        ends = (last + 1).begins(in: place)
        zone = place.zone
    }
}

extension NewsletterPeriod {
    /// The one a moment lies in.
    package static func containing(_ moment: Instant, _ rhythm: Rhythm, in place: LocalTime) -> NewsletterPeriod {
        containing(Day(of: moment, in: place), rhythm, in: place)
    }

    /// The last one that was over at a moment: what an issue made then is about.
    package static func lastOver(at moment: Instant, _ rhythm: Rhythm, in place: LocalTime) -> NewsletterPeriod {
        containing(moment, rhythm, in: place).previous(in: place)
    }

    package func previous(in place: LocalTime) -> NewsletterPeriod { Self.containing(first - 1, rhythm, in: place) }
    package func next(in place: LocalTime) -> NewsletterPeriod { Self.containing(last + 1, rhythm, in: place) }

    private static func containing(_ day: Day, _ rhythm: Rhythm, in place: LocalTime) -> NewsletterPeriod {
        switch rhythm {
        case .weekly: return weeks(1, around: day, rhythm, in: place)
        case .fortnightly: return weeks(2, around: day, rhythm, in: place)
        case .monthly:
            let wall = day.wall
            let first = Day(year: wall.year, month: wall.month, day: 1)
            let year = wall.month == 12 ? wall.year + 1 : wall.year
            let next = Day(year: year, month: wall.month % 12 + 1, day: 1)
            return NewsletterPeriod(rhythm, from: first, through: next - 1, in: place)
        }
    }

    /// Weeks begin on Monday. Pairs of weeks are counted from one Monday for good, the first of 1970, so that a restart
    /// or a missed issue never shifts them.
    private static func weeks(
        _ count: Int, around day: Day, _ rhythm: Rhythm, in place: LocalTime
    ) -> NewsletterPeriod {
        let monday = Day(year: 1970, month: 1, day: 5).number
        let length = 7 * count
        let since = day.number - monday
        let first = Day(number: monday + (since >= 0 ? since / length : (since - length + 1) / length) * length)
        return NewsletterPeriod(rhythm, from: first, through: first + (length - 1), in: place)
    }
}

extension NewsletterPeriod {
    /// "Week of 9–15 November", "Fortnight of 26 October – 8 November", "November 2026".
    package var name: String { Self.name(rhythm, first, last) }

    static func name(_ rhythm: Rhythm, _ first: Day, _ last: Day) -> String {
        switch rhythm {
        case .weekly: "Week of \(span(first, last))"
        case .fortnightly: "Fortnight of \(span(first, last))"
        case .monthly: "\(months[first.month - 1]) \(first.year)"
        }
    }

    private static func span(_ first: Day, _ last: Day) -> String {
        let (from, to) = (first.wall, last.wall)
        if from.year != to.year { return "\(words(from)) \(from.year) – \(words(to)) \(to.year)" }
        if from.month != to.month { return "\(words(from)) – \(words(to))" }
        return "\(from.day)–\(words(to))"
    }

    private static func words(_ wall: LocalTime.WallTime) -> String { "\(wall.day) \(months[wall.month - 1])" }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
