// The day by the hour: which streams belong to it, by whose clock, and what is said where nothing is known.

import Domain
import Runtime
import StandIns
import Testing

@testable import Usage

private typealias People = HouseholdWorld.People

@Suite struct `The hours of the day` {
    static func play(_ wall: LocalTime.WallTime, in place: LocalTime, by person: Int = 1) throws -> DayRules.Play {
        DayRules.Play(started: try #require(place.instants(of: wall).first), person: person)
    }

    @Test func `are those on the owner's wall`() throws {
        let tokyo = try #require(LocalTime(zone: "Asia/Tokyo"))
        // 02:30 of the next day in Tokyo.
        let now = Instant(seconds: 1_767_288_600)
        let plays = try [
            Self.play(.init(year: 2026, month: 1, day: 2, hour: 0), in: tokyo, by: 1),
            Self.play(.init(year: 2026, month: 1, day: 2, hour: 2, minute: 5), in: tokyo, by: 2),
            Self.play(.init(year: 2026, month: 1, day: 2, hour: 2, minute: 20), in: tokyo, by: 2),
            Self.play(.init(year: 2026, month: 1, day: 1, hour: 2, minute: 29), in: tokyo),
            Self.play(.init(year: 2026, month: 1, day: 1, hour: 2, minute: 30), in: tokyo),
            Self.play(.init(year: 2026, month: 1, day: 1, hour: 23, minute: 59, second: 59), in: tokyo),
            // The day before yesterday.
            Self.play(.init(year: 2025, month: 12, day: 31, hour: 23, minute: 59, second: 59), in: tokyo),
        ]
        let verdict = DayRules.verdict(on: plays, at: now, in: tokyo)
        #expect(verdict.today[0...3] == [1, 0, 2, nil])
        #expect(verdict.today.dropFirst(3).allSatisfy { $0 == nil })
        #expect(verdict.yesterday[2] == 2)
        #expect(verdict.yesterday[23] == 1)
        #expect(verdict.total == 3)
        #expect(verdict.yesterdayTotal == 3)
        #expect(verdict.yesterdaySoFar == 1)
        #expect(verdict.people == 2)
    }

    @Test(
        arguments: [
            ("Europe/Berlin", LocalTime.WallTime(year: 2026, month: 3, day: 29, hour: 12), 36 - 1),
            ("Europe/Berlin", LocalTime.WallTime(year: 2026, month: 10, day: 25, hour: 12), 36 + 1),
            ("Europe/Berlin", LocalTime.WallTime(year: 2026, month: 10, day: 26, hour: 0), 25),
            ("UTC", LocalTime.WallTime(year: 2026, month: 1, day: 1, hour: 0), 24),
            // Clocks go forward over midnight: the day begins at one.
            ("America/Havana", LocalTime.WallTime(year: 2026, month: 3, day: 8, hour: 12), 35),
        ])
    func `begin at yesterday's midnight`(zone: String, wall: LocalTime.WallTime, hours: Int) throws {
        let place = try #require(LocalTime(zone: zone))
        let now = try #require(place.instants(of: wall).first)
        let window = DayRules.window(at: now, in: place)
        #expect((window.upperBound - window.lowerBound).inSeconds.rounded() == Double(hours) * 3600)
        let beginning = place.parts(of: window.lowerBound).wall
        #expect((beginning.hour, beginning.minute) == (0, 0))
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The day` {
    private func addPlays(_ tower: Watchtower) {
        tower.household.change { world in
            for (hour, person) in [(0, People.ann), (9, People.bo), (9, People.ann), (16, People.ann)] {
                _ = world.addPlay(of: 30_002, by: person, started: Self.midnight + .hours(Int64(hour)))
            }
            for hour in [9, 17, 18, 20] {
                _ = world.addPlay(of: 30_003, by: People.bo, started: Self.midnight - .days(1) + .hours(Int64(hour)))
            }
            _ = world.addPlay(of: 30_003, by: People.bo, started: Self.midnight - .days(1) - .seconds(1))
        }
    }

    private static let midnight = Instant(seconds: 1_767_225_600)

    @Test func `is counted beside yesterday, with a chart that says it too`() async throws {
        try await Watchtower.open { tower in
            addPlays(tower)
            let report = try await tower.usage.day()
            #expect(
                report.lines.map(\.plainText) == [
                    "4 streams begun today by 2 people", "Yesterday by this time: 2 streams, in the whole day 4",
                    "Busiest hour today: 09:00, 2 streams",
                ])
            let picture = try #require(report.picture)
            #expect(picture.place == .full)
            #expect(picture.bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(picture.alternative.contains("4 streams in all"))
            #expect(picture.alternative.contains("Yesterday 4 streams"))
            // A closed window was asked for, not the whole history.
            let asked = try #require(tower.tautulli.requests.entries.last { $0.command == "get_history" })
            #expect(asked.parameters["after"] != nil)
            #expect(asked.parameters["before"] != nil)
        }
    }

    @Test func `without a stream says so`() async throws {
        try await Watchtower.open { tower in
            let report = try await tower.usage.day()
            #expect(report.lines.first?.plainText == "Nothing has been played to its end today yet")
            #expect(report.picture != nil)
        }
    }

    @Test func `needs Tautulli`() async throws {
        try await Watchtower.open(.plexOnly) { tower in
            await #expect(throws: UsageError.needsTautulli) { _ = try await tower.usage.day() }
        }
    }

    @Test(arguments: [HTTPFault.garbage, .truncated, .html502, .status(404, .null)])
    func `that is not told is not an empty one`(fault: HTTPFault) async throws {
        try await Watchtower.open { tower in
            addPlays(tower)
            await tower.tautulli.fail("get_history", with: fault, times: 9)
            let error = try await tower.hurrying {
                await #expect(throws: UsageError.self) { _ = try await tower.usage.day() }
            }
            guard case .noHistory(let why) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(!why.isEmpty)
        }
    }
}
