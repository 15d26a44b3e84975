// Numbers for whoever draws curves of them: how many people stand how, and what was done. Nobody is named in them.

package import Runtime
internal import Storage
internal import Synchronization

package struct PruneTally: Hashable, Sendable {
    /// By verdict, every one of them there.
    package var people: [String: Int]
    /// Warnings that arrived, each once by however many ways it went.
    package var warnings: Int
    package var removals: Int
    /// Looks since the start: good ones, and those that were not believed.
    package var goodLooks: Int
    package var unknownLooks: Int
    package var lastGoodLook: Instant?
}

extension Prune {
    package func tally() async throws -> PruneTally {
        let status = try await status()
        var people = Dictionary(uniqueKeysWithValues: PruneVerdict.names.map { ($0, 0) })
        for standing in status.standings { people[standing.verdict.name, default: 0] += 1 }
        let done = try await book.done()
        let looks = looks.withLock { $0 }
        return PruneTally(
            people: people, warnings: done.warnings, removals: done.removals, goodLooks: looks.good,
            unknownLooks: looks.unknown, lastGoodLook: status.lastGoodLook)
    }
}

extension PruneBook {
    fileprivate func done() async throws(StorageError) -> (warnings: Int, removals: Int) {
        try await database.read { db in
            let warnings = try db.row(
                """
                SELECT COUNT(*) AS n FROM (
                    SELECT DISTINCT person, stamp, number FROM prune_told WHERE kind = 'warning' AND state = 'sent')
                """
            ) { row in try row.int("n") }
            let removals = try db.row("SELECT COUNT(*) AS n FROM prune_cases WHERE removed_at IS NOT NULL") { row in
                try row.int("n")
            }
            return (warnings ?? 0, removals ?? 0)
        }
    }
}

extension PruneVerdict {
    fileprivate static let names = ["immune", "new", "paused", "held", "active", "inactive", "unknown"]

    fileprivate var name: String {
        switch self {
        case .immune: "immune"
        case .new: "new"
        case .paused: "paused"
        case .held: "held"
        case .active: "active"
        case .inactive: "inactive"
        case .unknown: "unknown"
        }
    }
}
