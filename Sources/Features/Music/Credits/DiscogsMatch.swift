// Which of Discogs' hits may be the album. They say little about themselves, so these are only candidates in order: the
// tracks of the release decide.

package import Discogs
internal import Domain
internal import MusicBrainz

extension ReleaseMatch {
    package static func ranked(_ hits: [DiscogsHit], for album: AlbumFacts) -> [DiscogsHit] {
        let title = Folding.folded(SearchLadder.withoutBrackets(album.title))
        let artist = Folding.foldedName(album.artist)
        let fit = hits.filter { hit in
            Folding.folded(SearchLadder.withoutBrackets(hit.title)) == title
                && names(hit.artist).contains { $0 == artist || (album.isByVarious && $0 == "various") }
        }
        // A year that is not said stands behind one that is three off.
        func distance(_ hit: DiscogsHit) -> Int {
            guard let ours = album.year, let theirs = hit.year else { return 4 }
            return abs(ours - theirs)
        }
        return fit.enumerated().sorted { (distance($0.element), $0.offset) < (distance($1.element), $1.offset) }
            .map(\.element)
    }

    /// "Ann Lee & Bo, Cy": together, and one by one.
    private static func names(_ artist: String) -> [String] {
        let parts = artist.split { ",&/".contains($0) }.map { Folding.foldedName(String($0)) }
        return [Folding.foldedName(artist)] + parts
    }
}
