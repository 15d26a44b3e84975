// The rows of prune. Each method is one transaction that leaves them agreeing with one another.

internal import Runtime
package import Storage

package struct PruneBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    package func state() async throws(StorageError) -> PruneState {
        try await database.read { db in try PruneState.all(db) }
    }

    /// What concerns everybody, and of people only this one.
    package func state(of person: Int64) async throws(StorageError) -> PruneState {
        try await database.read { db in try PruneState.all(of: person, db) }
    }
}
