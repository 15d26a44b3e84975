// Answers of MusicBrainz and Discogs kept over a restart: at a request a second, asking again is what takes time. A
// database in trouble only costs the request; the database itself says that it is in trouble.

package import HTTP
internal import Runtime
package import Storage

package struct AnswerTable: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    package var cache: AnswerCache {
        AnswerCache(
            get: { url in try? await body(of: url) },
            put: { url, body, keepFor in try? await keep(body, of: url, for: keepFor) })
    }

    private func body(of url: String) async throws(StorageError) -> [UInt8]? {
        let now = database.clock.now
        return try await database.read { db in
            try db.row("SELECT body FROM music_answers WHERE url = $1 AND kept_until > $2", url, now) { row in
                try row.bytes("body")
            }
        }
    }

    private func keep(_ body: [UInt8], of url: String, for duration: Duration) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run("DELETE FROM music_answers WHERE kept_until <= $1", now)
            try db.run(
                """
                INSERT INTO music_answers (url, body, kept_until) VALUES ($1, $2, $3)
                ON CONFLICT (url) DO UPDATE SET body = excluded.body, kept_until = excluded.kept_until
                """, url, body, now + duration)
        }
    }

    /// Forgets everything; gives how many there were.
    @discardableResult
    package func clear() async throws(StorageError) -> Int {
        try await database.write { db in
            let count = try db.row("SELECT COUNT(*) FROM music_answers") { row in try row.int(0) } ?? 0
            try db.run("DELETE FROM music_answers")
            return count
        }
    }
}
