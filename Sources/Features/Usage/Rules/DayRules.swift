// How many streams began in each hour of today and of yesterday, by the clock on the owner's wall.

package import Runtime

package struct DayVerdict: Hashable, Sendable {
    /// By hour, 0 to 23; nil for hours still to come.
    package var today: [Int?]
    package var yesterday: [Int]
    /// Yesterday's up to the same time of day.
    package var yesterdaySoFar: Int
    /// People who began something today.
    package var people: Int

    package var total: Int { today.reduce(0) { $0 + ($1 ?? 0) } }
    package var yesterdayTotal: Int { yesterday.reduce(0, +) }
}

package enum DayRules {
    package struct Play: Hashable, Sendable {
        package var started: Instant
        package var person: Int

        package init(started: Instant, person: Int) {
            self.started = started
            self.person = person
        }
    }

    /// From yesterday's midnight until now: what has to be asked for.
    package static func window(at now: Instant, in place: LocalTime) -> Range<Instant> {
        let today = midnight(before: now, in: place)
        // Noon-ish of the day before, whatever the clocks were set to that night.
        return midnight(before: today - .hours(10), in: place)..<max(now, today + .milliseconds(1))
    }

    package static func verdict(on plays: [Play], at now: Instant, in place: LocalTime) -> DayVerdict {
        let (today, wall) = (midnight(before: now, in: place), place.parts(of: now).wall)
        let window = window(at: now, in: place)
        var verdict = DayVerdict(
            today: (0..<24).map { $0 <= wall.hour ? 0 : nil }, yesterday: Array(repeating: 0, count: 24),
            yesterdaySoFar: 0, people: 0)
        var people: Set<Int> = []
        for play in plays where window.contains(play.started) {
            let began = place.parts(of: play.started).wall
            if play.started >= today {
                verdict.today[began.hour] = (verdict.today[began.hour] ?? 0) + 1
                people.insert(play.person)
            } else {
                verdict.yesterday[began.hour] += 1
                if (began.hour, began.minute) < (wall.hour, wall.minute) { verdict.yesterdaySoFar += 1 }
            }
        }
        verdict.people = people.count
        return verdict
    }

    /// Where clocks go forward at midnight there is none: the day begins at the first moment after the gap.
    static func midnight(before moment: Instant, in place: LocalTime) -> Instant {
        let wall = place.parts(of: moment).wall
        let midnight = LocalTime.WallTime(year: wall.year, month: wall.month, day: wall.day)
        return place.instants(of: midnight).first ?? place.endOfGap(over: midnight) ?? moment
    }
}
