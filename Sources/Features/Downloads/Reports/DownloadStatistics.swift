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
    /// What had come to the disk by then, and what everything that was watched by then would have taken.
    package struct Point: Hashable, Sendable {
        package var at: Instant
        package var used: Int64
        package var everything: Int64
    }
    package var growth: [Point] = []
    package var downloaded: [String] = []

    init(_ cases: [DownloadCase], since: Instant, until: Instant) {
        self.since = since
        self.until = until
        var (states, rules, counts): ([DownloadCase.State: Int], [String: Int], [String: Int]) = ([:], [:], [:])
        var (kept, left): ([String: Int64], [String: Int64]) = ([:], [:])
        var plays: Set<String> = []
        // When each film was first known to take or to spare something.
        var (keptAt, leftAt): ([String: Instant], [String: Instant]) = ([:], [:])
        for one in cases where one.state != .duplicate && one.plays > 0 {
            let key = one.film.key
            // Several Radarrs may each have judged the same playing.
            if plays.insert(one.playKey).inserted { judged += 1 }
            states[one.state, default: 0] += 1
            if !one.state.isOpen { ended += 1 }
            if one.decision == "download" || one.decision == "ask" {
                rules[FilmRule(rawValue: one.rule)?.title ?? one.rule, default: 0] += 1
            }
            counts[key] = max(counts[key] ?? 0, one.plays)
            if one.state == .downloaded {
                kept[key] = one.size ?? 0
                keptAt[key] = min(keptAt[key] ?? until, one.endedAt ?? one.at)
                downloaded.append(one.film.name)
            } else if [.no, .unknown, .declined, .refused, .missing, .dry].contains(one.state), one.rule != "place" {
                left[key] = one.size ?? 0
                leftAt[key] = min(leftAt[key] ?? until, one.at)
            }
        }
        bytesUsed = kept.values.reduce(0, +)
        bytesSaved = left.filter { kept[$0.key] == nil }.values.reduce(0, +)
        growth = Self.growth(kept, keptAt, left, leftAt, since, until)
        outcomes = Self.rows(states.map { ($0.key.words, $0.value) })
        self.rules = Self.rows(rules.map { ($0.key, $0.value) })
        let byWatches = Dictionary(grouping: counts.values) { min($0, 5) }.mapValues(\.count)
        watches = byWatches.sorted { $0.key < $1.key }.map { watches, films in
            Row(label: watches == 5 ? "5 times or more" : Figures.times(watches), count: films)
        }
    }

    /// Of what everything together would have taken.
    package var percentSaved: Int? {
        let all = bytesUsed + bytesSaved
        return all > 0 ? Int(Double(bytesSaved) / Double(all) * 100) : nil
    }

    /// At thirty moments at most, from the day before the first film to the end.
    private static func growth(
        _ kept: [String: Int64], _ keptAt: [String: Instant], _ left: [String: Int64], _ leftAt: [String: Instant],
        _ since: Instant, _ until: Instant
    ) -> [Point] {
        guard let first = (keptAt.values.map(\.self) + leftAt.values.map(\.self)).min() else { return [] }
        let since = max(since, first - .days(1))
        let days = max(1, (until - since).milliseconds / 86_400_000)
        let steps = Int(min(30, days))
        return (0...steps).map { step in
            let at =
                step == steps ? until : since + .milliseconds((until - since).milliseconds * Int64(step) / Int64(steps))
            var point = Point(at: at, used: 0, everything: 0)
            for (film, size) in kept where keptAt[film].map({ $0 <= at }) == true { point.used += size }
            point.everything = point.used
            for (film, size) in left where leftAt[film].map({ $0 <= at }) == true {
                if kept[film] == nil || keptAt[film].map({ $0 > at }) == true { point.everything += size }
            }
            return point
        }
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
