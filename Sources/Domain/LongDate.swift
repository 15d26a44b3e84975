// A moment as a letter or a page must say it, where nothing turns it into the reader's own time: with its weekday, year
// and zone, so that nobody can take it for another one.

package import Runtime

package struct LongDate: Hashable, Sendable, CustomStringConvertible {
    /// "Sunday, 6 December 2026"
    package let date: String
    /// "18:00"
    package let time: String
    /// "CET (UTC+1)"
    package let zone: String

    package init(_ moment: Instant, in place: LocalTime) {
        let parts = place.parts(of: moment)
        date = "\(Day.weekdayNames[parts.weekday]), \(Day(parts.wall).inWords)"
        // Seconds are cut off: nobody is told a moment later than the true one.
        time = "\(parts.wall.hour.padded(2)):\(parts.wall.minute.padded(2))"
        zone = Self.zone(parts)
    }

    /// "Sunday, 6 December 2026, 18:00 CET (UTC+1)"
    package var description: String { "\(date), \(time) \(zone)" }

    private static func zone(_ parts: LocalTime.Parts) -> String {
        let minutes = abs(parts.offset) / 60
        let odd = minutes % 60 == 0 ? "" : ":\((minutes % 60).padded(2))"
        let distance = parts.offset == 0 ? "UTC" : "UTC\(parts.offset < 0 ? "−" : "+")\(minutes / 60)\(odd)"
        // Many zones have no letters of their own: their name in the system is "+03".
        let name = parts.abbreviation
        guard name != "UTC", name.utf8.allSatisfy({ (65...90).contains($0) }) else { return distance }
        return "\(name) (\(distance))"
    }
}

extension Day {
    package static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    /// 0 is Sunday.
    package static let weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// "6 December 2026"
    package var inWords: String {
        let wall = wall
        return "\(wall.day) \(Self.monthNames[wall.month - 1]) \(wall.year)"
    }
}
