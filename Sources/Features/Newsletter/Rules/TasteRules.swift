// Who has a like taste, simply and explainably: two people are near where they played the same titles, and a title says
// the more the fewer played it (docs/newsletter-numbers.md §7). Whole numbers throughout: sums of fractions would
// depend on their order, and an issue must not.

internal import Domain
internal import Runtime

struct TasteRules: Sendable {
    /// How many are listened to.
    static let nearest = 5
    /// One title in common is chance.
    static let leastInCommon = 2

    struct Neighbour: Sendable {
        var account: Int32
        /// 0 to 1,000,000: the weight in common by the weight of both.
        var nearness: Int
        /// The weightiest three.
        var common: [Int32]
    }

    private let fold: NewsletterFold
    private let order: [Int]
    /// By account: what they ever played, and its weight together.
    private var titles: [[Int32]]
    private var loads: [Int]
    /// By title: who played it, and what it weighs.
    private var people: [[Int32]]
    private var weights: [Int]
    private var playedNow: [Int32: [Int32]] = [:]

    init(
        _ fold: NewsletterFold, now: PeriodCount, order: [Int], isCompany: (_ account: Int) -> Bool
    ) {
        self.fold = fold
        self.order = order
        titles = [[Int32]](repeating: [], count: fold.accounts.count)
        people = [[Int32]](repeating: [], count: fold.titles.entries.count)
        let counts = fold.accounts.map(isCompany)
        for pair in fold.acquaintances.keys where counts[Int(pair.account)] {
            guard fold.titles[pair.title].kind != .other else { continue }
            titles[Int(pair.account)].append(pair.title)
            people[Int(pair.title)].append(pair.account)
        }
        let weights = people.map { Self.weight(players: $0.count) }
        self.weights = weights
        loads = titles.map { titles in titles.reduce(0) { $0 + weights[Int($1)] } }
        for pair in now.pairs.keys where counts[Int(pair.account)] {
            if fold.titles[pair.title].kind != .other { playedNow[pair.account, default: []].append(pair.title) }
        }
    }

    /// 1000 shared by those who played it: two people's secret weighs 500 to each, a hundred people's hit 10.
    static func weight(players: Int) -> Int { 1000 / max(1, players) }

    func neighbours(of account: Int32) -> [Neighbour] {
        let own = titles[Int(account)]
        var weight = [Int](repeating: 0, count: titles.count)
        var count = [Int](repeating: 0, count: titles.count)
        for title in own {
            for other in people[Int(title)] where other != account {
                weight[Int(other)] += weights[Int(title)]
                count[Int(other)] += 1
            }
        }
        var near: [(account: Int32, nearness: Int)] = []
        for other in count.indices where count[other] >= Self.leastInCommon {
            // What they share by what either played: a person who played everything is near to nobody.
            let all = loads[Int(account)] + loads[other] - weight[other]
            let nearness = weight[other] * 1_000_000 / max(1, all)
            if nearness > 0 { near.append((Int32(other), nearness)) }
        }
        near.sort { a, b in
            (b.nearness, fold.accounts[Int(a.account)]) < (a.nearness, fold.accounts[Int(b.account)])
        }
        let mine = Set(own)
        return near.prefix(Self.nearest).map { other in
            let both = titles[Int(other.account)].filter { mine.contains($0) }
            let common = both.sorted { isHeavier($0, $1) }.prefix(3)
            return Neighbour(account: other.account, nearness: other.nearness, common: Array(common))
        }
    }

    private func isHeavier(_ a: Int32, _ b: Int32) -> Bool {
        (weights[Int(b)], order[Int(a)]) < (weights[Int(a)], order[Int(b)])
    }

    /// What neighbours played in the period and this person never did, nearest neighbours' first.
    func suggestions(
        for account: Int32, most: Int, where isAllowed: (Int32) -> Bool = { _ in true }
    ) -> [(title: Int32, from: [Int32], because: [Int32])] {
        let near = neighbours(of: account)
        let known = Set(titles[Int(account)])
        guard !near.isEmpty else { return [] }
        var found: [Int32: (score: Int, from: [Neighbour])] = [:]
        for neighbour in near {
            for title in playedNow[neighbour.account] ?? [] where !known.contains(title) {
                found[title, default: (0, [])].score += neighbour.nearness
                found[title, default: (0, [])].from.append(neighbour)
            }
        }
        let best = found.sorted { a, b in
            (b.value.score, order[Int(a.key)]) < (a.value.score, order[Int(b.key)])
        }
        var chosen: [(key: Int32, value: (score: Int, from: [Neighbour]))] = []
        for title in best where chosen.count < most {
            if isAllowed(title.key) { chosen.append(title) }
        }
        return chosen.map { title, found in
            // Their neighbours come nearest first, so do what is shared with them.
            var because: [Int32] = []
            for title in found.from.flatMap(\.common) where !because.contains(title) {
                because.append(title)
            }
            return (title, found.from.map(\.account), Array(because.prefix(3)))
        }
    }
}
