// What is known of an album before anybody is asked: the evidence the right release is found by. Plain values, so that
// the rules need to know nothing of Plex.

internal import Domain
package import MusicBrainz

package struct AlbumFacts: Hashable, Sendable {
    package struct Track: Hashable, Sendable {
        package var title: String
        package var milliseconds: Int?
        /// From 1.
        package var disc: Int
        package var index: Int

        package init(_ title: String, milliseconds: Int? = nil, disc: Int = 1, index: Int) {
            self.title = title
            self.milliseconds = milliseconds
            self.disc = disc
            self.index = index
        }
    }

    package var title: String
    package var artist: String
    package var year: Int?
    package var tracks: [Track]
    /// From `mbid://` guids: a release, though some taggers write the group's.
    package var releaseIDs: [MBID]

    package init(title: String, artist: String, year: Int? = nil, tracks: [Track] = [], releaseIDs: [MBID] = []) {
        self.title = title
        self.artist = artist
        self.year = year
        self.tracks = tracks
        self.releaseIDs = releaseIDs
    }

    package var trackCount: Int? { tracks.isEmpty ? nil : tracks.count }
    package var discCount: Int? { tracks.isEmpty ? nil : Set(tracks.map(\.disc)).count }
    package var isByVarious: Bool { ["various artists", "various", "va"].contains(Folding.folded(artist)) }
}
