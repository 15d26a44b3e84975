// All that the tracker does to the world: it says something.

package import Domain

package enum TrackerWord: Sendable {
    /// To the admins, as `TrackerCards` asks it.
    case question(TrackerConflict)
    /// To everybody who follows the tracker's channel.
    case report(Report)

    package var report: Report {
        switch self {
        case .report(let report): report
        case .question(let conflict): TrackerCards.conflict(conflict).report
        }
    }
}

package struct TrackerActs: Sendable {
    package var tell: @Sendable (TrackerWord) async throws -> Void
    /// By what name a person is spoken of.
    package var name: @Sendable (Int64) async -> String

    package init(
        tell: @escaping @Sendable (TrackerWord) async throws -> Void,
        name: @escaping @Sendable (Int64) async -> String = { "person \($0)" }
    ) {
        self.tell = tell
        self.name = name
    }
}

package enum TrackerKind {
    package static let tell = "tracker.tell"
}
