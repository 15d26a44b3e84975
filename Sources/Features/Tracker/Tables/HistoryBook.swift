// How far the histories were read. A reading that was cut off goes on where it was: every piece is on the disk before the
// next is asked for.

package import Runtime
package import Storage

package struct HistoryProgress: Hashable, Sendable {
    package var name: String
    package var through: Instant?
    package var share: Double
    package var taken: Int
    package var beganAt: Instant
    package var endedAt: Instant?
    package var firstEndedAt: Instant?
}

package struct HistoryBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    package func one(_ name: String) async throws(StorageError) -> HistoryProgress? {
        try await database.read { db in
            try db.row("SELECT * FROM tracker_histories WHERE name = $1", name) { row in
                HistoryProgress(
                    name: name, through: try row.optionalInstant("through"),
                    share: Double(try row.int("share")) / 1000, taken: try row.int("taken"),
                    beganAt: try row.instant("began_at"), endedAt: try row.optionalInstant("ended_at"),
                    firstEndedAt: try row.optionalInstant("first_ended_at"))
            }
        }
    }

    func begin(_ name: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                """
                INSERT INTO tracker_histories (name, share, taken, began_at) VALUES ($1, 0, 0, $2)
                ON CONFLICT (name) DO UPDATE SET share = 0, began_at = excluded.began_at, ended_at = NULL
                """, name, now)
        }
    }

    /// A piece and how far it reaches, together.
    func take(
        _ told: [Told], texts: [String], of name: String, through: Instant, share: Double
    ) async throws -> [LogBook.Receipt] {
        try await database.write { db in
            var receipts: [LogBook.Receipt] = []
            for (one, text) in zip(told, texts) { receipts.append(try LogBook.insert(one, text, db)) }
            try db.run(
                "UPDATE tracker_histories SET through = $2, share = $3, taken = taken + $4 WHERE name = $1", name,
                through, Int(share * 1000), receipts.count { $0 != .known })
            return receipts
        }
    }

    func end(_ name: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                """
                UPDATE tracker_histories SET share = 1000, ended_at = $2, first_ended_at = COALESCE(first_ended_at, $2)
                WHERE name = $1
                """, name, now)
        }
    }

    // MARK: Looks

    struct Look: Hashable, Sendable {
        var person: Int64
        var mapping: Int64
    }

    /// Shows of somebody's list in the libraries they came from; those not looked at for longest first.
    func looks(most: Int, before: Instant) async throws(StorageError) -> [Look] {
        try await database.read { db in
            try db.rows(
                """
                SELECT f.person, m.id FROM tracker_followers f
                JOIN tracker_mappings m ON m.show = f.show AND m.undone_at IS NULL AND m.server <> ''
                LEFT JOIN tracker_looks l ON l.person = f.person AND l.mapping = m.id
                WHERE f.is_on = 1 AND (l.at IS NULL OR l.at < $2)
                ORDER BY l.at IS NOT NULL, l.at, m.id LIMIT $1
                """, most, before
            ) { Look(person: try $0.int64(0), mapping: try $0.int64(1)) }
        }
    }

    func looked(_ look: Look) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                """
                INSERT INTO tracker_looks (person, mapping, at) VALUES ($1, $2, $3)
                ON CONFLICT (person, mapping) DO UPDATE SET at = excluded.at
                """, look.person, look.mapping, now)
        }
    }
}
