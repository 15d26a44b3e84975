// The two limits that hold for all routes together (sheet §3, Rate limits, 5 and 6).

import Runtime

/// At most 45 requests in any second; Discord allows 50. Counted exactly, because a bucket that refills would let twice
/// as many pass after a pause.
struct GlobalBudget: Sendable {
    static let perSecond = 45
    private var starts: [Duration] = []

    mutating func pause(_ now: Duration) -> Duration? {
        if let first = starts.first, now - first >= .seconds(1) { starts.removeAll { now - $0 >= .seconds(1) } }
        guard starts.count >= Self.perSecond, let first = starts.first else { return nil }
        return .seconds(1) - (now - first)
    }

    mutating func note(_ now: Duration) { starts.append(now) }
}

/// Answers 401, 403 and 429. At 10,000 in ten minutes Discord bans the address, for every program behind it; a bot that
/// meets a thousand is broken and stops asking until they are ten minutes old.
struct InvalidBudget: Sendable {
    static let most = 1000
    private static let slots = 10
    private var minutes: [(began: Duration, count: Int)] = []

    mutating func note(_ now: Duration) {
        forget(now)
        if let last = minutes.last, now - last.began < .minutes(1) {
            minutes[minutes.count - 1].count += 1
        } else {
            minutes.append((now, 1))
        }
    }

    mutating func pause(_ now: Duration) -> Duration? {
        forget(now)
        guard let first = minutes.first, minutes.reduce(0, { $0 + $1.count }) >= Self.most else { return nil }
        return lifetime - (now - first.began)
    }

    /// A slot counts until its last entry is ten minutes old.
    private var lifetime: Duration { .minutes(Int64(Self.slots) + 1) }

    private mutating func forget(_ now: Duration) {
        let lifetime = lifetime
        minutes.removeAll { now - $0.began >= lifetime }
    }
}
