// The worlds themselves.

import Runtime
import StandIns
import Testing

@Suite struct HouseholdTests {
    typealias People = HouseholdWorld.People

    @Test func `the small household is the same every time`() {
        let worlds = [HouseholdWorld.small(), .small()]
        #expect(worlds[0].items.keys == worlds[1].items.keys)
        for key in worlds[0].items.keys {
            #expect(worlds[0].items[key]?.ratings == worlds[1].items[key]?.ratings)
            #expect(worlds[0].items[key]?.title == worlds[1].items[key]?.title)
        }
    }

    @Test func `everyone and everything a feature may stumble over is in it`() throws {
        let world = HouseholdWorld.small()
        #expect(world.people.filter(\.isOwner).map(\.id) == [People.robin] && world.owner?.localID == 1)
        #expect(world.people.contains { $0.isManaged && $0.username.isEmpty && $0.email.isEmpty })
        #expect(world.people.filter(\.isPending).map(\.id) == [People.gus])
        let artists = [3, 4].flatMap { world.items(of: .artist, in: $0) }
        #expect(artists.filter { $0.title == "Juno" }.count == 2)
        #expect(world.items[HouseholdWorld.Music.albumWithoutGUID]?.guids == [])
        #expect(world.children(of: HouseholdWorld.Music.compilation).allSatisfy { !$0.originalTitle.isEmpty })
        let rated = world.items(of: .track, in: 3).compactMap { $0.ratings[People.robin] }
        #expect(rated.contains { $0 >= 8 } && rated.contains { $0 < 8 } && rated.contains(8.5))
        for item in world.items.values {
            #expect(item.parent.map { world.items[$0] != nil } ?? true)
            #expect(item.addedAt < Instant(seconds: 1_767_225_600), "\(item.title)")
        }
    }

    @Test func `what is removed takes along what is below it`() {
        var world = HouseholdWorld.small()
        let before = world.items.count
        world.remove(HouseholdWorld.Music.lanternQuintet)
        #expect(world.items.count == before - 1 - 4 - 18)
        #expect(world.items(of: .album, in: 3).allSatisfy { world.items[$0.parent ?? 0] != nil })
    }

    @Test func `a vast library takes no time, and can be changed like any other`() throws {
        var world = HouseholdWorld.large(artists: 3_000, albums: 40_000, tracks: 500_000, rated: 50_000)
        #expect(world.items.count == HouseholdWorld.small().items.count + 543_000)
        let artist = try #require(world.keys(of: .artist, in: 5).last)
        let leaves = world.leafKeys(of: artist)
        let last = try #require(world.items[leaves.last ?? 0])
        #expect(last.title == "Track 500000" && world.grandparent(of: last)?.ratingKey == artist)
        world.change(last.ratingKey) { $0.title = "Renamed" }
        #expect(world.items[last.ratingKey]?.title == "Renamed")
        world.remove(artist)
        #expect(world.items[last.ratingKey] == nil && world.keys(of: .track, in: 5).count == 500_000 - leaves.count)
    }

    @Test func `as many tracks are rated as were ordered`() {
        let world = HouseholdWorld.large(artists: 10, albums: 100, tracks: 2_003, rated: 777)
        let ratings = world.items(of: .track, in: 5).compactMap { $0.ratings[People.robin] }
        #expect(ratings.count == 777 && ratings.allSatisfy { 5...10 ~= $0 })
        let high = ratings.filter { $0 >= 8 }.count
        #expect(high > 250 && high < 550)
    }

    @Test func `what benchmarks ask for is there`() throws {
        let world = HouseholdWorld.measured(tracks: 3_000, now: Instant(seconds: 1_767_225_600))
        let played = world.leafKeys(of: HouseholdWorld.Music.everAfter).map {
            world.items[$0]?.views[People.robin] != nil
        }
        #expect(played.count == 2_000 && played.count { $0 } == 667)
        let mill = world.children(of: HouseholdWorld.Music.completeMill)
        #expect(mill.count == 120 && Set(mill.map(\.discIndex)).count == 10)
        #expect(world.items.keys.count == Set(world.items.keys).count)
    }

    @Test func `two years of plays are counted as views`() {
        let world = HouseholdWorld.lived()
        #expect(world.plays.count > 5_000 && !world.plays.contains { $0.person == People.dora })
        #expect(world.items.values.contains { ($0.views[People.ann] ?? 0) > 1 })
    }
}
