// Session starts (sheet §1, Pacing): so many a day over all shards, one per key and five seconds. A resume does not count.

import Runtime

package struct IdentifyBook: Sendable {
    package enum Verdict: Sendable {
        case welcome
        /// Op 9 false: the key's last start is too recent.
        case tooSoon
        /// The day's last start is used up: all sessions end and the token is reset.
        case exhausted
    }

    private var times: [Instant] = []
    private var lastOfKey: [Int: Instant] = [:]
    package private(set) var total = 0

    package init() {}

    mutating func admit(shard: Int, rules: DiscordRules, now: Instant) -> Verdict {
        let key = shard % max(1, rules.maxConcurrency)
        if let last = lastOfKey[key], now - last < rules.identifySpacing { return .tooSoon }
        lastOfKey[key] = now
        total += 1
        times.removeAll { now - $0 >= .days(1) }
        times.append(now)
        return times.count > rules.identifyLimit ? .exhausted : .welcome
    }

    /// How many are left, and when the oldest counts no more.
    func remaining(limit: Int, now: Instant) -> (left: Int, resetAfter: Duration) {
        let today = times.filter { now - $0 < .days(1) }
        let resetAfter = today.first.map { .days(1) - (now - $0) } ?? .zero
        return (max(0, limit - today.count), resetAfter)
    }
}
