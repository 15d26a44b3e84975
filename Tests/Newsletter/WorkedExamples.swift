// The examples of docs/newsletter-numbers.md, worked there by hand, by the same numbers of sections.

import Domain
@testable import Newsletter
import NewsletterSamples
import Runtime
import Testing

@Suite struct `Worked examples` {
    private let ann: Int64 = 1
    private let bo: Int64 = 2
    private let chris: Int64 = 3
    private let dora: Int64 = 4

    private var neighbours: Diary {
        var diary = Diary()
        diary.move(in: "Ann", ann)
        diary.move(in: "Bo", bo)
        diary.move(in: "Chris", chris)
        diary.move(in: "Dora", dora)
        diary.hasHistory()
        return diary
    }

    @Test func `1: the period`() {
        #expect(Diary.week.name == "Week of 9–15 November")
        let october = NewsletterPeriod.containing(Diary.moment(20, "12:00", month: 10), .weekly, in: Diary.berlin)
        #expect(october.name == "Week of 19–25 October" && october.ends - october.starts == .hours(169))
    }

    @Test func `2: plays and time`() {
        var diary = neighbours
        let lodger = diary.movie("The Lodger", by: ann, 8, "23:00", minutes: 30)
        diary.movie("The Lodger", by: ann, 9, "18:00", minutes: 30, goingOn: lodger)
        let line = diary.movie("Northern Line", by: ann, 9, "21:00", minutes: 40, delivery: .transcode)
        diary.movie("Northern Line", by: ann, 10, "20:00", minutes: 60, goingOn: line)
        diary.movie("Salt Road", by: ann, 15, "23:30", minutes: 70)
        let issue = diary.issue()
        #expect(issue.totals.plays == Trend(3, before: 1))
        #expect(issue.totals.seconds == Trend(200 * 60, before: 30 * 60))
        #expect(issue.byDay.map(\.plays) == [2, 0, 0, 0, 0, 0, 1])
        #expect(issue.byDay.map { $0.seconds / 60 } == [70, 60, 0, 0, 0, 0, 70])
        #expect(issue.byDay.map(\.playsBefore) == [0, 0, 0, 0, 0, 0, 1])
        #expect(issue.hours[0][18] == 1 && issue.hours[0][21] == 1 && issue.hours[6][23] == 1)
        #expect(issue.hours.joined().reduce(0, +) == 3)
        // As its first row was delivered.
        #expect(issue.deliveries.transcodes.now == 1 && issue.deliveries.directPlays.now == 2)
        let movies = Dictionary(uniqueKeysWithValues: issue.topMovies.map { ($0.title.name, $0) })
        #expect(movies["Northern Line"]?.plays == Trend(1, before: 0))
        #expect(movies["The Lodger"]?.seconds == Trend(30 * 60, before: 30 * 60))
    }

    @Test(arguments: [(9, 8, 13), (7, 8, -13), (0, 3, -100), (3, 3, 0), (25, 10, 150), (1, 3, -67), (8, 3, 167)])
    func `2: trends`(_ now: Int, _ before: Int, _ percent: Int) {
        #expect(Trend(now, before: before).percent == percent)
        #expect(!Trend(now, before: before).isNew)
    }

    @Test func `2: what is new, and what cannot be compared`() {
        #expect(Trend(3, before: 0).isNew && Trend(3, before: 0).percent == nil)
        #expect(!Trend(3, before: nil).isNew && Trend(3, before: nil).percent == nil)
        var young = Diary()
        young.move(in: "Ann", ann)
        young.movie("Salt Road", by: ann, 4)
        young.movie("Salt Road", by: ann, 11)
        #expect(young.issue().totals.plays == Trend(1, before: nil))
        #expect(young.issue().byDay.allSatisfy { $0.playsBefore == nil })
        #expect(young.personal(ann)?.favourites == [])
        // A row on the first day of the week before, and there is.
        young.movie("Salt Road", by: ann, 2, "23:59")
        #expect(young.issue().totals.plays == Trend(1, before: 2))
    }

    @Test func `3: titles`() {
        var diary = neighbours
        diary.movie("Northern Line", 2024, by: ann, 9, key: 101)
        diary.movie("Northern Line", 2024, by: bo, 10, key: 909)
        diary.movie("Salt Road", by: ann, 11)
        diary.movie("Salt Road", by: ann, 12)
        diary.movie("Salt Road", 1950, by: bo, 12, minutes: 10)
        let issue = diary.issue()
        #expect(issue.topMovies.map(\.title.name) == ["Northern Line", "Salt Road", "Salt Road"])
        #expect(issue.topMovies.map(\.plays.now) == [2, 2, 1] && issue.topMovies.map(\.people) == [2, 1, 1])
        // The key of the newest play.
        #expect(issue.topMovies.first?.title.ratingKey == 909)
        #expect(issue.shared.map(\.title.name) == ["Northern Line"])
        #expect(issue.shared.first?.people.map(\.name) == ["Ann", "Bo"])
    }

