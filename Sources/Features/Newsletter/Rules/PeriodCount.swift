// The rows of one period, counted (docs/newsletter-numbers.md §2). A play is a sitting: it counts once, on the day and in
// the hour in which the first of its rows in the period began, and as that row was delivered. Time counts with each row.

internal import Domain
internal import Runtime

struct PeriodCount: Sendable {
    private(set) var total = Sum()
    private(set) var titles: [Int32: Sum] = [:]
    private(set) var accounts: [Int32: Sum] = [:]
    private(set) var pairs: [Pair: Sum] = [:]
    private(set) var kinds: [FactsTitle.Kind: Sum] = [:]
    private(set) var accountKinds: [Int32: [FactsTitle.Kind: Sum]] = [:]
    private(set) var days: [Sum]
    private(set) var accountDays: [Int32: [Sum]] = [:]
    /// Monday first, then by hour.
    private(set) var hours = [[Int]](repeating: [Int](repeating: 0, count: 24), count: 7)
    private(set) var accountHours: [Int32: [Int]] = [:]
    private(set) var deliveries: [Play.Delivery: Int] = [:]

    init(_ rows: [CountedRow], of period: NewsletterPeriod, fold: NewsletterFold) {
        days = [Sum](repeating: Sum(), count: period.dayCount)
        // Counts in the totals only.
        let nobody = fold.place(ofAccount: 0)
        var seen: Set<Int64> = []
        for row in rows.sorted(by: { ($0.started, $0.id) < ($1.started, $1.id) }) {
            let isPlay = seen.insert(row.sitting).inserted
            let sum = Sum(plays: isPlay ? 1 : 0, seconds: Int(row.seconds))
            let day = fold.days.day(of: row.started).map { $0 - period.first } ?? -1
            let kind = fold.titles[row.title].kind
            total += sum
            titles[row.title, default: Sum()] += sum
            kinds[kind, default: Sum()] += sum
            if days.indices.contains(day) { days[day] += sum }
            if isPlay { deliveries[row.delivery, default: 0] += 1 }
            let parts = isPlay ? fold.place.parts(of: row.started) : nil
            if let parts { hours[(parts.weekday + 6) % 7][parts.wall.hour] += 1 }
            guard row.account != nobody else { continue }
            accounts[row.account, default: Sum()] += sum
            pairs[Pair(account: row.account, title: row.title), default: Sum()] += sum
            accountKinds[row.account, default: [:]][kind, default: Sum()] += sum
            if days.indices.contains(day) {
                accountDays[row.account, default: [Sum](repeating: Sum(), count: days.count)][day] += sum
            }
            if let parts {
                accountHours[row.account, default: [Int](repeating: 0, count: 24)][parts.wall.hour] += 1
            }
        }
    }
}
