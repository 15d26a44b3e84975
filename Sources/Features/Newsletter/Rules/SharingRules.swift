// Who may be told of what: of titles in libraries that are shared with them, and of what they played themselves
// (docs/newsletter-numbers.md §9).

internal import Domain
package import Runtime

extension NewsletterRules {
    /// More of what neighbours played is not looked up: it would be for somebody who may see hardly any of it.
    private static let mostCandidates = 40

    /// What all may see whose libraries are known. The owner, who sees everything, is no measure.
    static func common(of people: [Person]) -> Libraries {
        let known = people.filter { $0.access == .member && !$0.isOwner }.compactMap(\.libraries)
        guard let first = known.first else { return .only([]) }
        return known.dropFirst().reduce(first) { $0.intersection($1) }
    }

    /// Who is not known yet may see what everybody may: too little is mended by the next issue, too much by nothing.
    func libraries(of person: Person) -> Libraries {
        person.isOwner ? .all : person.libraries ?? common
    }

    private func mayKnow(_ title: FactsTitle, _ libraries: Libraries, _ account: Int32?) -> Bool {
        if libraries == .all { return true }
        if let account, let place = fold.titles.place(title.kind, named: title.name, year: title.year),
            fold.acquaintances[Pair(account: account, title: place)] != nil
        {
            return true
        }
        return evidence.sections.known?[title].map(libraries.contains) ?? false
    }

    func mayKnow(_ title: Int32, _ libraries: Libraries, _ account: Int32) -> Bool {
        mayKnow(fold.titles[title], libraries, account)
    }

    private func account(of person: Person) -> Int32? { person.plexID.flatMap { fold.place(ofAccount: $0) } }

    /// Nil where they may see all of it.
    private func withheld(from person: Person, _ titles: Set<FactsTitle>, _ sections: Set<Int>) -> Withheld? {
        let (libraries, account) = (libraries(of: person), account(of: person))
        let withheld = Withheld(
            titles: titles.filter { !mayKnow($0, libraries, account) },
            sections: sections.filter { !libraries.contains($0) })
        return withheld.isEmpty ? nil : withheld
    }

    /// The issue and everybody's own, with what each is not to be told.
    package func draft(number: Int, madeAt: Instant) -> NewsletterDraft {
        var issue = issue(number: number, madeAt: madeAt)
        let (titles, sections) = (issue.titles, issue.sections)
        var (hiddenTitles, hiddenSections): (Set<FactsTitle>, Set<Int>) = ([], [])
        let personal = readers.map { person in
            var facts = self.personal(person, number: number)
            facts.withheld = withheld(from: person, titles, sections)
            hiddenTitles.formUnion(facts.withheld?.titles ?? [])
            hiddenSections.formUnion(facts.withheld?.sections ?? [])
            return facts
        }
        let all = Withheld(titles: hiddenTitles, sections: hiddenSections)
        issue.withheld = all.isEmpty ? nil : all
        return NewsletterDraft(issue: issue, personal: personal)
    }

    /// Of which titles it has to be asked in which library they are. None where everybody may see everything.
    package var placed: [FactsTitle] {
        let restricted = readers.filter { libraries(of: $0) != .all }
        guard !restricted.isEmpty else { return [] }
        var found = issue(number: 0, madeAt: fold.period.ends).titles
        for person in restricted {
            guard let account = account(of: person) else { continue }
            for (title, _, _) in taste.suggestions(for: account, most: Self.mostCandidates) {
                found.insert(fold.titles[title])
            }
        }
        return found.sorted()
    }
}

extension IssueFacts {
    /// Everything it names that was played.
    fileprivate var titles: Set<FactsTitle> {
        Set((topMovies + topShows + topArtists + longest).map(\.title) + shared.map(\.title) + network.titles)
    }

    fileprivate var sections: Set<Int> {
        Set((added.known ?? []).map(\.section) + growth.map(\.library.section))
    }
}
