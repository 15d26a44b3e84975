// How the people of the household live with their libraries: who listens on weekdays, who binges at the weekend, who
// leaves a film halfway and goes on the next evening. Shares are per cents of days; in music, of each hour in `musicHours`.

struct HouseholdHabits: Sendable {
    typealias Device = HouseholdWorld.Device

    /// Of weekdays, and of Saturdays and Sundays.
    struct Days: Sendable {
        var week: Int
        var weekend: Int
    }

    var music: Days
    var shows: Days
    var movies: Days
    /// Hours of the day at which music begins.
    var musicHours: [Int]
    /// The longest row of episodes.
    var binge: Int
    var listensOn: Device
    var watchesOn: Device
    /// Of a hundred tracks, how many are skipped.
    var skips: Int
    /// Weeks of the year spent elsewhere.
    var away: ClosedRange<Int>

    static func of(_ person: HouseholdWorld.Person) -> HouseholdHabits? {
        typealias People = HouseholdWorld.People
        typealias Devices = HouseholdWorld.Devices
        switch person.id {
        case People.robin:
            return HouseholdHabits(
                music: Days(week: 24, weekend: 34), shows: Days(week: 45, weekend: 35),
                movies: Days(week: 5, weekend: 35), musicHours: [8, 9, 14, 21], binge: 2,
                listensOn: Devices.television, watchesOn: Devices.television, skips: 6, away: 30...31)
        case People.ann:
            return HouseholdHabits(
                music: Days(week: 34, weekend: 22), shows: Days(week: 30, weekend: 50),
                movies: Days(week: 4, weekend: 20), musicHours: [7, 8, 17], binge: 3, listensOn: Devices.phone,
                watchesOn: Devices.box, skips: 12, away: 22...24)
        case People.bo:
            return HouseholdHabits(
                music: Days(week: 18, weekend: 20), shows: Days(week: 20, weekend: 65),
                movies: Days(week: 6, weekend: 40), musicHours: [19, 22], binge: 6, listensOn: Devices.browser,
                watchesOn: Devices.browser, skips: 20, away: 40...40)
        case People.chris:
            return HouseholdHabits(
                music: Days(week: 10, weekend: 30), shows: Days(week: 25, weekend: 30),
                movies: Days(week: 3, weekend: 25), musicHours: [10, 16], binge: 3, listensOn: Devices.box,
                watchesOn: Devices.box, skips: 8, away: 1...2)
        // Never found the time.
        case People.dora: return nil
        case People.fay:
            return HouseholdHabits(
                music: Days(week: 8, weekend: 15), shows: Days(week: 35, weekend: 60),
                movies: Days(week: 1, weekend: 20), musicHours: [16], binge: 3, listensOn: Devices.tablet,
                watchesOn: Devices.tablet, skips: 30, away: 28...32)
        case People.hana:
            return HouseholdHabits(
                music: Days(week: 40, weekend: 50), shows: Days(week: 0, weekend: 0),
                movies: Days(week: 0, weekend: 0), musicHours: [12, 20], binge: 1, listensOn: Devices.phone,
                watchesOn: Devices.phone, skips: 4, away: 10...10)
        default:
            return HouseholdHabits(
                music: Days(week: 12, weekend: 20), shows: Days(week: 15, weekend: 25),
                movies: Days(week: 2, weekend: 15), musicHours: [11, 18], binge: 2, listensOn: Devices.phone,
                watchesOn: Devices.television, skips: 10, away: 33...34)
        }
    }
}
