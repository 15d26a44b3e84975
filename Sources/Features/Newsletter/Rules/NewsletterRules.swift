// From the evidence to the facts. No clock, no network, no database: the same evidence gives the same issue, down to the
// order of equals. What each number means: docs/newsletter-numbers.md.

internal import Domain
package import Runtime

package struct NewsletterRules: Sendable {
    let evidence: NewsletterEvidence
    let wishes: NewsletterWishes
    let names: PeopleNames
    /// The libraries that everybody may see, as far as is known.
    let common: Libraries
    let now: PeriodCount
    let before: PeriodCount
    let taste: TasteRules
    /// Accounts that take part, by what they are ranked by: time, then plays.
    let ranked: [Int32]
    /// Titles by name.
    let order: [Int]
    private let titlePeople: [Int32: [Int32]]
    /// What two or more of the company played, the most people first, and of each those who played it, the most time
    /// first.
    private let together: [(title: Int32, accounts: [Int32])]
    /// What each account played.
    let played: [Int32: [Int32: Sum]]

    var fold: NewsletterFold { evidence.plays }

    package init(_ evidence: NewsletterEvidence, _ wishes: NewsletterWishes) {
        self.evidence = evidence
        self.wishes = wishes
        let fold = evidence.plays
        let names = PeopleNames(evidence.people, unnamed: evidence.unnamed, namesPeople: wishes.namesPeople)
        let now = PeriodCount(fold.now, of: fold.period, fold: fold)
        let before = PeriodCount(fold.before, of: fold.previous, fold: fold)
        self.names = names
        common = Self.common(of: evidence.people)
        self.now = now
        self.before = before
        let company = now.accounts.filter { names.isCompany(account: fold.accounts[Int($0.key)]) }
        ranked = company.sorted { a, b in
            (b.value.seconds, b.value.plays, fold.accounts[Int(a.key)])
                < (a.value.seconds, a.value.plays, fold.accounts[Int(b.key)])
        }.map(\.key)
        var titlePeople: [Int32: [Int32]] = [:]
        var played: [Int32: [Int32: Sum]] = [:]
        for (pair, sum) in now.pairs {
            titlePeople[pair.title, default: []].append(pair.account)
            played[pair.account, default: [:]][pair.title] = sum
        }
        self.titlePeople = titlePeople
        self.played = played
        let order = fold.titles.order()
        self.order = order
        taste = TasteRules(fold, now: now, order: order) { names.isCompany(account: $0) }
        together = Self.together(titlePeople, now, fold, Set(company.keys), order, most: max(15, wishes.mostTitles))
    }

    private static func together(
        _ titlePeople: [Int32: [Int32]], _ now: PeriodCount, _ fold: NewsletterFold, _ company: Set<Int32>,
        _ order: [Int], most: Int
    ) -> [(title: Int32, accounts: [Int32])] {
        var common: [(title: Int32, accounts: [Int32], sum: Sum)] = []
        for (title, accounts) in titlePeople where fold.titles[title].kind != .other {
            let those = accounts.filter(company.contains)
            if those.count > 1 { common.append((title, those, now.titles[title] ?? Sum())) }
        }
        common.sort { a, b in
            (b.accounts.count, b.sum.seconds, b.sum.plays, order[Int(a.title)])
                < (a.accounts.count, a.sum.seconds, a.sum.plays, order[Int(b.title)])
        }
        return common.prefix(most).map { title, accounts, _ in
            func seconds(_ account: Int32) -> Int { now.pairs[Pair(account: account, title: title)]?.seconds ?? 0 }
            let sorted = accounts.map { ($0, seconds($0), fold.accounts[Int($0)]) }.sorted { a, b in
                (b.1, a.2) < (a.1, b.2)
            }
            return (title, sorted.map(\.0))
        }
    }

    package func issue(number: Int, madeAt: Instant) -> IssueFacts {
        IssueFacts(
            number: number, period: fold.period, madeAt: madeAt, serverName: wishes.serverName, totals: totals,
            kinds: kinds(now.kinds, before.kinds), added: evidence.added, topMovies: top(.movie), topShows: top(.show),
            topArtists: top(.artist), longest: longest, shared: shared, people: people, quiet: quiet,
            byDay: days(now.days, before.days), hours: now.hours, deliveries: deliveries, network: network,
            race: race, growth: evidence.growth, doubts: doubts)
    }

    // MARK: Counting

    /// Beside the period before, where there is something to compare with.
    func trend(_ now: Int, _ before: Int) -> Trend { Trend(now, before: fold.canCompare ? before : nil) }

    private var totals: IssueFacts.Totals {
        IssueFacts.Totals(
            plays: trend(now.total.plays, before.total.plays), seconds: trend(now.total.seconds, before.total.seconds),
            people: trend(now.accounts.count, before.accounts.count),
            titles: trend(now.titles.count, before.titles.count))
    }

    func kinds(_ now: [FactsTitle.Kind: Sum], _ before: [FactsTitle.Kind: Sum]) -> [KindCount] {
        FactsTitle.Kind.allCases.compactMap { kind in
            let (new, old) = (now[kind] ?? Sum(), before[kind] ?? Sum())
            guard new != Sum() || old != Sum() else { return nil }
            return KindCount(kind, plays: trend(new.plays, old.plays), seconds: trend(new.seconds, old.seconds))
        }
    }

    func days(_ now: [Sum], _ before: [Sum]) -> [DayCount] {
        fold.period.days.enumerated().map { index, day in
            let (new, old) = (now.at(index) ?? Sum(), fold.canCompare ? before.at(index) : nil)
            return DayCount(
                day, plays: new.plays, seconds: new.seconds, playsBefore: old?.plays, secondsBefore: old?.seconds)
        }
    }

    private var deliveries: DeliveryCount {
        func trend(_ delivery: Play.Delivery) -> Trend {
            self.trend(now.deliveries[delivery] ?? 0, before.deliveries[delivery] ?? 0)
        }
        return DeliveryCount(
            directPlays: trend(.directPlay), directStreams: trend(.directStream), transcodes: trend(.transcode),
            unknown: trend(.unknown))
    }

    private var doubts: [String] {
        var doubts = evidence.doubts
        if case .unknown(let why) = evidence.added { doubts.append("What is new could not be read: \(why)") }
        for library in evidence.added.known ?? [] {
            if let doubt = library.doubt { doubts.append(doubt) }
        }
        return doubts
    }

    // MARK: Titles

    func count(_ title: Int32, _ now: Sum, _ before: Sum?, people: Int) -> TitleCount {
        TitleCount(
            fold.titles[title], plays: trend(now.plays, before?.plays ?? 0),
            seconds: trend(now.seconds, before?.seconds ?? 0), people: people)
    }

    private func count(_ title: Int32) -> TitleCount {
        count(title, now.titles[title] ?? Sum(), before.titles[title], people: people(of: title))
    }

    /// By plays, as Tautulli's home page has it.
    private func top(_ kind: FactsTitle.Kind) -> [TitleCount] {
        now.titles.filter { fold.titles[$0.key].kind == kind }.sorted { a, b in
            let (first, second) = (people(of: a.key), people(of: b.key))
            return (b.value.plays, b.value.seconds, second, order[Int(a.key)])
                < (a.value.plays, a.value.seconds, first, order[Int(b.key)])
        }.prefix(wishes.mostTitles).map { count($0.key) }
    }

    private var longest: [TitleCount] {
        let all = now.titles.filter { fold.titles[$0.key].kind != .other }
        return byTime(all).prefix(wishes.mostTitles).map { count($0.title) }
    }

    func byTime(_ titles: [Int32: Sum]) -> [(title: Int32, sum: Sum)] {
        titles.map { (title: $0.key, sum: $0.value) }.sorted { a, b in
            (b.sum.seconds, b.sum.plays, order[Int(a.title)]) < (a.sum.seconds, a.sum.plays, order[Int(b.title)])
        }
    }

    private func people(of title: Int32) -> Int { titlePeople[title]?.count ?? 0 }

    private func seconds(_ account: Int32, _ title: Int32) -> Int {
        now.pairs[Pair(account: account, title: title)]?.seconds ?? 0
    }

    private var shared: [SharedTitle] {
        together.prefix(wishes.mostTitles).map { title, accounts in
            let people = accounts.map { names.shown(account: fold.accounts[Int($0)]) }
            let sum = now.titles[title] ?? Sum()
            return SharedTitle(fold.titles[title], people: people, plays: sum.plays, seconds: sum.seconds)
        }
    }

    // MARK: People

    private var people: [PersonCount] {
        ranked.prefix(wishes.mostPeople).map { account in
            let (new, old) = (now.accounts[account] ?? Sum(), before.accounts[account] ?? Sum())
            return PersonCount(
                names.shown(account: fold.accounts[Int(account)]), plays: trend(new.plays, old.plays),
                seconds: trend(new.seconds, old.seconds))
        }
    }

    /// Members all the period long who played nothing; who is not to be named is not pointed at either.
    private var quiet: [FactsPerson] {
        guard wishes.mentionsQuiet else { return [] }
        let active = Set(now.accounts.keys.map { fold.accounts[Int($0)] })
        return evidence.people.filter { person in
            guard person.access == .member, let id = person.plexID, !active.contains(id) else { return false }
            return (person.joinedAt ?? person.firstSeen) < fold.period.starts
        }.map { names.shown($0) }.filter { $0.name != nil }.sorted { ($0.name ?? "", $0.id) < ($1.name ?? "", $1.id) }
    }

    /// Those most had in common and who had them: what still can be told apart in a picture.
    private var network: IssueFacts.Network {
        var network = IssueFacts.Network()
        var places: [Int32: Int] = [:]
        let titles = together.prefix(15)
        var weights: [Int32: Int] = [:]
        for (title, accounts) in titles {
            for account in accounts { weights[account, default: 0] += seconds(account, title) }
        }
        let chosen = weights.keys.sorted { a, b in
            (weights[b] ?? 0, fold.accounts[Int(a)]) < (weights[a] ?? 0, fold.accounts[Int(b)])
        }.prefix(16)
        for account in chosen {
            places[account] = network.people.count
            network.people.append(names.shown(account: fold.accounts[Int(account)]))
        }
        for (title, accounts) in titles {
            let linked = accounts.compactMap { account in places[account].map { (account, $0) } }
            guard linked.count > 1 else { continue }
            for (account, place) in linked {
                network.links.append(
                    IssueFacts.Network.Link(
                        person: place, title: network.titles.count, seconds: seconds(account, title)))
            }
            network.titles.append(fold.titles[title])
        }
        return network
    }

    private var race: IssueFacts.Race {
        var all: [(account: Int32, seconds: [Int])] = []
        for account in ranked {
            var total = 0
            let days = now.accountDays[account] ?? []
            all.append(
                (
                    account,
                    fold.period.days.indices.map { index in
                        total += days.at(index)?.seconds ?? 0
                        return total
                    }
                ))
        }
        // Whoever is among the first five at the end of any day, and no more than can be told apart.
        var chosen: Set<Int32> = []
        for day in fold.period.days.indices {
            let standing = all.enumerated().filter { $1.seconds[day] > 0 }
                .sorted { ($1.element.seconds[day], $0.offset) < ($0.element.seconds[day], $1.offset) }
            chosen.formUnion(standing.prefix(5).map(\.element.account))
        }
        let runners = all.filter { chosen.contains($0.account) }.prefix(12)
        return IssueFacts.Race(
            days: fold.period.days,
            runners: runners.map { runner in
                IssueFacts.Race.Runner(
                    names.shown(account: fold.accounts[Int(runner.account)]), seconds: runner.seconds)
            })
    }
}

extension Array {
    func at(_ index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
