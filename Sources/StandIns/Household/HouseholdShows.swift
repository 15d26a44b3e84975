// Shows for the demo and for journeys: what the household watched of them in the last weeks, in the ways libraries name them, and one that
// nobody can tell without being asked.

package import Runtime

extension HouseholdWorld {
    /// With what catalogues know, some of it in the library, and evenings in front of it.
    package static func watching(now: Instant) -> HouseholdWorld {
        var world = HouseholdWorld.lived(now: now)
        let television = Television.standard(of: world, now: now)
        world.addTelevision(television, now: now)
        world.addTwin(now: now)
        world.addShowEvenings(now: now)
        world.countViews()
        return world
    }

    private static let twin = 39_000

    /// Two shows have its name, and its agent has found nothing that tells which it is.
    private mutating func addTwin(now: Instant) {
        func item(_ key: Int, _ kind: Kind, _ title: String, parent: Int? = nil, index: Int? = nil) -> Item {
            Item(
                ratingKey: key, kind: kind, section: Sections.shows, parent: parent, title: title, index: index,
                guid: "com.plexapp.agents.none://\(key)?lang=xn", addedAt: now - .days(30),
                milliseconds: kind == .episode ? 1_500_000 : 0, bytes: kind == .episode ? 700_000_000 : 0)
        }
        add(item(Self.twin, .show, "The Allotment"))
        add(item(Self.twin + 10, .season, "Season 1", parent: Self.twin, index: 1))
        for number in 1...3 {
            add(item(Self.twin + 100 + number, .episode, "Episode \(number)", parent: Self.twin + 10, index: number))
        }
    }

    private mutating func addShowEvenings(now: Instant) {
        // A hospital to its last season but one, a crime story to its end, and what is on the air.
        for (show, person, most) in [
            (33_000, People.robin, 15), (34_000, People.robin, 8), (37_000, People.ann, 5), (37_000, People.robin, 6),
            (38_000, People.ann, 4), (31_000, People.bo, 9), (Self.twin, People.robin, 3),
        ] {
            let keys = leafKeys(of: show).prefix(most)
            for (place, key) in keys.enumerated() {
                addPlay(of: key, by: person, started: now - .hours(Int64((keys.count - place) * 20)))
            }
        }
    }
}
