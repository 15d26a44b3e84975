// Years of evenings, told day by day for every person: the same seed tells the same years. Items that were not there yet
// are not played, unless they are among those that were removed once and added again: then under the key they had.

package import Runtime

extension HouseholdWorld {
    /// What the people did between two moments. Deterministic in the world, the span and the seed.
    package mutating func addPlays(from: Instant, to: Instant, seed: UInt64) {
        var shelf = FormerItems(world: self, from: from, to: to)
        let gone = shelf.goneMovies(newKey: { newNumber() })
        shelf.nameFormers(newKey: { newNumber() })
        var found: [Play] = []
        for person in people where person.isOwner || person.acceptedAt != nil {
            guard let habits = HouseholdHabits.of(person) else { continue }
            var diary = Diary(
                person: person, habits: habits, world: self, shelf: shelf, gone: gone,
                dice: SeededDice(seed: seed &+ UInt64(person.id)))
            diary.write(from: max(from, person.acceptedAt ?? from), to: to)
            found += diary.plays
        }
        // Numbers are given as things end, whoever did them.
        found.sort { ($0.stopped, $0.started, $0.person) < ($1.stopped, $1.started, $1.person) }
        for var play in found {
            play.id = newNumber()
            plays.append(play)
        }
    }
}

/// What was in the libraries at other times than now.
struct FormerItems: Sendable {
    typealias Item = HouseholdWorld.Item

    private let world: HouseholdWorld
    private let from: Instant
    private let to: Instant
    private var formerKeys: [Int: Int] = [:]

    init(world: HouseholdWorld, from: Instant, to: Instant) {
        self.world = world
        self.from = from
        self.to = to
    }

    /// Every seventh of what is dated within the span had been there before, under another key.
    mutating func nameFormers(newKey: () -> Int) {
        for section in world.sections {
            for kind in section.kind.levels where kind.isLeaf {
                for key in world.keys(of: kind, in: section.key) where key % 7 == 3 {
                    guard let item = world.items[key], item.addedAt > from, item.addedAt < to else { continue }
                    formerKeys[key] = newKey()
                }
            }
        }
    }

    /// As it was then; nil where it was not there.
    func item(_ key: Int, at moment: Instant) -> Item? {
        guard var item = world.items[key] else { return nil }
        if item.addedAt <= moment { return item }
        guard let former = formerKeys[key] else { return nil }
        item.ratingKey = former
        item.addedAt = from - .days(400)
        return item
    }

    /// Movies that have left for good; their plays remain.
    func goneMovies(newKey: () -> Int) -> [Item] {
        guard let section = world.sections.first(where: { $0.kind == .movie })?.key else { return [] }
        let titles = [("Borrowed & Returned", 2009), ("The Wrong Cut", 1998), ("Sunday Repeat", 2003)]
        return titles.map { title, year in
            let key = newKey()
            return Item(
                ratingKey: key, kind: .movie, section: section, title: title, year: year, released: "\(year)-05-01",
                guid: HouseholdWorld.plexGUID(.movie, key), addedAt: from - .days(500), milliseconds: 96 * 60_000,
                bytes: 4_000_000_000)
        }
    }
}

extension Diary {
    /// Day after day.
    mutating func write(from: Instant, to: Instant) {
        var day = from
        while day < to {
            let parts = LocalTime.utc.parts(of: day)
            let wall = parts.wall
            let midnight = day - .seconds(Int64(wall.hour * 3_600 + wall.minute * 60 + wall.second))
            let week = ((wall.month - 1) * 30 + wall.day) / 7
            if !habits.away.contains(week) {
                live(midnight, isWeekend: parts.weekday == 0 || parts.weekday == 6)
            }
            day = midnight + .days(1)
        }
        plays.removeAll { $0.stopped > to || $0.started < from }
    }
}
