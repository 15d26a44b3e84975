// Discogs allows a number of requests in any 60 seconds and says with every answer how many are left (sheet §7). Others
// behind the same address or token spend from it too, so the answer's word counts more than our own. Pure.

import Runtime

struct DiscogsAllowance: Sendable {
    static let window = Duration.seconds(60)

    private var limit: Int
    private var starts: [Duration] = []
    private var notBefore: Duration = .zero

    init(limit: Int) { self.limit = limit }

    func wait(now: Duration) -> Duration {
        let recent = starts.filter { now - $0 < Self.window }
        let own = recent.count >= limit ? recent[recent.count - limit] + Self.window - now : .zero
        return max(.zero, max(own, notBefore - now))
    }

    mutating func started(now: Duration) {
        starts.removeAll { now - $0 >= Self.window }
        starts.append(now)
    }

    /// What the headers of an answer say.
    mutating func heard(limit: Int?, remaining: Int?, now: Duration) {
        if let limit, limit > 0 { self.limit = limit }
        guard let remaining, remaining <= 0 else { return }
        // One leaves the window when the oldest of ours is a minute old; the others' we do not see.
        notBefore = max(notBefore, (starts.first ?? now) + Self.window)
    }

    /// 429: the window moves, so a minute surely ends it.
    mutating func refused(retryAfter: Duration?, now: Duration) {
        notBefore = max(notBefore, now + max(retryAfter ?? Self.window, .seconds(1)))
    }
}
