// What an issue says to one person (docs/newsletter-numbers.md §5–§9).

package import Domain
internal import Runtime

extension NewsletterRules {
    /// Everybody an issue may go to gets facts, also who played nothing.
    package var readers: [Person] {
        evidence.people.filter { $0.access == .member }.sorted { $0.id < $1.id }
    }

    package func personal(_ person: Person, number: Int) -> PersonalFacts {
        var facts = PersonalFacts(
            person: names.own(person), number: number, plays: trend(0, 0), seconds: trend(0, 0),
            byDay: days([], emptyDays))
        guard let account = person.plexID.flatMap({ fold.place(ofAccount: $0) }) else { return facts }
        let (new, old) = (now.accounts[account] ?? Sum(), before.accounts[account] ?? Sum())
        facts.plays = trend(new.plays, old.plays)
        facts.seconds = trend(new.seconds, old.seconds)
        facts.kinds = kinds(now.accountKinds[account] ?? [:], before.accountKinds[account] ?? [:])
        facts.rank = rank(account)
        facts.streak = streak(account)
        facts.busiestHour = busiestHour(account)
        let titles = byTime(played[account] ?? [:])
        facts.top = titles.prefix(5).map { count(account, $0.title, $0.sum) }
        facts.favourites = favourites(account, among: titles)
        facts.progress = progressed(titles).map { title in
            let done = fold.parts(Pair(account: account, title: title))
            let all = evidence.parts[fold.titles[title]] ?? .unknown(why: "nobody asked how many there are")
            // Tracks that were renamed are counted under both names: never more than there are.
            return PersonalFacts.Progress(fold.titles[title], done: min(done, all.known ?? done), of: all)
        }
        let libraries = libraries(of: person)
        facts.suggestions = suggestions(account, libraries)
        facts.followed = followed(account, libraries)
        facts.byDay = days(now.accountDays[account] ?? [], before.accountDays[account] ?? emptyDays)
        return facts
    }

    private var emptyDays: [Sum] { [Sum](repeating: Sum(), count: fold.previous.dayCount) }

    private func rank(_ account: Int32) -> PersonalFacts.Rank? {
        guard ranked.contains(account), let own = now.accounts[account] else { return nil }
        let ahead = ranked.count { (now.accounts[$0]?.seconds ?? 0) > own.seconds }
        return PersonalFacts.Rank(ahead + 1, of: ranked.count)
    }

    private func streak(_ account: Int32) -> PersonalFacts.Streak {
        var (longest, run) = (0, 0)
        for day in fold.period.days {
            run = fold.isActive(account, on: day) ? run + 1 : 0
            longest = max(longest, run)
        }
        var (running, day) = (0, fold.period.last)
        while fold.isActive(account, on: day) {
            running += 1
            day = day - 1
        }
        return PersonalFacts.Streak(longest: longest, running: running)
    }

    private func busiestHour(_ account: Int32) -> PersonalFacts.BusiestHour? {
        let hours = now.accountHours[account] ?? []
        guard let most = hours.max(), most > 0, let hour = hours.firstIndex(of: most) else { return nil }
        return PersonalFacts.BusiestHour(hour, plays: most)
    }

    private func count(_ account: Int32, _ title: Int32, _ sum: Sum) -> TitleCount {
        count(title, sum, before.pairs[Pair(account: account, title: title)], people: 1)
    }

    /// A movie seen is enough; of a show or an artist it takes a second play to be more than a try.
    private func favourites(_ account: Int32, among titles: [(title: Int32, sum: Sum)]) -> [TitleCount] {
        // Where the history has only just begun everything would be new.
        guard fold.canCompare else { return [] }
        return titles.lazy.filter { title, sum in
            let kind = fold.titles[title].kind
            guard kind != .other, kind == .movie || sum.plays >= 2 else { return false }
            let first = fold.acquaintances[Pair(account: account, title: title)]?.first
            return first.map { $0 >= fold.period.starts } ?? false
        }.prefix(3).map { count(account, $0.title, $0.sum) }
    }

    private func progressed(_ titles: [(title: Int32, sum: Sum)]) -> [Int32] {
        titles.lazy.map(\.title).filter { title in
            let kind = fold.titles[title].kind
            return kind == .show || kind == .artist
        }.prefix(5).map { $0 }
    }

    /// Of which shows and artists somebody has to be asked how many parts they have.
    package var measured: [FactsTitle] {
        var found: Set<Int32> = []
        for person in readers {
            guard let account = person.plexID.flatMap({ fold.place(ofAccount: $0) }) else { continue }
            found.formUnion(progressed(byTime(played[account] ?? [:])))
        }
        return found.map { fold.titles[$0] }.sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) }
    }

    private func suggestions(_ account: Int32, _ view: Libraries) -> [PersonalFacts.Suggestion] {
        taste.suggestions(for: account, most: 5, where: { mayKnow($0, view, account) }).map { title, from, because in
            let people = wishes.namesLikeMinded ? from.map { names.shown(account: fold.accounts[Int($0)]) } : []
            return PersonalFacts.Suggestion(
                fold.titles[title], likeMinded: from.count, because: because.map { fold.titles[$0] },
                people: people.filter { $0.name != nil })
        }
    }

    /// New episodes of shows and new albums of artists they knew well before.
    private func followed(_ account: Int32, _ view: Libraries) -> Reading<[Addition]> {
        let libraries: [LibraryAdditions]
        switch evidence.added {
        case .known(let known): libraries = known.filter { view.contains($0.section) }
        case .absent: return .absent
        case .unknown(let why): return .unknown(why: why)
        }
        var found: [Addition] = []
        var doubt: String?
        for library in libraries {
            switch library.items {
            case .known(let items): found += items.filter { follows(account, $0) }
            case .absent: continue
            case .unknown(let why): doubt = doubt ?? "\(library.name): \(why)"
            }
        }
        // What is known to be new is told all the same; that nothing is new is not said on half the evidence.
        if found.isEmpty, let doubt { return .unknown(why: doubt) }
        return .known(found.sorted { ($1.addedAt, $0.name) < ($0.addedAt, $1.name) })
    }

    private func follows(_ account: Int32, _ addition: Addition) -> Bool {
        let title =
            switch addition.kind {
            case .show, .season, .episode: fold.titles.place(.show, named: addition.name)
            case .album: addition.artist.flatMap { fold.titles.place(.artist, named: $0) }
            case .movie, .other: nil as Int32?
            }
        guard let title else { return false }
        return (fold.acquaintances[Pair(account: account, title: title)]?.partsBefore ?? 0) >= wishes.followedFrom
    }
}
