// Small facts worth keeping over a restart: a hash of what was registered, an id of a message. Whoever writes a key owns
// it and puts its room's name in front ("bot.commands").

package import Runtime

package struct Remembered: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func get(_ key: String) async throws(StorageError) -> String? {
        try await database.read { db in
            try db.row("SELECT value FROM remembered WHERE key = $1", key) { row in try row.text("value") }
        }
    }

    /// Nil forgets.
    package func set(_ key: String, _ value: String?) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in try Self.set(key, value, at: now, db) }
    }

    /// Within somebody's transaction: remembered together with what it says.
    package static func set(
        _ key: String, _ value: String?, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        guard let value else {
            try db.run("DELETE FROM remembered WHERE key = $1", key)
            return
        }
        try db.run(
            """
            INSERT INTO remembered (key, value, changed_at) VALUES ($1, $2, $3)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
            """, key, value, now)
    }
}
