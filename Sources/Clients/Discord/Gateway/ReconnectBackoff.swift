// How long to wait before the next connection. It doubles from a second to about two minutes and forgets only when a
// session has held: a session that is accepted and dies at once would otherwise burn the day's Identifies (sheet §8).

struct ReconnectBackoff: Equatable, Sendable {
    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(128)

    private(set) var failures = 0

    /// The first attempt goes at once; the others wait between half and all of their step.
    mutating func next(chance: Double) -> Duration {
        defer { failures += 1 }
        guard failures > 0 else { return .zero }
        let step = min(Self.longest, Self.first * (1 << min(failures - 1, 10)))
        return step * (0.5 + 0.5 * chance)
    }

    /// Discord asked for more patience than one step.
    mutating func slowDown() { failures = max(failures, 4) }

    mutating func reset() { failures = 0 }
}
