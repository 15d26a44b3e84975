// The days of a place, ready for a million questions: to which local day does a moment belong? Asking the zone each time
// would cost more than all the counting.

internal import Domain
internal import Runtime

struct PeriodDays: Sendable {
    /// How far back days in a row are followed.
    static let reach = 730

    private let first: Day
    /// Midnights in milliseconds; one more than there are days.
    private let midnights: [Int64]

    /// Up to and including the last day of the period.
    init(through last: Day, in place: LocalTime, reach: Int = PeriodDays.reach) {
        first = last - reach + 1
        midnights = (0...reach).map { [first] in (first + $0).begins(in: place).milliseconds }
    }

    var last: Day { first + (midnights.count - 2) }

    var count: Int { midnights.count - 1 }

    /// Nil outside of what is covered.
    func place(of moment: Instant) -> Int? {
        let now = moment.milliseconds
        guard let start = midnights.first, let end = midnights.last, start <= now, now < end else { return nil }
        // Days have 24 hours but for a few: the guess is off by one at most, or by a few where a zone changed its mind.
        var place = min(Int((now - start) / 86_400_000), midnights.count - 2)
        while midnights[place] > now { place -= 1 }
        while midnights[place + 1] <= now { place += 1 }
        return place
    }

    func place(of day: Day) -> Int? { day >= first && day <= last ? day - first : nil }

    func day(of moment: Instant) -> Day? { place(of: moment).map { first + $0 } }
}
