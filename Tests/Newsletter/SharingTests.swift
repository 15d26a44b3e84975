// Nobody is told of what is in libraries that are not shared with them (docs/newsletter-numbers.md §9).

import Domain
import FoundationEssentials
import Newsletter
import NewsletterSamples
import Runtime
import StandIns
import Testing

@Suite struct `What somebody is not to be told` {
    private let ann: Int64 = 1
    private let bo: Int64 = 2
    private let chris: Int64 = 3
    private let dora: Int64 = 4
    private let films = 1
    private let vault = 7

    /// Ann sees the films alone, Bo and Chris everything, Dora is as `dora` says.
    private func diary(dora libraries: Libraries? = nil) -> Diary {
        var diary = Diary()
        diary.move(in: "Ann", ann, libraries: .only([1]))
        diary.move(in: "Bo", bo)
        diary.move(in: "Chris", chris)
        diary.move(in: "Dora", dora, libraries: libraries)
        diary.hasHistory()
        for person in [ann, bo, chris, dora] {
            for title in ["A", "B"] { diary.movie(title, by: person, 3, month: 6, key: 10) }
        }
        for person in [bo, chris] {
            diary.movie("In the Vault", by: person, 11, key: 70)
            diary.movie("On the Shelf", by: person, 12, key: 11)
            diary.movie("Gone", by: person, 13, minutes: 30, key: 99)
        }
        return diary
    }

    private func title(_ name: String, _ key: Int) -> FactsTitle {
        FactsTitle(.movie, name, year: 2020, ratingKey: key)
    }

    private func draft(_ diary: Diary, _ sections: Reading<[FactsTitle: Int]>? = nil) -> NewsletterDraft {
        var evidence = diary.evidence()
        evidence.sections = sections ?? .known([title("In the Vault", 70): vault, title("On the Shelf", 11): films])
        evidence.added = .known([
            LibraryAdditions(
                section: films, name: "Films", kind: "movie",
                items: .known([Addition(.movie, "New Film", addedAt: Diary.moment(10, "06:00"))])),
            LibraryAdditions(
                section: vault, name: "Vault", kind: "movie",
                items: .known([Addition(.movie, "New Secret", addedAt: Diary.moment(10, "06:00"))])),
            LibraryAdditions(section: 8, name: "Attic", kind: "movie", items: .unknown(why: "no answer")),
        ])
        evidence.growth = [films, vault].map { section in
            LibraryGrowth(
                LibrarySize(section: section, name: "Library \(section)", kind: "movie", items: 4),
                points: [.init(Diary.week.first, items: 4)])
        }
        return NewsletterRules(evidence, NewsletterWishes(namesLikeMinded: true))
            .draft(number: 1, madeAt: Diary.moment(16, "08:00"))
    }

    private func shown(_ draft: NewsletterDraft, to person: Int64) throws -> IssueFacts {
        let facts: PersonalFacts = try #require(draft.personal(of: person))
        return draft.issue.shown(to: facts)
    }

    private func names(_ issue: IssueFacts) -> Set<String> {
        var names = Set((issue.topMovies + issue.longest).map(\.title.name) + issue.shared.map(\.title.name))
        names.formUnion(issue.network.titles.map(\.name))
        for library in issue.added.known ?? [] {
            names.insert(library.name)
            names.formUnion((library.items.known ?? []).map(\.name))
        }
        names.formUnion(issue.growth.map(\.library.name) + issue.doubts)
        return names
    }

