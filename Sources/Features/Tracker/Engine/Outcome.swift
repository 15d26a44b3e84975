// What a thing that was told comes to, before it is written down.

internal import Domain

enum Outcome: Sendable {
    struct Seen: Hashable, Sendable {
        var person: Int64
        var show: Int64
        /// The one that was played, then the others of its file.
        var episodes: [Int64]
        var mapping: Int64?
        /// Not all is known yet: why, in words.
        var open: String?
        /// A show that nobody asked for is followed from now on.
        var follows: Bool
    }

    case seen(Seen)
    case ignored(LogRow.Action, String, person: Int64? = nil, show: Int64? = nil)
    /// For a service's answer: it is tried again by itself.
    case waits(LogRow.Action, String, person: Int64? = nil, show: Int64? = nil, mapping: Int64? = nil)
    /// For a person's.
    case asks(conflict: Int64, String, person: Int64, mapping: Int64? = nil)
    case failed(LogRow.Action, String)
}
