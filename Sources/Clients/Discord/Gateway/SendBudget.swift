// Discord disconnects (4008) who sends more than 120 payloads in 60 s, heartbeats included, and refuses (4002) payloads
// above 4096 bytes (sheet discord.md §1 "Pacing"). Heartbeats always pass: being late with one costs the session. All
// else stops at 110, so that there is room for them.

struct SendBudget: Sendable {
    static let largest = 4096
    static let window = Duration.seconds(60)
    static let limit = 120
    static let limitForOthers = 110

    /// When the payloads of the last minute went out, oldest first.
    private var sent: [Duration] = []

    mutating func noteHeartbeat(at now: Duration) {
        forget(before: now)
        sent.append(now)
    }

    /// Nil: it may go out now and is counted. Else: how long to wait before asking again.
    mutating func take(at now: Duration) -> Duration? {
        forget(before: now)
        guard sent.count >= Self.limitForOthers else {
            sent.append(now)
            return nil
        }
        return sent[sent.count - Self.limitForOthers] + Self.window - now
    }

    private mutating func forget(before now: Duration) {
        let current = sent.firstIndex { $0 + Self.window > now } ?? sent.count
        sent.removeFirst(current)
        // A peer that demands heartbeats without end must not fill the memory either.
        if sent.count > 2 * Self.limit { sent.removeFirst(sent.count - 2 * Self.limit) }
    }
}
