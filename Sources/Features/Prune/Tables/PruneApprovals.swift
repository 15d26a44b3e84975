// For the door: whether somebody approved what is about to be destroyed. It looks where approvals are kept, so it can be
// asked before there is an engine, and trusts nobody who says so.

internal import Runtime
package import Storage

package struct PruneApprovals: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func isApproved(_ effect: Effect) async -> Bool {
        let parts = effect.key.split(separator: ":")
        guard parts.count >= 3, parts[0] == effect.kind, let person = Int64(parts[1]), let share = Int(parts[2]) else {
            return false
        }
        let id = parts.count > 3 ? Int64(parts[3]) : nil
        // Removing takes a claim that followed a decision; forgetting, a removal that is over.
        let state: PruneCase.State
        switch effect.kind {
        case PruneKind.remove where id != nil: state = .removing
        case PruneKind.forget: state = .removed
        default: return false
        }
        let isApproved = try? await database.read { db in
            guard try PruneMarks.text(.stoppedBy, db) == nil else { return false }
            return try db.row(
                """
                SELECT id FROM prune_cases
                WHERE person = $1 AND share_id = $2 AND state = $3 AND decided_at IS NOT NULL AND decided_by <> ''
                    AND ($4 IS NULL OR id = $4)
                """, person, share, state.rawValue, id
            ) { row in try row.int64(0) } != nil
        }
        return isApproved ?? false
    }
}

extension PruneWishes {
    /// For the door.
    package var caps: [EffectCap] { [EffectCap(PruneKind.remove, atMost: perDay, per: .days(1))] }
}
