// A day of a calendar on somebody's wall, free of time zones: days are counted and compared as days, so that one with
// 23 or 25 hours is still one. The arithmetic is that of the proleptic Gregorian calendar.

package import Runtime

package struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    package let number: Int

    package init(number: Int) { self.number = number }

    /// A day that does not exist runs over into the next month, as February 30th into March.
    package init(year: Int, month: Int, day: Int) {
        // Years begin in March here: the odd day of a leap year is then the last one.
        let years = month <= 2 ? year - 1 : year
        let era = (years >= 0 ? years : years - 399) / 400
        let yearOfEra = years - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    package init(_ wall: LocalTime.WallTime) { self.init(year: wall.year, month: wall.month, day: wall.day) }

    /// The day it is somewhere.
    package init(of instant: Instant, in place: LocalTime) { self.init(place.parts(of: instant).wall) }

    package var wall: LocalTime.WallTime {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return LocalTime.WallTime(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    package var year: Int { wall.year }
    package var month: Int { wall.month }
    package var day: Int { wall.day }
    /// 0 is Sunday.
    package var weekday: Int { ((number + 4) % 7 + 7) % 7 }

    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }
    package static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }
    package static func - (day: Day, days: Int) -> Day { Day(number: day.number - days) }
    package static func - (later: Day, earlier: Day) -> Int { later.number - earlier.number }

    /// The first moment of the day there. Where clocks go forward at midnight there is none: the day begins after the gap.
    package func begins(in place: LocalTime) -> Instant {
        place.instants(of: wall).first ?? place.endOfGap(over: wall) ?? Instant(seconds: Int64(number) * 86_400)
    }
}

extension Day: CustomStringConvertible {
    /// "2026-11-09"
    package var description: String {
        let wall = wall
        return "\(wall.year.padded(4))-\(wall.month.padded(2))-\(wall.day.padded(2))"
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]) else {
            return nil
        }
        self.init(year: year, month: month, day: day)
        guard description == text else { return nil }
    }
}

extension Day: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = Day(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no day of the calendar")
        }
        self = day
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
