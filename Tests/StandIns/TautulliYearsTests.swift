// The household's two years of plays: that they are the same every time, that they look like people's, and that they hold
// what is hard to read.

import Runtime
import StandIns
import Testing

private typealias People = HouseholdWorld.People

@Suite struct `Two years of plays` {
    static let now = Instant(seconds: 1_767_225_600)

    static let world: HouseholdWorld = {
        var world = HouseholdWorld.small(now: now)
        world.addPlays(from: now - .days(730), to: now, seed: 7)
        return world
    }()

    private var plays: [HouseholdWorld.Play] { Self.world.plays }

    @Test func `are the same for the same seed and others for another`() {
        func told(_ seed: UInt64) -> [String] {
            var world = HouseholdWorld.small(now: Self.now)
            world.addPlays(from: Self.now - .days(60), to: Self.now, seed: seed)
            return world.plays.map { "\($0.id) \($0.person) \($0.ratingKey) \($0.started.seconds) \($0.percent)" }
        }
        #expect(told(1) == told(1))
        #expect(told(1) != told(2))
    }

    @Test func `are thousands, numbered as they ended`() {
        #expect(plays.count > 5_000 && plays.count < 20_000, "\(plays.count)")
        #expect(plays.map(\.stopped) == plays.map(\.stopped).sorted())
        #expect(Set(plays.map(\.id)).count == plays.count)
        #expect(plays.allSatisfy { $0.started >= Self.now - .days(730) && $0.stopped <= Self.now })
    }

    @Test func `begin when somebody joined, and never for who never came`() {
        let hana = plays.filter { $0.person == People.hana }.map(\.started).min()
        #expect(hana.map { $0 >= Self.now - .days(190) } == true)
        #expect(!plays.contains { $0.person == People.dora || $0.person == People.gus })
        let people = Set(plays.map(\.person))
        #expect(people == [People.robin, People.ann, People.bo, People.chris, People.eli, People.fay, People.hana])
    }

    @Test func `keep to the libraries somebody was given`() {
        #expect(plays.filter { $0.person == People.hana }.allSatisfy { $0.snapshot.section == 4 })
        #expect(plays.filter { $0.person == People.chris }.allSatisfy { $0.snapshot.section != 4 })
    }

    @Test func `nobody does two things at once`() {
        for (person, own) in Dictionary(grouping: plays, by: \.person) {
            let sorted = own.sorted { $0.started < $1.started }
            for (a, b) in zip(sorted, sorted.dropFirst()) {
                #expect(a.stopped <= b.started, "\(person): \(a.id) and \(b.id)")
            }
        }
    }

    @Test func `have favourites, binges, pauses and things left halfway`() {
        let ann = plays.filter { $0.person == People.ann && $0.snapshot.kind == .track }
        let counts = Dictionary(grouping: ann, by: \.ratingKey).mapValues(\.count)
        let most = counts.values.max() ?? 0
        #expect(most > 3 * ann.count / counts.count, "\(most) of \(ann.count) over \(counts.count)")
        let days = Dictionary(grouping: plays.filter { $0.person == People.bo && $0.snapshot.kind == .episode }) {
            $0.started.seconds / 86_400
        }
        #expect(days.values.contains { $0.count >= 4 })
        #expect(plays.contains { $0.paused > .zero })
        #expect(plays.contains { $0.snapshot.kind == .movie && $0.percent < 70 })
        let weekend = plays.filter { $0.snapshot.kind == .movie }.filter { play in
            [0, 6].contains(LocalTime.utc.parts(of: play.started).weekday)
        }
        #expect(weekend.count * 2 > plays.filter { $0.snapshot.kind == .movie }.count)
    }

    @Test func `hold items that went, and items that came back under another key`() throws {
        let gone = plays.filter { Self.world.items[$0.ratingKey] == nil }
        let present = Set(Self.world.items.values.map(\.guid))
        #expect(gone.contains { !present.contains($0.snapshot.guid) })
        let back = try #require(gone.first { present.contains($0.snapshot.guid) })
        let item = try #require(Self.world.items.values.first { $0.guid == back.snapshot.guid })
        #expect(item.ratingKey != back.ratingKey)
        #expect(back.started < item.addedAt)
        #expect(plays.filter { Self.world.items[$0.ratingKey] != nil }.allSatisfy { $0.started >= $0.snapshot.addedAt })
    }

    @Test func `some are too short for Tautulli to write down`() {
        var desk = TautulliDesk()
        desk.world = Self.world
        let total = desk.history()["recordsTotal"]?.int ?? 0
        #expect(total > 4_000 && total < plays.count)
    }

    @Test func `a stream that ends becomes a play`() throws {
        var world = HouseholdWorld.small(now: Self.now)
        let id = world.finishStream(3, at: Self.now)
        let play = try #require(world.plays.first { $0.id == id })
        #expect(play.person == People.bo)
        #expect(play.ratingKey == 102)
        #expect(play.percent == 77 * 100 / 131)
        #expect(play.decision == .transcode)
        #expect(!world.streams.contains { $0.sessionKey == 3 })
    }

    @Test func `a sitting is an album from front to back`() {
        var world = HouseholdWorld.small(now: Self.now)
        world.addSitting(of: 3_101, by: People.ann, started: Self.now - .days(1))
        #expect(world.plays.map(\.ratingKey) == world.childKeys(of: 3_101))
        #expect(world.plays[1].started == world.plays[0].stopped)
    }
}
