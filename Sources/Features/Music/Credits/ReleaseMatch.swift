// Which release an album is (sheet §3). A search's own ranking proves nothing, so every hit is scored against what the
// server knows; only a clear winner is taken, and anything less is the user's choice.

package import MusicBrainz

package struct ReleaseCandidate: Hashable, Sendable {
    package var edition: MusicBrainzEdition
    /// 0…1
    package var score: Double
    /// What spoke for and against it, for the preview and the Ledger.
    package var why: [String]

    package init(edition: MusicBrainzEdition, score: Double, why: [String]) {
        self.edition = edition
        self.score = score
        self.why = why
    }
}

package enum ReleaseVerdict: Hashable, Sendable {
    case take(ReleaseCandidate)
    /// Best first, at most five.
    case ask([ReleaseCandidate], why: String)
    case none(why: String)
}

package enum ReleaseMatch {
    package static let taken = 0.85
    package static let lead = 0.05
    /// Below this a hit is no candidate.
    package static let shown = 0.5
    package static let mostShown = 5

    package static func verdict(on hits: [MusicBrainzEdition], for album: AlbumFacts) -> ReleaseVerdict {
        var seen: Set<MBID> = []
        let scored = hits.filter { seen.insert($0.id).inserted }.map { candidate($0, for: album) }
        // Hits within one group are editions of one album and do not compete.
        var groups: [[ReleaseCandidate]] = []
        var places: [MBID: Int] = [:]
        for candidate in scored {
            let key = candidate.edition.group?.id ?? candidate.edition.id
            if let place = places[key] {
                groups[place].append(candidate)
            } else {
                places[key] = groups.count
                groups.append([candidate])
            }
        }
        let ranked = groups.map { group in (group: group, best: group.map(\.score).max() ?? 0) }
            .enumerated().sorted { ($1.element.best, $0.offset) < ($0.element.best, $1.offset) }.map(\.element)
        guard let first = ranked.first, first.best >= shown else {
            return .none(why: "MusicBrainz has nothing that resembles \(album.title) by \(album.artist)")
        }
        let ahead = first.best - (ranked.dropFirst().first?.best ?? 0)
        let favourite = preferred(first.group, for: album)
        if first.best >= taken - slack, ahead >= lead - slack { return .take(favourite) }
        let others = ranked.dropFirst().filter { $0.best >= shown }.map { preferred($0.group, for: album) }
        var candidates = [favourite] + others
        // One album alone, but not a sure one: its editions are what there is to choose from.
        candidates += first.group.filter { $0.edition.id != favourite.edition.id }.sorted { $0.score > $1.score }
        let why =
            first.best >= taken - slack
            ? "two albums fit about equally well" : "none fits well enough to be taken without asking"
        return .ask(Array(candidates.prefix(mostShown)), why: why)
    }

    /// Sums of decimal fractions are a hair off.
    private static let slack = 1e-9

    /// The edition to read: official, of as many tracks, the earliest.
    static func preferred(_ group: [ReleaseCandidate], for album: AlbumFacts) -> ReleaseCandidate {
        let best = group.map(\.score).max() ?? 0
        let close = group.filter { $0.score >= best - 0.15 }
        func place(_ edition: MusicBrainzEdition) -> (Int, Int, String) {
            let isOfficial = edition.status == nil || edition.status == "Official"
            let isSameCount = album.trackCount == nil || edition.trackCount == album.trackCount
            return (isOfficial ? 0 : 1, isSameCount ? 0 : 1, edition.date ?? "9999")
        }
        return close.min { place($0.edition) < place($1.edition) } ?? group[0]
    }

    /// Where else the players may stand when the chosen edition names none: official editions of as many tracks, oldest
    /// first. Reissues are often entered with recordings of their own, without credits.
    package static func siblings(
        of chosen: MusicBrainzEdition, among editions: [MusicBrainzEdition], most: Int = 5
    ) -> [MusicBrainzEdition] {
        let fit = editions.filter { edition in
            edition.id != chosen.id && (edition.status == nil || edition.status == "Official")
                && (chosen.trackCount == nil || edition.trackCount == chosen.trackCount)
        }
        return Array(fit.sorted { ($0.date ?? "9999") < ($1.date ?? "9999") }.prefix(most))
    }
}
