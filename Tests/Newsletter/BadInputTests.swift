// What comes from outside is not always sensible; an issue is.

import Domain
import FoundationEssentials
import Newsletter
import NewsletterSamples
import Runtime
import Testing

@Suite struct `An issue` {
    @Test func `of an empty server says nothing and compares nothing`() throws {
        let issue = Diary().issue()
        #expect(issue.isQuiet && issue.totals.plays == Trend(0, before: nil))
        #expect(issue.byDay.count == 7 && issue.hours.count == 7 && issue.hours.allSatisfy { $0.count == 24 })
        #expect(issue.topMovies.isEmpty && issue.people.isEmpty && issue.race.runners.isEmpty)
    }

    @Test func `of a week in which everybody was idle still has everybody's facts`() throws {
        var diary = Diary()
        diary.move(in: "Ann", 1)
        diary.move(in: "Bo", 2)
        diary.hasHistory()
        diary.movie("Salt Road", by: 1, 4)
        let rules = diary.rules(NewsletterWishes(mentionsQuiet: true))
        #expect(rules.readers.map(\.id) == [1, 2])
        let issue = rules.issue(number: 1, madeAt: Diary.moment(16, "08:00"))
        #expect(issue.totals.plays == Trend(0, before: 1) && issue.totals.plays.percent == -100)
        #expect(issue.quiet.map(\.name) == ["Ann", "Bo"])
        let ann = rules.personal(diary.people[0], number: 1)
        #expect(ann.isQuiet && ann.rank == nil && ann.busiestHour == nil && ann.plays == Trend(0, before: 1))
        #expect(diary.issue().quiet == [])
    }

    @Test func `is the same whatever order the rows come in`() throws {
        let diary = Diary.sample
        let expected = diary.issue()
        var shuffled = diary.plays
        for seed in 0..<5 {
            shuffled.sort {
                ($0.id * 7919 + Int64(seed) * 104_729) % 1009 < ($1.id * 7919 + Int64(seed) * 104_729) % 1009
            }
            var fold = NewsletterFold(Diary.week, in: Diary.berlin)
            for play in shuffled { fold.add(play) }
            let rules = NewsletterRules(NewsletterEvidence(plays: fold, people: diary.people), NewsletterWishes())
            #expect(rules.issue(number: 1, madeAt: expected.madeAt) == expected)
            for person in diary.people {
                #expect(rules.personal(person, number: 1) == diary.personal(person.id))
            }
        }
    }

    @Test func `reads back as it was written, whatever names are in it`() throws {
        var diary = Diary.sample
        let names = [
            "<b>Bold & \"quoted\"</b>", "🎬🍿 Émile\u{0301}\u{202E}", String(repeating: "long ", count: 60), "",
            "\u{0}\n",
        ]
        for (index, name) in names.enumerated() {
            diary.move(in: name, Int64(50 + index), username: "user\(index)")
            diary.movie(name, by: Int64(50 + index), 11)
            diary.track(name, name, name, by: Int64(50 + index), 12)
        }
        let issue = diary.issue(NewsletterWishes(mostTitles: 50, mostPeople: 50))
        let data = try JSONEncoder().encode(issue)
        #expect(try JSONDecoder().decode(IssueFacts.self, from: data) == issue)
        let movies = issue.topMovies.map(\.title.name)
        #expect(movies.contains(names[0]) && movies.contains(names[2]) && movies.contains("Untitled"))
        for person in diary.people {
            let facts = try #require(diary.personal(person.id))
            let data = try JSONEncoder().encode(facts)
            #expect(try JSONDecoder().decode(PersonalFacts.self, from: data) == facts)
        }
    }

    @Test func `never counts a time below zero`() {
        var diary = Diary()
        diary.move(in: "Ann", 1)
        diary.hasHistory()
        diary.movie("Salt Road", by: 1, 10, minutes: -500)
        diary.movie("Northern Line", by: 1, 10, minutes: 90)
        let issue = diary.issue()
        #expect(issue.totals.seconds.now == 90 * 60 && issue.totals.plays.now == 2)
    }

