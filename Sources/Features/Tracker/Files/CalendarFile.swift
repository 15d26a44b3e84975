// What is to be aired, as a calendar others can subscribe to (RFC 5545): events of whole days that keep their UIDs, so that
// one that is moved is moved and not doubled.

internal import Domain
package import Runtime

package enum CalendarFile {
    /// `name`: of the calendar, as its subscribers see it. `domain`: after the @ of each UID, for ever the same.
    package static func text(_ lines: [ComingLine], name: String, domain: String = "autoplex", now: Instant) -> String {
        var text = Lines()
        text.add("BEGIN", "VCALENDAR")
        text.add("VERSION", "2.0")
        text.add("PRODID", "-//Autoplex//Tracker//EN")
        text.add("CALSCALE", "GREGORIAN")
        text.add("METHOD", "PUBLISH")
        text.add("NAME", escaped(name))
        text.add("X-WR-CALNAME", escaped(name))
        text.add("REFRESH-INTERVAL;VALUE=DURATION", "PT6H")
        text.add("X-PUBLISHED-TTL", "PT6H")
        for line in lines {
            text.add("BEGIN", "VEVENT")
            text.add("UID", "episode-\(line.episode.id)@\(escaped(domain))")
            text.add("DTSTAMP", stamp(now))
            text.add("DTSTART;VALUE=DATE", date(line.day))
            // The first day that is none of it any more.
            text.add("DTEND;VALUE=DATE", date(line.day + 1))
            text.add("SUMMARY", escaped(summary(line)))
            text.add("TRANSP", "TRANSPARENT")
            if line.isSeen { text.add("CATEGORIES", "SEEN") }
            text.add("END", "VEVENT")
        }
        text.add("END", "VCALENDAR")
        return text.whole
    }

    private static func summary(_ line: ComingLine) -> String {
        let title = line.episode.title.isEmpty ? "" : " \(line.episode.title)"
        return "\(line.title) \(line.episode.code)\(title)"
    }

    // MARK: Forms

    private struct Lines {
        private(set) var whole = ""

        /// No line is longer than 75 octets (§3.1); a fold never cuts a letter in two.
        mutating func add(_ name: String, _ value: String) {
            var octets = 0
            for scalar in "\(name):\(value)".unicodeScalars {
                let length = UTF8.width(scalar)
                if octets + length > 75 {
                    whole += "\r\n "
                    octets = 1
                }
                whole.unicodeScalars.append(scalar)
                octets += length
            }
            whole += "\r\n"
        }
    }

    /// TEXT (§3.3.11). Control characters have no place in one.
    static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        let scalars = Array(text.unicodeScalars)
        for (place, scalar) in scalars.enumerated() {
            switch scalar {
            case "\\", ";", ",": escaped += ["\\", scalar]
            case "\n": escaped += ["\\", "n"]
            case "\r": if place + 1 >= scalars.count || scalars[place + 1] != "\n" { escaped += ["\\", "n"] }
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: continue
            default: escaped.append(scalar)
            }
        }
        return String(escaped)
    }

    private static func date(_ day: Day) -> String {
        let wall = day.wall
        return wall.year.padded(4) + wall.month.padded(2) + wall.day.padded(2)
    }

    private static func stamp(_ now: Instant) -> String {
        let wall = LocalTime.utc.parts(of: now).wall
        return date(Day(wall)) + "T" + wall.hour.padded(2) + wall.minute.padded(2) + wall.second.padded(2) + "Z"
    }
}
