// When jobs are due, above all where clocks change. Expected times were worked out by hand from the zones' rules.

import Runtime
import Testing

private let berlin = LocalTime(zone: "Europe/Berlin")!

private func moment(_ text: String) -> Instant { LocalTime.instant(iso8601: text)! }

@Suite struct `A schedule` {
    @Test(arguments: [
        ("* * * * *", "2026-03-01T10:00:30Z", "2026-03-01T10:01:00Z"),
        ("30 4 * * *", "2026-03-01T04:30:00Z", "2026-03-02T04:30:00Z"),
        ("*/15 * * * *", "2026-03-01T10:44:59Z", "2026-03-01T10:45:00Z"),
        ("0 9-17/4 * * mon-fri", "2026-03-06T17:30:00Z", "2026-03-09T09:00:00Z"),
        ("0 0 1 jan *", "2026-03-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("0 0 29 2 *", "2026-03-01T00:00:00Z", "2028-02-29T00:00:00Z"),
        ("0 0 31 * *", "2026-03-31T00:00:00Z", "2026-05-31T00:00:00Z"),
        // Both days restricted: either will do. One of them starred: both must fit.
        ("0 12 13 * fri", "2026-02-13T12:00:00Z", "2026-02-20T12:00:00Z"),
        ("0 12 */2 * fri", "2026-03-06T12:00:00Z", "2026-03-13T12:00:00Z"),
        ("0 12 13 * */2", "2026-03-01T00:00:00Z", "2026-06-13T12:00:00Z"),
        ("* 22 31 12 *", "2026-03-01T10:00:00Z", "2026-12-31T22:00:00Z"),
        ("7 * 31 12 *", "2026-12-31T23:30:00Z", "2027-12-31T00:07:00Z"),
        ("0 0 * * 7", "2026-03-02T00:00:00Z", "2026-03-08T00:00:00Z"),
        ("0 0 * * fri-sun", "2026-03-06T12:00:00Z", "2026-03-07T00:00:00Z"),
        ("5,10,50 8 * * *", "2026-03-01T08:10:00Z", "2026-03-01T08:50:00Z"),
        ("@daily", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
        ("@hourly", "2026-03-01T00:59:00Z", "2026-03-01T01:00:00Z"),
        ("@weekly", "2026-03-01T00:00:00Z", "2026-03-08T00:00:00Z"),
        ("@monthly", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"),
        ("@yearly", "2026-03-01T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("@every 90s", "2026-03-01T00:00:00Z", "2026-03-01T00:01:30Z"),
        ("@every 2h", "2026-03-01T00:00:00Z", "2026-03-01T02:00:00Z"),
        // Not from whenever the program started.
        ("@every 5m", "2026-03-01T00:02:10Z", "2026-03-01T00:05:00Z"),
        ("@every 5m", "1969-12-31T23:57:10Z", "1970-01-01T00:00:00Z"),
    ])
    func `is next due when crontab says`(text: String, after: String, due: String) throws {
        #expect(try CronExpression(text).next(after: moment(after), in: .utc) == moment(due))
    }

    // In Berlin 2026 the clocks jump from 02:00 to 03:00 on 29 March and back from 03:00 to 02:00 on 25 October.
    @Test(arguments: [
        // A fixed time inside the gap runs at the first moment after it, once.
        ("30 2 * * *", "2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00"),
        ("30 2 * * *", "2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"),
        ("0,30 2 * * *", "2026-03-29T01:59:00+01:00", "2026-03-29T03:00:00+02:00"),
        ("0,30 2 * * *", "2026-03-29T03:00:00+02:00", "2026-03-30T02:00:00+02:00"),
        // A repeated time runs the first time only.
        ("30 2 * * *", "2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00"),
        ("30 2 * * *", "2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"),
        // Every hour means every real hour.
        ("0 * * * *", "2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"),
        ("0 * * * *", "2026-03-29T01:00:00+01:00", "2026-03-29T03:00:00+02:00"),
        ("0 0-23 * * *", "2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"),
        // Every other hour is times of day: 02:00 comes once.
        ("0 */2 * * *", "2026-10-25T02:00:00+02:00", "2026-10-25T04:00:00+01:00"),
        ("0 */2 * * *", "2026-03-29T00:00:00+01:00", "2026-03-29T03:00:00+02:00"),
        ("0 3 * * *", "2026-03-28T03:00:00+01:00", "2026-03-29T03:00:00+02:00"),
        ("0 0 * * *", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00"),
    ])
    func `survives the change of clocks`(text: String, after: String, due: String) throws {
        let next = try #require(CronExpression(text).next(after: moment(after), in: berlin))
        #expect(next == moment(due), "\(berlin.iso8601(next))")
    }

    @Test(arguments: [
        // Nuuk's clocks jump from Saturday 23:00 to Sunday 00:00: the gap ends on another day than it begins.
        ("30 23 * * *", "America/Nuuk", "2026-03-27T23:30:00-02:00", "2026-03-29T00:00:00-01:00"),
        ("30 23 * * *", "America/Nuuk", "2026-03-29T00:00:00-01:00", "2026-03-29T23:30:00-01:00"),
        // Samoa left out 30 December 2011.
        ("0 12 * * *", "Pacific/Apia", "2011-12-29T12:00:00-10:00", "2011-12-31T00:00:00+14:00"),
        ("0 12 * * *", "Pacific/Apia", "2011-12-31T00:00:00+14:00", "2011-12-31T12:00:00+14:00"),
        ("15 * * * *", "Pacific/Apia", "2011-12-29T23:15:00-10:00", "2011-12-31T00:15:00+14:00"),
        // In Havana the hour from midnight comes twice; in Newfoundland of 2010 one minute of the next day came first.
        ("30 0 * * *", "America/Havana", "2026-11-01T00:30:00-04:00", "2026-11-02T00:30:00-05:00"),
        ("30 23 * * *", "America/St_Johns", "2010-11-06T23:30:00-02:30", "2010-11-07T23:30:00-03:30"),
        ("30 * * * *", "America/St_Johns", "2010-11-06T23:30:00-02:30", "2010-11-06T23:30:00-03:30"),
        // Lord Howe moves by half an hour.
        ("45 1 * * *", "Australia/Lord_Howe", "2026-04-04T01:45:00+11:00", "2026-04-05T01:45:00+11:00"),
        ("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T02:15:00+10:30", "2026-10-04T02:30:00+11:00"),
    ])
    func `survives the odder clocks of the world`(text: String, zone: String, after: String, due: String) throws {
        let place = try #require(LocalTime(zone: zone))
        let next = try #require(CronExpression(text).next(after: moment(after), in: place))
        #expect(next == moment(due), "\(place.iso8601(next))")
    }

    @Test func `of every quarter of an hour follows real time through both changes of clocks`() throws {
        let quarterly = try CronExpression("*/15 * * * *")
        for start in ["2026-03-28T00:00:00+01:00", "2026-10-24T00:00:00+02:00"] {
            var now = moment(start)
            for _ in 0..<(3 * 96) {
                let next = try #require(quarterly.next(after: now, in: berlin))
                #expect(next - now == .minutes(15))
                now = next
            }
        }
    }

    @Test func `of times of day comes once a day, whatever the clocks do`() throws {
        for text in ["0 0 * * *", "30 2 * * *", "59 23 * * *"] {
            let daily = try CronExpression(text)
            var now = moment("2025-12-31T23:59:30+01:00")
            var days: Set<Int> = []
            for _ in 0..<365 {
                now = try #require(daily.next(after: now, in: berlin))
                let wall = berlin.parts(of: now).wall
                days.insert(wall.month * 100 + wall.day)
            }
            #expect(days.count == 365, "\(text)")
        }
    }

    @Test(arguments: [
        "", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "a * * * *",
        "*/0 * * * *", "5-1 * * * *", "1,,2 * * * *", "-1 * * * *", "1/2/3 * * * *", "@often", "@every", "@every 0s",
        "@every 5", "@every -5m", "0 0 30 2 *", "0 0 31 4,6 *", "+1 * * * *", "*/+2 * * * *",
    ])
    func `that is wrong is refused with an example`(text: String) {
        let error = #expect(throws: CronError.self) { try CronExpression(text) }
        #expect(error.map { $0.description.contains("\"") || $0.description.contains("such as") } == true)
    }

    @Test func `of our own code says what it is`() {
        let daily = CronExpression.daily(at: 4, 30)
        #expect(daily.description == "30 4 * * *")
        #expect(daily.next(after: moment("2026-03-01T05:00:00Z"), in: .utc) == moment("2026-03-02T04:30:00Z"))
        let weekly = CronExpression.weekly(on: 1, at: 10, 0)
        #expect(weekly.description == "0 10 * * 1")
        #expect(weekly.next(after: moment("2026-03-03T05:00:00Z"), in: .utc) == moment("2026-03-09T10:00:00Z"))
    }
}
