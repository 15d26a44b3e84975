// Posters made small, kept over restarts and from issue to issue, so that Plex is not asked to make each of them again every
// week. Bounded: those that no issue showed for longest go first.

package import Runtime
package import Storage

package struct SmallPosters: Sendable {
    package struct Kept: Hashable, Sendable {
        package var jpeg: [UInt8]
        package var madeAt: Instant

        package init(jpeg: [UInt8], madeAt: Instant) {
            self.jpeg = jpeg
            self.madeAt = madeAt
        }
    }

    private let database: Database
    /// In all. A backup holds them too.
    private let mostBytes: Int

    package init(_ database: Database, mostBytes: Int = 16_000_000) {
        self.database = database
        self.mostBytes = mostBytes
    }

    package func poster(_ key: String) async throws(StorageError) -> Kept? {
        let now = database.clock.now
        let found = try await database.read { db in
            try db.row("SELECT jpeg, made_at, used_at FROM newsletter_posters WHERE key = $1", key) { row in
                (Kept(jpeg: try row.bytes("jpeg"), madeAt: try row.instant("made_at")), try row.instant("used_at"))
            }
        }
        guard let (kept, usedAt) = found else { return nil }
        // A day is fine enough to tell which went unused for longest, and spares a write for each look.
        if now - usedAt > .days(1) || now < usedAt {
            try await database.write { db in
                try db.run("UPDATE newsletter_posters SET used_at = $2 WHERE key = $1", key, now)
            }
        }
        return kept
    }

    package func keep(_ jpeg: [UInt8], _ key: String) async throws(StorageError) {
        let (now, most) = (database.clock.now, mostBytes)
        try await database.write { db in
            try db.run(
                """
                INSERT INTO newsletter_posters (key, jpeg, bytes, made_at, used_at) VALUES ($1, $2, $3, $4, $4)
                ON CONFLICT (key) DO UPDATE SET jpeg = excluded.jpeg, bytes = excluded.bytes,
                    made_at = excluded.made_at, used_at = excluded.used_at
                """, key, jpeg, jpeg.count, now)
            try db.run(
                """
                DELETE FROM newsletter_posters WHERE key IN (
                    SELECT key FROM (
                        SELECT key, SUM(bytes) OVER (ORDER BY used_at DESC, made_at DESC, key) AS total
                        FROM newsletter_posters
                    ) WHERE total > $1
                )
                """, most)
        }
    }
}
