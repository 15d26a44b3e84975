// One of Discord's counters as far as it can be known from outside: what the headers said, less what was sent since.

struct RateBucket: Sendable {
    enum Knowledge: Equatable, Sendable {
        /// One request at a time until an answer tells.
        case unknown
        /// Answered without rate-limit headers.
        case unlimited
        /// `resetAt` is nil in a window that has begun and not been answered yet.
        case limited(limit: Int, remaining: Int, resetAt: Duration?)
    }

    enum Readiness: Equatable {
        case ready
        case wait(Duration)
        case afterAnswer
    }

    private(set) var waiting: [RateLimiter.Ticket] = []
    private(set) var inFlight = 0
    private(set) var knowledge = Knowledge.unknown
    private var blockedUntil: Duration = .zero
    private var windowBegan: Duration
    private var lastUsed: Duration

    init(_ now: Duration) {
        windowBegan = now
        lastUsed = now
    }

    mutating func enqueue(_ ticket: RateLimiter.Ticket, first: Bool) {
        if first { waiting.insert(ticket, at: 0) } else { waiting.append(ticket) }
    }

    mutating func dequeue(_ ticket: RateLimiter.Ticket) { waiting.removeAll { $0 == ticket } }

    /// Whether the first in the queue may go.
    mutating func readiness(_ now: Duration) -> Readiness {
        if blockedUntil > now { return .wait(blockedUntil - now) }
        switch knowledge {
        case .unlimited: return .ready
        case .unknown: return inFlight == 0 ? .ready : .afterAnswer
        case .limited(let limit, _, let resetAt?) where resetAt <= now:
            // A new window. What is still in flight may be counted in it.
            windowBegan = now
            let remaining = max(limit - inFlight, inFlight == 0 ? 1 : 0)
            knowledge = .limited(limit: limit, remaining: remaining, resetAt: nil)
            return remaining > 0 ? .ready : .afterAnswer
        case .limited(_, let remaining, _) where remaining > 0: return .ready
        case .limited(_, _, let resetAt?): return .wait(resetAt - now)
        // Every answer of this window was lost: somebody has to try.
        case .limited: return inFlight == 0 ? .ready : .afterAnswer
        }
    }

    /// The first in the queue goes.
    mutating func start(_ now: Duration) {
        waiting.removeFirst()
        inFlight += 1
        lastUsed = now
        if case .limited(let limit, let remaining, let resetAt) = knowledge {
            knowledge = .limited(limit: limit, remaining: max(0, remaining - 1), resetAt: resetAt)
        }
    }

    mutating func finish(_ now: Duration) {
        inFlight = max(0, inFlight - 1)
        lastUsed = now
    }

    mutating func learn(_ answer: RateAnswer, startedAt: Duration, now: Duration) {
        lastUsed = now
        if let headers = answer.headers {
            let resetAt = now + headers.resetAfter
            switch knowledge {
            case .limited(_, let remaining, let known):
                // Answers overtake each other: one to a request of an earlier window says nothing about this one, and
                // within the window the lowest count is the latest.
                guard startedAt >= windowBegan else { break }
                knowledge = .limited(
                    limit: headers.limit, remaining: min(remaining, headers.remaining),
                    resetAt: max(known ?? .zero, resetAt))
            case .unknown, .unlimited:
                windowBegan = startedAt
                knowledge = .limited(
                    limit: headers.limit, remaining: max(0, headers.remaining - inFlight), resetAt: resetAt)
            }
        } else if case .limited = answer.kind {
            // Refused without headers: there is a limit after all.
            if knowledge == .unlimited { knowledge = .unknown }
        } else if answer.isFromDiscord, knowledge == .unknown {
            knowledge = .unlimited
        }
        if case .limited(.bucket, let pause) = answer.kind { blockedUntil = max(blockedUntil, now + pause) }
    }

    /// The same counter, met under two names.
    func merged(with other: RateBucket) -> RateBucket {
        var merged = self
        merged.waiting += other.waiting
        merged.inFlight += other.inFlight
        merged.blockedUntil = max(blockedUntil, other.blockedUntil)
        merged.lastUsed = max(lastUsed, other.lastUsed)
        if case .limited(let limit, let remaining, let resetAt) = knowledge {
            let spent = max(0, remaining - other.inFlight)
            merged.knowledge = .limited(limit: limit, remaining: spent, resetAt: resetAt)
        }
        return merged
    }

    func isIdle(_ now: Duration, for length: Duration) -> Bool {
        guard waiting.isEmpty, inFlight == 0, blockedUntil <= now, now - lastUsed >= length else { return false }
        if case .limited(_, _, let resetAt?) = knowledge { return resetAt <= now }
        return true
    }
}