    @Test func `counts an hour that the clock shows twice once each time`() {
        var diary = Diary()
        diary.move(in: "Ann", 1)
        let week = NewsletterPeriod.containing(Diary.moment(25, "12:00", month: 10), .weekly, in: Diary.berlin)
        let first = Diary.moment(25, "02:30", month: 10)
        for started in [first, first + .hours(1)] {
            diary.note(
                Play(id: 0, sitting: 0, account: 100, kind: .movie, started: started, seconds: 600, title: "A"))
        }
        // The last moments of a day of 25 hours.
        diary.movie("A", by: 1, 25, "23:59", month: 10, minutes: 5)
        let rules = NewsletterRules(
            NewsletterEvidence(plays: diary.fold(week), people: diary.people), NewsletterWishes())
        let issue = rules.issue(number: 1, madeAt: week.ends)
        #expect(issue.hours[6][2] == 2 && issue.hours[6][23] == 1)
        #expect(issue.byDay.last?.plays == 3)
        #expect(rules.personal(diary.people[0], number: 1).streak.running == 1)
    }

    @Test func `counts days in a row over both changes of the clocks`() throws {
        var diary = Diary()
        diary.move(in: "Ann", 1)
        let july = NewsletterPeriod.containing(Diary.moment(11, "12:00", month: 7), .weekly, in: Diary.berlin)
        let first = Day(year: 2026, month: 1, day: 1)
        for day in first.number...july.last.number {
            // Late, when a winter day seen from summer seems to be over.
            let wall = Day(number: day).wall
            diary.movie("A", by: 1, wall.day, "23:30", month: wall.month, minutes: 10)
        }
        let rules = NewsletterRules(
            NewsletterEvidence(plays: diary.fold(july), people: diary.people), NewsletterWishes())
        let streak = rules.personal(diary.people[0], number: 1).streak
        #expect(streak == PersonalFacts.Streak(longest: 7, running: july.last - first + 1))
        #expect(rules.issue(number: 1, madeAt: july.ends).byDay.allSatisfy { $0.plays == 1 })
    }

    @Test func `compares with nothing where the history begins on the second day of the week before`() {
        var diary = Diary()
        diary.move(in: "Ann", 1)
        diary.movie("Salt Road", by: 1, 3, "00:00")
        #expect(diary.issue().totals.plays == Trend(0, before: nil))
        #expect(diary.issue().byDay.allSatisfy { $0.playsBefore == nil })
    }

    @Test func `takes nobody for a follower of what they met this week`() throws {
        var diary = Diary()
        diary.move(in: "Ann", 1)
        diary.hasHistory()
        for number in 1...4 { diary.episode("Harbour Lights", 1, number, by: 1, 9 + number) }
        var evidence = diary.evidence()
        let fifth = Addition(.episode, "Harbour Lights", part: "S01E05", addedAt: Diary.moment(14, "06:00"))
        evidence.added = .known([
            LibraryAdditions(section: 2, name: "TV", kind: "show", items: .known([fifth]))
        ])
        let facts = NewsletterRules(evidence, NewsletterWishes()).personal(diary.people[0], number: 1)
        #expect(facts.followed == .known([]) && facts.progress.map(\.done) == [4])
    }

