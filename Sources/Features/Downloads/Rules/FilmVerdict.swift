// What the rules say of a film, each rule for itself and all together.

/// By their names in settings, tables and answers. In the order in which they are asked.
package enum FilmRule: String, Hashable, Sendable, Codable, CaseIterable {
    // Whether this playing counts at all
    case film, viewer, watched
    // Whether the film may be searched for
    case never, radarr, place, queue, again, deleted, released, excluded
    // Kept at once
    case always, rating, edition, oldForeign = "old-foreign", gem, genre, favourite, family, seeders
    // Kept when watched again
    case rewatch
    // Whether there is room today
    case perDay = "per-day", gigabytes, space

    package enum Tier: String, Hashable, Sendable { case counts, may, instant, rewatch, room }

    package var tier: Tier {
        switch self {
        case .film, .viewer, .watched: .counts
        case .never, .radarr, .place, .queue, .again, .deleted, .released, .excluded: .may
        case .always, .rating, .edition, .oldForeign, .gem, .genre, .favourite, .family, .seeders: .instant
        case .rewatch: .rewatch
        case .perDay, .gigabytes, .space: .room
        }
    }
}

package struct RuleLine: Hashable, Sendable, Codable {
    package enum Verdict: String, Hashable, Sendable, Codable {
        /// Of a condition: it holds. Of a tier: keep it.
        case yes
        case no, unknown
        /// Not asked: the settings do without it, or something else had decided.
        case off
    }
    package var rule: FilmRule
    /// What it saw and what it wants, as "8.6 by 12,345 votes (IMDb, told by Radarr); kept at once from 8.5 on".
    package var inputs: String
    package var verdict: Verdict
    /// The same in a few words, where this line decides. Nil: `inputs` are few enough.
    package var reason: String?

    package init(_ rule: FilmRule, _ verdict: Verdict, _ inputs: String, because reason: String? = nil) {
        self.rule = rule
        self.verdict = verdict
        self.inputs = inputs
        self.reason = reason
    }

    package var short: String { reason ?? inputs }
}

package enum FilmDecision: Hashable, Sendable, Codable {
    case download(FilmRule)
    case ask(FilmRule)
    /// It is to be kept, when there is room for it.
    case wait(FilmRule, why: String)
    case no(FilmRule, why: String)
    case unknown(FilmRule, why: String)

    package var rule: FilmRule {
        switch self {
        case .download(let rule), .ask(let rule), .wait(let rule, _), .no(let rule, _), .unknown(let rule, _): rule
        }
    }
    /// "download", "ask", "wait", "no", "unknown"
    package var word: String {
        switch self {
        case .download: "download"
        case .ask: "ask"
        case .wait: "wait"
        case .no: "no"
        case .unknown: "unknown"
        }
    }
    package var why: String? {
        switch self {
        case .download, .ask: nil
        case .wait(_, let why), .no(_, let why), .unknown(_, let why): why
        }
    }
}

package struct FilmVerdict: Hashable, Sendable, Codable {
    package var decision: FilmDecision
    package var trace: [RuleLine]
    /// Undecided because somebody did not answer: asking again may help.
    package var isWorthAskingAgain: Bool

    package init(_ decision: FilmDecision, _ trace: [RuleLine], isWorthAskingAgain: Bool = false) {
        self.decision = decision
        self.trace = trace
        self.isWorthAskingAgain = isWorthAskingAgain
    }

    /// In words for people: the deciding line's.
    package var why: String {
        let line = trace.first { $0.rule == decision.rule }
        return decision.why ?? line?.short ?? decision.rule.title
    }
}
