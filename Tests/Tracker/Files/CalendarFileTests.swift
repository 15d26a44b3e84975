// The calendar held against RFC 5545: folds, escapes, days, names that stay.

import Domain
import Runtime
import Testing

@testable import Tracker

@Suite struct `The calendar's file` {
    static let now = Instant(seconds: 1_767_268_800)

    static func line(_ id: Int64, _ title: String, _ episode: String = "", day: String = "2026-12-31") -> ComingLine {
        ComingLine(
            show: 1, title: title, episode: KnownEpisode(id: id, season: 2, number: 5, title: episode),
            day: Day(day) ?? Day(number: 0), isSeen: false)
    }

    @Test func `has whole days that keep their names`() {
        let text = CalendarFile.text([Self.line(7, "Night Ferry", "The Crossing")], name: "Robin", now: Self.now)
        let lines = text.split(separator: "\r\n").map(String.init)
        #expect(lines.first == "BEGIN:VCALENDAR" && lines.last == "END:VCALENDAR" && text.hasSuffix("\r\n"))
        for wanted in [
            "VERSION:2.0", "UID:episode-7@autoplex", "DTSTAMP:20260101T120000Z", "DTSTART;VALUE=DATE:20261231",
            "DTEND;VALUE=DATE:20270101", "SUMMARY:Night Ferry S02E05 The Crossing",
        ] {
            #expect(lines.contains(wanted), "\(wanted)")
        }
        // Another title, another day: the same event.
        let moved = CalendarFile.text([Self.line(7, "X", day: "2026-12-30")], name: "Robin", now: Self.now)
        #expect(moved.contains("UID:episode-7@autoplex\r\n"))
    }

    @Test(arguments: [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"), ("a\nb", "a\\nb"), ("a\r\nb", "a\\nb"), ("a\rb", "a\\nb"),
        ("x\u{0}\u{7}y", "xy"), ("END:VEVENT\r\nBEGIN:VALARM", "END:VEVENT\\nBEGIN:VALARM"), ("“ü”", "“ü”"),
    ])
    func `takes any text for text`(_ text: String, _ escaped: String) {
        #expect(CalendarFile.escaped(text) == escaped)
        let file = CalendarFile.text([Self.line(1, text)], name: text, now: Self.now)
        #expect(file.split(separator: "\r\n").count { $0 == "END:VEVENT" } == 1)
    }

    @Test func `folds at seventy-five octets and never within a letter`() {
        let title = String(repeating: "風の国 👩‍👩‍👧 é ", count: 20)
        let text = CalendarFile.text([Self.line(1, title)], name: "x", now: Self.now)
        for line in text.components(separatedBy: "\r\n") {
            #expect(line.utf8.count <= 75)
            #expect(!line.unicodeScalars.contains("\u{FFFD}"))
        }
        #expect(text.replacing("\r\n ", with: "").contains("SUMMARY:\(title) S02E05"))
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
