// The numbers beside Tautulli's own, over two years of plays: equal where they mean the same, and different by exactly what
// docs/newsletter-numbers.md §10 says.

import Domain
import Newsletter
import Runtime
import StandIns
import Tautulli
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Beside Tautulli` {
    private struct Amount: Equatable, CustomStringConvertible {
        var plays = 0
        var seconds = 0
        var people = 0
        var description: String { "\(plays) plays, \(seconds) s, \(people) people" }
    }

    private func amounts(_ titles: [TitleCount]) -> [String: Amount] {
        Dictionary(
            uniqueKeysWithValues: titles.map {
                (
                    "\($0.title.name) \($0.title.year ?? 0)",
                    Amount(plays: $0.plays.now, seconds: $0.seconds.now, people: $0.people)
                )
            })
    }

    @Test func `what means the same is the same`() async throws {
        let wishes = NewsletterWishes(mostTitles: 1000, mostPeople: 1000)
        try await Newsroom.open(HouseholdWorld.lived(now: Newsroom.monday), wishes: wishes) { room in
            let period = room.newsletter.lastPeriod(.weekly)
            let issue = try await room.newsletter.draft(period).issue
            #expect(issue.totals.plays.now > 40 && issue.totals.plays.before ?? 0 > 40)
            // Both windows: seven days up to this midnight.
            #expect(period.ends == Newsroom.monday && period.ends - period.starts == .days(7))
            let rows = try await room.tautulli.plays(TautulliHistoryFilter(started: period.range))
            #expect(rows.allSatisfy { $0.stopped < period.ends })
            let stats = try await room.tautulli.homeStats(days: 7, count: 1000)
            let byID = Dictionary(uniqueKeysWithValues: stats.map { ($0.id, $0.rows) })
            try compareTitles(issue, byID, in: room)
            try comparePeople(issue, byID, in: room)
            try await compareDays(issue, rows, in: room)
            try await compareClock(issue, rows, in: room)
        }
    }

    @Test func `a month's issue has the month's plays and time`() async throws {
        try await Newsroom.open(HouseholdWorld.lived(now: Newsroom.monday)) { room in
            let period = room.newsletter.lastPeriod(.monthly)
            let issue = try await room.newsletter.draft(period).issue
            #expect(period.name == "January 2026" && issue.totals.plays.now > 200)
            // This month and two before it.
            let plays = try await room.tautulli.chart(.byMonth, span: 3)
            let time = try await room.tautulli.chart(.byMonth, span: 3, measure: .duration)
            for (name, ours) in [("Jan 2026", 0), ("Dec 2025", 1)] {
                let place = try #require(plays.categories.firstIndex(of: name))
                let (counted, played) = (issue.totals.plays, issue.totals.seconds)
                #expect(Self.sum(plays, at: place) == (ours == 0 ? counted.now : counted.before), "\(name)")
                #expect(Self.sum(time, at: place) == (ours == 0 ? played.now : played.before), "\(name)")
            }
        }
    }

    /// Of all kinds: these charts have no "Total" of their own.
    private static func sum(_ chart: TautulliChart, at place: Int) -> Int {
        chart.series.filter { $0.name != "Total" }.reduce(0) { $0 + $1.data[place] }
    }

    /// Weekdays and hours: Tautulli counts a sitting in each it was gone on with, here it counts in its first.
    private func compareClock(_ issue: IssueFacts, _ rows: [TautulliPlay], in room: Newsroom) async throws {
        let sorted = rows.sorted { ($0.started, $0.id) < ($1.started, $1.id) }
        func again(_ bin: (TautulliPlay) -> Int) -> [Int: Int] {
            var first: [Int: Int] = [:]
            var met: [Int: Set<Int>] = [:]
            for row in sorted {
                let here = bin(row)
                if let began = first[row.sitting], began != here { met[here, default: []].insert(row.sitting) }
                if first[row.sitting] == nil { first[row.sitting] = here }
            }
            return met.mapValues(\.count)
        }
        let days = try await room.tautulli.chart(.byWeekday, span: 7)
        let time = try await room.tautulli.chart(.byWeekday, span: 7, measure: .duration)
        let hours = try await room.tautulli.chart(.byHour, span: 7)
        // From Sunday there, from Monday here.
        let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        let secondDays = again { Day(of: $0.started, in: Newsroom.place) - issue.period.first }
        for (index, name) in names.enumerated() {
            let place = try #require(days.categories.firstIndex(of: name))
            let ours = issue.hours[index].reduce(0, +)
            #expect(Self.sum(days, at: place) == ours + (secondDays[index] ?? 0), "\(name)")
            #expect(Self.sum(time, at: place) == issue.byDay[index].seconds, "\(name)")
        }
        let secondHours = again { Newsroom.place.parts(of: $0.started).wall.hour }
        #expect(secondHours.values.reduce(0, +) > 0)
        for hour in 0..<24 {
            let place = try #require(hours.categories.firstIndex(of: "\(hour < 10 ? "0" : "")\(hour)"))
            let ours = issue.hours.reduce(0) { $0 + $1[hour] }
            #expect(Self.sum(hours, at: place) == ours + (secondHours[hour] ?? 0), "\(hour)")
        }
    }

    private func compareTitles(
        _ issue: IssueFacts, _ stats: [String: [TautulliStatRow]], in room: Newsroom
    ) throws {
        let lists = [(issue.topMovies, "movies", true), (issue.topShows, "tv", false)]
        for (titles, name, hasYear) in lists {
            var theirs: [String: Amount] = [:]
            for row in try #require(stats["top_\(name)"]) {
                let key = "\(row.title) \(hasYear ? row.year ?? 0 : 0)"
                theirs[key] = Amount(plays: row.plays ?? 0, seconds: Int(row.played?.inSeconds ?? 0))
            }
            for row in try #require(stats["popular_\(name)"]) {
                theirs["\(row.title) \(hasYear ? row.year ?? 0 : 0)"]?.people = row.usersWatched ?? 0
            }
            #expect(amounts(titles) == theirs && !theirs.isEmpty)
        }
        // Tautulli has a line for each performer; those of one artist together are the artist's. It tells whose they are
        // by key only, and two libraries may have the same artist.
        var artists: [String: Amount] = [:]
        for row in try #require(stats["top_music"]) {
            let owner = room.household.read { world in row.ratingKey.flatMap { world.items[$0]?.title } }
            // On a sampler it is the performer's, here as there.
            let name = owner == "Various Artists" ? row.title : owner ?? row.title
            artists[name, default: Amount()].plays += row.plays ?? 0
            artists[name, default: Amount()].seconds += Int(row.played?.inSeconds ?? 0)
        }
        let keyed = issue.topArtists.filter { $0.title.ratingKey != nil }
        #expect(keyed.count > 2)
        for artist in keyed {
            let ours = Amount(plays: artist.plays.now, seconds: artist.seconds.now)
            #expect(artists[artist.title.name] == ours, "\(artist.title.name)")
        }
        let all = artists.values.reduce(0) { $0 + $1.plays }
        #expect(issue.topArtists.reduce(0) { $0 + $1.plays.now } == all)
    }

    private func comparePeople(
        _ issue: IssueFacts, _ stats: [String: [TautulliStatRow]], in room: Newsroom
    ) throws {
        let people = room.household.read { Newsroom.people(of: $0) }
        let ids = Dictionary(uniqueKeysWithValues: people.map { ($0.id, $0.plexID ?? 0) })
        let ours = Dictionary(
            uniqueKeysWithValues: issue.people.map {
                (ids[$0.person.id] ?? 0, Amount(plays: $0.plays.now, seconds: $0.seconds.now))
            })
        var theirs: [Int: Amount] = [:]
        for row in try #require(stats["top_users"]) {
            theirs[row.userID ?? 0] = Amount(plays: row.plays ?? 0, seconds: Int(row.played?.inSeconds ?? 0))
        }
        #expect(ours == theirs && ours.count > 3)
        let plays = theirs.values.reduce(0) { $0 + $1.plays }
        #expect(issue.totals.plays.now == plays && issue.totals.people.now == theirs.count)
    }

    /// What each play goes on with on a later day, which Tautulli's charts count again.
    private func compareDays(_ issue: IssueFacts, _ rows: [TautulliPlay], in room: Newsroom) async throws {
        let sorted = rows.sorted { ($0.started, $0.id) < ($1.started, $1.id) }
        var first: [Int: Day] = [:]
        var again: [Day: Set<Int>] = [:]
        for row in sorted {
            let day = Day(of: row.started, in: Newsroom.place)
            if let began = first[row.sitting], began != day { again[day, default: []].insert(row.sitting) }
            if first[row.sitting] == nil { first[row.sitting] = day }
        }
        // Eight: the last is the day that begins now.
        let plays = try await room.tautulli.chart(.byDate, span: 8)
        let time = try await room.tautulli.chart(.byDate, span: 8, measure: .duration)
        let types = try await room.tautulli.chart(.byStreamType, span: 8)
        for day in issue.byDay {
            let place = try #require(plays.categories.firstIndex(of: day.day.description))
            let extra = again[day.day]?.count ?? 0
            #expect(plays["Total"]?[place] == day.plays + extra, "\(day.day)")
            #expect(time["Total"]?[place] == day.seconds, "\(day.day)")
        }
        let extra = again.values.reduce(0) { $0 + $1.count }
        let delivered = ["Direct Play", "Direct Stream", "Transcode"].map { types[$0]?.prefix(7).reduce(0, +) ?? 0 }
        let ours = [issue.deliveries.directPlays, issue.deliveries.directStreams, issue.deliveries.transcodes]
        #expect(delivered.reduce(0, +) == ours.reduce(0) { $0 + $1.now } + extra)
        #expect(zip(delivered, ours).allSatisfy { $0 >= $1.now && $0 <= $1.now + extra })
        #expect(issue.deliveries.unknown.now == 0)
    }
}
