// How sure it is that Plex and the catalogue mean one show. 0.90 and more maps by itself; whatever is less asks. An id
// proves; a name proves only together with a year or because nothing else is called so; a name that is merely alike never
// does. Measured on labelled pairs by `make check-matching`.

internal import Domain

/// In thousandths: 0.9 cannot be said exactly in binary.
package struct Confidence: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var thousandths: Int
    package init(_ thousandths: Int) { self.thousandths = min(1000, max(0, thousandths)) }

    /// From here on nobody is asked.
    package static let sure = Confidence(900)

    package static func < (a: Confidence, b: Confidence) -> Bool { a.thousandths < b.thousandths }
    package var description: String { "\(thousandths / 10) %" }
}

/// Other shows with this name, as far as they were looked up.
package struct Namesakes: Sendable, Hashable {
    package var exist: Bool
    /// One of them began within a year.
    package var isNear: Bool
    /// Network or country say that it is this one and not the near one.
    package var isToldApart: Bool

    package init(exist: Bool = false, isNear: Bool = false, isToldApart: Bool = false) {
        self.exist = exist
        self.isNear = isNear
        self.isToldApart = isToldApart
    }

    package static let none = Namesakes()
}

/// What the show's own list of episodes says about the one that was watched.
package enum EpisodeEvidence: Sendable, Hashable {
    /// The episode's own id is in this show.
    case proven
    /// It has one of that number, and it has the same title or day.
    case agrees
    /// It has none of that number, or one of another title and day.
    case differs
    case unknown
}

package struct ShowMatch: Sendable, Hashable {
    package var confidence: Confidence
    /// In words, for whoever is asked.
    package var reasons: [String]
}

package enum MatchRules {
    package static func match(
        _ claim: ShowClaim, _ show: KnownShow, namesakes: Namesakes = .none, episode: EpisodeEvidence = .unknown
    ) -> ShowMatch {
        let ids = claim.ids.compared(with: show.ids)
        switch (ids.same.isEmpty, ids.different.isEmpty) {
        case (false, false):
            return ShowMatch(
                confidence: Confidence(800),
                reasons: ["\(list(ids.same)) say it is this one, \(list(ids.different)) that it is not"])
        case (true, false) where episode == .proven:
            return ShowMatch(
                confidence: Confidence(800),
                reasons: ["the episode is one of its own, but it has other \(list(ids.different)) numbers"])
        case (true, false):
            return ShowMatch(confidence: Confidence(200), reasons: ["it has another \(list(ids.different)) number"])
        case (false, true):
            let isAlike = likeness(claim, show) >= 0.5
            return ShowMatch(
                confidence: Confidence(isAlike ? 970 : 950),
                reasons: ["the same \(list(ids.same)) number"] + (isAlike ? [] : ["under another title"]))
        case (true, true): break
        }
        if episode == .proven {
            return ShowMatch(confidence: Confidence(970), reasons: ["the episode's own number is in it"])
        }
        return byName(claim, show, namesakes, episode)
    }

    // MARK: Names

    private enum Sameness {
        case exact
        /// But for an article or "&".
        case loose
        case different
    }

    private static func byName(
        _ claim: ShowClaim, _ show: KnownShow, _ namesakes: Namesakes, _ episode: EpisodeEvidence
    ) -> ShowMatch {
        let sameness = sameness(claim, show)
        guard sameness != .different else { return alike(claim, show) }
        var reasons = [sameness == .exact ? "the same title" : "the same title but for an article or an \"and\""]
        var (score, year) = yearScore(claim.year, show.year, namesakes)
        reasons += year
        if let mine = claim.country, let theirs = show.country {
            let isWritten = claim.names.contains { $0.country == mine }
            if mine == theirs {
                if isWritten { score += 20 }
                reasons.append("both from \(mine)")
            } else {
                score = min(score, isWritten ? 600 : 750)
                reasons.append("from \(theirs), not from \(mine)")
            }
        }
        if namesakes.isNear, !namesakes.isToldApart {
            score = min(score, 850)
            reasons.append("another show of this name began at the same time")
        }
        if sameness == .loose, namesakes.exist {
            score = min(score, 880)
            reasons.append("another show has this name")
        }
        switch episode {
        case .agrees:
            reasons.append("its episode of this number is the one that was watched")
            // Two shows of one name whose episodes of one number are called or dated the same: not seen yet.
            if score >= 850, !namesakes.isNear || namesakes.isToldApart { score = max(score, 940) }
        case .differs:
            score = min(score, 850)
            reasons.append("its episode of this number is another one")
        case .proven, .unknown: break
        }
        return ShowMatch(confidence: Confidence(min(score, 980)), reasons: reasons)
    }

    private static func yearScore(
        _ claimed: ShowYear, _ year: Int?, _ namesakes: Namesakes
    ) -> (score: Int, reasons: [String]) {
        let alone = namesakes.exist ? 880 : 900
        let missing = (alone, ["no year to compare"] + (namesakes.exist ? ["another show has this name"] : []))
        guard let year else { return missing }
        switch claimed {
        case .unknown: return missing
        case .notAfter(let last) where year > last + 1: return (700, ["it began in \(year), after what was watched"])
        case .notAfter: return missing
        case .premiere(let claimed):
            switch abs(claimed - year) {
            case 0: return (960, ["both of \(year)"])
            case 1: return (930, ["of \(year) and \(claimed), a year apart"])
            case 2: return (850, ["of \(year), not \(claimed)"])
            default: return (700, ["of \(year), not \(claimed)"])
            }
        }
    }

    private static func sameness(_ claim: ShowClaim, _ show: KnownShow) -> Sameness {
        var best = Sameness.different
        for mine in claim.names {
            for theirs in show.names where !mine.key.isEmpty && mine.key == theirs.key {
                if mine.folded == theirs.folded, mine.spelled == theirs.spelled { return .exact }
                best = .loose
            }
        }
        return best
    }

    /// Never enough by itself.
    private static func alike(_ claim: ShowClaim, _ show: KnownShow) -> ShowMatch {
        var best = 0.0
        for mine in claim.names {
            for theirs in show.names {
                let trigram = NameLikeness.trigram(mine.folded, theirs.folded)
                let winkler = NameLikeness.jaroWinkler(mine.folded, theirs.folded)
                best = max(best, 0.6 * trigram + 0.4 * winkler)
            }
        }
        var score = Int(850 * best)
        var reasons = ["a title that is \(best >= 0.7 ? "much" : best >= 0.4 ? "a little" : "hardly") alike"]
        if case .premiere(let claimed) = claim.year, let year = show.year {
            if claimed == year {
                score += 30
                reasons.append("both of \(year)")
            } else if abs(claimed - year) > 1 {
                score -= 150
                reasons.append("of \(year), not \(claimed)")
            }
        }
        return ShowMatch(confidence: Confidence(min(score, 890)), reasons: reasons)
    }

    private static func likeness(_ claim: ShowClaim, _ show: KnownShow) -> Double {
        var best = 0.0
        for mine in claim.names {
            for theirs in show.names { best = max(best, NameLikeness.trigram(mine.folded, theirs.folded)) }
        }
        return best
    }

    private static func list(_ names: [String]) -> String { names.joined(separator: " and ") }
}