    @Test func `tells two people of one name apart, and names nobody who does not want it`() throws {
        var diary = Diary()
        diary.move(in: "Sam", 1, username: "sam_a")
        diary.move(in: "Sam", 2, username: "sam_b")
        diary.move(in: "Kim", 3)
        diary.hasHistory()
        for person in 1...3 { diary.movie("Salt Road", by: Int64(person), 10, minutes: 100 - person) }
        #expect(diary.issue().people.map(\.person.name) == ["Sam (sam_a)", "Sam (sam_b)", "Kim"])
        var evidence = diary.evidence()
        evidence.unnamed = [3]
        let rules = NewsletterRules(evidence, NewsletterWishes(namesLikeMinded: true, mentionsQuiet: true))
        let issue = rules.issue(number: 1, madeAt: Diary.moment(16, "08:00"))
        #expect(issue.people.map(\.person.name) == ["Sam (sam_a)", "Sam (sam_b)", nil])
        #expect(issue.shared.first?.people.last == FactsPerson(id: 3, name: nil))
        // Their own letter knows them.
        #expect(rules.personal(diary.people[2], number: 1).person.name == "Kim")
        let nameless = diary.issue(NewsletterWishes(namesPeople: false))
        #expect(nameless.people.allSatisfy { $0.person.name == nil })
        let text = String(decoding: try JSONEncoder().encode(nameless), as: UTF8.self)
        #expect(!text.contains("Sam") && !text.contains("Kim"))
    }

    @Test func `does not take a failed reading for nothing new`() throws {
        let issue = IssueFacts.sample
        let music = try #require(issue.added.known?.first { $0.name == "Music" })
        #expect(music.items == .unknown(why: "Plex did not answer in time"))
        #expect(issue.doubts == ["Music could not be read: Plex did not answer in time"])
        // Chris follows RC/PC: whether there is something new for him is not known.
        let chris = PersonalFacts.all[2]
        #expect(chris.followed.known == nil)
        var diary = Diary.sampleEvidence
        diary.added = .unknown(why: "Plex is away")
        let facts = NewsletterRules(diary, NewsletterWishes()).issue(number: 1, madeAt: issue.madeAt)
        #expect(facts.added == .unknown(why: "Plex is away") && facts.doubts.count == 1)
    }

    @Test func `shows the account that is nobody in the totals only`() {
        var diary = Diary()
        diary.move(in: "Ann", 1)
        diary.hasHistory()
        diary.movie("Salt Road", by: 0, 10)
        diary.movie("Salt Road", by: 1, 10)
        let issue = diary.issue()
        #expect(issue.totals.plays.now == 2 && issue.totals.people.now == 1)
        #expect(issue.topMovies.first?.people == 1 && issue.shared.isEmpty)
    }

    @Test func `lets a sampler's tracks count for those who play on it`() {
        var diary = Diary()
        diary.move(in: "Ann", 1)
        diary.hasHistory()
        diary.track("One", "Sampler", "Various Artists", performer: "Juno", by: 1, 10)
        diary.track("Two", "Own", "Juno", performer: "Juno feat. RC/PC", by: 1, 10)
        #expect(diary.issue().topArtists.map(\.title.name) == ["Juno"])
        #expect(diary.issue().topArtists.map(\.plays.now) == [2])
    }

    @Test func `has a sample whose numbers agree with one another`() {
        let issue = IssueFacts.sample
        #expect(issue.byDay.reduce(0) { $0 + $1.plays } == issue.totals.plays.now)
        #expect(issue.byDay.reduce(0) { $0 + $1.seconds } == issue.totals.seconds.now)
        #expect(issue.hours.joined().reduce(0, +) == issue.totals.plays.now)
        #expect(issue.kinds.reduce(0) { $0 + $1.plays.now } == issue.totals.plays.now)
        #expect(issue.deliveries.transcodes.now > 0 && !issue.network.links.isEmpty && !issue.shared.isEmpty)
        #expect(issue.race.runners.allSatisfy { $0.seconds == $0.seconds.sorted() && $0.seconds.count == 7 })
        #expect(
            issue.network.links.allSatisfy { link in
                issue.network.people.indices.contains(link.person) && issue.network.titles.indices.contains(link.title)
            })
        #expect(PersonalFacts.sample.progress.first?.of == .known(24))
        #expect(PersonalFacts.sample.followed.known?.map(\.name) == ["Harbour Lights"])
        #expect(PersonalFacts.all.last?.isQuiet == true)
    }
}
