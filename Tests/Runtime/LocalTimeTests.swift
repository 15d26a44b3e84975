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
