// The release whose credits are shown and written: which, how it was found, how sure that is.

package import Discogs
package import MusicBrainz

package struct ReleasePick: Hashable, Sendable {
    package enum Way: Hashable, Sendable {
        /// The album's own files name it.
        case byGuid
        case bySearch
        case byHand
        /// The album's own edition names nobody; this one of the same group does.
        case sibling(of: MBID)
        case discogs
    }

    package var way: Way
    package var title: String
    package var artist: String
    package var date: String
    package var country: String
    package var label: String
    package var tracks: Int
    /// Nil for Discogs, whose hits say too little to be scored.
    package var score: Double?
    package var agreement: TrackAgreement
    package var credits: AlbumCredits
    package var page: String

    package init(
        _ release: MusicBrainzRelease, way: Way, score: Double, agreement: TrackAgreement, credits: AlbumCredits
    ) {
        self.way = way
        title = release.title
        artist = release.credits.line
        date = release.date ?? ""
        country = release.country ?? ""
        label = release.labels.first ?? ""
        tracks = release.edition.trackCount ?? 0
        self.score = score
        self.agreement = agreement
        self.credits = credits
        page = "https://musicbrainz.org/release/\(release.id)"
    }

    package init(_ release: DiscogsRelease, agreement: TrackAgreement) {
        way = .discogs
        title = release.title
        artist = release.artists.map(\.name).joined(separator: ", ")
        date = release.year.map(String.init) ?? ""
        country = release.country ?? ""
        label = release.labels.first ?? ""
        tracks = release.tracks.count
        score = nil
        self.agreement = agreement
        credits = AlbumCredits(release)
        page = release.page
    }

    /// For the journal: says where the line came from, for good.
    package var source: String {
        switch credits.source {
        case .musicBrainz(let id): "musicbrainz:\(id)"
        case .discogs(let id): "discogs:\(id)"
        }
    }

    package var foundWords: String {
        switch way {
        case .byGuid: "named by the album's own files"
        case .bySearch: "found by search"
        case .byHand: "chosen by hand"
        case .sibling: "another edition of the album: its own names nobody"
        case .discogs: "from Discogs: MusicBrainz names nobody"
        }
    }
}

package enum ReleaseFinding: Sendable {
    case pick(ReleasePick)
    /// Not sure enough to be taken without asking; best first, at most five.
    case ask([ReleaseCandidate], why: String)
    /// The release is known or not, but nobody says who plays.
    case nobody(why: String)
}
