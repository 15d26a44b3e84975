// Days and hours as a letter says them.

internal import Domain
internal import Newsletter
internal import Runtime

enum Calendar {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    /// "16 November 2026"
    static func date(_ day: Day) -> String { "\(day.day) \(months[day.month - 1]) \(day.year)" }

    static func date(_ moment: Instant, in place: LocalTime) -> String { date(Day(of: moment, in: place)) }

    /// Under a column: the weekday while that says which, else the date.
    static func label(_ day: Day, of count: Int) -> String {
        count <= 7 ? weekdays[day.weekday] : "\(day.day) \(months[day.month - 1].prefix(3))"
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
