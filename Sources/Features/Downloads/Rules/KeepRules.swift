// Which files on disk may be proposed for deletion: those nobody has watched for long, unless something says keep them,
// or nobody knows. What the rules would download again at once is never proposed, or the two would chase each other.

package import Domain
package import Runtime

package struct KeepRules: Sendable {
    let wishes: DownloadWishes

    package init(_ wishes: DownloadWishes) { self.wishes = wishes }

    /// Nil: nothing in the film itself says keep it. Nobody is asked for this.
    package func reasonToKeep(_ entry: FilmEntry, _ word: FilmOverride?, at now: Instant) -> String? {
        guard entry.fileID != nil, PlaceRules.place(of: entry, wishes) == .known(.disk) else { return "not on disk" }
        guard let added = entry.fileAddedAt else { return "since when it lies there is not known" }
        if now - added < .days(Int64(wishes.keepDays)) { return "new" }
        if word == .always { return "always, as somebody said" }
        var evidence = FilmEvidence(
            film: entry.ids, at: now, kind: .film, viewer: .guest, share: .notAsked)
        evidence.take(entry, wishes)
        evidence.override = word
        let rules = TierRules(evidence: evidence, wishes: wishes)
        for rule in [FilmRule.rating, .edition, .oldForeign, .gem, .genre, .family] {
            let line = rules.line(rule)
            if line.verdict == .yes || line.verdict == .unknown { return "\(rule.rawValue): \(line.inputs)" }
        }
        let tags = ConditionRules(evidence: evidence, wishes: wishes)
        return tags.tagged(wishes.favouriteTags).map { "tag \($0)" }
    }

    /// `added`: when the file came; watched or not, that long it stays.
    package func reasonToKeep(
        watched: Reading<Instant>, favourite: Reading<Bool>, at now: Instant
    ) -> String? {
        switch favourite {
        case .known(true): return "a favourite"
        case .unknown(let why): return "whether it is a favourite: \(why)"
        case .known(false), .absent: break
        }
        switch watched {
        case .unknown(let why): return "when it was watched: \(why)"
        case .known(let at) where now - at < .days(Int64(wishes.keepDays)): return "watched lately"
        case .known, .absent: return nil
        }
    }
}
