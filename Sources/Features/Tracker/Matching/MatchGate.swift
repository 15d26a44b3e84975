// Which of the candidates it is, if that is sure; else what is asked, with the best of them and their reasons.

internal import Domain

package struct MatchCandidate: Sendable, Hashable {
    package var show: KnownShow
    package var episode: EpisodeEvidence

    package init(_ show: KnownShow, episode: EpisodeEvidence = .unknown) {
        self.show = show
        self.episode = episode
    }
}

package struct RankedShow: Sendable, Hashable {
    package var show: KnownShow
    package var match: ShowMatch
}

package enum MatchVerdict: Sendable, Hashable {
    case automatic(RankedShow)
    case conflict(ConflictKind, [RankedShow])

    package enum ConflictKind: String, Sendable, Hashable {
        case noMatch = "no_match"
        case multipleMatches = "multiple_matches"
        case ambiguous
        case idClash = "id_clash"
        case episodeOrder = "episode_order"
    }
}

package enum MatchGate {
    static let mostShown = 5
    /// So far behind the best the second has to be.
    static let distance = 50

    /// `candidates`: from the tracker and from the catalogues alike, else one that holds only the wrong namesake maps to it.
    package static func verdict(for claim: ShowClaim, among candidates: [MatchCandidate]) -> MatchVerdict {
        let ranked = candidates.map { candidate in
            RankedShow(
                show: candidate.show,
                match: MatchRules.match(
                    claim, candidate.show,
                    namesakes: namesakes(of: candidate.show, among: candidates.map(\.show), for: claim),
                    episode: candidate.episode))
        }.sorted {
            ($1.match.confidence, $0.show.id, $0.show.title) < ($0.match.confidence, $1.show.id, $1.show.title)
        }
        let shown = Array(ranked.prefix(mostShown))
        guard let best = ranked.first else { return .conflict(.noMatch, []) }
        let second = ranked.dropFirst().first?.match.confidence ?? Confidence(0)
        if best.match.confidence >= .sure {
            let isAhead = second < .sure || best.match.confidence.thousandths - second.thousandths >= distance
            return isAhead ? .automatic(best) : .conflict(.multipleMatches, shown)
        }
        if claim.ids.compared(with: best.show.ids).different.isEmpty == false { return .conflict(.idClash, shown) }
        return .conflict(best.match.confidence >= Confidence(700) ? .ambiguous : .noMatch, shown)
    }

    package static func namesakes(of show: KnownShow, among all: [KnownShow], for claim: ShowClaim) -> Namesakes {
        let keys = Set(show.names.map(\.key))
        let others = all.filter { other in
            !isSame(other, show) && other.names.contains { keys.contains($0.key) }
        }
        guard !others.isEmpty else { return .none }
        let near = others.filter { other in
            guard let mine = show.year, let theirs = other.year else { return true }
            return abs(mine - theirs) <= 1
        }
        return Namesakes(
            exist: true, isNear: !near.isEmpty,
            isToldApart: agrees(claim, show) && !near.contains { agrees(claim, $0) })
    }

    /// Where both say something of it.
    package static func agrees(_ claim: ShowClaim, _ show: KnownShow) -> Bool {
        if let mine = claim.network, let theirs = show.network { return Folding.folded(mine) == Folding.folded(theirs) }
        if let mine = claim.country, let theirs = show.country { return mine == theirs }
        return false
    }

    /// Two catalogues' entries of one show are no namesakes.
    private static func isSame(_ a: KnownShow, _ b: KnownShow) -> Bool {
        if a == b || (a.id != 0 && a.id == b.id) { return true }
        let ids = a.ids.compared(with: b.ids)
        return !ids.same.isEmpty && ids.different.isEmpty
    }
}