    @Test func `4: what is new`() {
        func part(_ numbers: [Int]) -> String? {
            let items = numbers.map { number in
                NewItem(
                    .episode, "Episode \(number)", grandparentTitle: "Harbour Lights", index: number, parentIndex: 2,
                    addedAt: Diary.moment(10, "06:00"))
            }
            return AdditionRules.additions(items, within: Diary.week.range).first?.part
        }
        #expect(part([3, 4, 5, 6, 7]) == "S02E03–E07")
        #expect(part([1, 2, 3, 4, 5]) == "Season 2, 5 episodes")
        #expect(part([3, 4, 6]) == "Season 2, 3 episodes")
        #expect(part([3]) == "S02E03")
    }

    @Test func `5: ranks`() {
        var diary = neighbours
        diary.movie("A", by: ann, 9, minutes: 600)
        diary.movie("A", by: bo, 9, minutes: 480)
        diary.movie("A", by: chris, 10, minutes: 480)
        diary.movie("A", by: dora, 10, minutes: 60)
        // Once a neighbour, and nobody at all: neither is ranked.
        diary.move(in: "Eli", 5, access: .former)
        diary.movie("A", by: 5, 10, minutes: 900)
        diary.movie("A", by: 77, 10, minutes: 900)
        let places = [ann, bo, chris, dora].map { diary.personal($0)?.rank }
        #expect(places == [1, 2, 2, 4].map { PersonalFacts.Rank($0, of: 4) })
        #expect(diary.issue().people.map(\.person.name) == ["Ann", "Bo", "Chris", "Dora"])
        #expect(diary.issue().totals.people.now == 6)
    }

    @Test func `5: streaks`() {
        var diary = neighbours
        for day in [7, 8, 9, 10, 12, 13, 14, 15] { diary.movie("A", by: ann, day) }
        for day in 5...15 { diary.movie("A", by: bo, day) }
        #expect(diary.personal(ann)?.streak == PersonalFacts.Streak(longest: 4, running: 4))
        #expect(diary.personal(bo)?.streak == PersonalFacts.Streak(longest: 7, running: 11))
        #expect(diary.personal(chris)?.streak == PersonalFacts.Streak(longest: 0, running: 0))
    }

    @Test func `6: one person's titles`() throws {
        var diary = neighbours
        for number in 1...3 { diary.episode("Harbour Lights", 1, number, by: bo, 10 + number, month: 10, key: 201) }
        // Added again since, under another key.
        diary.episode("Harbour Lights", 1, 3, by: bo, 11, key: 299)
        diary.episode("Harbour Lights", 1, 4, by: bo, 12, key: 299)
        diary.episode("Fuse & Wire", 1, 1, by: bo, 13)
        diary.episode("Fuse & Wire", 1, 2, by: bo, 13, "21:00")
        diary.episode("Only Tried", 1, 1, by: bo, 14)
        var evidence = diary.evidence()
        evidence.parts[FactsTitle(.show, "Harbour Lights", ratingKey: 299)] = .known(8)
        let fifth = Addition(
            .episode, "Harbour Lights", part: "S01E05", episodes: 1, ratingKey: 299,
            addedAt: Diary.moment(13, "06:00"))
        let other = Addition(.season, "Fuse & Wire", part: "Season 1", addedAt: Diary.moment(13, "06:00"))
        evidence.added = .known([
            LibraryAdditions(section: 2, name: "TV", kind: "show", items: .known([fifth, other]))
        ])
        let person = try #require(diary.people.first { $0.id == bo })
        let facts = NewsletterRules(evidence, NewsletterWishes()).personal(person, number: 1)
        #expect(facts.favourites.map(\.title.name) == ["Fuse & Wire"])
        let progress = facts.progress.first { $0.title.name == "Harbour Lights" }
        #expect(progress?.done == 4 && progress?.of == .known(8))
        #expect(facts.followed == .known([fifth]))
    }

    @Test func `7: like taste`() throws {
        var diary = neighbours
        for title in ["A", "B", "C"] { diary.movie(title, by: ann, 3, month: 6) }
        for title in ["A", "B"] { diary.movie(title, by: bo, 4, month: 6) }
        diary.movie("D", by: bo, 11)
        for title in ["A", "D"] { diary.movie(title, by: chris, 5, month: 6) }
        let rules = diary.rules()
        let account = try #require(rules.fold.place(ofAccount: 100))
        #expect(rules.taste.neighbours(of: account).map(\.nearness) == [357_051])
        let suggestion = try #require(diary.personal(ann)?.suggestions.first)
        #expect(suggestion.title.name == "D" && suggestion.likeMinded == 1)
        #expect(suggestion.because.map(\.name) == ["B", "A"])
        #expect(suggestion.people == [])
        #expect(diary.personal(ann)?.suggestions.count == 1)
        let named = try #require(diary.personal(ann, NewsletterWishes(namesLikeMinded: true))?.suggestions.first)
        #expect(named.people.map(\.name) == ["Bo"])
    }
}
