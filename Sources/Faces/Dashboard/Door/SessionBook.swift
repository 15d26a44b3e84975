// Who is logged in, and the links that let somebody in once. Only hashes of the words are kept: who reads the database, or
// a backup of it, cannot log in with what stands there.

internal import Crypto
internal import Runtime
package import Storage

extension Schema {
    package static let dashboard = Schema(
        "dashboard",
        migrations: [
            """
            CREATE TABLE dashboard_links (
                -- SHA-256 of the word in the address.
                hash TEXT PRIMARY KEY,
                discord BIGINT NOT NULL,
                name TEXT NOT NULL,
                expires_at BIGINT NOT NULL
            );

            CREATE TABLE dashboard_sessions (
                -- SHA-256 of the word in the cookie.
                hash TEXT PRIMARY KEY,
                -- NULL: by password.
                discord BIGINT,
                name TEXT NOT NULL,
                made_at BIGINT NOT NULL,
                seen_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
            );
            """
        ])
}

struct SessionBook: Sendable {
    static let linkLasts = Duration.minutes(10)
    /// A session ends so long after it was last used, and in any case after `longest`.
    static let idle = Duration.hours(2)
    static let longest = Duration.hours(12)

    let database: Database
    let clock: any Clock

    // MARK: Links

    /// The word for the address of a link that works once.
    func makeLink(for visitor: Visitor) async throws(StorageError) -> String {
        let word = Self.word()
        let now = clock.now
        try await database.write { db in
            try db.run("DELETE FROM dashboard_links WHERE expires_at < $1", now)
            try db.run(
                "INSERT INTO dashboard_links (hash, discord, name, expires_at) VALUES ($1, $2, $3, $4)",
                Self.hash(word), visitor.discord, visitor.name, now + Self.linkLasts)
        }
        return word
    }

    /// Whether the link would let somebody in; it stays as it is.
    func knowsLink(_ word: String) async throws(StorageError) -> Bool {
        let now = clock.now
        return try await database.read { db in
            try db.row(
                "SELECT 1 AS one FROM dashboard_links WHERE hash = $1 AND expires_at > $2", Self.hash(word), now
            ) { row in try row.int("one") } != nil
        }
    }

    /// For whom the link was, once: of all who come with it one is let in.
    func useLink(_ word: String) async throws(StorageError) -> Visitor? {
        let now = clock.now
        return try await database.write { db in
            let visitor = try db.row(
                "SELECT discord, name FROM dashboard_links WHERE hash = $1 AND expires_at > $2", Self.hash(word), now
            ) { row in
                Visitor(name: try row.text("name"), discord: try row.unsigned("discord"))
            }
            try db.run("DELETE FROM dashboard_links WHERE hash = $1", Self.hash(word))
            return visitor
        }
    }

    // MARK: Sessions

    /// The word for the cookie.
    func begin(_ visitor: Visitor) async throws(StorageError) -> String {
        let word = Self.word()
        let now = clock.now
        try await database.write { db in
            try db.run("DELETE FROM dashboard_sessions WHERE expires_at < $1 OR seen_at < $2", now, now - Self.idle)
            try db.run(
                """
                INSERT INTO dashboard_sessions (hash, discord, name, made_at, seen_at, expires_at)
                VALUES ($1, $2, $3, $4, $4, $5)
                """, Self.hash(word), visitor.discord, visitor.name, now, now + Self.longest)
        }
        return word
    }

    func visitor(_ word: String) async throws(StorageError) -> Visitor? {
        let now = clock.now
        let hash = Self.hash(word)
        let found = try await database.read { db in
            try db.row(
                "SELECT * FROM dashboard_sessions WHERE hash = $1 AND expires_at > $2 AND seen_at > $3", hash, now,
                now - Self.idle
            ) { row in
                (
                    Visitor(name: try row.text("name"), discord: try row.optionalUnsigned("discord")),
                    seen: try row.instant("seen_at")
                )
            }
        }
        guard let (visitor, seen) = found else { return nil }
        // Not with every request: a page that follows what changes asks all the time.
        if now - seen > .minutes(1) {
            try await database.write { db in
                try db.run("UPDATE dashboard_sessions SET seen_at = $2 WHERE hash = $1", hash, now)
            }
        }
        return visitor
    }

    func end(_ word: String) async throws(StorageError) {
        try await database.write { db in
            try db.run("DELETE FROM dashboard_sessions WHERE hash = $1", Self.hash(word))
        }
    }

    // MARK: Words

    private static func word() -> String { RandomBytes.make(32).base64URL }

    private static func hash(_ word: String) -> String { Digest.sha256(Array(word.utf8)).hexadecimal }
}
