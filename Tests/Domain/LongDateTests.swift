// Dates in letters name their zone in a way that everybody can check.

import Domain
import Runtime
import Testing

@Suite struct `A date in a letter` {
    @Test(arguments: [
        ("Europe/Berlin", Int64(1_796_212_800), "Wednesday, 2 December 2026, 13:00 CET (UTC+1)"),
        ("Europe/Berlin", 1_780_315_259, "Monday, 1 June 2026, 14:00 CEST (UTC+2)"),
        ("America/New_York", 1_796_212_800, "Wednesday, 2 December 2026, 07:00 EST (UTC−5)"),
        ("Asia/Kolkata", 1_796_212_800, "Wednesday, 2 December 2026, 17:30 IST (UTC+5:30)"),
        ("America/Sao_Paulo", 1_796_212_800, "Wednesday, 2 December 2026, 09:00 UTC−3"),
        ("UTC", 1_796_212_800, "Wednesday, 2 December 2026, 12:00 UTC"),
        ("Europe/London", 1_796_212_800, "Wednesday, 2 December 2026, 12:00 GMT (UTC)"),
    ])
    func `has its weekday, year and zone`(zone: String, seconds: Int64, words: String) throws {
        let place = try #require(LocalTime(zone: zone))
        #expect("\(LongDate(Instant(seconds: seconds), in: place))" == words)
    }
}
