// What downloads learn of who watched what: Tautulli's counting for Plex, Jellyfin's favourites and beginnings, Plex's
// stars. Each is somebody's word about one person, and nobody else's.

import Domain
import Downloads
import HTTP
import Jellyfin
import Plex
import Runtime
import Sockets
import StandIns
import Tautulli
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1))) struct `What is asked about who watched` {
    typealias Films = HouseholdWorld.Films
    typealias People = HouseholdWorld.People
    typealias Accounts = HouseholdWorld.JellyfinPeople

    struct Room {
        let household: Household
        let outside: DownloadOutside
        let tautulli: TautulliStandIn
        let clock: VirtualClock

        func film(_ title: String) throws -> HouseholdWorld.Film {
            try #require(household.read { $0.film(titled: title) })
        }

        func onPlex(_ film: HouseholdWorld.Film, id: String? = nil, name: String) -> Playback {
            Playback(
                source: .plex, user: .init(id: id, name: name), film: FilmIDs(title: film.title, year: film.year),
                itemID: film.ratingKey.map { "\($0)" } ?? "", saidWatched: true, at: clock.now)
        }
    }

    static func with(_ body: (Room) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "household", log: .silent)
        let household = Household(.small(now: clock.now))
        let plexStandIn = try await PlexStandIn.start(loop: loop, clock: clock, household: household)
        let tautulliStandIn = try await TautulliStandIn.start(loop: loop, clock: clock, household: household)
        let jellyfinStandIn = try await JellyfinStandIn.start(loop: loop, clock: clock, household: household)
        let http = try HTTPClient(userAgent: "test")
        let once = RetryPolicy(attempts: 1)
        let outside = DownloadOutside(
            wishes: DownloadWishes(), radarrs: [], prowlarr: nil,
            jellyfin: Jellyfin(
                url: jellyfinStandIn.url, apiKey: Secret(jellyfinStandIn.apiKey),
                identity: JellyfinIdentity(deviceID: "test", version: "1"), http: http, clock: clock, log: .silent,
                patience: once),
            jellystat: nil,
            plex: Plex(
                url: plexStandIn.url, token: Secret(plexStandIn.token), clientIdentifier: "test-1", version: "1",
                http: http, clock: clock, log: .silent, patience: once),
            tautulli: Tautulli(
                url: tautulliStandIn.url, apiKey: Secret(tautulliStandIn.apiKey), http: http, clock: clock,
                log: .silent, chance: { 0 }), history: nil, clock: clock)
        let outcome: Result<Void, any Error>
        do {
            try await body(Room(household: household, outside: outside, tautulli: tautulliStandIn, clock: clock))
            outcome = .success(())
        } catch { outcome = .failure(error) }
        await http.stop()
        await jellyfinStandIn.stop()
        await tautulliStandIn.stop()
        await plexStandIn.stop()
        await loop.stop()
        try outcome.get()
    }

    @Test func `Tautulli counts a person's watches to the end within the window, and no half ones`() async throws {
        try await Self.with { room in
            let film = try room.film(Films.ordinary)
            let key = try #require(film.ratingKey)
            let now = room.clock.now
            room.household.change { world in
                world.plays.removeAll { $0.ratingKey == key }
                for (days, percent) in [(10, 97), (20, 92), (30, 40), (100, 99)] {
                    world.addPlay(of: key, by: People.ann, started: now - .days(Int64(days)), percent: percent)
                }
                world.addPlay(of: key, by: People.robin, started: now - .days(5))
            }
            let name = try #require(room.household.read { $0.person(People.ann)?.username })
            let ids = FilmIDs(title: film.title, year: film.year)
            let plays = await room.outside.sources.plays(room.onPlex(film, name: name), ids, nil, now - .days(90))
            #expect(plays == [PlayTally("Tautulli", .known(2))])
            let nobody = await room.outside.sources.plays(
                room.onPlex(film, name: "stranger"), ids, nil, now - .days(90))
            #expect(nobody.first?.words == "Tautulli: Tautulli does not know stranger")
        }
    }

    @Test func `five stars by Plex's owner are a favourite, and of nobody else anything is known`() async throws {
        try await Self.with { room in
            let film = try room.film(Films.poor)
            let key = try #require(film.ratingKey)
            func favourite(_ id: String?, _ name: String) async throws -> Bool? {
                let item = await room.outside.sources.item(room.onPlex(film, id: id, name: name))
                let known = try #require(item.known)
                return known.isFavourite
            }
            let before = try await favourite("1", "x")
            room.household.change { world in world.change(key) { $0.ratings[People.robin] = 10 } }
            let after = try await favourite("1", "x")
            let other = try await favourite("77", "ann")
            room.household.change { world in world.change(key) { $0.ratings[People.robin] = 9 } }
            let nine = try await favourite("1", "x")
            #expect(before == false && after == true && other == nil && nine == false)
        }
    }

    @Test func `Jellyfin tells of each person whether it is their favourite and how often they began it`() async throws
    {
        try await Self.with { room in
            let film = try room.film("Mister Möbius")
            func item(_ user: String) async throws -> LibraryItem {
                let playback = Playback(
                    source: .jellyfin, user: .init(id: user), film: FilmIDs(title: film.title, year: film.year),
                    itemID: film.jellyfinID, saidWatched: true, at: room.clock.now)
                let item = await room.outside.sources.item(playback)
                return try #require(item.known)
            }
            room.household.change { world in
                world.changeFilm(titled: film.title) { $0.states[Accounts.robin, default: .init()].starts = 3 }
            }
            let (robin, ann) = (try await item(Accounts.robin), try await item(Accounts.ann))
            #expect(robin.isFavourite == true && robin.starts == 3 && ann.isFavourite == false)
            #expect(robin.ids.tmdb == film.tmdb && robin.rating?.source.contains("Jellyfin") == true)
        }
    }
}
