// What of an issue somebody is not to be told: it is of libraries that are not shared with them. Kept with the issue, so that
// what is sent again or read later is what was first sent (docs/newsletter-numbers.md §9).

internal import Domain

package struct Withheld: Codable, Hashable, Sendable {
    /// In an order of their own, so that the same facts are the same bytes.
    package let titles: [FactsTitle]
    package let sections: [Int]

    package init(titles: Set<FactsTitle>, sections: Set<Int>) {
        self.titles = titles.sorted()
        self.sections = sections.sorted()
    }

    var isEmpty: Bool { titles.isEmpty && sections.isEmpty }
}

extension IssueFacts {
    /// The issue as somebody may see it; who has no facts of their own sees what everybody may.
    package func shown(to personal: PersonalFacts?) -> IssueFacts {
        guard let withheld = personal.map({ $0.withheld }) ?? withheld else { return self }
        return without(withheld)
    }

    /// Names go, sums stay: they tell nothing of what they are made of.
    func without(_ withheld: Withheld) -> IssueFacts {
        let (titles, sections) = (Set(withheld.titles), Set(withheld.sections))
        func isTold(_ title: FactsTitle) -> Bool { !titles.contains(title) }
        func isTold(_ section: Int) -> Bool { !sections.contains(section) }
        var issue = self
        let hidden = (added.known ?? []).filter { !isTold($0.section) }
        issue.added = added.map { $0.filter { isTold($0.section) } }
        issue.doubts.removeAll { doubt in hidden.contains { $0.doubt == doubt } }
        issue.topMovies.removeAll { !isTold($0.title) }
        issue.topShows.removeAll { !isTold($0.title) }
        issue.topArtists.removeAll { !isTold($0.title) }
        issue.longest.removeAll { !isTold($0.title) }
        issue.shared.removeAll { !isTold($0.title) }
        issue.growth.removeAll { !isTold($0.library.section) }
        issue.network = network.keeping(isTold)
        return issue
    }
}

extension IssueFacts.Network {
    /// Without some titles, and without those who are linked to nothing else.
    fileprivate func keeping(_ isTold: (FactsTitle) -> Bool) -> IssueFacts.Network {
        guard !titles.allSatisfy(isTold) else { return self }
        let links = links.filter { titles.indices.contains($0.title) && isTold(titles[$0.title]) }
        let people = self.people.indices.filter { person in links.contains { $0.person == person } }
        let kept = titles.indices.filter { isTold(titles[$0]) }
        var new = IssueFacts.Network(people: people.map { self.people[$0] }, titles: kept.map { titles[$0] })
        for link in links {
            guard let person = people.firstIndex(of: link.person), let title = kept.firstIndex(of: link.title) else {
                continue
            }
            new.links.append(Link(person: person, title: title, seconds: link.seconds))
        }
        return new
    }
}

extension LibraryAdditions {
    /// What the issue says of a library that could not be read.
    var doubt: String? {
        guard case .unknown(let why) = items else { return nil }
        return "\(name) could not be read: \(why)"
    }
}
