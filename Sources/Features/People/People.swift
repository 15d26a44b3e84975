// Who is who: the table and the sealed tokens; the links of Discord users to people stand beside this. Everybody else asks
// here; nobody keeps a second list (rule 5).

package import Crypto
package import Domain
package import Runtime
package import Storage

package struct People: Sendable {
    let database: Database
    private let key: SealingKey
    /// Told after an admin's word: the number of Jellyfin alone, whose it is now, and who said so.
    let merged: @Sendable (_ alone: Int64, _ person: Person, _ actor: String) async -> Void

    package init(
        _ database: Database, key: SealingKey,
        merged: @escaping @Sendable (_ alone: Int64, _ person: Person, _ actor: String) async -> Void = { _, _, _ in }
    ) {
        self.database = database
        self.key = key
        self.merged = merged
    }

    // MARK: People

    package func all() async throws(StorageError) -> [Person] {
        try await database.read { db in
            try db.rows("SELECT * FROM people WHERE id NOT IN (SELECT alone FROM people_joins) ORDER BY id") { row in
                try Self.person(row)
            }
        }
    }

    /// Whoever has this number, or has become one with who had it.
    package func person(_ id: Int64) async throws(StorageError) -> Person? {
        try await database.read { db in try Self.person(id, db) }
    }

    package func person(plex id: Int) async throws(StorageError) -> Person? {
        try await database.read { db in
            try db.row("SELECT * FROM people WHERE plex_id = $1", id) { row in try Self.person(row) }
        }
    }

    package func person(jellyfin id: String) async throws(StorageError) -> Person? {
        try await database.read { db in try Self.person(jellyfin: id, db) }
    }

    package func owner() async throws(StorageError) -> Person? {
        try await database.read { db in
            try db.row("SELECT * FROM people WHERE is_owner = 1") { row in try Self.person(row) }
        }
    }

    /// Writes what a census found, in one step: either all of it or nothing.
    package func take(_ census: Census) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            for person in census.changed { try Self.save(person, db) }
            for account in census.jellyfin { try Self.save(account, now, db) }
        }
    }

    // MARK: Tokens

    /// The token a person entrusted by signing in; nil where there is none.
    package func token(of person: Int64) async throws -> Secret? {
        let sealed = try await database.read { db in
            try db.row("SELECT sealed FROM people_tokens WHERE person = $1", person) { row in try row.bytes("sealed") }
        }
        guard let sealed else { return nil }
        return Secret(try key.openText(Sealed(bytes: sealed), for: Self.purpose(person)))
    }

    package func forgetToken(of person: Int64) async throws(StorageError) {
        try await database.write { db in try db.run("DELETE FROM people_tokens WHERE person = $1", person) }
    }

    func sealed(_ token: Secret, of person: Int64) -> Sealed { key.seal(token.reveal(), for: Self.purpose(person)) }

    private static func purpose(_ person: Int64) -> String { "plex token of person \(person)" }

    /// What a card has to remember and nobody else may know.
    func closed(_ text: String, for purpose: String) -> String { key.seal(text, for: purpose).bytes.hexadecimal }

    /// Nil: not ours, or made for another purpose.
    func opened(_ text: String, for purpose: String) -> String? {
        [UInt8](hexadecimal: text).flatMap { try? key.openText(Sealed(bytes: $0), for: purpose) }
    }

    // MARK: Rows

    static func person(_ row: borrowing Row) throws(StorageError) -> Person {
        Person(
            id: try row.int64("id"), plexID: try row.optionalInt("plex_id"),
            jellyfinID: try row.optionalText("jellyfin_id"), jellyfinName: try row.text("jellyfin_name"),
            name: try row.text("name"), username: try row.text("username"), email: try row.text("email"),
            isOwner: try row.bool("is_owner"), isHome: try row.bool("is_home"), isManaged: try row.bool("is_managed"),
            access: Person.Access(rawValue: try row.text("access")) ?? .unknown,
            jellyfinAccess: Person.Access(rawValue: try row.text("jellyfin_access")) ?? .unknown,
            shareID: try row.optionalInt("share_id"),
            libraries: try row.optionalText("libraries").flatMap { Libraries($0) },
            joinedAt: try row.optionalInstant("joined_at"), firstSeen: try row.instant("first_seen"))
    }

    static func person(_ id: Int64, _ db: borrowing Session) throws(StorageError) -> Person? {
        try db.row(
            "SELECT * FROM people WHERE id = COALESCE((SELECT person FROM people_joins WHERE alone = $1), $1)", id
        ) { row in try person(row) }
    }

    static func person(jellyfin id: String, _ db: borrowing Session) throws(StorageError) -> Person? {
        try db.row("SELECT * FROM people WHERE jellyfin_id = $1", id) { row in try person(row) }
    }

    /// What plex.tv and Tautulli say; who somebody is on Jellyfin is not theirs to change.
    private static func save(_ person: Person, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            INSERT INTO people (id, plex_id, name, username, email, is_owner, is_home, is_managed, access,
                share_id, libraries, joined_at, first_seen)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (plex_id) DO UPDATE SET name = excluded.name, username = excluded.username,
                email = excluded.email, is_owner = excluded.is_owner, is_home = excluded.is_home,
                is_managed = excluded.is_managed, access = excluded.access, share_id = excluded.share_id,
                libraries = excluded.libraries, joined_at = excluded.joined_at
            """, person.id == 0 ? nil : person.id, person.plexID, person.name, person.username,
            person.email, person.isOwner, person.isHome, person.isManaged, person.access.rawValue, person.shareID,
            person.libraries?.description, person.joinedAt, person.firstSeen)
    }

    /// Wherever the account is by now: it may have found its person since the census looked.
    static func save(_ account: JellyfinAccount, _ now: Instant, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            INSERT INTO people (jellyfin_id, jellyfin_name, jellyfin_access, name, username, email, is_owner, is_home,
                is_managed, access, first_seen)
            VALUES ($1, $2, $3, $2, '', '', 0, 0, 0, $4, $5)
            ON CONFLICT (jellyfin_id) DO UPDATE SET jellyfin_name = excluded.jellyfin_name,
                jellyfin_access = excluded.jellyfin_access,
                name = CASE WHEN people.plex_id IS NULL THEN excluded.name ELSE people.name END
            """, account.id, account.name, account.access.rawValue, Person.Access.unknown.rawValue, now)
    }
}
