// When a job is due, as crontab(5) writes it: five fields, names, ranges, steps and lists; `@daily` and its like; and
// `@every 90s` for plain intervals. Pure: the moment and the place are handed in.
//
// Clock changes are treated as Vixie's cron does (cron(8)): a fixed time that falls into the gap of spring runs at the
// first moment after it; a time that comes twice in autumn runs once, the first time. A job of every hour follows real
// time: it neither misses an hour nor waits through the repeated one.
//
// `@every` counts from 1970, not from the start of the program: however often that is restarted, every week comes.

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
        func runs(on day: CalendarDay) -> Bool {
            guard months.contains(day.month) else { return false }
            let (isDay, isWeekday) = (days.contains(day.day), weekdays.contains(day.weekday))
            return days.isStarred || weekdays.isStarred ? isDay && isWeekday : isDay || isWeekday
        }

        var runsEveryHour: Bool { (0..<24).allSatisfy(hours.contains) }
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
        if CalendarDay(year: 1970, month: 1, day: 1).upcoming.first(where: calendar.runs) == nil {
            throw CronError(description: "\"\(description)\" names a day that never comes")
        }
    }

    /// Every day at a time our own code names, which needs no parsing and cannot be wrong.
    package static func daily(at hour: Int, _ minute: Int) -> CronExpression {
        CronExpression(
            description: "\(minute) \(hour) * * *",
            form: .calendar(
                Calendar(
                    minutes: CronField.Set([minute], isStarred: false),
                    hours: CronField.Set([hour], isStarred: false),
                    days: CronField.Set(1...31, isStarred: true), months: CronField.Set(1...12, isStarred: true),
                    weekdays: CronField.Set(0...6, isStarred: true))))
    }

    /// Likewise, on one day of the week; 0 is Sunday.
    package static func weekly(on weekday: Int, at hour: Int, _ minute: Int) -> CronExpression {
        CronExpression(
            description: "\(minute) \(hour) * * \(weekday)",
            form: .calendar(
                Calendar(
                    minutes: CronField.Set([minute], isStarred: false),
                    hours: CronField.Set([hour], isStarred: false),
                    days: CronField.Set(1...31, isStarred: true), months: CronField.Set(1...12, isStarred: true),
                    weekdays: CronField.Set([weekday], isStarred: false))))
    }

    /// At plain intervals, counted from 1970.
    package static func every(minutes: Int) -> CronExpression {
        CronExpression(description: "@every \(minutes)m", form: .every(.seconds(60 * max(1, minutes))))
    }

    package static func every(seconds: Int) -> CronExpression {
        CronExpression(description: "@every \(seconds)s", form: .every(.seconds(max(1, seconds))))
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
        case .every(let interval):
            let length = interval.milliseconds
            // Rounded down, also before 1970.
            let passed = (instant.milliseconds % length + length) % length
            return Instant(milliseconds: instant.milliseconds - passed + length)
        case .calendar(let calendar):
            return calendar.runsEveryHour
                ? Self.nextReal(calendar, after: instant, in: place)
                : Self.nextFixed(calendar, after: instant, in: place)
        }
    }

    /// For times of day: day by day as the calendar counts them. Their first occurrences come in the order in which the
    /// wall's hands name them, whatever the clocks do, so the first one found is the next.
    private static func nextFixed(_ calendar: Calendar, after instant: Instant, in place: LocalTime) -> Instant? {
        for day in CalendarDay(place.parts(of: instant).wall).upcoming where calendar.runs(on: day) {
            for hour in 0..<24 where calendar.hours.contains(hour) {
                for minute in 0..<60 where calendar.minutes.contains(minute) {
                    let wall = day.at(hour, minute)
                    guard let moment = place.instants(of: wall).first ?? place.endOfGap(over: wall) else { continue }
                    if moment > instant { return moment }
                }
            }
        }
        return nil
    }

    /// For jobs of every hour: forward in real time, reading the wall at each step.
    private static func nextReal(_ calendar: Calendar, after instant: Instant, in place: LocalTime) -> Instant? {
        let end = instant + .days(30 * 366)
        var moment = instant - .milliseconds((instant.milliseconds % 60_000 + 60_000) % 60_000) + .minutes(1)
        while moment < end {
            let wall = place.parts(of: moment).wall
            if !calendar.runs(on: CalendarDay(wall)) {
                // Far steps only where no change of clocks can carry them past midnight.
                moment = moment + (wall.hour < 18 ? .hours(Int64(20 - wall.hour)) : .minutes(Int64(60 - wall.minute)))
            } else if calendar.minutes.contains(wall.minute) {
                return moment
            } else {
                moment = moment + .minutes(1)
            }
        }
        return nil
    }
}

/// A date of the calendar and what follows it, without any clock.
private struct CalendarDay {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    init(_ wall: LocalTime.WallTime) { self.init(year: wall.year, month: wall.month, day: wall.day) }

    func at(_ hour: Int, _ minute: Int) -> LocalTime.WallTime {
        LocalTime.WallTime(year: year, month: month, day: day, hour: hour, minute: minute)
    }

    /// This day and those after it: 30 years hold every 29 February on every weekday.
    var upcoming: some Sequence<CalendarDay> { sequence(first: self) { $0.following }.prefix(30 * 366) }

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
