// A row of the history as it is kept for counting: small, for a month may have hundreds of thousands.

internal import Domain
internal import Runtime

struct CountedRow: Sendable {
    var id: Int64
    var sitting: Int64
    var started: Instant
    /// Places in the fold's lists.
    var account: Int32
    var title: Int32
    /// Never below zero.
    var seconds: Int32
    var delivery: Play.Delivery
}

/// Plays and the time they took.
struct Sum: Hashable, Sendable {
    var plays = 0
    var seconds = 0

    static func += (sum: inout Sum, other: Sum) {
        sum.plays += other.plays
        sum.seconds += other.seconds
    }
}

/// An account and a title together.
struct Pair: Hashable, Sendable {
    private let both: UInt64

    init(account: Int32, title: Int32) {
        both = UInt64(UInt32(bitPattern: account)) << 32 | UInt64(UInt32(bitPattern: title))
    }

    var account: Int32 { Int32(truncatingIfNeeded: both >> 32) }
    var title: Int32 { Int32(truncatingIfNeeded: both) }
}
