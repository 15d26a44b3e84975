// What people are shown of their lists.

import Domain
import Runtime
import Storage
import Testing
@testable import Tracker

@Suite(.timeLimit(.minutes(1))) struct `A person's list` {
    static let today = Day(of: Sitting.now, in: .utc)

    /// A show with specials, four aired episodes and two to come.
    static var onAir: CatalogueEntry {
        var entry = CatalogueEntry("On Air", year: 2025, network: "Kanal 4", ids: ShowIDs(tmdb: 500), episodes: [])
        entry.episodes =
            [KnownEpisode(season: 0, number: 1, title: "Making of", airedOn: today - 90)]
            + (1...6).map { number in
                KnownEpisode(
                    season: 1, number: number, title: "Part \(number)", airedOn: today + (number - 5) * 7 + 3,
                    runtime: 30)
            }
        return entry
    }

    private func sitting(_ body: (Sitting, KnownShow) async throws -> Void) async throws {
        try await Sitting.run { sitting in
            sitting.set { $0.shows.append(Self.onAir) }
            guard case .one(let show) = try await sitting.tracker.guess("tmdb:500", outside: true) else {
                Issue.record("not found")
                return
            }
            _ = try await sitting.tracker.add(show, for: 1)
            try await body(sitting, show)
        }
    }

    private func progress(_ sitting: Sitting) async throws -> ShowProgress {
        try #require(try await sitting.tracker.lists.progress(of: 1, today: Self.today).first)
    }

    @Test func `knows what comes next, what is still to come, and counts no specials`() async throws {
        try await sitting { sitting, show in
            let new = try await progress(sitting)
            #expect(new.aired == 4 && new.seen == 0 && new.next?.number == 1 && new.coming?.number == 5)
            for number in 1...3 {
                _ = try await sitting.tracker.watched(show, season: 1, number: number, at: Sitting.now, by: 1)
            }
            _ = try await sitting.tracker.watched(show, season: 0, number: 1, at: Sitting.now, by: 1)
            let middle = try await progress(sitting)
            #expect(middle.seen == 3 && middle.left == 1 && middle.percent == 75 && middle.next?.number == 4)
            _ = try await sitting.tracker.watched(show, season: 1, number: 4, at: Sitting.now, by: 1)
            let done = try await progress(sitting)
            #expect(done.next == nil && done.left == 0)
            let report = TrackerReports.nextUp([done], today: Self.today)
            #expect(report.plainText.contains("up to date") && report.plainText.contains("On Air S01E05"))
        }
    }

    @Test func `what was skipped long ago is not what comes next`() async throws {
        try await sitting { sitting, show in
            _ = try await sitting.tracker.watched(show, season: 1, number: 3, at: Sitting.now, by: 1)
            let progress = try await progress(sitting)
            #expect(progress.next?.number == 4)
        }
    }

    @Test func `shows a season episode by episode`() async throws {
        try await sitting { sitting, show in
            _ = try await sitting.tracker.watched(show, season: 1, number: 1, at: Sitting.now, by: 1)
            let list = try await sitting.tracker.lists.episodes(of: show.id, for: 1)
            let text = TrackerReports.season(show, 1, list, today: Self.today).map(\.plainText).joined()
            #expect(text.contains("✅ S01E01 Part 1") && text.contains("by hand"))
            #expect(text.contains("▫️ S01E02") && text.contains("🕒 S01E06"))
            let foot = TrackerReports.season(show, 1, list, today: Self.today).first?.footer.plainText
            #expect(foot == "1 of 6 seen.")
            let specials = TrackerReports.season(show, 0, list, today: Self.today).map(\.plainText).joined()
            #expect(specials.contains("Making of"))
            let none = TrackerReports.season(show, 9, list, today: Self.today).map(\.plainText).joined()
            #expect(none.contains("no such season"))
        }
    }

    @Test func `has a calendar of what it follows, and of nothing else`() async throws {
        try await sitting { sitting, show in
            let lines = try await sitting.tracker.lists.calendar(of: 1, from: Self.today, to: Self.today + 30)
            #expect(lines.map(\.episode.number) == [5, 6])
            let theirs = try await sitting.tracker.lists.calendar(of: 2, from: Self.today, to: Self.today + 30)
            #expect(theirs.isEmpty)
            try await sitting.tracker.turn(show, false, for: 1)
            let off = try await sitting.tracker.lists.calendar(of: 1, from: Self.today, to: Self.today + 30)
            #expect(off.isEmpty)
        }
    }

    @Test func `counts episodes, plays and time exactly`() async throws {
        try await sitting { sitting, _ in
            for days in [0, 3] {
                try await sitting.told(
                    Sitting.play("On Air", 1, 1, at: Sitting.now - .days(Int64(10 - days))) {
                        $0.showGuids = ["tmdb://500"]
                    })
            }
            try await sitting.told(
                Sitting.play("On Air", 1, 2, at: Sitting.now - .days(1)) { $0.showGuids = ["tmdb://500"] })
            let numbers = try await sitting.tracker.lists.numbers(of: 1, place: .utc)
            #expect(numbers.shows == 1 && numbers.episodes == 2 && numbers.plays == 3 && numbers.minutes == 90)
            #expect(numbers.byMonth.map(\.count).reduce(0, +) == 2)
        }
    }

    @Test func `is told in words that are nobody's markup`() async throws {
        try await sitting { sitting, show in
            let page = TrackerReports.show(
                show, try await progress(sitting), try await sitting.tracker.lists.episodes(of: show.id, for: 1),
                mappings: [], today: Self.today)
            #expect(page.plainText.contains("0 of 4 seen") && page.plainText.contains("tmdb:500"))
            #expect(page.title.parts.contains(.strong("On Air")))
            let history = TrackerReports.history([]).first?.plainText ?? ""
            #expect(history.contains("Nothing was watched"))
        }
    }

    @Test func `names are found as people type them, ours first`() async throws {
        try await sitting { sitting, show in
            guard case .one(let typed) = try await sitting.tracker.guess("on air", outside: false) else {
                Issue.record("not found by its name")
                return
            }
            #expect(typed.id == show.id)
            guard case .several(let two) = try await sitting.tracker.guess("Ferry", outside: true) else {
                Issue.record("two of one name were not asked about")
                return
            }
            #expect(Set(two.map(\.year)) == [1994, 2019])
            guard case .one(let exact) = try await sitting.tracker.guess("Ferry (2019)", outside: true) else {
                Issue.record("not found by name and year")
                return
            }
            #expect(exact.year == 2019)
            guard case .none = try await sitting.tracker.guess("Zyzzyva", outside: true) else {
                Issue.record("something was found")
                return
            }
            sitting.set { $0.down = ["search"] }
            guard case .unknown = try await sitting.tracker.guess("Zyzzyva", outside: true) else {
                Issue.record("a silent catalogue was taken for an empty one")
                return
            }
        }
    }
}
