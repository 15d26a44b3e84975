// Which plays of an episode there were, from all that was told of them: Plex tells one play two or three times within
// seconds, and again after a pause near the end; a hook, a history and a poll tell the same one. The answer depends on what
// was told and not on the order in which it arrived, so a day's hooks may be replayed in any.

package import Runtime

/// Somebody said that the episode was seen to its end.
package struct Telling: Hashable, Sendable {
    package var at: Instant
    /// How often it had been seen by then, as the source counts.
    package var viewCount: Int?
    package var runtime: Duration?

    package init(at: Instant, viewCount: Int? = nil, runtime: Duration? = nil) {
        self.at = at
        self.viewCount = viewCount
        self.runtime = runtime
    }
}

package enum MarkRules {
    /// Told twice within so long is one play, whatever else is said.
    package static let echo = Duration.minutes(5)
    /// Of unknown length it is as long as most.
    static let usual = Duration.minutes(40)

    /// When it was watched, first to last.
    package static func plays(_ tellings: [Telling]) -> [Instant] {
        var plays: [Telling] = []
        for telling in tellings.sorted(by: isBefore) {
            if let last = plays.last, isSame(last, telling) {
                // The higher count is what the next one is held against.
                plays[plays.count - 1].viewCount = max(last.viewCount ?? 0, telling.viewCount ?? 0)
            } else {
                plays.append(telling)
            }
        }
        return plays.map(\.at)
    }

    /// `later` tells of the play that `first` told of first.
    private static func isSame(_ first: Telling, _ later: Telling) -> Bool {
        let apart = later.at - first.at
        if apart < echo { return true }
        // Plex counts for itself: one more is one more, the same count is the same play.
        if let before = first.viewCount, let now = later.viewCount, before > 0, now > 0 {
            if now > before { return false }
            if now == before, apart < .days(1) { return true }
        }
        // Nobody watches an episode twice in less than half of it.
        let length = later.runtime ?? first.runtime ?? usual
        return apart < Duration.milliseconds(length.milliseconds / 2)
    }

    private static func isBefore(_ a: Telling, _ b: Telling) -> Bool {
        (a.at, a.viewCount ?? 0, a.runtime ?? .zero) < (b.at, b.viewCount ?? 0, b.runtime ?? .zero)
    }
}
