// How often somebody may try to log in: a few wrong tries from one address, and not many from all together, for whoever
// guesses has many addresses. A right one does not count.

internal import Runtime

struct Attempts: Sendable {
    static let window = Duration.minutes(15)
    static let mostFromOne = 5
    static let mostFromAll = 50

    private var wrong: [(from: String, at: Instant)] = []

    /// Nil: one may try.
    mutating func wait(_ address: String, at now: Instant) -> Duration? {
        wrong.removeAll { now - $0.at > Self.window || $0.at > now }
        let own = wrong.filter { $0.from == address }
        if own.count >= Self.mostFromOne { return Self.left(own[own.count - Self.mostFromOne].at, now) }
        if wrong.count >= Self.mostFromAll { return Self.left(wrong[wrong.count - Self.mostFromAll].at, now) }
        return nil
    }

    mutating func failed(_ address: String, at now: Instant) { wrong.append((address, now)) }

    mutating func forgive(_ address: String) { wrong.removeAll { $0.from == address } }

    private static func left(_ oldest: Instant, _ now: Instant) -> Duration { oldest + window - now }
}
