// When the next request may leave (sheet §1, Pacing). While an address asks faster than allowed EVERY request is refused,
// so hurrying never helps: after a refusal the whole queue stands still, longer each time. Pure: time comes from outside.

import Runtime

struct RequestPacer: Sendable {
    enum Verdict: Equatable, Sendable {
        case again
        case giveUp
    }

    /// From one start to the next.
    let spacing: Duration
    let attempts: Int
    private let longestPause: Duration
    /// Troubles since the last answer, over all requests: a service that is down is asked ever more rarely.
    private var troubles = 0
    private var notBefore: Duration = .zero

    init(spacing: Duration, attempts: Int = 5, longestPause: Duration = .seconds(32)) {
        self.spacing = spacing
        self.attempts = attempts
        self.longestPause = longestPause
    }

    /// How long the next request has to wait.
    func wait(now: Duration) -> Duration { max(.zero, notBefore - now) }

    mutating func started(now: Duration) { notBefore = max(notBefore, now + spacing) }

    mutating func answered() { troubles = 0 }

    /// A 503, a 429, a lost line: nobody asks for a while. `attempt` counts from 1.
    mutating func failed(attempt: Int, retryAfter: Duration?, now: Duration) -> Verdict {
        troubles += 1
        let own = min(longestPause, .seconds(1) * (1 << min(troubles - 1, 16)))
        // The busy site says 0 and means it no more than the weather does.
        notBefore = max(notBefore, now + max(retryAfter ?? .zero, own))
        return attempt < attempts ? .again : .giveUp
    }
}
