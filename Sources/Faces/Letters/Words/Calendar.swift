// Days and hours as a letter says them.

internal import Domain
internal import Newsletter
internal import Runtime

enum Calendar {
    /// "16 November 2026"
    static func date(_ day: Day) -> String { day.inWords }

    static func date(_ moment: Instant, in place: LocalTime) -> String { Day(of: moment, in: place).inWords }

    /// Under a column: the weekday while that says which, else the date.
    static func label(_ day: Day, of count: Int) -> String {
        count <= 7
            ? "\(Day.weekdayNames[day.weekday].prefix(3))" : "\(day.day) \(Day.monthNames[day.month - 1].prefix(3))"
    }

    /// "21:00–22:00"
    static func hour(_ hour: Int) -> String { "\(hour.padded(2)):00–\(((hour + 1) % 24).padded(2)):00" }
}

extension NewsletterPeriod {
    /// "week", "fortnight", "month": "your …", "this …".
    var word: String {
        switch rhythm {
        case .weekly: "week"
        case .fortnightly: "fortnight"
        case .monthly: "month"
        }
    }
}
