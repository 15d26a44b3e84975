// From Tautulli and Plex to an issue that stays as it was made.

import Domain
import Newsletter
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Making an issue` {
    @Test(arguments: [true, false])
    func `tells what is new, whoever is asked`(_ asksPlex: Bool) async throws {
        try await Newsroom.open(asksPlex: asksPlex) { room in
            room.addMovie(901, "Last Night", at: Newsroom.monday - .hours(8))
            room.addMovie(902, "Last <b>Week</b>", at: Newsroom.monday - .hours(100))
            room.addMovie(903, "Too Old", at: Newsroom.monday - .hours(24 * 7 + 1))
            room.household.change { world in
                world.change(2_001) { $0.addedAt = Newsroom.monday - .hours(50) }
                world.change(2_002) { $0.addedAt = Newsroom.monday - .hours(49) }
            }
            let issue = try await room.newsletter.make(room.week)
            let movies = try #require(issue.added.known?.first { $0.kind == "movie" })
            #expect(movies.items.known?.map(\.name).prefix(2) == ["Last Night", "Last <b>Week</b>"])
            #expect(movies.items.known?.contains { $0.name == "Too Old" } == false)
            let shows = try #require(issue.added.known?.first { $0.kind == "show" })
            #expect(shows.items.known?.first?.part == "Season 1, 2 episodes")
            #expect(issue.doubts == [])
        }
    }

    @Test func `happens once, and it stays as it was`() async throws {
        try await Newsroom.open { room in
            let first = try await room.newsletter.make(room.week)
            #expect(first.number == 1 && first.totals.plays.now > 0)
            room.household.change { world in
                world.addSitting(
                    of: HouseholdWorld.Music.lanternsAtLow, by: HouseholdWorld.People.ann,
                    started: Newsroom.monday - .days(2))
            }
            await room.clock.advance(by: .hours(3))
            let again = try await room.newsletter.make(room.week)
            #expect(again == first)
            let latest = try await room.newsletter.latest()
            #expect(latest == first)
            let readers = try await room.newsletter.archive.readers(of: 1)
            #expect(readers.count > 4)
            let ann = try await room.newsletter.archive.personal(1, of: 2)
            #expect(ann?.person.id == 2 && ann?.number == 1 && (ann?.plays.now ?? 0) > 0)
            await room.clock.advance(by: .days(7))
            let second = try await room.newsletter.make(room.week)
            #expect(second.number == 2 && second.period.first == first.period.last + 1)
            let readersAgain = try await room.newsletter.archive.readers(of: 2)
            #expect(readersAgain == readers)
        }
    }

    @Test func `waits for Tautulli, which may be away or stop midway`() async throws {
        try await Newsroom.open { room in
            await room.tautulliStandIn.fail("get_history", with: .status(500, .null), times: 1)
            await #expect { try await room.newsletter.make(room.week) } throws: { error in
                "\(error)".hasPrefix("what was played is not known, so no issue is made")
            }
            let none = try await room.newsletter.latest()
            #expect(none == nil)
            await room.tautulliStandIn.endFaults()
            let issue = try await room.newsletter.make(room.week)
            #expect(issue.totals.plays.now > 0)
        }
    }

    @Test func `says which library could not be read`() async throws {
        try await Newsroom.open { room in
            await room.plexStandIn.fail("GET /library/sections/{}/all", with: .status(500, .null), times: 1)
            let issue = try await room.newsletter.make(room.week)
            let added = try #require(issue.added.known)
            #expect(added.count { $0.items.known == nil } == 1 && added.count > 2)
            #expect(issue.doubts.count == 1 && issue.doubts[0].contains("could not be read"))
        }
        try await Newsroom.open { room in
            await room.plexStandIn.fail("GET /library/sections", with: .status(500, .null), times: 1)
            let issue = try await room.newsletter.make(room.week)
            #expect(issue.added.known == nil && issue.totals.plays.now > 0)
        }
    }

    @Test func `of a period that is not over is refused, and previewed as far as it has come`() async throws {
        try await Newsroom.open { room in
            let running = room.week.next(in: Newsroom.place)
            await #expect(throws: NewsletterError.self) { try await room.newsletter.make(running) }
            let draft = try await room.newsletter.draft(running)
            #expect(draft.issue.totals.plays.now == 0 && draft.issue.totals.plays.before ?? 0 > 0)
            let kept = try await room.newsletter.latest()
            #expect(kept == nil)
        }
    }

    @Test func `of an empty server says so`() async throws {
        try await Newsroom.open(HouseholdWorld.small(now: Newsroom.monday)) { room in
            let issue = try await room.newsletter.make(room.week)
            #expect(issue.totals.plays == Trend(0, before: nil) && issue.people.isEmpty)
        }
    }

    @Test func `knows how far somebody has come with what they watch`() async throws {
        try await Newsroom.open { room in
            let draft = try await room.newsletter.draft(room.week)
            let progress = draft.personal.flatMap(\.progress)
            #expect(progress.count > 3)
            #expect(
                progress.allSatisfy { progress in
                    guard case .known(let all) = progress.of else { return progress.of == .absent }
                    return progress.done > 0 && progress.done <= all
                })
            #expect(progress.contains { $0.title.kind == .artist && $0.of.known != nil })
            #expect(progress.contains { $0.title.kind == .show && $0.of.known != nil })
        }
    }

    @Test(arguments: [true, false])
    func `weighs the libraries day by day`(_ asksPlex: Bool) async throws {
        try await Newsroom.open(asksPlex: asksPlex) { room in
            try await room.newsletter.weighLibraries()
            await room.clock.advance(by: .days(1))
            room.addMovie(901, "One More", at: Newsroom.monday + .hours(20))
            try await room.newsletter.weighLibraries()
            await room.clock.advance(by: .days(1))
            await room.plexStandIn.fail("", with: .status(500, .null), times: 100)
            await room.tautulliStandIn.fail("get_libraries", with: .status(500, .null), times: 100)
            await #expect(throws: NewsletterError.self) { try await room.newsletter.weighLibraries() }
            await room.plexStandIn.endFaults()
            await room.tautulliStandIn.endFaults()
            await room.clock.advance(by: .days(6))
            let issue = try await room.newsletter.make(room.week)
            let movies = try #require(issue.growth.first { $0.library.kind == "movie" })
            let counted = movies.points.map(\.items)
            #expect(counted.count == 2 && counted[1] == counted[0] + 1)
            #expect(movies.points.map(\.day) == [Day(year: 2026, month: 2, day: 2), Day(year: 2026, month: 2, day: 3)])
            let shows = try #require(issue.growth.first { $0.library.kind == "show" })
            #expect((shows.library.leaves ?? 0) > shows.library.items)
        }
    }
}
