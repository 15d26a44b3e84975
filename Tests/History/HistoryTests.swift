// The copy of Tautulli's history: whole, exact, and no more asked than is new.

import Domain
import FoundationEssentials
import HTTP
import History
import Runtime
import Sockets
import StandIns
import Storage
import Tautulli
import Testing

@Suite(.timeLimit(.minutes(1))) struct HistoryTests {
    struct Lab {
        let history: History
        let tautulli: Tautulli
        let standIn: TautulliStandIn
        let household: Household
        let database: Database
        let clock: VirtualClock
        let http: HTTPClient

        func ids() async throws -> [Int] {
            try await database.read { db in
                try db.rows("SELECT id FROM history_plays ORDER BY id") { row in try row.int("id") }
            }
        }
        /// What Tautulli itself has: it keeps less than was played.
        func expected() async throws -> [Int] {
            try await tautulli.plays(TautulliHistoryFilter()).map(\.id).sorted()
        }
        /// As the owner does in Tautulli.
        func delete(_ row: Int) async throws {
            let query = "apikey=\(standIn.apiKey)&cmd=delete_history&row_ids=\(row)"
            let answer = try await http.send(HTTPRequest("GET", "\(standIn.url)/api/v2?\(query)"))
            #expect(answer.status == 200)
        }
        func asked() -> Int { standIn.requests.entries.count { $0.command == "get_history" } }
    }

    static func with(_ body: (Lab) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/history-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = VirtualClock()
        let loop = try EventLoop(name: "tautulli", log: .silent)
        var world = HouseholdWorld.small(now: clock.now)
        world.addPlays(from: clock.now - .days(90), to: clock.now, seed: 7)
        let household = Household(world)
        let standIn = try await TautulliStandIn.start(loop: loop, clock: clock, household: household, log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let database = try await Database.open(path: folder + "/a.db", clock: clock, schemas: [.history])
        let tautulli = Tautulli(
            url: standIn.url, apiKey: Secret(standIn.apiKey), http: http, clock: clock, log: .silent, chance: { 0 })
        let lab = Lab(
            history: History(database, tautulli: tautulli), tautulli: tautulli, standIn: standIn, household: household,
            database: database,
            clock: clock, http: http)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(lab)) } catch { outcome = .failure(error) }
        await database.close()
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    @Test func `all of it is copied, and only what is new is read after that`() async throws {
        try await Self.with { lab in
            try await lab.history.catchUp()
            let first = try await lab.ids()
            let all = try await lab.expected()
            #expect(first == all && first.count > 100)
            let asked = lab.asked()
            await lab.clock.advance(by: .hours(1))
            lab.household.change { world in
                world.addSitting(
                    of: HouseholdWorld.Music.lanternsAtLow, by: HouseholdWorld.People.ann,
                    started: lab.clock.now - .minutes(40))
            }
            try await lab.history.catchUp()
            let second = try await lab.ids()
            #expect(lab.asked() - asked <= 2)
            let more = try await lab.expected()
            #expect(second == more && second.count > first.count)
        }
    }

    @Test func `what its owner deleted in Tautulli goes when all is read anew, and not before`() async throws {
        try await Self.with { lab in
            try await lab.history.catchUp()
            let first = try await lab.ids().first
            let victim = try #require(first)
            try await lab.delete(victim)
            await lab.clock.advance(by: .hours(1))
            try await lab.history.catchUp()
            let kept = try await lab.ids()
            #expect(kept.contains(victim))
            try await lab.history.catchUp(fully: true)
            let after = try await lab.ids()
            let left = try await lab.expected()
            #expect(after == left && !after.contains(victim))
        }
    }

    @Test func `a reading anew that fails in the middle takes nothing away`() async throws {
        try await Self.with { lab in
            try await lab.history.catchUp()
            let before = try await lab.ids()
            await lab.clock.advance(by: .hours(1))
            await lab.standIn.fail("get_history", with: .status(500, .null), times: 50)
            await #expect(throws: (any Error).self) { try await lab.history.catchUp(fully: true) }
            await lab.standIn.endFaults()
            let after = try await lab.ids()
            #expect(after == before)
        }
    }

    @Test func `a person's tracks are told once each, with how often`() async throws {
        try await Self.with { lab in
            try await lab.history.catchUp()
            let tracks = try await lab.history.tracks(of: HouseholdWorld.People.robin)
            let filter = TautulliHistoryFilter(userID: HouseholdWorld.People.robin, mediaType: .track)
            let expected = try await lab.tautulli.plays(filter).count
            #expect(tracks.reduce(0) { $0 + $1.plays } == expected && expected > 0)
            #expect(tracks.allSatisfy { !$0.title.isEmpty && !$0.artist.isEmpty })
        }
    }

    @Test func `what was deleted lately goes with the next reading`() async throws {
        try await Self.with { lab in
            try await lab.history.catchUp()
            let last = try await lab.ids().last
            let victim = try #require(last)
            try await lab.delete(victim)
            await lab.clock.advance(by: .hours(1))
            try await lab.history.catchUp()
            let after = try await lab.ids()
            let left = try await lab.expected()
            #expect(after == left && !after.contains(victim))
        }
    }

    @Test(arguments: [1, 7, 10_000])
    func `every play is handed over once, as Tautulli has it`(_ handful: Int) async throws {
        try await Self.with { lab in
            let week = TautulliHistoryFilter(started: lab.clock.now - .days(7)..<lab.clock.now)
            let expected = try await lab.tautulli.plays(week)
            try await lab.history.catchUp()
            let end = lab.clock.now - .days(2)
            var found: [Play] = []
            try await lab.history.plays(before: end, handful: handful) { found += $0 }
            #expect(found.map(\.id) == found.map(\.id).sorted() && Set(found.map(\.id)).count == found.count)
            #expect(found.allSatisfy { $0.started < end } && found.count > 100)
            let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
            let some = expected.filter { $0.started < end }
            #expect(some.count > 10)
            for play in some {
                let copy = try #require(byID[Int64(play.id)])
                #expect(copy.sitting == Int64(play.sitting) && copy.account == play.userID)
                #expect(copy.seconds == Int(play.played.inSeconds) && copy.started == play.started)
                #expect(copy.title == play.title && copy.grandparentTitle == play.grandparentTitle)
                #expect(copy.year == play.year && copy.index == play.index)
                #expect(copy.delivery != .unknown && copy.kind != .other)
            }
            #expect(found.contains { $0.sitting != $0.id } && found.contains { $0.delivery == .transcode })
        }
    }

    @Test func `of each account the newest play is known by when it ended`() async throws {
        try await Self.with { lab in
            let none = try await lab.history.newestPlays()
            #expect(none.isEmpty)
            // One began before another and ended after it.
            lab.household.change { world in
                _ = world.addPlay(
                    of: 105, by: HouseholdWorld.People.dora, started: lab.clock.now - .hours(9), paused: .hours(5))
                _ = world.addPlay(of: 102, by: HouseholdWorld.People.dora, started: lab.clock.now - .hours(8))
            }
            try await lab.history.catchUp()
            let newest = try await lab.history.newestPlays()
            let plays = try await lab.tautulli.plays(TautulliHistoryFilter())
            let expected = Dictionary(plays.map { ($0.userID, $0.stopped) }, uniquingKeysWith: max)
            #expect(newest.mapValues(\.at) == expected && expected.count > 4)
            #expect(newest[HouseholdWorld.People.dora]?.title == "Orbit 7")
            #expect(newest.values.contains { $0.title.contains(": ") })
        }
    }

    @Test func `who played last is read off an index, however much was played`() async throws {
        try await Self.with { lab in
            let plan = try await lab.database.read { db in
                try db.rows("EXPLAIN QUERY PLAN " + History.newestOfEach) { row in try row.text("detail") }
            }
            #expect(plan.contains { $0.contains("history_plays_by_end (user_id=?)") })
            #expect(!plan.contains { $0.contains("SCAN") && $0.contains("play") }, "\(plan)")
        }
    }

    @Test func `a copy from before sittings were kept is read once more`() async throws {
        try await Self.with { lab in
            try await lab.history.catchUp()
            try await lab.database.write { db in
                try db.run("UPDATE history_plays SET sitting = NULL, decision = ''")
                try db.run("DELETE FROM remembered WHERE key = 'history.read-through'")
            }
            await lab.clock.advance(by: .hours(1))
            try await lab.history.catchUp()
            let bare = try await lab.database.read { db in
                try db.row("SELECT COUNT(*) AS n FROM history_plays WHERE sitting IS NULL OR decision = ''") { row in
                    try row.int("n")
                }
            }
            #expect(bare == 0)
        }
    }
}
