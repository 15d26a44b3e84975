// Reading the history: whole or not at all, whatever time zone, whatever is added meanwhile (sheet §3).

import Runtime
import StandIns
import Tautulli
import Testing

private typealias People = HouseholdWorld.People
private typealias Music = HouseholdWorld.Music

@Suite(.timeLimit(.minutes(1))) struct `The history` {
    @Test func `of one person and one artist is asked for as that`() async throws {
        try await House.open { house in
            house.play(30_002, daysAgo: 3)
            house.play(30_002, daysAgo: 2)
            house.play(30_001, by: People.bo)
            house.play(105)
            let plays = try await house.tautulli.plays(of: Music.lanternQuintet, by: People.ann)
            #expect(plays.map(\.ratingKey) == [30_002, 30_002])
            #expect(plays.map(\.started) == [House.now - .days(3), House.now - .days(2)])
            let asked = house.standIn.requests.entries.first { $0.command == "get_history" }
            #expect(asked?.parameters["user_id"] == "\(People.ann)")
            #expect(asked?.parameters["grandparent_rating_key"] == "\(Music.lanternQuintet)")
        }
    }

    @Test func `never counts what is still running, nor joins what was played twice`() async throws {
        try await House.open { house in
            house.play(105, by: People.robin, daysAgo: 3, percent: 40)
            house.play(105, by: People.robin, daysAgo: 2)
            // Robin is watching it again right now.
            let plays = try await house.tautulli.plays(TautulliHistoryFilter(userID: People.robin))
            #expect(plays.map(\.percentComplete) == [40, 100])
            #expect(plays.map(\.isWatched) == [false, true])
            let asked = try #require(house.standIn.requests.entries.first)
            #expect(asked.parameters["include_activity"] == "0")
            #expect(asked.parameters["grouping"] == "0")
        }
    }

    @Test func `reads a row as it is`() async throws {
        try await House.open { house in
            house.household.change { world in
                _ = world.addPlay(
                    of: 30_002, by: People.bo, started: House.now - .days(1), paused: .seconds(45),
                    on: HouseholdWorld.Devices.phone, isLocal: false, decision: .transcode)
            }
            let play = try #require(try await house.tautulli.plays(TautulliHistoryFilter(userID: People.bo)).first)
            #expect(play.username == "bo")
            #expect(play.friendlyName == "Bo Tanner")
            #expect(play.mediaType == .track)
            #expect(play.paused == .seconds(45))
            #expect(play.stopped - play.started - play.paused == play.played)
            #expect(play.title == "Lantern Walk")
            #expect(play.parentTitle == "Lanterns at Low Tide")
            #expect(play.grandparentTitle == "The Lantern Quintet")
            #expect(play.parentRatingKey == 3_101)
            #expect(play.year == 1961)
            #expect(play.index == 2)
            #expect(play.guid.hasPrefix("plex://track/"))
            #expect(play.decision == .transcode)
            #expect(play.player == "Ann's Phone")
            #expect(play.location == "wan")
        }
    }

    @Test func `of a movie has no parents, which Tautulli writes as empty text`() async throws {
        try await House.open { house in
            house.play(105)
            let play = try #require(try await house.tautulli.plays(TautulliHistoryFilter(ratingKey: 105)).first)
            #expect(play.parentRatingKey == nil)
            #expect(play.grandparentRatingKey == nil)
            #expect(play.index == nil)
        }
    }

    @Test(arguments: ["UTC", "Pacific/Auckland", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
    func `of a span of time is right in whatever zone Tautulli lives`(zone: String) async throws {
        var rules = TautulliRules.standard
        rules.zone = try #require(LocalTime(zone: zone))
        try await House.open(rules: rules) { house in
            for hour in 0..<96 { house.play(30_002, daysAgo: 5, hour: Int64(hour)) }
            let window = House.now - .days(4)..<House.now - .days(3)
            let plays = try await house.tautulli.plays(TautulliHistoryFilter(started: window))
            #expect(plays.map(\.started) == (0..<24).map { House.now - .days(4) + .hours($0) })
        }
    }

    @Test func `is read whole, page after page`() async throws {
        try await House.open(world: Years.world) { house in
            let plays = try await house.tautulli.plays(TautulliHistoryFilter())
            let total = house.household.read { $0.plays.count }
            #expect(plays.count > 5_000 && plays.count <= total)
            #expect(Set(plays.map(\.id)).count == plays.count)
            #expect(plays.map(\.started) == plays.map(\.started).sorted())
            #expect(house.asked.count >= 2)
        }
    }

    @Test func `is read window by window, and what was read is not read again`() async throws {
        try await House.open(world: Years.world) { house in
            let collected = Collected()
            try await house.tautulli.readPlays(after: nil, until: House.now) { plays, _, readThrough in
                await collected.add(plays, readThrough)
            }
            let all = try await house.tautulli.plays(TautulliHistoryFilter())
            let ids = await collected.ids
            #expect(ids == Set(all.map(\.id)))
            let through = await collected.readThrough
            #expect(through == House.now)
            // The largest window stays far from the whole.
            let most = await collected.most
            #expect(most < all.count / 8)

            house.play(30_002, daysAgo: 0, hour: -1)
            let before = house.standIn.requests.end
            let again = Collected()
            try await house.tautulli.readPlays(after: through, until: House.now) { plays, _, readThrough in
                await again.add(plays, readThrough)
            }
            let new = await again.ids.subtracting(ids)
            #expect(new.count == 1)
            #expect(house.standIn.requests.end - before == 1)
        }
    }

    @Test func `does not miss what began before the last reading and ended after it`() async throws {
        try await House.open { house in
            // A film with a long pause: begun yesterday evening, written down this morning.
            house.household.change { world in
                _ = world.addPlay(of: 105, by: People.ann, started: House.now - .hours(20), paused: .hours(15))
            }
            let collected = Collected()
            try await house.tautulli.readPlays(after: House.now - .hours(10), until: House.now) { plays, _, through in
                await collected.add(plays, through)
            }
            let ids = await collected.ids
            #expect(ids.count == 1)
        }
    }

    @Test func `of an empty Tautulli is empty, and read through`() async throws {
        try await House.open { house in
            let collected = Collected()
            try await house.tautulli.readPlays(after: nil, until: House.now) { plays, _, through in
                await collected.add(plays, through)
            }
            let (ids, through) = await (collected.ids, collected.readThrough)
            #expect(ids.isEmpty)
            #expect(through == House.now)
            let first = try await house.tautulli.firstPlay()
            #expect(first == nil)
        }
    }

    @Test func `begins with the oldest play`() async throws {
        try await House.open { house in
            house.play(105, daysAgo: 9)
            house.play(105, daysAgo: 300)
            let first = try await house.tautulli.firstPlay()
            #expect(first == House.now - .days(300))
        }
    }

    @Test func `that a failing database hides is no empty history`() async throws {
        try await House.open { house in
            house.play(105)
            await house.standIn.changeRules { $0.databaseWorks = false }
            await #expect(throws: TautulliError.crashed) {
                _ = try await house.tautulli.plays(TautulliHistoryFilter(userID: People.ann))
            }
            await #expect(throws: TautulliError.crashed) { _ = try await house.tautulli.firstPlay() }
        }
    }

    @Test func `that comes short is an error, not a shorter history`() async throws {
        let body = #"""
            {"response":{"result":"success","message":null,"data":{"recordsFiltered":5,"recordsTotal":5,"draw":1,"data":[]}}}
            """#
        try await hearing(200, body) { tautulli in
            let error = await #expect(throws: TautulliError.self) {
                _ = try await tautulli.plays(TautulliHistoryFilter(userID: 1))
            }
            guard case .incomplete = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test func `with a row that cannot be read is an error, not a row less`() async throws {
        let body = #"""
            {"response":{"result":"success","message":null,"data":{"recordsFiltered":1,"draw":1,
             "data":[{"row_id":7,"user_id":1,"started":"yesterday"}]}}}
            """#
        try await hearing(200, body) { tautulli in
            await #expect(throws: TautulliError.unreadable("get_history")) {
                _ = try await tautulli.plays(TautulliHistoryFilter(userID: 1))
            }
        }
    }
}

private enum Years {
    static let world: HouseholdWorld = {
        var world = HouseholdWorld.small(now: House.now)
        world.addPlays(from: House.now - .days(730), to: House.now, seed: 7)
        return world
    }()
}

private actor Collected {
    var ids: Set<Int> = []
    var readThrough: Instant?
    var most = 0

    func add(_ plays: [TautulliPlay], _ through: Instant) {
        ids.formUnion(plays.map(\.id))
        readThrough = through
        most = max(most, plays.count)
    }
}
