// Bad days: refusals, half answers, a server that goes away, a crash. Nothing is lost and nothing happens twice.

import Domain
import Plex
import Runtime
import Storage
import Synchronization
import Testing

@testable import Music
@testable import StandIns

@Suite(.timeLimit(.minutes(1))) struct `On a bad day of Plex's` {
    static let reads = [
        "GET /library/sections", "GET /playlists", "GET /identity", "GET /library/sections/{}/all",
        "GET /playlists/{}/items",
    ]
    static let refusals: [(HTTPFault, String)] = [
        (.status(401, .null), "401"), (.status(403, .null), "does not allow"), (.status(429, .null), "429"),
        (.status(503, .null), "503"), (.html502, "502"), (.garbage, "cannot be read"), (.truncated, "reached"),
        (.refuse, "cannot be reached"),
    ]

    @Test(arguments: reads)
    func `nothing is touched while it cannot be read`(route: String) async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8, 8])
            stage.make("My Top Rated", of: [keys[2]])
            let lists = stage.playlists()
            for (fault, word) in Self.refusals {
                // More than once: a line that breaks is tried once more by the HTTP client itself.
                await stage.standIn.fail(route, with: fault, times: 5)
                let error = await #expect(throws: PlexError.self) { try await lists.sync(.robin) }
                #expect("\(error.map { "\($0)" } ?? "")".contains(word), "\(route) \(fault)")
                await stage.standIn.endFaults()
            }
            #expect(stage.writes.isEmpty)
            let ledger = try await stage.ledger
            #expect(ledger.isEmpty)
        }
    }

    static let writes = ["PUT /playlists/{}/items", "DELETE /playlists/{}/items/{}", "PUT /playlists/{}/items/{}/move"]

    /// The list wants one add, one removal and one move.
    private func withWork(_ body: (PlaylistStage, [String], [String]) async throws -> Void) async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8, 8, 4])
            stage.make("My Top Rated", of: [keys[0], keys[3], keys[2]])
            try await body(stage, keys, [keys[2], keys[1], keys[0]])
        }
    }

    @Test(arguments: writes)
    func `a passing trouble is got over, and nothing comes twice`(route: String) async throws {
        let faults: [HTTPFault] = [
            .lostAnswer, .html502, .garbage, .truncated, .refuse, .status(429, .null), .status(503, .null),
        ]
        for fault in faults {
            try await withWork { stage, _, right in
                await stage.standIn.changeRules { $0.skipsDuplicates = false }
                await stage.standIn.fail(route, with: fault, times: 1)
                let outcome = try await stage.playlists().sync(.robin)[0]
                #expect(outcome.stopped == nil, "\(fault)")
                #expect(stage.list() == right, "\(fault)")
                // Nothing stays open: the playlist was read again and told.
                let open = try await Effects(stage.database, isDryRun: false).interrupted()
                #expect(open.isEmpty)
            }
        }
    }

    @Test(arguments: writes)
    func `a lasting one ends the run with a sentence, and the next run does the rest`(route: String) async throws {
        // An answer cut short is left out: what was asked happens, and is found on reading again.
        for (fault, word) in Self.refusals where word != "reached" {
            try await withWork { stage, _, right in
                await stage.standIn.fail(route, with: fault, times: 100)
                let lists = stage.playlists()
                let outcome = try await lists.sync(.robin)[0]
                let why = try #require(outcome.stopped, "\(route) \(fault)")
                // A write with an unreadable answer may have worked; that it has not is seen on reading again.
                #expect(why.contains(word) || why.contains("does not make them all"), "\(why)")
                #expect(outcome.report.tone == .bad)
                await #expect(throws: PlaylistTrouble.self) { try await lists.scheduledRun() }
                await stage.standIn.endFaults()
                let next = try await lists.sync(.robin)[0]
                #expect(next.stopped == nil)
                #expect(stage.list() == right)
            }
        }
    }

    @Test func `making a playlist whose answer is lost makes one, not two`() async throws {
        for fault in [HTTPFault.lostAnswer, .garbage, .truncated, .html502] {
            try await PlaylistStage.run { stage in
                let keys = stage.rate([8, 8])
                await stage.standIn.fail("POST /playlists", with: fault, times: 1)
                let outcome = try await stage.playlists().sync(.robin)[0]
                #expect(outcome.stopped == nil, "\(fault)")
                #expect(stage.lists() == [[keys[1], keys[0]]], "\(fault)")
            }
        }
    }

    @Test func `a restart in the middle costs nothing but another run`() async throws {
        let world = HouseholdWorld.large(artists: 5, albums: 20, tracks: 700, rated: 700)
        try await PlaylistStage.run(world, pageSize: 200) { stage in
            let wish = PlaylistWish("Big", least: 8, sections: ["Archive"])
            let standIn = stage.standIn
            let shared = Shared(Mutex(0))
            let lists = stage.playlists([wish]) { plex, machine in
                var effects = PlaylistEffects.on(plex, machine: machine)
                let add = effects.add
                effects.add = { tracks, playlist throws(PlexError) in
                    if shared.next() == 2 { await standIn.goAway() }
                    return try await add(tracks, playlist)
                }
                return effects
            }
            let outcome = try await lists.sync(.robin)[0]
            #expect(outcome.stopped?.contains("cannot be reached") == true)
            #expect(stage.list("Big").count == 200)
            try await stage.standIn.comeBack()
            // What was open is found out first, as at the program's start.
            let effects = Effects(stage.database, isDryRun: false)
            let settled = try await effects.settleInterrupted(lists.verifies)
            #expect(settled.map(\.finding) == [.didNotHappen])
            let next = try await lists.sync(.robin)[0]
            #expect(next.stopped == nil)
            #expect(stage.list("Big").count == Set(stage.list("Big")).count)
            #expect(stage.list("Big").count == outcome.planned.adds.count)
        }
    }

    @Test func `tracks deleted in between are left out and named`() async throws {
        for isRefused in [false, true] {
            try await PlaylistStage.run { stage in
                let keys = stage.rate([8, 8, 8])
                stage.make("My Top Rated", of: [keys[0]])
                let standIn = stage.standIn
                let shared = Shared(Mutex(0))
                let lists = stage.playlists { plex, machine in
                    var effects = PlaylistEffects.on(plex, machine: machine)
                    let add = effects.add
                    effects.add = { tracks, playlist throws(PlexError) in
                        if shared.next() == 1 {
                            standIn.household.change { $0.remove(Int(keys[1]) ?? 0) }
                            if isRefused { throw .notFound("a track") }
                        }
                        return try await add(tracks, playlist)
                    }
                    return effects
                }
                let outcome = try await lists.sync(.robin)[0]
                #expect(outcome.stopped == nil)
                #expect(outcome.added.count == 1)
                #expect(outcome.report.plainText.contains("1 no longer in the library"))
                #expect(stage.list() == [keys[2], keys[0]])
            }
        }
    }

    @Test func `a playlist deleted in between is not made again behind its owner's back`() async throws {
        try await withWork { stage, _, _ in
            let standIn = stage.standIn
            let lists = stage.playlists { plex, machine in
                var effects = PlaylistEffects.on(plex, machine: machine)
                let add = effects.add
                effects.add = { tracks, playlist throws(PlexError) in
                    standIn.household.change { $0.playlists = [] }
                    return try await add(tracks, playlist)
                }
                return effects
            }
            let outcome = try await lists.sync(.robin)[0]
            #expect(outcome.stopped == "the playlist was deleted meanwhile")
            #expect(stage.lists().isEmpty)
        }
    }

    @Test func `a linked person whose key was revoked is told to link again`() async throws {
        try await PlaylistStage.run { stage in
            await stage.standIn.fail("GET /library/sections", with: .status(401, .null), times: 1)
            let request = PlaylistRequest(.person(discord: UInt64(HouseholdWorld.People.ann)), actor: "discord:2")
            await #expect(throws: PlaylistTrouble.rejectedLink) { try await stage.playlists().sync(request) }
        }
    }

    @Test func `a second run at the same time is refused`() async throws {
        try await withWork { stage, _, right in
            let (started, start) = AsyncStream.makeStream(of: Void.self)
            let (released, release) = AsyncStream.makeStream(of: Void.self)
            let lists = stage.playlists { plex, machine in
                var effects = PlaylistEffects.on(plex, machine: machine)
                let add = effects.add
                effects.add = { tracks, playlist throws(PlexError) in
                    start.finish()
                    for await _ in released {}
                    return try await add(tracks, playlist)
                }
                return effects
            }
            async let first = lists.sync(.robin)
            for await _ in started {}
            await #expect(throws: PlaylistTrouble.underWay) { try await lists.sync(.robin) }
            release.finish()
            _ = try await first
            #expect(stage.list() == right)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A run is taken back` {
    @Test func `to what was there, in its order, doubles aside`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8, 8, 4, 4])
            let before = [keys[3], keys[0], keys[4], keys[2]]
            stage.make("My Top Rated", of: before)
            let lists = stage.playlists()
            _ = try await lists.sync(.robin)
            #expect(stage.list() == [keys[2], keys[1], keys[0]])
            let preview = try await lists.undo(.preview)
            #expect(preview.mode == .preview && preview.planned.adds.count == 2)
            let undone = try await lists.undo(.robin)
            #expect(stage.list() == before)
            #expect(undone.added.count == 2 && undone.removed.count == 1)
            await #expect(throws: PlaylistTrouble.nothingToUndo) { try await lists.undo(.robin) }
            let rows = try await stage.ledger
            #expect(rows.first?.reason == "as it was before the run of discord:1")
        }
    }

    @Test func `a playlist it made goes away again`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8])
            let lists = stage.playlists()
            _ = try await lists.sync(.robin)
            let undone = try await lists.undo(.robin)
            #expect(undone.isDeleted && stage.lists().isEmpty)
            // And comes back with the next one.
            _ = try await lists.sync(.robin)
            #expect(stage.list() == [keys[1], keys[0]])
        }
    }

    @Test func `not over what somebody did by hand since, unless told to`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8, 4])
            stage.make("My Top Rated", of: [keys[0]])
            let lists = stage.playlists()
            _ = try await lists.sync(.robin)
            stage.standIn.household.change { world in
                world.playlists[0].entries.append(.init(id: 99_999, ratingKey: Int(keys[2]) ?? 0))
            }
            await #expect(throws: PlaylistTrouble.changedSince(title: "My Top Rated", by: 1)) {
                try await lists.undo(.robin)
            }
            _ = try await lists.undo(.forced)
            #expect(stage.list() == [keys[0]])
        }
    }

    @Test func `as far as its tracks still exist`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8, 4, 4])
            stage.make("My Top Rated", of: [keys[2], keys[3], keys[0]])
            let lists = stage.playlists()
            _ = try await lists.sync(.robin)
            stage.standIn.household.change { $0.remove(Int(keys[2]) ?? 0) }
            let undone = try await lists.undo(.robin)
            #expect(stage.list() == [keys[3], keys[0]])
            #expect(undone.report.plainText.contains("1 of its tracks are no longer in the library"))
        }
    }

    @Test func `a revoked key, a lost answer and a dry run are met alike`() async throws {
        try await PlaylistStage.run { stage in
            let keys = stage.rate([8, 8])
            stage.make("My Top Rated", of: [keys[0]])
            _ = try await stage.playlists().sync(.robin)
            let dry = try await stage.playlists(dryRun: true).undo(.robin)
            #expect(dry.mode == .dryRun && stage.list().count == 2)
            await stage.standIn.fail("DELETE /playlists/{}/items/{}", with: .lostAnswer, times: 1)
            let undone = try await stage.playlists().undo(.robin)
            #expect(undone.stopped == nil && stage.list() == [keys[0]])
        }
    }
}

/// A counter for closures.
private final class Shared: Sendable {
    private let count: Mutex<Int>
    init(_ count: consuming Mutex<Int>) { self.count = count }
    func next() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}
