// Playlists brought up to date on a real server that behaves like Plex.

import Domain
import Plex
import Runtime
import Storage
import Testing

@testable import Music
@testable import StandIns

@Suite(.timeLimit(.minutes(1))) struct `Playlists follow the stars` {
    typealias People = HouseholdWorld.People

    @Test func `a missing playlist is made, in order, and a second run changes nothing`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 7, 10, 8, 9])
            let lists = stage.playlists()
            let first = try await lists.sync(.robin)
            #expect(stage.list() == [keys[2], keys[4], keys[3], keys[0]])
            #expect(first[0].isCreated && first[0].added.count == 4 && first[0].requests == 1)
            #expect(first[0].size == 4)
            let writes = stage.writes.count
            let second = try await lists.sync(.robin)
            #expect(stage.writes.count == writes)
            #expect(second[0].isNothing && !second[0].changedSomething)
            let third = try await lists.scheduledRun()
            #expect(third == nil)
            #expect(stage.writes.count == writes)
        }
    }

    @Test(arguments: [true, false])
    func `what is missing comes, what is too much goes, and the rest stays`(skips: Bool) async throws {
        try await PlaylistStage.run { stage in
            await stage.standIn.changeRules { $0.skipsDuplicates = skips }
            let keys = stage.rate([10, 10, 10, 10, 10, 4])
            // Rated later comes first: 4 3 2 1 0 is right. Here 5 is too much, 3 stands twice, 1 is missing.
            stage.make("My Top Rated", of: [keys[4], keys[5], keys[3], keys[2], keys[3], keys[0]])
            let outcome = try await stage.playlists().sync(.robin)[0]
            #expect(stage.list() == [4, 3, 2, 1, 0].map { keys[$0] })
            #expect(outcome.added.count == 1 && outcome.removed.count == 2 && outcome.planned.doubles == 1)
            // One add, two removals, one move.
            #expect(outcome.requests == 4)
            #expect(stage.writes.map(\.method).sorted() == ["DELETE", "DELETE", "PUT", "PUT"])
            #expect(stage.lists().count == 1)
        }
    }

    @Test func `a kept order is kept`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 9, 10, 8])
            stage.make("Mine", of: [keys[0], keys[2]])
            let outcome = try await stage.playlists([PlaylistWish("Mine", least: 8, order: .keep)]).sync(.robin)[0]
            #expect(stage.list("Mine") == [keys[0], keys[2], keys[1], keys[3]])
            #expect(outcome.moved == 0 && outcome.requests == 1)
        }
    }

    @Test func `adds go in batches of a hundred`() async throws {
        let world = HouseholdWorld.large(artists: 5, albums: 20, tracks: 700, rated: 700)
        try await PlaylistStage.run(world, pageSize: 200) { stage in
            let outcome = try await stage.playlists([PlaylistWish("Big", least: 8, sections: ["archive"])])
                .sync(.robin)[0]
            let count = outcome.added.count
            #expect(count > 300)
            #expect(stage.list("Big").count == count && Set(stage.list("Big")).count == count)
            #expect(outcome.requests == (count + 99) / 100)
            #expect(stage.writes.count == outcome.requests)
            let rows = try await stage.ledger
            #expect(rows.count == outcome.requests)
            #expect(rows.allSatisfy { $0.outcome == .done && $0.subject == "playlist:Big" && $0.actor == "discord:1" })
            #expect(rows[0].reason == "4 stars or more in archive, best first")
        }
    }

    @Test func `addresses that are too long become shorter ones`() async throws {
        let world = HouseholdWorld.large(artists: 5, albums: 20, tracks: 300, rated: 300)
        try await PlaylistStage.run(world, pageSize: 200) { stage in
            await stage.standIn.changeRules { $0.longestPlaylistURL = 400 }
            let wish = PlaylistWish("Big", least: 8, sections: ["Archive"])
            let outcome = try await stage.playlists([wish]).sync(.robin)[0]
            #expect(outcome.stopped == nil)
            #expect(stage.list("Big").count == outcome.planned.adds.count)
            #expect(stage.writes.contains { $0.status == 414 })
        }
    }

    @Test func `each wish has its playlist`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([10, 8, 10, 6])
            let wishes = try PlaylistWishes.read("My Top Rated: >=4; Five: =5; Three: 3-3.5, in Vinyl")
            let outcomes = try await stage.playlists(wishes).sync(.robin)
            #expect(stage.list() == [keys[2], keys[0], keys[1]])
            #expect(stage.list("Five") == [keys[2], keys[0]])
            #expect(stage.lists("Three").isEmpty)
            #expect(outcomes[2].report.plainText.contains("Plex makes no empty playlists"))
            // Each library is read once for all of them.
            let reads = stage.standIn.requests.entries.filter { $0.route == "GET /library/sections/{}/all" }
            #expect(reads.count == 2)
        }
    }

    @Test func `one of them by name, whatever its letters`() async throws {
        try await PlaylistStage.run { stage in
            _ = stage.rate([10, 8])
            let lists = stage.playlists(try PlaylistWishes.read("My Top Rated: >=4; Five: =5"))
            _ = try await lists.sync(PlaylistRequest(.owner, title: "five", actor: "discord:1"))
            #expect(stage.lists().isEmpty && stage.list("Five").count == 1)
            await #expect(throws: PlaylistTrouble.noSuchWish("six", known: ["My Top Rated", "Five"])) {
                try await lists.sync(PlaylistRequest(.owner, title: "six", actor: "discord:1"))
            }
        }
    }

    @Test(arguments: ["He said \"no\", 'yes' & <b>", "🎺🎷 ça va?", "@everyone #1 %41 a+b", "\u{202E}drawkcab"])
    func `names are names`(title: String) async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8])
            let lists = stage.playlists([PlaylistWish(title, least: 8)])
            _ = try await lists.sync(.robin)
            #expect(stage.list(title) == [keys[1], keys[0]])
            let writes = stage.writes.count
            _ = try await lists.sync(.robin)
            #expect(stage.writes.count == writes)
        }
    }

    @Test func `a linked person's stars make that person's playlist`() async throws {
        try await PlaylistStage.run { stage in
            let robins = stage.rate([8, 10, 8])
            let lists = stage.playlists()
            _ = try await lists.sync(.robin)
            stage.star(robins[1], 9, by: People.ann)
            let anns = stage.standIn.household.read { world in
                (world.keys(of: .track, in: 3) + world.keys(of: .track, in: 4))
                    .filter { (world.items[$0]?.ratings[People.ann] ?? 0) >= 8 }.map { "\($0)" }
            }
            let request = PlaylistRequest(.person(discord: UInt64(People.ann)), actor: "discord:2")
            _ = try await lists.sync(request)
            #expect(Set(stage.list(of: People.ann)) == Set(anns))
            #expect(stage.list().count == 3)
            await #expect(throws: PlaylistTrouble.notLinked) {
                try await lists.sync(PlaylistRequest(.person(discord: 7), actor: "discord:7"))
            }
        }
    }

    @Test func `the schedule looks after those who asked for it`() async throws {
        try await PlaylistStage.run { stage in
            _ = stage.rate([8, 10])
            let keys = stage.rate([4, 9], by: People.ann)
            let lists = stage.playlists()
            try await lists.keep(UInt64(People.ann), true)
            // Whoever is not linked any more is forgotten, and in nobody's way.
            try await lists.keep(7, true)
            let report = try await lists.scheduledRun()
            #expect(report?.title.plainText.contains("is made") == true)
            #expect(stage.list(of: People.ann) == [keys[1]])
            var keepers = try await PlaylistBook(database: stage.database).keepers()
            #expect(keepers == [UInt64(People.ann)])
            try await lists.keep(UInt64(People.ann), false)
            stage.star(keys[0], 10, by: People.ann)
            _ = try await lists.scheduledRun()
            #expect(stage.list(of: People.ann) == [keys[1]])
            keepers = try await PlaylistBook(database: stage.database).keepers()
            #expect(keepers.isEmpty)
        }
    }

    @Test func `a look ahead names what would change and changes nothing`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8, 8, 6])
            stage.make("My Top Rated", of: [keys[0], keys[2], keys[3]])
            let outcome = try await stage.playlists().sync(.preview)[0]
            #expect(outcome.mode == .preview)
            #expect(stage.writes.isEmpty)
            let text = outcome.report.plainText
            #expect(
                text.contains("Would add (1)") && text.contains("Would remove (1)") && text.contains("Would move (1)"))
            let ledger = try await stage.ledger
            #expect(ledger.isEmpty)
        }
    }

    @Test func `a dry run is stopped at the door, which tells what it kept back`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8, 8, 6])
            stage.make("My Top Rated", of: [keys[0], keys[2], keys[3]])
            let outcome = try await stage.playlists(dryRun: true).sync(.robin)[0]
            #expect(outcome.mode == .dryRun && stage.writes.isEmpty)
            #expect(outcome.report.plainText.contains("DRY_RUN is on"))
            let rows = try await stage.ledger
            #expect(rows.map(\.outcome) == [.dryRun, .dryRun])
            #expect(rows.map(\.action) == ["playlists.remove", "playlists.add"])
            await #expect(throws: PlaylistTrouble.nothingToUndo) { try await stage.playlists().undo(.robin) }
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Playlists are left alone` {
    @Test func `when they are smart`() async throws {
        try await PlaylistStage.run { stage in
            _ = stage.rate([8])
            stage.make("My Top Rated", of: [], smart: true)
            await #expect(throws: PlaylistTrouble.smart("My Top Rated")) { try await stage.playlists().sync(.robin) }
            #expect(stage.writes.isEmpty)
        }
    }

    @Test func `when another of that name is the one in use`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 9])
            stage.make("My Top Rated", of: [], smart: true)
            stage.make("My Top Rated", of: [keys[0]])
            let third = stage.make("My Top Rated", of: [keys[0], keys[1]])
            let outcome = try await stage.playlists().sync(.robin)[0]
            #expect(stage.lists() == [[], [keys[1], keys[0]], [keys[0], keys[1]]])
            let text = outcome.report.plainText
            #expect(text.contains("smart playlist of the same name") && text.contains("2 playlists have this name"))
            // The one worked on before is used again, also when an older one turns up.
            stage.standIn.household.change { world in
                world.playlists.removeAll { $0.ratingKey < third && !$0.isSmart }
            }
            _ = try await stage.playlists().sync(.robin)
            let older = stage.standIn.household.change { world -> Int in
                world.playlists.append(
                    HouseholdWorld.Playlist(
                        ratingKey: 900, person: HouseholdWorld.People.robin, title: "My Top Rated", isSmart: false,
                        entries: [], addedAt: Instant(seconds: 1), updatedAt: Instant(seconds: 1)))
                return 900
            }
            stage.star(keys[0], nil)
            _ = try await stage.playlists().sync(.robin)
            let lists = stage.standIn.household.read { $0.playlists }
            #expect(lists.first { $0.ratingKey == older }?.entries.isEmpty == true)
            #expect(lists.first { $0.ratingKey == third }?.entries.count == 1)
        }
    }

    @Test func `when nothing is rated any more, until somebody says so`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 9])
            let lists = stage.playlists()
            _ = try await lists.sync(.robin)
            _ = stage.rate([])
            let writes = stage.writes.count
            let asked = try await lists.sync(.robin)[0]
            #expect(asked.objection == .wouldEmpty(2))
            #expect(asked.report.plainText.contains("--force"))
            let report = try await lists.scheduledRun()
            #expect(report?.tone == .warning)
            #expect(stage.writes.count == writes && stage.list() == [keys[1], keys[0]])
            let forced = try await lists.sync(.forced)[0]
            #expect(forced.removed.count == 2 && stage.lists() == [[]])
        }
    }

    @Test func `when the library they name does not exist, or none does`() async throws {
        try await PlaylistStage.run { stage in
            _ = stage.rate([8])
            let lists = stage.playlists([PlaylistWish("x", least: 8, sections: ["Polka"])])
            await #expect(throws: PlaylistTrouble.noSection("Polka", known: ["Music", "Vinyl"])) {
                try await lists.sync(.robin)
            }
            stage.standIn.household.change { world in world.sections.removeAll { $0.kind == .artist } }
            await #expect(throws: PlaylistTrouble.noMusic) { try await stage.playlists().sync(.robin) }
            #expect(stage.writes.isEmpty)
        }
    }
}
