// Keys people hold for machines of theirs: one for programs, one that is part of a calendar's address. Only digests are
// kept; a new one voids the one before.

package import Runtime
package import Storage

package enum TrackerKeyKind: String, Hashable, Sendable, CaseIterable {
    /// For programs: `Authorization: Bearer`.
    case api
    /// In the address of the calendar, which goes to whoever keeps calendars.
    case calendar
}

package struct KeyBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// Nil takes it away.
    package func set(_ person: Int64, _ kind: TrackerKeyKind, hash: [UInt8]?) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            guard let hash else {
                try db.run("DELETE FROM tracker_keys WHERE person = $1 AND kind = $2", person, kind.rawValue)
                return
            }
            try db.run(
                """
                INSERT INTO tracker_keys (person, kind, hash, at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (person, kind) DO UPDATE SET hash = excluded.hash, at = excluded.at
                """, person, kind.rawValue, hash, now)
        }
    }

    package func all(_ kind: TrackerKeyKind) async throws(StorageError) -> [(person: Int64, hash: [UInt8])] {
        try await database.read { db in
            try db.rows("SELECT person, hash FROM tracker_keys WHERE kind = $1 ORDER BY person", kind.rawValue) { row in
                (person: try row.int64(0), hash: try row.bytes(1))
            }
        }
    }

    package func madeAt(_ person: Int64, _ kind: TrackerKeyKind) async throws(StorageError) -> Instant? {
        try await database.read { db in
            try db.row("SELECT at FROM tracker_keys WHERE person = $1 AND kind = $2", person, kind.rawValue) {
                try $0.instant(0)
            }
        }
    }
}

extension Schema {
    package static let trackerKeys = Schema(
        "tracker_keys",
        migrations: [
            """
            CREATE TABLE tracker_keys (
                person BIGINT NOT NULL,
                -- api, calendar
                kind TEXT NOT NULL,
                -- SHA-256 of what the person was given.
                hash BLOB NOT NULL UNIQUE,
                at BIGINT NOT NULL,
                PRIMARY KEY (person, kind)
            );
            """
        ])
}
