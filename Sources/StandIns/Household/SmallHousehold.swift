// The household to begin with: the people of Discord's household (DiscordHousehold.swift) and a few more who live
// elsewhere on the friends' list, four libraries, and an evening's streams. Every name in it is invented.

package import Runtime

extension HouseholdWorld {
    /// plex.tv ids, so that no test needs to write one.
    package enum People {
        /// The owner.
        package static let robin = 4_100_001
        package static let ann = 4_100_002
        package static let bo = 4_100_003
        package static let chris = 4_100_004
        /// Accepted long ago and never played anything.
        package static let dora = 4_100_005
        /// A Plex Home member with a login.
        package static let eli = 4_100_006
        /// A managed Home member: no username, no e-mail address.
        package static let fay = 4_100_007
        /// Invited, has not answered.
        package static let gus = 4_100_008
        /// Shares the Vinyl library only.
        package static let hana = 4_100_009
    }

    /// Section keys.
    package enum Sections {
        package static let movies = 1
        package static let shows = 2
        package static let music = 3
        package static let vinyl = 4
    }

    /// The household as it stands at `now`.
    package static func small(now: Instant = Instant(seconds: 1_767_225_600)) -> HouseholdWorld {
        var world = HouseholdWorld()
        world.people = smallPeople(now: now)
        world.jellyfin = smallJellyfin(now: now)
        world.sections = [
            Section(
                key: 1, kind: .movie, title: "Movies", uuid: "7b1f6c8a-0001-4f5e-9c1d-3a5b7c9d1e01", globalID: 91_001),
            Section(
                key: 2, kind: .show, title: "TV Shows", uuid: "7b1f6c8a-0002-4f5e-9c1d-3a5b7c9d1e02",
                globalID: 91_002),
            Section(
                key: 3, kind: .artist, title: "Music", uuid: "7b1f6c8a-0003-4f5e-9c1d-3a5b7c9d1e03", globalID: 91_003),
            Section(
                key: 4, kind: .artist, title: "Vinyl", uuid: "7b1f6c8a-0004-4f5e-9c1d-3a5b7c9d1e04", globalID: 91_004),
        ]
        world.addSmallMovies(now: now)
        world.addSmallShows(now: now)
        world.addSmallMusic(now: now)
        world.addSmallFilms(now: now)
        world.addSmallRatings(now: now)
        world.addSmallStreams(now: now)
        return world
    }

    /// The small household with its last two years: some ten thousand plays, and what the server counted of them.
    package static func lived(now: Instant = Instant(seconds: 1_767_225_600)) -> HouseholdWorld {
        var world = small(now: now)
        world.addPlays(from: now - .days(730), to: now, seed: 7)
        world.countViews()
        return world
    }

    /// Takes what was played for what was counted, as far as the items are there under the keys they had.
    package mutating func countViews() {
        var views: [Int: [Int: Int]] = [:]
        for play in plays where play.isCounted { views[play.ratingKey, default: [:]][play.person, default: 0] += 1 }
        for (key, counts) in views { change(key) { $0.views = counts } }
    }

    private static func smallPeople(now: Instant) -> [Person] {
        func person(
            _ id: Int, _ name: String, invited: Int64?, accepted: Int64?, change: (inout Person) -> Void = { _ in }
        ) -> Person {
            let number = id - 4_100_000
            var person = Person(
                id: id, uuid: "c0ffee00c0ffee0\(number)", username: name.lowercased(), title: name,
                email: "\(name.lowercased())@mail.example", token: "\(name.lowercased())-plex-token-\(number)")
            person.invitedAt = invited.map { now - .days($0) }
            person.acceptedAt = accepted.map { now - .days($0) }
            person.shareID = 810_000 + number
            person.isFriend = accepted != nil
            person.rights.allowsSync = true
            change(&person)
            return person
        }
        return [
            person(People.robin, "Robin", invited: nil, accepted: nil) {
                $0.isOwner = true
                $0.isHome = true
                $0.isFriend = false
                $0.shareID = nil
            },
            person(People.ann, "Ann", invited: 725, accepted: 724),
            person(People.bo, "Bo", invited: 610, accepted: 610) { $0.friendlyName = "Bo Tanner" },
            person(People.chris, "Chris", invited: 420, accepted: 415) {
                $0.sections = [Sections.movies, Sections.shows, Sections.music]
                $0.rights.allowsSync = false
                $0.rights.filterMovies = "contentRating=G%2CPG|label=kids"
            },
            person(People.dora, "Dora", invited: 300, accepted: 298),
            person(People.eli, "Eli", invited: 500, accepted: 500) {
                $0.isHome = true
                $0.isFriend = false
            },
            person(People.fay, "Fay", invited: 480, accepted: 480) {
                $0.isHome = true
                $0.isFriend = false
                $0.isManaged = true
                $0.username = ""
                $0.email = ""
            },
            person(People.gus, "Gus", invited: 9, accepted: nil) { $0.sections = [Sections.movies] },
            person(People.hana, "Hana", invited: 200, accepted: 190) { $0.sections = [Sections.vinyl] },
        ]
    }
}
