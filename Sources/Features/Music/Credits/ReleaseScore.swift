// How well one hit fits an album: the weights of sheet §3. What a side does not say counts half, as neither for nor
// against.

internal import Domain
package import MusicBrainz

extension ReleaseMatch {
    package static func candidate(_ edition: MusicBrainzEdition, for album: AlbumFacts) -> ReleaseCandidate {
        var score = 0.0
        var why: [String] = []
        func count(_ name: String, _ part: Double, of weight: Double) {
            score += part * weight
            why.append("\(name) \(percent(part))")
        }
        count("title", title(edition, album), of: 0.40)
        count("artist", artist(edition, album), of: 0.30)
        count("tracks", distance(album.trackCount, edition.trackCount, full: 0, half: 1), of: 0.15)
        count("discs", distance(album.discCount, edition.discCount, full: 0, half: 0), of: 0.05)
        count("year", year(edition, album), of: 0.10)
        if let status = edition.status, ["Bootleg", "Promotion", "Pseudo-Release"].contains(status) {
            score -= 0.2
            why.append("is a \(status.lowercased())")
        }
        if let kind = unexpectedKind(edition, album) {
            score -= 0.1
            why.append("is a \(kind.lowercased()) release")
        }
        return ReleaseCandidate(edition: edition, score: min(max(score, 0), 1), why: why)
    }

    private static func percent(_ part: Double) -> String { "\(Int((part * 100).rounded())) %" }

    private static func title(_ edition: MusicBrainzEdition, _ album: AlbumFacts) -> Double {
        let wanted = Folding.folded(album.title)
        let bare = Folding.folded(SearchLadder.withoutBrackets(album.title))
        return [edition.title, edition.group?.title ?? ""].filter { !$0.isEmpty }.map { title in
            let whole = Folding.folded(title)
            if whole == wanted { return 1 }
            if Folding.folded(SearchLadder.withoutBrackets(title)) == bare { return 0.9 }
            return 0.9 * Folding.likeness(whole, wanted)
        }.max() ?? 0
    }

    private static func artist(_ edition: MusicBrainzEdition, _ album: AlbumFacts) -> Double {
        guard !edition.credits.isEmpty else { return 0.5 }
        if album.isByVarious, edition.credits.contains(where: { $0.artist.id == .variousArtists }) { return 1 }
        let wanted = Folding.foldedName(album.artist)
        let names = edition.credits.flatMap { [$0.name, $0.artist.name] + $0.artist.aliases } + [edition.credits.line]
        return names.contains { Folding.foldedName($0) == wanted } ? 1 : 0
    }

    private static func distance(_ ours: Int?, _ theirs: Int?, full: Int, half: Int) -> Double {
        guard let ours, let theirs else { return 0.5 }
        let apart = abs(ours - theirs)
        return apart <= full ? 1 : apart <= half ? 0.5 : 0
    }

    /// Plex often knows the year of the first pressing, MusicBrainz that of this one: either may agree.
    private static func year(_ edition: MusicBrainzEdition, _ album: AlbumFacts) -> Double {
        let years = [edition.date, edition.group?.firstReleased].compactMap { $0.flatMap { Int($0.prefix(4)) } }
        guard album.year != nil, !years.isEmpty else { return 0.5 }
        return years.map { distance(album.year, $0, full: 1, half: 3) }.max() ?? 0.5
    }

    /// Live or a compilation, where the album's title does not sound so.
    private static func unexpectedKind(_ edition: MusicBrainzEdition, _ album: AlbumFacts) -> String? {
        let words = Set(Folding.folded(album.title).split(separator: " ").map(String.init))
        for kind in edition.group?.secondaryTypes ?? [] {
            switch kind {
            case "Live" where words.isDisjoint(with: ["live", "concert", "at", "tour", "session", "sessions"]):
                return kind
            case "Compilation"
            where !album.isByVarious
                && words.isDisjoint(with: [
                    "best", "greatest", "hits", "collection", "anthology", "complete", "essential", "sampler",
                    "compilation", "box", "singles", "recordings", "works", "very", "sessions",
                ]):
                return kind
            default: continue
            }
        }
        return nil
    }
}