    @Test func `is what is in libraries that are not shared with them`() throws {
        let draft = draft(diary(dora: .only([films])))
        let (all, part) = (try shown(draft, to: bo), try shown(draft, to: ann))
        #expect(all == draft.issue)
        #expect(
            names(all).subtracting(names(part)) == [
                "In the Vault", "Gone", "Vault", "New Secret", "Attic", "Attic could not be read: no answer",
                "Library 7",
            ])
        #expect(names(part).contains("On the Shelf") && names(part).contains("New Film"))
        // Sums stay: they name nothing.
        #expect(part.totals == all.totals && part.byDay == all.byDay && part.people == all.people)
    }

    @Test func `goes from suggestions, and makes way for what they may see`() throws {
        let draft = draft(diary(dora: .only([films])))
        #expect(draft.personal(of: ann)?.suggestions.map(\.title.name) == ["On the Shelf"])
        var all = diary()
        all.people[0].libraries = .all
        #expect(
            self.draft(all).personal(of: ann)?.suggestions.map(\.title.name)
                == ["Gone", "In the Vault", "On the Shelf"])
    }

    @Test func `is not what they played themselves`() throws {
        var diary = diary(dora: .only([films]))
        diary.movie("In the Vault", by: ann, 5, month: 5, key: 70)
        let part = try shown(draft(diary), to: ann)
        #expect(names(part).contains("In the Vault") && !names(part).contains("Gone"))
    }

    @Test func `is of what they follow what came elsewhere`() throws {
        var diary = diary(dora: .only([films]))
        for number in 1...3 { diary.episode("Harbour Lights", 1, number, by: ann, number, month: 10, key: 201) }
        let episode = Addition(.episode, "Harbour Lights", part: "S01E04", addedAt: Diary.moment(13, "06:00"))
        func followed(in section: Int) throws -> Reading<[Addition]>? {
            var evidence = diary.evidence()
            evidence.added = .known([
                LibraryAdditions(section: section, name: "TV", kind: "show", items: .known([episode]))
            ])
            return NewsletterRules(evidence, NewsletterWishes()).draft(number: 1, madeAt: Diary.week.ends)
                .personal(of: ann)?.followed
        }
        #expect(try followed(in: films) == .known([episode]))
        #expect(try followed(in: vault) == .known([]))
    }

    @Test func `is nothing the owner would be kept from`() throws {
        var diary = diary()
        diary.people[0].isOwner = true
        #expect(try shown(draft(diary), to: ann) == draft(diary).issue)
    }

    @Test func `is, of somebody of whom plex.tv told nothing, what not everybody may see`() throws {
        let part = try shown(draft(diary(dora: nil)), to: dora)
        #expect(names(part).contains("On the Shelf") && !names(part).contains("In the Vault"))
        var open = diary(dora: nil)
        open.people[0].libraries = .all
        let whole = draft(open)
        #expect(try shown(whole, to: dora) == whole.issue)
    }

    @Test func `is everything in libraries where plex.tv told nothing of anybody`() throws {
        var diary = diary(dora: nil)
        for index in diary.people.indices { diary.people[index].libraries = nil }
        let part = try shown(draft(diary), to: dora)
        #expect(part.added == .known([]) && part.shared == [] && part.totals.plays.now > 0)
        #expect(draft(diary).personal(of: bo)?.top.count == 3)
    }

    @Test func `is too much rather than too little where libraries could not be looked up`() throws {
        let draft = draft(diary(dora: .only([films])), .unknown(why: "no answer"))
        #expect(try shown(draft, to: ann).shared == [])
        #expect(draft.personal(of: ann)?.suggestions == [])
        #expect(try shown(draft, to: bo).shared.count == 3)
    }

    @Test func `is, for who has no facts of their own, what anybody is not to be told`() {
        let draft = draft(diary(dora: .only([films])))
        #expect(!names(draft.issue.shown(to: nil)).contains("In the Vault"))
    }

    @Test func `leaves a net whole that has none of it, and no loose ends where it has`() throws {
        let draft = draft(diary(dora: .only([films])))
        let net = try shown(draft, to: ann).network
        #expect(net.titles.map(\.name) == ["On the Shelf"] && net.people.count == 2)
        #expect(net.links.allSatisfy { net.people.indices.contains($0.person) && $0.title == 0 })
        #expect(net.links.count == 2)
    }

    @Test func `is asked for only where somebody does not see everything`() {
        var open = diary(dora: .all)
        open.people[0].libraries = .all
        #expect(open.rules().placed == [])
        #expect(diary().rules().placed.map(\.name) == ["Gone", "In the Vault", "On the Shelf"])
    }

    @Test func `is kept with the issue, and what was kept before it existed is read as nothing`() throws {
        let draft = draft(diary(dora: .only([films])))
        let facts = try #require(draft.personal(of: ann))
        #expect(facts.withheld?.sections == [vault, 8])
        let read = try JSONDecoder().decode(PersonalFacts.self, from: JSONEncoder().encode(facts))
        #expect(read == facts)
        var old = draft.issue
        old.withheld = nil
        #expect(old.shown(to: nil) == old)
    }
}

@Suite(.timeLimit(.minutes(2))) struct `An issue for a household that shares in part` {
    @Test(arguments: [true, false]) func `names to each what is in their libraries`(asksPlex: Bool) async throws {
        try await Newsroom.open(asksPlex: asksPlex) { room in
            let draft = try await room.newsletter.draft(room.week)
            let hana = try #require(
                room.household.read { Newsroom.people(of: $0) }.first { $0.libraries == .only([4]) })
            let facts = try #require(draft.personal(of: hana.id))
            let issue = draft.issue.shown(to: facts)
            #expect(issue.topMovies == [] && !draft.issue.topMovies.isEmpty)
            #expect(issue.added.known?.map(\.section) == [4])
            let vinyl = room.household.read { world in
                Set(world.items.values.filter { $0.section == 4 }.map(\.title))
            }
            let named = Set(issue.topArtists.map(\.title.name) + facts.suggestions.map(\.title.name))
            #expect(named.isSubset(of: vinyl.union(facts.top.map(\.title.name))))
            #expect(draft.issue.doubts == [])
        }
    }
}
