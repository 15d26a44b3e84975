// The whole history, folded row by row into what an issue needs: the rows of the period and of the one before, small, and
// of everything earlier only who knows what since when. Rows may come in any order; the result is the same.

package import Domain
package import Runtime

package struct NewsletterFold: Sendable {
    /// What somebody ever did with a title.
    struct Acquaintance: Sendable {
        var first: Instant
        /// Different episodes or tracks before the period.
        var partsBefore = 0
    }

    package let period: NewsletterPeriod
    package let previous: NewsletterPeriod
    let days: PeriodDays
    let place: LocalTime

    private(set) var titles = TitleShelf()
    /// The plex.tv ids, by place.
    private(set) var accounts: [Int] = []
    private var accountPlaces: [Int: Int32] = [:]
    private(set) var now: [CountedRow] = []
    private(set) var before: [CountedRow] = []
    private(set) var acquaintances: [Pair: Acquaintance] = [:]
    /// Fingerprints of who played which part before the period, and which in it.
    private var partsBefore: Set<Int> = []
    private var partsNow: [Pair: Set<Int>] = [:]
    /// On which days each account played, by its place and the day's.
    private var activeDays: [[Bool]] = []
    /// When the oldest play began.
    package private(set) var oldest: Instant?
    package private(set) var rows = 0

    package init(_ period: NewsletterPeriod, in place: LocalTime) {
        self.period = period
        self.place = place
        previous = period.previous(in: place)
        days = PeriodDays(through: period.last, in: place)
    }

    package mutating func add(_ play: Play) {
        guard play.started < period.ends else { return }
        rows += 1
        oldest = oldest.map { min($0, play.started) } ?? play.started
        let account = accountPlace(play.account)
        let title = titles.place(of: play)
        let pair = Pair(account: account, title: title)
        let isNow = play.started >= period.starts
        if isNow || play.started >= previous.starts {
            let counted = CountedRow(
                id: play.id, sitting: play.sitting, started: play.started, account: account, title: title,
                seconds: Int32(clamping: max(0, play.seconds)), delivery: play.delivery)
            if isNow { now.append(counted) } else { before.append(counted) }
        }
        meet(pair, play, isNow: isNow)
        if let day = days.place(of: play.started) { activeDays[Int(account)][day] = true }
    }

    private mutating func accountPlace(_ account: Int) -> Int32 {
        if let place = accountPlaces[account] { return place }
        let place = Int32(accounts.count)
        accounts.append(account)
        accountPlaces[account] = place
        activeDays.append([Bool](repeating: false, count: days.count))
        return place
    }

    func isActive(_ account: Int32, on day: Day) -> Bool {
        days.place(of: day).map { activeDays[Int(account)][$0] } ?? false
    }

    func place(ofAccount account: Int) -> Int32? { accountPlaces[account] }

    private mutating func meet(_ pair: Pair, _ play: Play, isNow: Bool) {
        var isNew = false
        if play.kind == .episode || play.kind == .track {
            let part = Self.fingerprint(of: play, in: pair)
            isNew = !isNow && partsBefore.insert(part).inserted
            if isNow { partsNow[pair, default: []].insert(part) }
        }
        func meet(_ known: inout Acquaintance) {
            if play.started < known.first { known.first = play.started }
            if isNew { known.partsBefore += 1 }
        }
        meet(&acquaintances[pair, default: Acquaintance(first: play.started)])
    }

    /// Which episode or track it is: by its numbers and names, for its key may change. Two that share 64 bits by chance
    /// would count as one; among ten million that is one chance in 400,000.
    private static func fingerprint(of play: Play, in pair: Pair) -> Int {
        var hasher = Hasher()
        hasher.combine(pair)
        hasher.combine(play.parentIndex)
        hasher.combine(play.index)
        if play.kind == .track || play.index == nil || play.parentIndex == nil {
            hasher.combine(play.parentTitle)
            hasher.combine(play.title)
        }
        return hasher.finalize()
    }

    /// Different episodes or tracks, ever.
    func parts(_ pair: Pair) -> Int {
        let new = (partsNow[pair] ?? []).reduce(0) { $0 + (partsBefore.contains($1) ? 0 : 1) }
        return (acquaintances[pair]?.partsBefore ?? 0) + new
    }

    /// Whether the history reaches back far enough to compare: to the first day of the period before.
    package var canCompare: Bool {
        guard let oldest else { return false }
        return oldest < (previous.first + 1).begins(in: place)
    }
}
