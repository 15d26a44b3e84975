// Which of a show's episodes was watched: its own id decides, then season and number, then the day it was aired, then its
// title. Numbers of specials differ between catalogues nearly everywhere, so they say nothing alone. What contradicts
// itself is asked, never guessed.

package import Domain

package struct EpisodeClaim: Hashable, Sendable {
    package var ids: ShowIDs
    package var season: Int?
    package var number: Int?
    package var title: String
    package var airedOn: Day?

    package init(
        ids: ShowIDs = ShowIDs(), season: Int? = nil, number: Int? = nil, title: String = "", airedOn: Day? = nil
    ) {
        self.ids = ids
        self.season = season
        self.number = number
        self.title = title
        self.airedOn = airedOn
    }
}

package enum EpisodeVerdict: Hashable, Sendable {
    package enum Proof: String, Hashable, Sendable { case id, number, day, title, absolute }

    case found(KnownEpisode, by: Proof)
    /// Number and day say different ones: the library is in another order than the catalogue.
    case order(KnownEpisode, KnownEpisode?)
    /// Not in the list, which may be old.
    case missing
}

package enum EpisodeRules {
    package static func episode(for claim: EpisodeClaim, in episodes: [KnownEpisode]) -> EpisodeVerdict {
        if let proven = only(episodes.filter { isSame($0.ids, claim.ids) }) { return .found(proven, by: .id) }
        if let season = claim.season, season >= 1000 { return dated(claim, episodes) }
        guard let season = claim.season, let number = claim.number else { return unnumbered(claim, episodes) }
        if season == 0 { return special(claim, number, episodes) }
        guard let numbered = episodes.first(where: { $0.season == season && $0.number == number }) else {
            return absolute(claim, season, number, episodes)
        }
        guard let claimed = claim.airedOn, let aired = numbered.airedOn, abs(claimed - aired) > 2 else {
            return .found(numbered, by: .number)
        }
        // The title is a second witness: catalogues are wrong about days more often than about both.
        if !claim.title.isEmpty, isAlike(claim.title, numbered.title) { return .found(numbered, by: .number) }
        return .order(numbered, onDay(claim, episodes))
    }

    /// What a candidate's own list says of the play: evidence for the match of the show.
    package static func evidence(of claim: EpisodeClaim, in episodes: [KnownEpisode]) -> EpisodeEvidence {
        guard !episodes.isEmpty else { return .unknown }
        switch episode(for: claim, in: episodes) {
        case .found(_, by: .id): return .proven
        case .found(let episode, by: .number):
            let isTitled = !claim.title.isEmpty && !isPlain(claim.title) && isAlike(claim.title, episode.title)
            let isDated = claim.airedOn.flatMap { day in episode.airedOn.map { abs($0 - day) <= 1 } }
            if isTitled || isDated == true { return .agrees }
            let saysTitle = !claim.title.isEmpty && !isPlain(claim.title) && !isPlain(episode.title)
            return saysTitle && isDated == false ? .differs : .unknown
        case .found: return .agrees
        case .order: return .differs
        case .missing: return .differs
        }
    }

    // MARK: Ways to find it

    private static func dated(_ claim: EpisodeClaim, _ episodes: [KnownEpisode]) -> EpisodeVerdict {
        if let season = claim.season, let number = claim.number,
            let numbered = episodes.first(where: { $0.season == season && $0.number == number })
        {
            return .found(numbered, by: .number)
        }
        if let found = onDay(claim, episodes) { return .found(found, by: .day) }
        return .missing
    }

    private static func unnumbered(_ claim: EpisodeClaim, _ episodes: [KnownEpisode]) -> EpisodeVerdict {
        if let found = onDay(claim, episodes) { return .found(found, by: .day) }
        let season = episodes.filter { claim.season == nil || $0.season == claim.season }
        return titled(claim, season).map { .found($0, by: .title) } ?? .missing
    }

    private static func special(_ claim: EpisodeClaim, _ number: Int, _ episodes: [KnownEpisode]) -> EpisodeVerdict {
        let specials = episodes.filter { $0.season == 0 }
        if let found = titled(claim, specials) { return .found(found, by: .title) }
        if let found = onDay(claim, specials) { return .found(found, by: .day) }
        if let numbered = specials.first(where: { $0.number == number }) { return .order(numbered, nil) }
        return .missing
    }

    /// "Season 1, episode 137" of a show whose seasons have 24: counted through. Only with a second witness.
    private static func absolute(
        _ claim: EpisodeClaim, _ season: Int, _ number: Int, _ episodes: [KnownEpisode]
    ) -> EpisodeVerdict {
        let regular = episodes.filter { $0.season > 0 }.sorted { ($0.season, $0.number) < ($1.season, $1.number) }
        let length = regular.count { $0.season == season }
        if season == 1, number > length, length > 0 {
            let counted =
                regular.first { $0.absolute == number }
                ?? (regular.indices.contains(number - 1) ? regular[number - 1] : nil)
            if let counted {
                let isDay = claim.airedOn.flatMap { day in counted.airedOn.map { abs($0 - day) <= 1 } } ?? false
                let isTitle = !claim.title.isEmpty && !isPlain(claim.title) && isAlike(claim.title, counted.title)
                return isDay || isTitle ? .found(counted, by: .absolute) : .order(counted, nil)
            }
        }
        if let found = onDay(claim, episodes), isAlike(claim.title, found.title) { return .found(found, by: .day) }
        return .missing
    }

    /// Nil: none, or several.
    private static func onDay(_ claim: EpisodeClaim, _ episodes: [KnownEpisode]) -> KnownEpisode? {
        guard let day = claim.airedOn else { return nil }
        let same = episodes.filter { $0.airedOn == day }
        if !same.isEmpty { return only(same) ?? only(same.filter { isAlike(claim.title, $0.title) }) }
        return only(episodes.filter { $0.airedOn.map { abs($0 - day) <= 1 } ?? false })
    }

    private static func titled(_ claim: EpisodeClaim, _ episodes: [KnownEpisode]) -> KnownEpisode? {
        guard !claim.title.isEmpty, !isPlain(claim.title) else { return nil }
        return only(episodes.filter { isAlike(claim.title, $0.title) })
    }

    // MARK: Words

    private static func isAlike(_ a: String, _ b: String) -> Bool {
        !a.isEmpty && !b.isEmpty && Folding.folded(a) == Folding.folded(b)
    }

    /// "Episode 5" is what an episode without a title is called.
    private static func isPlain(_ title: String) -> Bool {
        let words = Folding.folded(title).split(separator: " ")
        return words.isEmpty || words.allSatisfy { Int($0) != nil || ["episode", "folge", "tba", "tbd"].contains($0) }
    }

    private static func isSame(_ a: ShowIDs, _ b: ShowIDs) -> Bool {
        let ids = a.compared(with: b)
        return !ids.same.isEmpty && ids.different.isEmpty
    }

    private static func only(_ episodes: [KnownEpisode]) -> KnownEpisode? {
        episodes.count == 1 ? episodes.first : nil
    }
}
