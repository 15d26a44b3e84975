// Whether a release really is the album, told by its tracks, before anything is written (sheet §3, step 3), and which of
// its discs the owner has: credits of a disc that is not there must not leak in (§5).

package import Discogs
internal import Domain
package import MusicBrainz

package struct TrackAgreement: Hashable, Sendable {
    package var matched: Int
    /// The album's tracks; 0: they are not known.
    package var compared: Int
    /// Positions of the media the album holds; nil: all.
    package var discs: Set<Int>?

    package init(matched: Int, compared: Int, discs: Set<Int>? = nil) {
        self.matched = matched
        self.compared = compared
        self.discs = discs
    }

    package var isConvincing: Bool { compared > 0 && matched * 10 >= compared * 7 }
}

extension ReleaseMatch {
    package static func agreement(of release: MusicBrainzRelease, with album: AlbumFacts) -> TrackAgreement {
        let discs = Dictionary(grouping: album.tracks, by: \.disc).mapValues { $0.sorted { $0.index < $1.index } }
        let media = release.media.map { Side($0.position, $0.tracks) }
        let whole = Side(0, release.media.flatMap(\.tracks))
        // All discs ripped as one.
        if let only = discs.values.first, discs.count == 1, media.count > 1 {
            let together = whole.matches(only)
            if only.count == whole.count, together * 10 >= only.count * 7 {
                return TrackAgreement(matched: together, compared: only.count)
            }
        }
        var free = media
        var matched = 0
        var held: Set<Int> = []
        for (number, tracks) in discs.sorted(by: { $0.key < $1.key }) {
            let best = free.indices.max { a, b in
                (free[a].matches(tracks), free[a].nearness(tracks, number))
                    < (free[b].matches(tracks), free[b].nearness(tracks, number))
            }
            guard let best else { continue }
            let found = free[best].matches(tracks)
            matched += found
            if found * 2 >= tracks.count { held.insert(free.remove(at: best).position) }
        }
        let isAll = held.isEmpty || held.count == media.count
        return TrackAgreement(matched: matched, compared: album.tracks.count, discs: isAll ? nil : held)
    }

    /// Discogs numbers discs and sides as it likes, so all its tracks are one side.
    package static func agreement(of release: DiscogsRelease, with album: AlbumFacts) -> TrackAgreement {
        let side = Side(0, titles: release.tracks.map(\.title), lengths: release.tracks.map(\.milliseconds))
        let tracks = album.tracks.sorted { ($0.disc, $0.index) < ($1.disc, $1.index) }
        return TrackAgreement(matched: side.matches(tracks), compared: tracks.count)
    }

    /// One medium, ready for comparing.
    private struct Side {
        let position: Int
        let count: Int
        private let titles: Set<String>
        private let lengths: [Int?]

        init(_ position: Int, titles: [String], lengths: [Int?]) {
            self.position = position
            count = lengths.count
            self.titles = Set(titles.map(Self.plain))
            self.lengths = lengths
        }

        init(_ position: Int, _ tracks: [MusicBrainzRelease.Track]) {
            self.init(
                position, titles: tracks.flatMap { [$0.title, $0.recording.title] }, lengths: tracks.map(\.milliseconds)
            )
        }

        private static func plain(_ title: String) -> String { Folding.folded(SearchLadder.withoutBrackets(title)) }

        /// The same title anywhere on the medium, or the same length in the same place.
        func matches(_ tracks: [AlbumFacts.Track]) -> Int {
            tracks.enumerated().count { index, track in
                if titles.contains(Self.plain(track.title)) { return true }
                guard let ours = track.milliseconds, lengths.indices.contains(index), let theirs = lengths[index] else {
                    return false
                }
                return abs(ours - theirs) <= 10_000
            }
        }

        /// Decides between media that match alike: the number of tracks, then the place.
        func nearness(_ tracks: [AlbumFacts.Track], _ number: Int) -> Int {
            -2 * abs(count - tracks.count) + (position == number ? 1 : 0)
        }
    }
}
