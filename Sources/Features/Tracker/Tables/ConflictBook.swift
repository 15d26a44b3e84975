// The questions as they are stored: one open for each show, however many of its episodes are played meanwhile. Those wait
// in the log and are looked at anew with the answer.

internal import Domain
internal import Runtime
package import Storage

package struct ConflictBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    private static let columns = """
        c.*, (SELECT COUNT(*) FROM tracker_log l WHERE l.conflict = c.id AND l.status = 'waiting') AS waiting
        """

    package func one(_ id: Int64) async throws(StorageError) -> TrackerConflict? {
        try await database.read { db in try Self.one(id, db) }
    }

    /// The latest first.
    package func all(_ state: TrackerConflict.State, most: Int = 100) async throws(StorageError) -> [TrackerConflict] {
        try await database.read { db in
            try db.rows(
                """
                SELECT \(Self.columns) FROM tracker_conflicts c WHERE state = $1 ORDER BY last_at DESC, id DESC LIMIT $2
                """, state.rawValue, most
            ) { try TrackerConflict($0) }
        }
    }

    package func count(_ state: TrackerConflict.State) async throws(StorageError) -> Int {
        try await database.read { db in
            try db.row("SELECT COUNT(*) FROM tracker_conflicts WHERE state = $1", state.rawValue) { try $0.int(0) } ?? 0
        }
    }

    /// Whether somebody said that the show is not to be tracked.
    func isIgnored(_ identity: ShowIdentity) async throws(StorageError) -> Bool {
        try await database.read { db in
            for key in identity.keys {
                let state = try db.row(
                    """
                    SELECT c.state FROM tracker_conflict_keys k JOIN tracker_conflicts c ON c.id = k.conflict
                    WHERE k.key = $1
                    """, key
                ) { try $0.text(0) }
                if state == TrackerConflict.State.ignored.rawValue { return true }
            }
            return false
        }
    }

    /// The open question about the show, asked now if there is none. `mapping`: it is about an episode of that one.
    func ask(
        _ identity: ShowIdentity, _ play: EpisodePlay, _ kind: MatchVerdict.ConflictKind,
        _ candidates: [ConflictCandidate], mapping: Int64? = nil
    ) async throws -> Int64 {
        let (sample, list) = (try JSONText.text(play), try JSONText.text(candidates))
        let now = database.clock.now
        // The order of a show's episodes is another question than which show it is.
        let keys = mapping.map { ["order:\($0)"] } ?? identity.keys
        return try await database.write { db in
            for key in keys {
                let open = try db.row(
                    """
                    SELECT c.id FROM tracker_conflict_keys k JOIN tracker_conflicts c ON c.id = k.conflict
                    WHERE k.key = $1 AND c.state = 'open'
                    """, key
                ) { try $0.int64(0) }
                guard let open else { continue }
                try db.run("UPDATE tracker_conflicts SET last_at = $2 WHERE id = $1", open, now)
                try Self.key(keys, open, db)
                return open
            }
            let id = try db.insert(
                """
                INSERT INTO tracker_conflicts (kind, title, year, server, sample, candidates, mapping, state, opened_at,
                    last_at, decided_by, is_told)
                VALUES ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $8, '', 0) RETURNING id
                """, kind.rawValue, identity.title, identity.year, identity.server, sample, list, mapping, now)
            try Self.key(keys, id, db)
            return id
        }
    }

    private static func key(_ keys: [String], _ id: Int64, _ db: borrowing Session) throws(StorageError) {
        for key in keys {
            try db.run(
                """
                INSERT INTO tracker_conflict_keys (key, conflict) VALUES ($1, $2)
                ON CONFLICT (key) DO UPDATE SET conflict = excluded.conflict
                """, key, id)
        }
    }

    func keys(of id: Int64) async throws(StorageError) -> [String] {
        try await database.read { db in
            try db.rows("SELECT key FROM tracker_conflict_keys WHERE conflict = $1 ORDER BY key", id) { try $0.text(0) }
        }
    }

    /// False: it is not open any more.
    func decide(
        _ id: Int64, _ state: TrackerConflict.State, show: Int64? = nil, by person: String
    ) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            let changed = try db.run(
                """
                UPDATE tracker_conflicts SET state = $2, show = COALESCE($3, show), decided_by = $4, decided_at = $5
                WHERE id = $1 AND state <> $2
                """, id, state.rawValue, show, person, now)
            guard changed > 0 else { return false }
            try Self.release(id, at: now, db)
            return true
        }
    }

    // MARK: Telling

    func untold() async throws(StorageError) -> [TrackerConflict] {
        try await database.read { db in
            try db.rows(
                """
                SELECT \(Self.columns) FROM tracker_conflicts c WHERE is_told = 0 AND state = 'open' ORDER BY id LIMIT 20
                """
            ) { try TrackerConflict($0) }
        }
    }

    func told(_ id: Int64) async throws(StorageError) {
        try await database.write { db in try db.run("UPDATE tracker_conflicts SET is_told = 1 WHERE id = $1", id) }
    }

    // MARK: Within a transaction

    static func one(_ id: Int64, _ db: borrowing Session) throws(StorageError) -> TrackerConflict? {
        try db.row("SELECT \(columns) FROM tracker_conflicts c WHERE id = $1", id) { try TrackerConflict($0) }
    }

    static func isOpen(_ id: Int64, _ db: borrowing Session) throws(StorageError) -> Bool {
        try db.row("SELECT state FROM tracker_conflicts WHERE id = $1", id) { try $0.text(0) } == "open"
    }

    static func release(_ id: Int64, at now: Instant, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            UPDATE tracker_log SET status = 'received', due_at = $2, attempts = 0, conflict = NULL
            WHERE conflict = $1 AND status = 'waiting'
            """, id, now)
    }
}
