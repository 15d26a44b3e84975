// How far each album has come, and the long runs: what lets a run go on after a restart where it was cut off, and the
// next one leave alone what is settled.

package import Runtime
package import Storage

package struct AlbumState: Hashable, Sendable {
    package enum State: String, Hashable, Sendable, CaseIterable {
        case written, there, nobody, asks, failed
        /// A dry run would have written it.
        case due
        /// A person took the block out, or chose to leave it out.
        case declined
    }

    package var library: String
    package var ratingKey: String
    package var name: String
    package var state: State
    package var why: String
    package var source: String
    package var at: Instant

    /// Why, of an album whose release a person chose.
    static let byHand = "chosen by hand"
}

package struct AlbumBook: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package func note(_ album: AlbumState) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                """
                INSERT INTO enrich_albums (library, rating_key, name, state, why, source, at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                ON CONFLICT (library, rating_key) DO UPDATE
                SET name = excluded.name, state = excluded.state, why = excluded.why, source = excluded.source,
                    at = excluded.at
                """, album.library, album.ratingKey, album.name, album.state.rawValue, album.why, album.source,
                album.at)
        }
    }

    package func state(of ratingKey: String, in library: String) async throws(StorageError) -> AlbumState? {
        try await database.read { db in
            try db.row(
                "SELECT * FROM enrich_albums WHERE library = $1 AND rating_key = $2", library, ratingKey,
                decode: Self.album)
        }
    }

    package func counts() async throws(StorageError) -> [AlbumState.State: Int] {
        let rows = try await database.read { db in
            try db.rows("SELECT state, COUNT(*) AS n FROM enrich_albums GROUP BY state") { row in
                (AlbumState.State(rawValue: try row.text("state")), try row.int("n"))
            }
        }
        return Dictionary(rows.compactMap { row in row.0.map { ($0, row.1) } }, uniquingKeysWith: +)
    }

    package func albums(_ state: AlbumState.State, most: Int) async throws(StorageError) -> [AlbumState] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM enrich_albums WHERE state = $1 ORDER BY name, rating_key LIMIT $2", state.rawValue,
                most, decode: Self.album)
        }
    }

    private static func album(_ row: borrowing Row) throws -> AlbumState {
        AlbumState(
            library: try row.text("library"), ratingKey: try row.text("rating_key"), name: try row.text("name"),
            state: AlbumState.State(rawValue: try row.text("state")) ?? .failed, why: try row.text("why"),
            source: try row.text("source"), at: try row.instant("at"))
    }

    // MARK: Runs

    /// One that was cut off goes on, if that is not too long ago; what it did counts as done.
    func begin(
        _ scope: RunScope, by actor: String, now: Instant
    ) async throws(StorageError) -> (id: Int64, began: Instant) {
        try await database.write { db in
            let open = try db.row(
                """
                SELECT id, began_at FROM enrich_runs WHERE scope = $1 AND ended_at IS NULL AND began_at > $2
                ORDER BY id DESC LIMIT 1
                """, scope.key, now - Self.runsLast
            ) { row in (id: try row.int64("id"), began: try row.instant("began_at")) }
            if let open { return open }
            let id = try db.insert(
                """
                INSERT INTO enrich_runs (scope, artist, name, actor, began_at) VALUES ($1, $2, $3, $4, $5) RETURNING id
                """, scope.key, scope.artist, scope.name, actor, now)
            return (id: id, began: now)
        }
    }

    /// Runs over an artist that a restart cut off; those over libraries go on with their schedule.
    func openArtists(now: Instant) async throws(StorageError) -> [(scope: RunScope, actor: String)] {
        try await database.read { db in
            try db.rows(
                """
                SELECT artist, name, actor FROM enrich_runs
                WHERE artist IS NOT NULL AND ended_at IS NULL AND began_at > $1 ORDER BY id
                """, now - Self.runsLast
            ) { row in
                (
                    scope: RunScope(artist: try row.optionalText("artist"), name: try row.text("name")),
                    actor: try row.text("actor")
                )
            }
        }
    }

    private static let runsLast = Duration.days(7)

    func end(_ run: Int64, now: Instant) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE enrich_runs SET ended_at = $1 WHERE id = $2", now, run)
            try db.run("DELETE FROM enrich_runs WHERE began_at < $1", now - .days(30))
        }
    }
}
