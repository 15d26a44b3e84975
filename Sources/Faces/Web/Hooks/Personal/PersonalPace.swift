// How many hooks of one door are worked off in a minute. Those above it are kept like the others and come to their turn
// later, a minute's worth in each minute: nobody who floods a door is worked for before the others. Pure.

internal import Runtime

struct PersonalPace: Sendable {
    private static let minute = Duration.seconds(60)

    private struct Door: Sendable {
        /// The minute in which the next one has its turn, and how many have theirs in it.
        var turn: Instant
        var taken: Int
    }

    let most: Int
    private var doors: [Int64: Door] = [:]

    init(most: Int) { self.most = max(1, most) }

    /// When what arrives now has its turn.
    mutating func turn(_ door: Int64, now: Instant) -> Instant {
        var state = doors[door] ?? Door(turn: now, taken: 0)
        if now - state.turn >= Self.minute { state = Door(turn: now, taken: 0) }
        if state.taken >= most { state = Door(turn: state.turn + Self.minute, taken: 0) }
        state.taken += 1
        doors[door] = state
        return max(now, state.turn)
    }
}
