// When a job is due, as crontab(5) writes it: five fields, names, ranges, steps and lists; `@daily` and its like; and
// `@every 90s` for plain intervals. Pure: the moment and the place are handed in.
//
// Clock changes are treated as Vixie's cron does (cron(8)): a fixed time that falls into the gap of spring runs at the
// first moment after it; a time that comes twice in autumn runs once, the first time. A job whose hour is `*` follows
// real time: it neither misses an hour nor waits through the repeated one.

package struct CronError: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
}

package struct CronExpression: Sendable, Hashable, CustomStringConvertible {
    package let description: String
    private let form: Form

    private enum Form: Sendable, Hashable {
        case every(Duration)
        case calendar(Calendar)
    }

    private struct Calendar: Sendable, Hashable {
        var minutes: CronField.Set
        var hours: CronField.Set
        var days: CronField.Set
        var months: CronField.Set
        var weekdays: CronField.Set

        /// As in crontab(5): when both days are restricted, either one suffices.
        func runs(on wall: LocalTime.WallTime, weekday: Int) -> Bool {
            guard months.contains(wall.month) else { return false }
            if days.isAny { return weekdays.contains(weekday) }
            if weekdays.isAny { return days.contains(wall.day) }
            return days.contains(wall.day) || weekdays.contains(weekday)
        }
    }

    package init(_ text: String) throws(CronError) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        description = words.joined(separator: " ")
        if words.first == "@every" {
            form = .every(try Self.interval(words.dropFirst().joined()))
            return
        }
        let shorthand = [
            "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *", "@weekly": "0 0 * * 0",
            "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@hourly": "0 * * * *",
        ]
        var fields = words
        if words.count == 1, words[0].hasPrefix("@") {
            guard let long = shorthand[words[0].lowercased()] else {
                throw CronError(
                    description: "\"\(words[0])\" is not known: use @daily, @hourly, @every 5m or five fields")
            }
            fields = long.split(separator: " ").map(String.init)
        }
        guard fields.count == 5 else {
            throw CronError(
                description:
                    "a schedule has five fields (minute hour day month weekday), such as \"30 4 * * *\", or is @daily")
        }
        let calendar = Calendar(
            minutes: try CronField.minute.parse(fields[0]), hours: try CronField.hour.parse(fields[1]),
            days: try CronField.day.parse(fields[2]), months: try CronField.month.parse(fields[3]),
            weekdays: try CronField.weekday.parse(fields[4]))
        form = .calendar(calendar)
        // "30 2 31 2 *" would be waited for until the end of time.
        if next(after: Instant(seconds: 0), in: .utc) == nil {
            throw CronError(description: "\"\(description)\" names a day that never comes")
        }
    }

    /// Every day at a time our own code names, which needs no parsing and cannot be wrong.
    package static func daily(at hour: Int, _ minute: Int) -> CronExpression {
        CronExpression(
            description: "\(minute) \(hour) * * *",
            form: .calendar(
                Calendar(
                    minutes: CronField.Set([minute], isAny: false), hours: CronField.Set([hour], isAny: false),
                    days: CronField.Set(1...31, isAny: true), months: CronField.Set(1...12, isAny: true),
                    weekdays: CronField.Set(0...6, isAny: true))))
    }

    private init(description: String, form: Form) {
        self.description = description
        self.form = form
    }

    private static func interval(_ text: String) throws(CronError) -> Duration {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86400]
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count > 0,
            count <= 366 * 86400 / unit
        else { throw CronError(description: "\"@every \(text)\" is not an interval: write @every 90s, 5m, 2h or 1d") }
        return .seconds(count * unit)
    }

    /// The first moment strictly after `instant`. Nil only where there is none within 30 years.
    package func next(after instant: Instant, in place: LocalTime) -> Instant? {
        switch form {
        case .every(let interval): return instant + interval
        case .calendar(let calendar): return next(calendar, after: instant, in: place)
        }
    }

    /// The moment as the wall shows it, day by day; whole days that do not match are skipped at once.
    private func next(_ calendar: Calendar, after instant: Instant, in place: LocalTime) -> Instant? {
        let today = place.parts(of: instant).wall
        var day = CalendarDay(year: today.year, month: today.month, day: today.day)
        // 30 years hold every 29 February on every weekday.
        for _ in 0..<(30 * 366) {
            if calendar.runs(on: day.midnight, weekday: day.weekday) {
                let found = moments(calendar, on: day, in: place).first { $0 > instant }
                if let found { return found }
            }
            day = day.following
        }
        return nil
    }

    /// All moments of one day, in order.
    private func moments(_ calendar: Calendar, on day: CalendarDay, in place: LocalTime) -> [Instant] {
        var found: [Instant] = []
        for hour in 0..<24 where calendar.hours.contains(hour) {
            for minute in 0..<60 where calendar.minutes.contains(minute) {
                var wall = day.midnight
                wall.hour = hour
                wall.minute = minute
                let instants = place.instants(of: wall)
                if calendar.hours.isAny {
                    found += instants
                } else if let first = instants.first {
                    found.append(first)
                } else if let after = Self.endOfGap(at: wall, in: place), !found.contains(after) {
                    found.append(after)
                }
            }
        }
        return found.sorted()
    }

    /// The first moment after the gap in which `wall` would have been.
    private static func endOfGap(at wall: LocalTime.WallTime, in place: LocalTime) -> Instant? {
        var later = wall
        // No gap is longer than a day (Samoa left out one whole day in 2011).
        for _ in 0..<(26 * 60) {
            later.minute += 1
            if later.minute == 60 {
                later.minute = 0
                later.hour += 1
            }
            if later.hour == 24 { return nil }
            if let found = place.instants(of: later).first { return found }
        }
        return nil
    }
}

/// A date of the calendar and what follows it, without any clock.
private struct CalendarDay {
    var year: Int
    var month: Int
    var day: Int

    var midnight: LocalTime.WallTime { LocalTime.WallTime(year: year, month: month, day: day) }

    private var length: Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    var following: CalendarDay {
        if day < length { return CalendarDay(year: year, month: month, day: day + 1) }
        if month < 12 { return CalendarDay(year: year, month: month + 1, day: 1) }
        return CalendarDay(year: year + 1, month: 1, day: 1)
    }

    /// 0 is Sunday (Sakamoto's rule).
    var weekday: Int {
        let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let y = month < 3 ? year - 1 : year
        return (y + y / 4 - y / 100 + y / 400 + shift[month - 1] + day) % 7
    }
}
