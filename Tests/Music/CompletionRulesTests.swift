// What counts as heard: by key, by guid, by place on the album; once each, and nobody else's.

import Domain
import Music
import Runtime
import Testing

@Suite struct CompletionRulesTests {
    typealias Track = CompletionEvidence.Track
    static let now = Instant(seconds: 1_800_000_000)

    static let tracks = [1, 2, 3, 4].map { (number: Int) in
        Track(
            key: "10\(number)", guid: "plex://track/\(number)", albumKey: "a", album: "Blue Harbour",
            title: "Pier \(number)", index: number)
    }

    static func heard(
        _ number: Int, key: String? = nil, guid: String = "", album: String = "Blue Harbour",
        artist: String = "The Lantern Quintet", plays: Int = 1
    ) -> Heard {
        Heard(
            ratingKey: key, guid: guid, title: "Pier \(number)", album: album, artist: artist, index: number,
            plays: plays, last: now)
    }

    static func verdict(
        _ heard: [Heard], tracks: [Track] = tracks, featured: [Track] = [], countsViews: Bool = false
    ) -> CompletionVerdict {
        CompletionRules.verdict(
            on: CompletionEvidence(
                artist: "The Lantern Quintet", albums: [.init(key: "a", title: "Blue Harbour", year: 1963)],
                tracks: tracks, featured: featured, heard: heard, countsViews: countsViews))
    }

    @Test func `a track is heard by its key`() {
        let verdict = Self.verdict([Self.heard(1, key: "101"), Self.heard(2, key: "102", plays: 3)])
        #expect(verdict.played == 2 && verdict.total == 4 && verdict.percent == 50)
        #expect(verdict.favourites.map(\.plays) == [3, 1])
        #expect(verdict.unplayed.map(\.title) == ["Pier 3", "Pier 4"])
        #expect(verdict.albums.map(\.played) == [2])
    }

    @Test func `an album added again keeps its plays, by guid or by place`() {
        let byGuid = Self.verdict([Self.heard(1, key: "9", guid: "plex://track/1")])
        #expect(byGuid.played == 1)
        let byPlace = Self.verdict([Self.heard(1, key: "9", guid: "local://77", album: "BLUE HARBOUR")])
        #expect(byPlace.played == 1)
    }

    @Test func `plays before and after add up, and count one track`() {
        let verdict = Self.verdict([
            Self.heard(1, key: "9", guid: "plex://track/1", plays: 2), Self.heard(1, key: "101", plays: 5),
            Self.heard(1, key: "8"),
        ])
        #expect(verdict.played == 1 && verdict.favourites.first?.plays == 8)
    }

    @Test func `the same place on somebody else's album is somebody else's`() {
        let verdict = Self.verdict([Self.heard(1, key: "55", artist: "Delta Ferry")])
        #expect(verdict.played == 0 && verdict.percent == 0)
    }

    @Test func `the same recording in two libraries is one track`() {
        let vinyl = Self.tracks.map { track in
            var track = track
            track.key = "v\(track.key)"
            track.albumKey = "v"
            return track
        }
        #expect(
            Self.verdict([Self.heard(1, key: "v101", guid: "plex://track/1")], tracks: Self.tracks + vinyl).total == 4)
        let local = Self.tracks.map {
            Track(key: "l\($0.key)", guid: "local://1", album: "Other", title: $0.title, index: $0.index)
        }
        #expect(Self.verdict([], tracks: Self.tracks + local).total == 8, "guids that are not global prove nothing")
    }

    @Test func `the server's own counters are believed for the owner only`() {
        let seen = Self.tracks.map { track in
            var track = track
            track.views = track.index == 4 ? 2 : 0
            return track
        }
        #expect(Self.verdict([], tracks: seen, countsViews: true).played == 1)
        #expect(Self.verdict([], tracks: seen).played == 0)
    }

    @Test func `tracks on compilations are told apart`() {
        let guest = Track(
            key: "300", albumKey: "c", album: "Sampler", title: "Ferry", index: 3,
            performer: "The Lantern Quintet feat. Ann")
        let verdict = Self.verdict(
            [
                Heard(
                    ratingKey: "300", title: "Ferry", album: "Sampler", artist: "Various Artists", index: 3,
                    last: Self.now)
            ],
            featured: [guest])
        #expect(verdict.total == 4 && verdict.played == 0)
        #expect(verdict.featuredTotal == 1 && verdict.featuredPlayed == 1)
    }

    @Test(arguments: [
        (0, 4, 0), (1, 4, 25), (4, 4, 100), (1, 1000, 1), (999, 1000, 99), (0, 0, 0), (1, 3, 33), (2, 3, 67),
        (10, 11, 91),
    ])
    func `a hundred percent is all, none is none`(_ played: Int, _ total: Int, _ percent: Int) {
        let tracks = (0..<total).map { Track(key: "\($0)", album: "A", title: "T\($0)", index: $0) }
        let heard = (0..<played).map { Heard(ratingKey: "\($0)", title: "T\($0)", last: Self.now) }
        #expect(Self.verdict(heard, tracks: tracks).percent == percent)
    }

    @Test(arguments: [
        ("The Lantern Quintet", true), ("Ann Lee & The Lantern Quintet", true), ("lantern quintet, Bo", true),
        ("The Lanterns", false), ("", false), ("Lantern", false),
    ])
    func `a performer's line names the artist or does not`(_ performer: String, _ names: Bool) {
        #expect(CompletionRules.features("The Lantern Quintet", in: performer) == names)
    }
}
