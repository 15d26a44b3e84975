// What a playlist held before each run that changed it, so that the run can be taken back. Rating keys in order; names are
// Plex's to know.

internal import Runtime
package import Storage

extension Schema {
    package static let playlists = Schema(
        "playlists",
        migrations: [
            """
            CREATE TABLE playlist_runs (
                id INTEGER PRIMARY KEY,
                account TEXT NOT NULL,
                title TEXT NOT NULL,
                -- Plex's rating key of the playlist; empty while there is none.
                playlist TEXT NOT NULL,
                actor TEXT NOT NULL,
                at BIGINT NOT NULL,
                -- Rating keys, with commas between; NULL where there was no playlist.
                before TEXT,
                -- The same afterwards; NULL until the run came to its end.
                after TEXT,
                -- Set before the first request that changes something.
                has_begun INTEGER NOT NULL DEFAULT 0,
                is_undo INTEGER NOT NULL DEFAULT 0,
                undone_at BIGINT
            );
            CREATE INDEX playlist_runs_by_title ON playlist_runs (account, title, id);
            """,
            // Linked people whose own playlists the schedule looks after.
            "CREATE TABLE playlist_keepers (discord_id BIGINT PRIMARY KEY, since BIGINT NOT NULL)",
        ])
}

struct PlaylistRecord: Sendable {
    var id: Int64
    var title: String
    var playlist: String
    var actor: String
    var at: Instant
    var before: [String]?
    var after: [String]?
    var account: String
    var isUndo: Bool
    var undoneAt: Instant?

    fileprivate static let columns =
        "id, title, playlist, actor, at, before, after, account, is_undo, undone_at"

    fileprivate init(_ row: borrowing Row) throws {
        id = try row.int64("id")
        title = try row.text("title")
        playlist = try row.text("playlist")
        actor = try row.text("actor")
        at = try row.instant("at")
        before = Self.keys(try row.optionalText("before"))
        after = Self.keys(try row.optionalText("after"))
        account = try row.text("account")
        isUndo = try row.bool("is_undo")
        undoneAt = try row.optionalInstant("undone_at")
    }

    private static func keys(_ text: String?) -> [String]? {
        text.map { $0.split(separator: ",").map(String.init) }
    }
}

struct PlaylistBook: Sendable {
    /// Older states are forgotten: each may be hundreds of kilobytes.
    private static let kept = 10

    let database: Database

    func open(
        account: String, title: String, playlist: String?, before: [String]?, actor: String, isUndo: Bool
    ) async throws(StorageError) -> Int64 {
        let now = database.clock.now
        let text = before?.joined(separator: ",")
        return try await database.write { db in
            try db.insert(
                """
                INSERT INTO playlist_runs (account, title, playlist, actor, at, before, is_undo)
                VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
                """, account, title, playlist ?? "", actor, now, text, isUndo)
        }
    }

    func begin(_ id: Int64) async throws(StorageError) {
        try await database.write { db in
            _ = try db.run("UPDATE playlist_runs SET has_begun = 1 WHERE id = $1 AND has_begun = 0", id)
        }
    }

    func name(_ playlist: String, in id: Int64) async throws(StorageError) {
        try await database.write { db in
            _ = try db.run("UPDATE playlist_runs SET playlist = $2 WHERE id = $1", id, playlist)
        }
    }

    /// A run that changed nothing leaves nothing; `after` is nil where it was cut short.
    func close(_ id: Int64, after: [String]?) async throws(StorageError) {
        let text = after?.joined(separator: ",")
        try await database.write { db in
            try db.run("DELETE FROM playlist_runs WHERE id = $1 AND has_begun = 0", id)
            try db.run("UPDATE playlist_runs SET after = $2 WHERE id = $1", id, text)
            try db.run(
                """
                DELETE FROM playlist_runs
                WHERE id < $1
                AND account = (SELECT account FROM playlist_runs WHERE id = $1)
                AND title = (SELECT title FROM playlist_runs WHERE id = $1)
                AND id NOT IN (
                    SELECT id FROM playlist_runs
                    WHERE account = (SELECT account FROM playlist_runs WHERE id = $1)
                    AND title = (SELECT title FROM playlist_runs WHERE id = $1)
                    ORDER BY id DESC LIMIT $2
                )
                """, id, Self.kept)
        }
    }

    /// The run that would be taken back; any title's when none is named.
    func lastRun(account: String, title: String?) async throws(StorageError) -> PlaylistRecord? {
        try await database.read { db in
            try db.row(
                """
                SELECT \(PlaylistRecord.columns) FROM playlist_runs
                WHERE account = $1 AND ($2 IS NULL OR title = $2) AND has_begun = 1 AND is_undo = 0
                AND undone_at IS NULL ORDER BY id DESC LIMIT 1
                """, account, title
            ) { row in try PlaylistRecord(row) }
        }
    }

    /// Nil: it is forgotten, or changed nothing.
    func run(_ id: Int64) async throws(StorageError) -> PlaylistRecord? {
        try await database.read { db in
            try db.row(
                "SELECT \(PlaylistRecord.columns) FROM playlist_runs WHERE id = $1 AND has_begun = 1", id
            ) { row in try PlaylistRecord(row) }
        }
    }

    func markUndone(_ id: Int64) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            _ = try db.run("UPDATE playlist_runs SET undone_at = $2 WHERE id = $1", id, now)
        }
    }

    /// The playlist of that name that was worked on last, by its rating key.
    func lastPlaylist(account: String, title: String) async throws(StorageError) -> String? {
        try await database.read { db in
            try db.row(
                """
                SELECT playlist FROM playlist_runs
                WHERE account = $1 AND title = $2 AND playlist <> '' ORDER BY id DESC LIMIT 1
                """, account, title
            ) { row in try row.text("playlist") }
        }
    }

    func keep(_ discord: UInt64, _ isOn: Bool) async throws(StorageError) {
        let (id, now) = (Int64(bitPattern: discord), database.clock.now)
        try await database.write { db in
            if isOn {
                try db.run(
                    "INSERT INTO playlist_keepers (discord_id, since) VALUES ($1, $2) ON CONFLICT DO NOTHING", id, now)
            } else {
                try db.run("DELETE FROM playlist_keepers WHERE discord_id = $1", id)
            }
        }
    }

    func keepers() async throws(StorageError) -> [UInt64] {
        try await database.read { db in
            try db.rows("SELECT discord_id FROM playlist_keepers ORDER BY since, discord_id") { row in
                try row.unsigned("discord_id")
            }
        }
    }
}
