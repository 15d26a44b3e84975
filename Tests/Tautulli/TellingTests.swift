// People, libraries, statistics and pictures, as Tautulli tells of them (sheet §2, §4–§6).

import Runtime
import StandIns
import Tautulli
import Testing

private typealias People = HouseholdWorld.People
private typealias Music = HouseholdWorld.Music

@Suite(.timeLimit(.minutes(1))) struct `Tautulli tells` {
    @Test func `who there is`() async throws {
        try await House.open { house in
            let users = try await house.tautulli.users()
            let local = try #require(users.first { $0.id == 0 })
            #expect(!local.isPerson)
            let robin = try #require(users.first { $0.id == People.robin })
            #expect(robin.isAdmin && robin.isActive && robin.isPerson)
            let chris = try #require(users.first { $0.id == People.chris })
            #expect(chris.sharedLibraries == [1, 2, 3])
            #expect(chris.email == "chris@mail.example")
            let fay = try #require(users.first { $0.id == People.fay })
            #expect(fay.email == nil)
            #expect(fay.isRestricted == true)
            #expect(users.first { $0.id == People.bo }?.friendlyName == "Bo Tanner")
        }
    }

    @Test func `of a person by id, and never of another`() async throws {
        try await House.open { house in
            let ann = try await house.tautulli.user(People.ann)
            #expect(ann?.username == "ann")
            let nobody = try await house.tautulli.user(4242)
            #expect(nobody == nil)
            await house.standIn.changeRules { $0.databaseWorks = false }
            await #expect(throws: TautulliError.crashed) { _ = try await house.tautulli.user(People.ann) }
        }
    }

    @Test func `who was last seen when`() async throws {
        try await House.open { house in
            house.play(105, by: People.bo, daysAgo: 4)
            let rows = try await house.tautulli.usersTable()
            let bo = try #require(rows.first { $0.id == People.bo })
            #expect(bo.lastSeen == House.now - .days(4))
            #expect(bo.lastPlayed == "Orbit 7")
            #expect(bo.plays == 1)
            #expect(bo.played == .minutes(142))
            let dora = try #require(rows.first { $0.id == People.dora })
            #expect(dora.lastSeen == nil)
            #expect(dora.plays == 0)
            await house.standIn.changeRules { $0.databaseWorks = false }
            await #expect(throws: TautulliError.crashed) { _ = try await house.tautulli.usersTable() }
        }
    }

    @Test func `how much somebody watched`() async throws {
        try await House.open { house in
            house.play(105, daysAgo: 3)
            house.play(105, daysAgo: 40)
            let times = try await house.tautulli.watchTime(of: People.ann)
            #expect(times.map(\.days) == [1, 7, 30, 0])
            #expect(times.map(\.plays) == [0, 1, 1, 2])
            #expect(times.last?.played == .minutes(284))
            let item = try await house.tautulli.watchTime(ofItem: 105, days: [7])
            #expect(item.map(\.plays) == [1])
            let listeners = try await house.tautulli.listeners(ofItem: 105)
            #expect(listeners.map(\.userID) == [People.ann])
            let players = try await house.tautulli.players(of: People.ann)
            #expect(players.first?.player == "Living Room TV")
            await house.standIn.changeRules { $0.databaseWorks = false }
            await #expect(throws: TautulliError.crashed) { _ = try await house.tautulli.watchTime(of: People.ann) }
        }
    }

    @Test func `which libraries there are`() async throws {
        try await House.open { house in
            let libraries = try await house.tautulli.libraries()
            #expect(libraries.map(\.sectionID) == [1, 2, 3, 4])
            #expect(libraries.map(\.kind) == [.movie, .show, .artist, .artist])
            #expect(libraries[0].count == 20)
            #expect(libraries[0].childCount == nil)
            #expect((libraries[2].childCount ?? 0) > 60)
        }
    }

    @Test func `what an item is, and that there is none only while Plex is there`() async throws {
        try await House.open { house in
            let track = try #require(try await house.tautulli.metadata(of: 30_002))
            #expect(track.title == "Lantern Walk")
            #expect(track.year == 1961)
            #expect(track.genres == ["Jazz"])
            #expect(track.sectionID == 3)
            let none = try await house.tautulli.metadata(of: 999_999)
            #expect(none == nil)
            await house.standIn.setPlexIsDown(true)
            for key in [30_002, 999_999] {
                await #expect(throws: TautulliError.plexIsDown) { _ = try await house.tautulli.metadata(of: key) }
            }
            await #expect(throws: TautulliError.plexIsDown) { _ = try await house.tautulli.libraries() }
            await #expect(throws: TautulliError.plexIsDown) { _ = try await house.tautulli.recentlyAdded(5) }
        }
    }

    @Test func `what is new`() async throws {
        try await House.open { house in
            let albums = try await house.tautulli.recentlyAdded(3, of: .artist)
            #expect(albums.map(\.mediaType) == [.album, .album, .album])
            let times = albums.compactMap(\.addedAt)
            #expect(times.count == 3 && times == times.sorted(by: >))
            let vinyl = try await house.tautulli.recentlyAdded(50, section: 4)
            #expect(vinyl.count == 2)
            #expect(vinyl.allSatisfy { $0.sectionID == 4 })
            house.household.change { world in for key in world.keys(of: .artist, in: 4) { world.remove(key) } }
            let empty = try await house.tautulli.recentlyAdded(50, section: 4)
            #expect(empty.isEmpty)
        }
    }

    @Test func `what was played most`() async throws {
        try await House.open { house in
            for day in 1...3 { house.play(30_002, daysAgo: Int64(day)) }
            house.play(105, by: People.bo, daysAgo: 2)
            let stats = try await house.tautulli.homeStats()
            #expect(stats.contains { $0.id == "top_movies" })
            let music = try #require(try await house.tautulli.homeStat("top_music"))
            #expect(music.rows.first?.title == "The Lantern Quintet")
            #expect(music.rows.first?.plays == 3)
            #expect(music.rows.first?.ratingKey == Music.lanternQuintet)
            #expect(music.rows.first?.usersWatched == nil)
            let users = try #require(try await house.tautulli.homeStat("top_users"))
            #expect(users.rows.map(\.userID) == [People.ann, People.bo])
            let hats = try await house.tautulli.homeStat("top_hats")
            #expect(hats == nil)
            let concurrent = try #require(try await house.tautulli.homeStat("most_concurrent"))
            #expect(concurrent.rows.first?.count == 2)
            #expect(concurrent.rows.first?.started != nil)
        }
    }

    @Test(arguments: TautulliChartKind.allCases)
    func `charts of every kind`(kind: TautulliChartKind) async throws {
        try await House.open { house in
            house.play(30_002, daysAgo: 2)
            house.play(105, daysAgo: 2, hour: 3)
            let chart = try await house.tautulli.chart(kind, span: 7)
            #expect(!chart.categories.isEmpty)
            #expect(chart.series.allSatisfy { $0.data.count == chart.categories.count })
            #expect(chart.series.contains { $0.data.contains { $0 > 0 } })
            #expect(chart["Live TV"] == nil)
        }
    }

    @Test func `a poster, or that there is none`() async throws {
        try await House.open { house in
            let path = "/library/metadata/105/thumb/1"
            for _ in 0..<2 {
                let image = try #require(try await house.tautulli.image(path, width: 40, height: 60))
                // Mislabelled the second time.
                #expect(image.type == "image/jpeg")
            }
            let none = try await house.tautulli.image("/library/metadata/112/thumb/1")
            #expect(none == nil)
            let asked = house.asked.count
            for bad in ["http://elsewhere.example/a.jpg", "//elsewhere.example/a", "/library/../../etc/passwd", ""] {
                let nothing = try await house.tautulli.image(bad)
                #expect(nothing == nil)
            }
            #expect(house.asked.count == asked)
        }
        try await House.open(key: "wrong") { house in
            await #expect(throws: TautulliError.rejectedKey("Invalid apikey")) {
                _ = try await house.tautulli.image("/library/metadata/105/thumb/1")
            }
        }
    }

    @Test func `about itself and its server`() async throws {
        try await House.open { house in
            try await house.tautulli.ping()
            let info = try await house.tautulli.info()
            #expect(info.version == "v2.17.2")
            let server = try await house.tautulli.serverInfo()
            #expect(server.name == "Household")
            #expect(server.identifier == house.household.read { $0.machineID })
            #expect(server.hasPlexPass)
            let isConnected = try await house.tautulli.isConnectedToPlex()
            #expect(isConnected)
            await house.standIn.setPlexIsDown(true)
            let isStillConnected = try await house.tautulli.isConnectedToPlex()
            #expect(!isStillConnected)
        }
    }
}
