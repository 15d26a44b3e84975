// Wall-clock time of several places in one process.

import Runtime
import Testing

@Suite struct `Local time` {
    @Test(arguments: [
        ("UTC", "2026-07-01T12:00:00Z"), ("Europe/Berlin", "2026-07-01T14:00:00+02:00"),
        ("America/New_York", "2026-07-01T08:00:00-04:00"), ("Asia/Kolkata", "2026-07-01T17:30:00+05:30"),
        ("Pacific/Chatham", "2026-07-02T00:45:00+12:45"),
    ])
    func `shows one moment as each place sees it`(zone: String, text: String) throws {
        let place = try #require(LocalTime(zone: zone))
        let noon = Instant(seconds: 1_782_907_200)
        for _ in 0..<50 { #expect(place.iso8601(noon) == text) }
        #expect(LocalTime.instant(iso8601: text) == noon)
    }

    @Test func `finds no moment in the gap and two in the fold`() throws {
        let place = try #require(LocalTime(zone: "Europe/Berlin"))
        func count(_ day: Int, _ month: Int, _ hour: Int) -> Int {
            place.instants(of: .init(year: 2026, month: month, day: day, hour: hour, minute: 30)).count
        }
        #expect(count(29, 3, 2) == 0)
        #expect(count(25, 10, 2) == 2)
        #expect(count(1, 7, 2) == 1)
    }

    @Test func `finds no moment for a day that does not exist`() throws {
        #expect(LocalTime.utc.instants(of: .init(year: 2026, month: 2, day: 30)).isEmpty)
        #expect(LocalTime.utc.instants(of: .init(year: 2026, month: 2, day: 28, hour: 24)).isEmpty)
    }

    @Test func `ends a gap where the clocks land, and knows no gap elsewhere`() throws {
        let place = try #require(LocalTime(zone: "Europe/Berlin"))
        let end = LocalTime.instant(iso8601: "2026-03-29T03:00:00+02:00")
        #expect(place.endOfGap(over: .init(year: 2026, month: 3, day: 29, hour: 2)) == end)
        #expect(place.endOfGap(over: .init(year: 2026, month: 3, day: 29, hour: 2, minute: 59, second: 59)) == end)
        #expect(place.endOfGap(over: .init(year: 2026, month: 3, day: 29, hour: 3)) == nil)
        #expect(place.endOfGap(over: .init(year: 2026, month: 3, day: 29, hour: 1, minute: 59)) == nil)
        #expect(place.endOfGap(over: .init(year: 2026, month: 10, day: 25, hour: 2, minute: 30)) == nil)
        #expect(LocalTime.utc.endOfGap(over: .init(year: 2026, month: 3, day: 29, hour: 2)) == nil)
    }

    @Test func `keeps places apart that are asked for at once`() async throws {
        let noon = Instant(seconds: 1_782_907_200)
        let hours = ["Europe/Berlin": ("CEST", 14), "America/New_York": ("EDT", 8), "Asia/Tokyo": ("JST", 21)]
        try await withThrowingTaskGroup { group in
            for (zone, expected) in hours {
                let place = try #require(LocalTime(zone: zone))
                group.addTask {
                    for _ in 0..<300 {
                        let parts = place.parts(of: noon)
                        #expect((parts.abbreviation, parts.wall.hour) == expected)
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `knows the day of the week`() throws {
        let place = try #require(LocalTime(zone: "Asia/Tokyo"))
        // A Saturday evening in London is Sunday in Tokyo.
        let evening = try #require(LocalTime.instant(iso8601: "2026-02-28T20:00:00Z"))
        #expect(LocalTime.utc.parts(of: evening).weekday == 6)
        #expect(place.parts(of: evening).weekday == 0)
    }

    @Test(arguments: ["", "Nowhere/City", "../../etc/passwd", "/etc/passwd", "Europe", "posixrules/..", "zone.tab"])
    func `does not believe in zones that are none`(zone: String) {
        #expect(LocalTime(zone: zone) == nil)
    }

    @Test(arguments: [
        "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-01-01", "2026-01-01T24:00:00Z", "2026-01-01T00:00:00",
        "nonsense", "2026-01-01T00:00:00+25:00", "",
    ])
    func `does not read dates that are none`(text: String) {
        #expect(LocalTime.instant(iso8601: text) == nil)
    }

    @Test func `keeps milliseconds`() {
        let instant = Instant(milliseconds: 1_782_907_200_042)
        #expect(LocalTime.utc.iso8601(instant) == "2026-07-01T12:00:00.042Z")
        #expect(LocalTime.instant(iso8601: "2026-07-01T12:00:00.042Z") == instant)
        #expect(LocalTime.instant(iso8601: "2026-07-01T12:00:00.042999Z") == instant)
    }
}
