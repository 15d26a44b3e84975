// What the door takes for the same end.

import Domain
import Runtime
import Testing

@testable import Web

@Suite struct `Recent stops` {
    static let now = Instant(seconds: 1_767_268_800)

    static func stop(
        _ change: (inout Playback) -> Void = { _ in }
    ) -> Playback {
        var playback = Playback(
            source: .jellyfin, user: .init(id: "r", name: "Robin"), film: FilmIDs(tmdb: 5, title: "X"),
            runtime: .minutes(100), position: .minutes(95), saidWatched: true, at: now)
        change(&playback)
        return playback
    }

    @Test(arguments: [
        (0, true), (5, true), (-99, true), (99, true), (100, false), (-100, false), (600, false),
    ]) func `reach as far as the film is long`(minutes: Int64, isSame: Bool) {
        var stops = RecentStops()
        stops.remember(Self.stop())
        #expect(stops.has(Self.stop { $0.at = Self.now + .minutes(minutes) }) == isSame)
    }

    @Test func `tell people, films, sources, and parts from wholes`() {
        var stops = RecentStops()
        stops.remember(Self.stop())
        #expect(!stops.has(Self.stop { $0.user.id = "a" }))
        #expect(!stops.has(Self.stop { $0.film.tmdb = 6 }))
        #expect(!stops.has(Self.stop { $0.source = .plex }))
        #expect(!stops.has(Self.stop { $0.position = .minutes(40) }))
        #expect(!stops.has(Self.stop { $0.user = .init() }))
        // Renamed meanwhile.
        #expect(stops.has(Self.stop { $0.user.name = "Robin2" }))
        // Without a position, as one client always has it.
        #expect(stops.has(Self.stop { $0.position = .zero }))
        #expect(
            !stops.has(
                Self.stop {
                    $0.position = .zero; $0.saidWatched = false
                }))
    }

    @Test func `know people without an id by their name in any case`() {
        var stops = RecentStops()
        stops.remember(Self.stop { $0.user = .init(name: "Robin") })
        #expect(stops.has(Self.stop { $0.user = .init(name: "ROBIN") }))
    }

    @Test func `forget the oldest, and take no more room than they may`() {
        var stops = RecentStops(most: 3)
        for number in 1...4 { stops.remember(Self.stop { $0.film.tmdb = number }) }
        #expect(!stops.has(Self.stop { $0.film.tmdb = 1 }) && stops.has(Self.stop { $0.film.tmdb = 2 }))
        for day in 1...30 {
            stops.remember(
                Self.stop {
                    $0.film.tmdb = 4; $0.at = Self.now + .days(Int64(day))
                })
        }
        #expect(
            stops.has(
                Self.stop {
                    $0.film.tmdb = 4; $0.at = Self.now + .days(30)
                }))
    }
}
