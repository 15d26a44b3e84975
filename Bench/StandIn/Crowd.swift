// Ten thousand people with one server, for measuring what a look at all of them costs: each has played something every 35
// hours for two years, and every fiftieth has stopped forty days ago. Of all that only the newest is kept here, which is
// what anybody asks for; Bench/python/prune.py writes the same two years into Autoplex's own copy.

import Runtime
import StandIns

extension HouseholdWorld {
    /// Of Bench/python/prune.py too.
    static let firstOfCrowd = 5_000_000

    /// From when their plays are counted back.
    static func hourOfCrowd(_ now: Instant) -> Instant { Instant(seconds: now.seconds / 3600 * 3600) }

    /// When one of them last played something.
    private static func newest(_ number: Int, _ now: Instant) -> Instant {
        let hour = hourOfCrowd(now)
        let newest = hour - .minutes(Int64(number * 7919 % 2100))
        return number % 50 == 7 ? newest - .days(40) : newest
    }

    static func crowd(of count: Int, now: Instant) -> HouseholdWorld {
        var world = HouseholdWorld.small(now: now)
        let films = world.items(of: .movie, in: Sections.movies).filter { $0.milliseconds > 600_000 }.prefix(8)
        world.streams = []
        world.people = world.people.filter(\.isOwner)
        for number in 0..<count {
            let id = firstOfCrowd + number
            world.addStranger("user\(number)", id: id)
            let place = world.people.count - 1
            world.people[place].invitedAt = now - .days(800)
            world.people[place].acceptedAt = now - .days(799)
            world.people[place].shareID = 8_000_000 + number
            world.people[place].isFriend = true
        }
        for number in 0..<count {
            let newest = newest(number, now)
            // Plex's own history is asked for the last days.
            for before in 0..<(number % 50 == 7 ? 1 : 4) {
                let film = films[films.startIndex + (number + before) % films.count]
                let stopped = newest - .hours(Int64(before * 35))
                world.addPlay(
                    of: film.ratingKey, by: firstOfCrowd + number, started: stopped - .milliseconds(film.milliseconds))
            }
        }
        world.plays.sort { $0.stopped < $1.stopped }
        return world
    }
}
