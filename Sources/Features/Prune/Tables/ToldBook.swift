// What people were told: written before the first byte leaves, so that the date in a letter is the date in the row.

internal import Runtime
internal import Storage

extension PruneBook {
    /// On the disk when it returns. The same letter again, after it failed for certain, takes its own place.
    func handOver(_ told: PruneTold) async throws(StorageError) {
        try await database.write { db in try Self.put(told, db) }
    }

    func ended(_ key: String, _ state: PruneTold.State, why: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            // What was delivered stays so, whoever looks again.
            try db.run(
                "UPDATE prune_told SET state = $2, why = $3, at = $4 WHERE key = $1 AND state <> 'sent'", key,
                state.rawValue, why, now)
            if state == .sent { try Self.revive(key, db) }
        }
    }

    /// The last number a warning of this lapse had that no longer holds: what they stand on may become what it was before,
    /// and the letter said then is not said again.
    func lastOver(
        _ person: Int64, _ stamp: Instant
    ) async throws(StorageError) -> (number: Int, at: Instant)? {
        try await database.read { db in
            try db.row(
                """
                SELECT number, at FROM prune_told
                WHERE person = $1 AND stamp = $2 AND kind = 'warning' AND is_over = 1
                ORDER BY number DESC, at DESC LIMIT 1
                """, person, stamp
            ) { row in (number: try row.int(0), at: try row.instant(1)) }
        }
    }

    /// They were told so in this lapse, whatever it looked like between.
    func stillSo(_ key: String) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE prune_told SET is_over = 0 WHERE key = $1 AND kind = 'reminder'", key)
        }
    }

    /// Under way when the program ended, or right now.
    func underWay() async throws(StorageError) -> [PruneTold] {
        try await database.read { db in
            try db.rows("SELECT * FROM prune_told WHERE is_over = 0 AND state = 'sending'", decode: PruneState.told)
        }
    }

    static func put(_ told: PruneTold, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            INSERT INTO prune_told (key, person, kind, stamp, day, number, way, state, removal_at, tries, at, why, is_over)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $11, 0)
            ON CONFLICT (key) DO UPDATE SET state = excluded.state, removal_at = excluded.removal_at,
                tries = prune_told.tries + 1, at = excluded.at, why = excluded.why
            WHERE prune_told.state <> 'sent'
            """, told.key, told.person, told.kind.rawValue, told.stamp, told.day, told.number, "\(told.way)",
            told.state.rawValue, told.removalAt, told.at, told.why)
        try revive(told.key, db)
    }

    /// Said again in the same absence: it had only seemed over, while a clock was wrong.
    private static func revive(_ key: String, _ db: borrowing Session) throws(StorageError) {
        try db.run("UPDATE prune_told SET is_over = 0 WHERE key = $1 AND is_over = 1", key)
    }
}
