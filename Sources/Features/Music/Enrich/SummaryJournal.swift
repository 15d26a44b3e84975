// The journal of changed summaries (sheet §8): what stood there before, to the byte, and a hash of what came instead.

internal import Crypto
package import Runtime
package import Storage

package struct SummaryEntry: Hashable, Sendable {
    package enum State: String, Sendable { case open, done, failed, undone }

    package var id: Int64 = 0
    package var at: Instant
    package var actor: String
    package var library: String
    package var ratingKey: String
    package var name: String
    package var action: SummaryChange.Action
    package var state = State.open
    package var oldSummary: String
    package var wasLocked: Bool
    package var newHash: String
    package var separator: String?
    package var baseLocked: Bool
    package var source: String
}

extension String {
    /// Of the bytes: composed and decomposed accents are two texts here.
    var summaryHash: String { Digest.sha256(Array(utf8)).hexadecimal }

    func isSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

package struct SummaryJournal: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    func begin(_ entry: SummaryEntry) async throws(StorageError) -> Int64 {
        try await database.write { db in
            try db.insert(
                """
                INSERT INTO enrich_changes (at, actor, library, rating_key, name, action, state, old_summary, old_locked,
                    new_hash, separator, base_locked, source)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id
                """, entry.at, entry.actor, entry.library, entry.ratingKey, entry.name, entry.action.rawValue,
                entry.state.rawValue, Array(entry.oldSummary.utf8), entry.wasLocked, entry.newHash, entry.separator,
                entry.baseLocked, entry.source)
        }
    }

    /// - Parameter hash: of what stands there, where Plex keeps the text in its own way
    func settle(_ id: Int64, _ state: SummaryEntry.State, hash: String? = nil) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                "UPDATE enrich_changes SET state = $1, new_hash = COALESCE($2, new_hash) WHERE id = $3",
                state.rawValue, hash, id)
        }
    }

    /// What was never tried, in a dry run for example.
    func forget(_ id: Int64) async throws(StorageError) {
        try await database.write { db in try db.run("DELETE FROM enrich_changes WHERE id = $1", id) }
    }

    package func entry(_ id: Int64) async throws(StorageError) -> SummaryEntry? {
        try await database.read { db in
            try db.row("SELECT * FROM enrich_changes WHERE id = $1", id, decode: Self.entry)
        }
    }

    /// Of one album, newest first.
    package func entries(of ratingKey: String, in library: String) async throws(StorageError) -> [SummaryEntry] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM enrich_changes WHERE rating_key = $1 AND library = $2 ORDER BY id DESC LIMIT 100",
                ratingKey, library, decode: Self.entry)
        }
    }

    private static func entry(_ row: borrowing Row) throws -> SummaryEntry {
        SummaryEntry(
            id: try row.int64("id"), at: try row.instant("at"), actor: try row.text("actor"),
            library: try row.text("library"), ratingKey: try row.text("rating_key"), name: try row.text("name"),
            action: SummaryChange.Action(rawValue: try row.text("action")) ?? .write,
            state: SummaryEntry.State(rawValue: try row.text("state")) ?? .open,
            oldSummary: String(decoding: try row.bytes("old_summary"), as: UTF8.self),
            wasLocked: try row.bool("old_locked"), newHash: try row.text("new_hash"),
            separator: try row.optionalText("separator"), baseLocked: try row.bool("base_locked"),
            source: try row.text("source"))
    }
}

extension [SummaryEntry] {
    /// What a removal or an undo has to know of the block that stands there: the write that put it there first, since
    /// later ones only replaced it.
    var insertion: SummaryEntry? {
        first { $0.action == .write && $0.separator != nil && ($0.state == .done || $0.state == .open) }
    }

    /// What can be taken back: the newest change of ours that may stand, and was not taken back itself.
    var undoable: SummaryEntry? {
        first { $0.action != .undo && ($0.state == .done || $0.state == .open) }
    }
}
