// A stretch of time in numbers: what was judged, what came of it, what it took and what it spared.

internal import Domain
package import Runtime

package struct DownloadStatistics: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package var label: String
        package var count: Int
    }

    package var since: Instant
    package var until: Instant
    /// Films watched to the end by people who are tracked.
    package var judged = 0
    package var ended = 0
    /// By state, the most frequent first.
    package var outcomes: [Row] = []
    /// Rules that had something kept.
    package var rules: [Row] = []
    /// How many films were watched how often.
    package var watches: [Row] = []
    package var bytesUsed: Int64 = 0
    /// Of films that were watched and stay in the cloud.
    package var bytesSaved: Int64 = 0
    /// The longest and the middle time from a stop to its verdict.
    package var slowest: Duration?
    package var downloaded: [String] = []

    init(_ cases: [DownloadCase], since: Instant, until: Instant) {
        self.since = since
        self.until = until
        var (states, rules, counts): ([DownloadCase.State: Int], [String: Int], [String: Int]) = ([:], [:], [:])
        var (kept, left): ([String: Int64], [String: Int64]) = ([:], [:])
        for one in cases where one.state != .duplicate && one.plays > 0 {
            judged += 1
            states[one.state, default: 0] += 1
            if !one.state.isOpen { ended += 1 }
            if one.decision == "download" || one.decision == "ask" { rules[one.rule, default: 0] += 1 }
            counts[one.film.key] = max(counts[one.film.key] ?? 0, one.plays)
            if one.state == .downloaded {
                kept[one.film.key] = one.size ?? 0
                downloaded.append(one.film.name)
            } else if [.no, .unknown, .declined, .refused, .missing, .dry].contains(one.state), one.rule != "place" {
                left[one.film.key] = one.size ?? 0
            }
        }
        bytesUsed = kept.values.reduce(0, +)
        bytesSaved = left.filter { kept[$0.key] == nil }.values.reduce(0, +)
        outcomes = Self.rows(states.map { ($0.key.words, $0.value) })
        self.rules = Self.rows(rules.map { ($0.key, $0.value) })
        let byWatches = Dictionary(grouping: counts.values) { min($0, 5) }.mapValues(\.count)
        watches = byWatches.sorted { $0.key < $1.key }.map { watches, films in
            Row(label: watches == 5 ? "5 or more" : watches == 1 ? "once" : "\(watches) times", count: films)
        }
    }

    /// Of what everything together would have taken.
    package var percentSaved: Int? {
        let all = bytesUsed + bytesSaved
        return all > 0 ? Int(Double(bytesSaved) / Double(all) * 100) : nil
    }

    private static func rows(_ counts: [(String, Int)]) -> [Row] {
        counts.map { Row(label: $0.0, count: $0.1) }.sorted { ($1.count, $0.label) < ($0.count, $1.label) }
    }
}

extension DownloadCase.State {
    /// For people.
    package var words: String {
        switch self {
        case .judging: "to be judged"
        case .waiting: "waits"
        case .seeders: "asks the indexers"
        case .asked: "an admin is asked"
        case .searching: "to be searched for"
        case .commanded: "is searched for"
        case .grabbed: "on its way"
        case .no: "left as it is"
        case .unknown: "not known enough"
        case .duplicate: "known already"
        case .missing: "not in Radarr"
        case .dry: "dry run"
        case .declined: "declined"
        case .downloaded: "downloaded"
        case .elsewhere: "imported elsewhere"
        case .refused: "searched, nothing taken"
        case .failed: "failed"
        }
    }
}
