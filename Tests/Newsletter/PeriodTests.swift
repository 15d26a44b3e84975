// What an issue is about: days of a place, whatever its clocks do (docs/newsletter-numbers.md §1).

import Domain
import Newsletter
import NewsletterSamples
import Runtime
import Testing

@Suite struct `A newsletter's period` {
    private func period(
        _ rhythm: NewsletterPeriod.Rhythm, _ year: Int, _ month: Int, _ day: Int, in place: LocalTime = Diary.berlin
    ) -> NewsletterPeriod {
        let noon = place.instants(of: LocalTime.WallTime(year: year, month: month, day: day, hour: 12))
        return .containing(noon.first ?? Instant(milliseconds: 0), rhythm, in: place)
    }

    @Test(arguments: [
        (NewsletterPeriod.Rhythm.weekly, 2026, 11, 11, "Week of 9–15 November"),
        (.weekly, 2026, 11, 9, "Week of 9–15 November"), (.weekly, 2026, 11, 15, "Week of 9–15 November"),
        (.weekly, 2026, 12, 2, "Week of 30 November – 6 December"),
        (.weekly, 2026, 12, 31, "Week of 28 December 2026 – 3 January 2027"),
        (.fortnightly, 2026, 11, 11, "Fortnight of 9–22 November"),
        (.fortnightly, 2026, 11, 24, "Fortnight of 23 November – 6 December"),
        (.monthly, 2026, 2, 14, "February 2026"), (.monthly, 2026, 12, 31, "December 2026"),
    ])
    func `has a name`(_ rhythm: NewsletterPeriod.Rhythm, _ year: Int, _ month: Int, _ day: Int, _ name: String) {
        #expect(period(rhythm, year, month, day).name == name)
    }

    @Test(arguments: NewsletterPeriod.Rhythm.allCases)
    func `begins where the one before ends, for years`(_ rhythm: NewsletterPeriod.Rhythm) {
        for zone in ["Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia", "UTC"] {
            guard let place = LocalTime(zone: zone) else { continue }
            var now = period(rhythm, 2011, 1, 15, in: place)
            for _ in 0..<30 {
                let next = now.next(in: place)
                #expect(next.starts == now.ends && next.first == now.last + 1 && next.previous(in: place) == now)
                now = next
            }
        }
    }

    @Test func `has an hour more where the clocks go back, and one less where they go forward`() {
        let autumn = period(.weekly, 2026, 10, 25)
        #expect(autumn.ends - autumn.starts == .hours(7 * 24 + 1))
        let spring = period(.weekly, 2026, 3, 29)
        #expect(spring.ends - spring.starts == .hours(7 * 24 - 1))
    }

    @Test func `of an issue made now is the last one that is over`() {
        let monday = Diary.moment(16, "00:00")
        #expect(NewsletterPeriod.lastOver(at: monday, .weekly, in: Diary.berlin) == Diary.week)
        let before = NewsletterPeriod.lastOver(at: monday - .seconds(1), .weekly, in: Diary.berlin)
        #expect(before.name == "Week of 2–8 November")
    }
}

@Suite struct `A day of the calendar` {
    @Test func `is counted through four centuries`() {
        var wall = LocalTime.WallTime(year: 1899, month: 12, day: 31)
        for number in Day(wall).number..<Day(year: 2300, month: 1, day: 1).number {
            let day = Day(number: number)
            #expect(day.wall == wall || day.wall.day == 1 || day.wall.day == wall.day + 1)
            wall = day.wall
            guard Day(wall).number == number, Day(day.description) == day else {
                Issue.record("day \(number) reads \(day)")
                return
            }
        }
    }

    @Test(arguments: ["2026-02-30", "2026-13-01", "x", "2026-1-1", "", "2026-11-09T"])
    func `that does not exist is none`(_ text: String) { #expect(Day(text) == nil) }

    @Test func `knows its weekday`() {
        #expect(Day(year: 2026, month: 11, day: 9).weekday == 1)
        #expect(Day(year: 1969, month: 12, day: 28).weekday == 0)
    }
}
