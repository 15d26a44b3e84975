// A thousand Identifies a day are all a token has; at the thousandth Discord kills every session and resets the token
// (sheet discord.md §1 "Pacing", §8 first row). And each key `shard % max_concurrency` may Identify once in 5 s. Nothing
// is remembered between runs: Discord itself is asked for the rest before each Identify.

internal import Runtime
internal import Synchronization

struct IdentifyBudget: Sendable {
    /// The last ones are left for a person who is repairing something.
    static let kept = 10
    static let spacing = Duration.seconds(5)

    private var freeAt: [Int: Duration] = [:]

    /// Nil: there are enough. Else: how long to wait before asking Discord again.
    static func wait(_ start: GatewayInfo.SessionStart) -> Duration? {
        guard start.remaining <= min(kept, start.total / 10) else { return nil }
        // Asked again at least hourly: the owner may have got a new token.
        return min(max(start.resetAfter, .seconds(1)), .hours(1)) + .seconds(1)
    }

    /// Reserves the next free moment for this shard and says how far away it is.
    mutating func turn(for shard: Shard, maxConcurrency: Int, at now: Duration) -> Duration {
        let key = shard.number % max(1, maxConcurrency)
        let turn = max(now, freeAt[key] ?? now)
        freeAt[key] = turn + Self.spacing
        return turn - now
    }
}

/// The budget that all shards of one program share.
package final class IdentifyGate: Sendable {
    private let budget = Mutex(IdentifyBudget())

    package init() {}

    func turn(for shard: Shard, maxConcurrency: Int, at now: Duration) -> Duration {
        budget.withLock { $0.turn(for: shard, maxConcurrency: maxConcurrency, at: now) }
    }
}
