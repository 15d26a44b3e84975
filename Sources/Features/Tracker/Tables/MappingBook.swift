// The mappings as they are stored. What a person said no machine takes back; one that is undone takes with it all that
// came by it, and those plays are looked at anew.

internal import Domain
internal import Runtime
package import Storage

package struct MappingBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    package func mapping(for identity: ShowIdentity) async throws(StorageError) -> ShowMapping? {
        try await database.read { db in try Self.mapping(for: identity, db) }
    }

    package func one(_ id: Int64) async throws(StorageError) -> ShowMapping? {
        try await database.read { db in try Self.one(id, db) }
    }

    package func all(_ most: Int = 1000) async throws(StorageError) -> [ShowMapping] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM tracker_mappings WHERE undone_at IS NULL ORDER BY id DESC LIMIT $1", most
            ) { try ShowMapping($0) }
        }
    }

    /// Which shows it is not.
    package func denials(of identity: ShowIdentity) async throws(StorageError) -> Set<Int64> {
        try await database.read { db in
            var shows: Set<Int64> = []
            for key in identity.keys {
                shows.formUnion(
                    try db.rows("SELECT show FROM tracker_denials WHERE key = $1", key) { try $0.int64(0) })
            }
            return shows
        }
    }

    /// By the machine. Where there is one already, that stays.
    func map(
        _ identity: ShowIdentity, to show: Int64, _ match: ShowMatch
    ) async throws(StorageError) -> ShowMapping {
        let (now, path) = (database.clock.now, database.path)
        return try await database.write { db in
            if let known = try Self.mapping(for: identity, db) { return known }
            let id = try Self.insert(
                identity, show, by: ShowMapping.automatic, match.confidence, match.reasons.joined(separator: "; "), now,
                db)
            for key in identity.keys {
                // A key that somebody gave to another stays there.
                try db.run(
                    """
                    INSERT INTO tracker_mapping_keys (key, mapping) VALUES ($1, $2)
                    ON CONFLICT (key) DO UPDATE SET mapping = excluded.mapping
                    WHERE (SELECT said_by FROM tracker_mappings WHERE id = tracker_mapping_keys.mapping) = $3
                    """, key, id, ShowMapping.automatic)
            }
            try Self.release(keys: identity.keys, show: show, by: ShowMapping.automatic, at: now, db)
            guard let mapping = try Self.one(id, db) else {
                throw StorageError.failed(path: path, why: "a mapping is gone that was just made")
            }
            return mapping
        }
    }

    /// By a person: for all these keys, whoever had them.
    func map(
        keys: [String], title: String, server: String, guid: String, to show: Int64, by person: String
    ) async throws(StorageError) -> ShowMapping {
        let (now, path) = (database.clock.now, database.path)
        return try await database.write { db in
            var identity = ShowIdentity(title: title, server: server, guid: guid, keys: keys)
            identity.keys = keys
            for key in keys {
                let other = try db.row(
                    """
                    SELECT m.id FROM tracker_mapping_keys k JOIN tracker_mappings m ON m.id = k.mapping
                    WHERE k.key = $1 AND m.show <> $2
                    """, key, show
                ) { try $0.int64(0) }
                if let other { _ = try Self.undo(other, by: person, at: now, db) }
                try db.run("DELETE FROM tracker_denials WHERE key = $1 AND show = $2", key, show)
            }
            let id = try Self.insert(identity, show, by: person, Confidence(1000), "somebody said so", now, db)
            for key in keys {
                try db.run(
                    """
                    INSERT INTO tracker_mapping_keys (key, mapping) VALUES ($1, $2)
                    ON CONFLICT (key) DO UPDATE SET mapping = excluded.mapping
                    """, key, id)
            }
            try Self.release(keys: keys, show: show, by: person, at: now, db)
            guard let mapping = try Self.one(id, db) else {
                throw StorageError.failed(path: path, why: "a mapping is gone that was just made")
            }
            return mapping
        }
    }

    func count(_ id: Int64, by counting: ShowMapping.Counting) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE tracker_mappings SET counts_by = $2 WHERE id = $1", id, counting.rawValue)
        }
    }

    /// How many marks went with it; nil: it is not, or not any more.
    func undo(_ id: Int64, by person: String) async throws(StorageError) -> Int? {
        let now = database.clock.now
        return try await database.write { db in
            guard let mapping = try Self.one(id, db), mapping.undoneAt == nil else { return nil }
            return try Self.undo(id, by: person, at: now, db)
        }
    }

    /// Where the library keeps the show; nil: it is not known by a number there.
    func place(of id: Int64) async throws(StorageError) -> EpisodePlay.Place? {
        try await database.read { db in
            let key = try db.row(
                "SELECT key FROM tracker_mapping_keys WHERE mapping = $1 AND key LIKE 'server:%' ORDER BY key", id
            ) { try $0.text(0) }
            guard let parts = key?.dropFirst("server:".count).split(separator: "/"), parts.count == 2 else {
                return nil
            }
            return EpisodePlay.Place(server: String(parts[0]), show: String(parts[1]))
        }
    }

    // MARK: Within a transaction

    static func one(_ id: Int64, _ db: borrowing Session) throws(StorageError) -> ShowMapping? {
        try db.row("SELECT * FROM tracker_mappings WHERE id = $1", id) { try ShowMapping($0) }
    }

    static func mapping(for identity: ShowIdentity, _ db: borrowing Session) throws(StorageError) -> ShowMapping? {
        for key in identity.keys {
            let found = try db.row(
                """
                SELECT m.* FROM tracker_mapping_keys k JOIN tracker_mappings m ON m.id = k.mapping
                WHERE k.key = $1 AND m.undone_at IS NULL
                """, key
            ) { try ShowMapping($0) }
            guard let found else { continue }
            // The library has put another show in that place.
            if !found.guid.isEmpty, !identity.guid.isEmpty, found.guid != identity.guid { continue }
            return found
        }
        return nil
    }

    private static func insert(
        _ identity: ShowIdentity, _ show: Int64, by person: String, _ confidence: Confidence, _ why: String,
        _ now: Instant, _ db: borrowing Session
    ) throws(StorageError) -> Int64 {
        try db.insert(
            """
            INSERT INTO tracker_mappings (title, server, guid, show, said_by, confidence, why, counts_by, at, undone_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, '') RETURNING id
            """, identity.title, identity.server, identity.guid, show, person, confidence.thousandths, why, now)
    }

    /// Whoever waited for the answer goes on.
    private static func release(
        keys: [String], show: Int64, by person: String, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        for key in keys {
            let conflict = try db.row(
                """
                SELECT c.id FROM tracker_conflict_keys k JOIN tracker_conflicts c ON c.id = k.conflict
                WHERE k.key = $1 AND c.state <> 'solved' AND c.mapping IS NULL
                """, key
            ) { try $0.int64(0) }
            guard let conflict else { continue }
            try db.run(
                """
                UPDATE tracker_conflicts SET state = 'solved', show = $2, decided_by = $3, decided_at = $4 WHERE id = $1
                """, conflict, show, person, now)
            try ConflictBook.release(conflict, at: now, db)
        }
    }

    private static func undo(
        _ id: Int64, by person: String, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) -> Int {
        let show = try db.row("SELECT show FROM tracker_mappings WHERE id = $1", id) { try $0.int64(0) }
        try db.run(
            "UPDATE tracker_mappings SET undone_by = $2, undone_at = $3 WHERE id = $1", id, person, now)
        let keys = try db.rows("SELECT key FROM tracker_mapping_keys WHERE mapping = $1", id) { try $0.text(0) }
        for key in keys {
            try db.run(
                "INSERT INTO tracker_denials (key, show) VALUES ($1, $2) ON CONFLICT (key, show) DO NOTHING", key, show)
        }
        try db.run("DELETE FROM tracker_mapping_keys WHERE mapping = $1", id)
        let gone = try MarkBook.withdraw(mapping: id, db)
        try db.run(
            """
            UPDATE tracker_log SET status = 'received', action = '', why = '', error = '', attempts = 0, due_at = $2,
                mapping = NULL, conflict = NULL, show = NULL, episode = NULL, done_at = NULL
            WHERE mapping = $1 AND play <> ''
            """, id, now)
        // What was asked of its episodes is not asked any more.
        try db.run(
            """
            UPDATE tracker_conflicts SET state = 'solved', decided_by = $2, decided_at = $3
            WHERE mapping = $1 AND state = 'open'
            """, id, person, now)
        return gone
    }
}

extension ShowIdentity {
    init(title: String, server: String, guid: String, keys: [String]) {
        self.title = title
        self.server = server
        self.guid = guid
        self.keys = keys
        year = nil
    }
}
