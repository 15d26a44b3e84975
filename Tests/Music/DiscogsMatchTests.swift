// Candidates among Discogs' hits, and whether their tracks are the album's.

import Discogs
import Music
import Testing

@Suite struct `Hits of Discogs` {
    private let album = AlbumFacts(
        title: "Room with No Clock (Deluxe)", artist: "Mira Solen", year: 2018,
        tracks: [("Noon", 180_000), ("Dust", 200_000), ("Your Coat", 240_000)].enumerated().map {
            .init($1.0, milliseconds: $1.1, index: $0 + 1)
        })

    @Test func `are candidates when title and artist are the album's, the nearest year first`() {
        let hits = [
            DiscogsHit(id: 1, line: "Mira Solen - Room With No Clock", year: nil),
            DiscogsHit(id: 2, line: "Mira Solen - Room With No Clock", year: 2021),
            DiscogsHit(id: 3, line: "Mira Solen - Rooms"),
            DiscogsHit(id: 4, line: "Solen - Room With No Clock"),
            DiscogsHit(id: 5, line: "Solen, Mira (2) & Mira Solen (3) - Room With No Clock", year: 2019),
            DiscogsHit(id: 6, line: "Room With No Clock"),
        ]
        #expect(ReleaseMatch.ranked(hits, for: album).map(\.id) == [5, 2, 1])
    }

    @Test func `of many artists stand under Various`() {
        let sampler = AlbumFacts(title: "Harbour Lights", artist: "Various Artists")
        let hit = DiscogsHit(id: 1, line: "Various - Harbour Lights")
        #expect(ReleaseMatch.ranked([hit], for: sampler) == [hit])
        #expect(ReleaseMatch.ranked([hit], for: album) == [])
    }

    @Test func `are the album when their tracks are`() {
        func release(_ tracks: [(String, Int?)]) -> DiscogsRelease {
            DiscogsRelease(
                id: 1, title: "x", tracks: tracks.map { .init(position: "", title: $0.0, milliseconds: $0.1) })
        }
        let same = ReleaseMatch.agreement(
            of: release([("Noon", nil), ("Dust (Mono)", nil), ("?", 235_000)]), with: album)
        #expect(same == TrackAgreement(matched: 3, compared: 3))
        let other = ReleaseMatch.agreement(of: release([("Noon", nil), ("x", 1), ("y", 1)]), with: album)
        #expect(!other.isConvincing)
    }
}
