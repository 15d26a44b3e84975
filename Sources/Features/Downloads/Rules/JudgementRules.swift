// The rules together. Every rule is asked and written down; the decision is the first condition that fails, else the
// first tier that fires, else what nobody knows, else no. What is not known never downloads anything.

internal import Domain
internal import Runtime

package struct FilmJudge: Sendable {
    package let wishes: DownloadWishes

    package init(_ wishes: DownloadWishes) { self.wishes = wishes }

    /// Whether this playing counts at all. Until it does, nobody outside is asked anything.
    package func counts(_ evidence: FilmEvidence) -> Bool {
        let rules = ConditionRules(evidence: evidence, wishes: wishes)
        return [.film, .viewer, .watched].allSatisfy { rules.line($0).verdict == .yes }
    }

    /// Whether seeders could still decide: nothing else has, and they were not asked yet.
    package func needsSeeders(_ evidence: FilmEvidence) -> Bool {
        guard wishes.seeders > 0, let seeders = evidence.seeders, !seeders.isAsked else { return false }
        let trace = self.trace(evidence)
        return Self.obstacle(trace) == nil && !trace.contains { Self.isTier($0.rule) && $0.verdict == .yes }
    }

    package func verdict(on evidence: FilmEvidence) -> FilmVerdict {
        let trace = trace(evidence)
        let decision = decision(trace, evidence)
        var isWorth = false
        switch decision {
        case .unknown, .wait: isWorth = hasFailures(evidence)
        case .download, .ask, .no: break
        }
        return FilmVerdict(decision, trace, isWorthAskingAgain: isWorth)
    }

    private func trace(_ evidence: FilmEvidence) -> [RuleLine] {
        let conditions = ConditionRules(evidence: evidence, wishes: wishes)
        let tiers = TierRules(evidence: evidence, wishes: wishes)
        let room = RoomRules(evidence: evidence, wishes: wishes)
        return FilmRule.allCases.map { rule in
            switch rule.tier {
            case .counts, .may: conditions.line(rule)
            case .instant, .rewatch: tiers.line(rule)
            case .room: room.line(rule)
            }
        }
    }

    private static func isTier(_ rule: FilmRule) -> Bool { rule.tier == .instant || rule.tier == .rewatch }

    /// The first condition that fails; a plain no before what is not known.
    private static func obstacle(_ trace: [RuleLine]) -> RuleLine? {
        let conditions = trace.filter { $0.rule.tier == .counts || $0.rule.tier == .may }
        return conditions.first { $0.verdict == .no } ?? conditions.first { $0.verdict == .unknown }
    }

    private func decision(_ trace: [RuleLine], _ evidence: FilmEvidence) -> FilmDecision {
        if let line = Self.obstacle(trace) {
            return line.verdict == .no ? .no(line.rule, why: line.short) : .unknown(line.rule, why: line.short)
        }
        let tiers = trace.filter { Self.isTier($0.rule) }
        guard let fired = tiers.first(where: { $0.verdict == .yes }) else {
            // Seeders that nobody could tell are no reason to go on asking: every search costs the indexers.
            if let line = tiers.first(where: { $0.verdict == .unknown && $0.rule != .seeders }) {
                return .unknown(line.rule, why: line.short)
            }
            return .no(.rewatch, why: Self.refusal(evidence, wishes))
        }
        if let line = trace.first(where: { $0.rule.tier == .room && ($0.verdict == .no || $0.verdict == .unknown) }) {
            return .wait(fired.rule, why: line.inputs)
        }
        let isByWord = fired.rule == .always && evidence.override != .always
        return isByWord || wishes.asks.contains(fired.rule) ? .ask(fired.rule) : .download(fired.rule)
    }

    private static func refusal(_ evidence: FilmEvidence, _ wishes: DownloadWishes) -> String {
        let range = PlayRange(evidence.plays)
        if let rating = evidence.rating.known, rating.value < wishes.rewatchRating {
            return "rated \(Decimal.tenths(rating.value)), below \(Decimal.tenths(wishes.rewatchRating))"
        }
        return range.least <= 1 ? "watched once only" : "watched \(Figures.times(range.least)), not often enough"
    }

    /// Seeders aside: asking for them again and again is what they are spared.
    private func hasFailures(_ evidence: FilmEvidence) -> Bool {
        if case .unknown = evidence.presence { return true }
        if case .unanswered = evidence.viewer { return true }
        let plays = evidence.plays.contains { if case .unknown = $0.count { true } else { false } }
        return plays || evidence.rating.isFailure || evidence.genres.isFailure || evidence.language.isFailure
            || evidence.favourite.isFailure || evidence.place.isFailure || evidence.queue.isFailure
            || evidence.deleted.isFailure || evidence.released.isFailure || evidence.space.isFailure
            || evidence.share.isFailure
    }
}

/// Whether there is room today. What does not fit waits; it is not refused.
struct RoomRules {
    let evidence: FilmEvidence
    let wishes: DownloadWishes

    private static let gigabyte: Int64 = 1_000_000_000
    /// Of a film whose size nobody knows.
    private static let usual: Int64 = 15 * gigabyte

    private var size: Int64 { evidence.size.flatMap { $0 > 0 ? $0 : nil } ?? Self.usual }

    func line(_ rule: FilmRule) -> RuleLine {
        switch rule {
        case .perDay:
            guard let most = wishes.perDay else { return RuleLine(.perDay, .off, "as many as come") }
            let verdict: RuleLine.Verdict = evidence.searchesToday < most ? .yes : .no
            return RuleLine(.perDay, verdict, "\(evidence.searchesToday) of \(most) searches in the last 24 hours")
        case .gigabytes:
            guard let most = wishes.gigabytesPerDay else { return RuleLine(.gigabytes, .off, "as much as comes") }
            let verdict: RuleLine.Verdict =
                evidence.bytesToday + size <= Int64(most) * Self.gigabyte ? .yes : .no
            return RuleLine(
                .gigabytes, verdict,
                "\(words(evidence.bytesToday)) taken in the last 24 hours and \(words(size)) to come; at most \(most) GB"
            )
        default:
            if wishes.floorGigabytes == 0 { return RuleLine(.space, .off, "no floor") }
            let floor = "; at least \(wishes.floorGigabytes) GB must stay free"
            switch evidence.space.reading {
            case .known(let free):
                let stays = free - size >= Int64(wishes.floorGigabytes) * Self.gigabyte
                return RuleLine(.space, stays ? .yes : .no, "\(words(free)) free, \(words(size)) to come" + floor)
            case .absent: return RuleLine(.space, .unknown, "the free space is not known" + floor)
            case .unknown(let why): return RuleLine(.space, .unknown, why + floor)
            }
        }
    }

    private func words(_ bytes: Int64) -> String { ByteWords.words(bytes) }
}

package enum ByteWords {
    /// "12.3 GB"; tenths below a hundred.
    package static func words(_ bytes: Int64) -> String {
        if bytes == 0 { return "0 GB" }
        let tenths = (bytes + 50_000_000) / 100_000_000
        if tenths >= 10_000 { return "\(tenths / 10_000).\(tenths / 1000 % 10) TB" }
        return tenths >= 1000 ? "\((tenths + 5) / 10) GB" : "\(tenths / 10).\(abs(tenths % 10)) GB"
    }
}
