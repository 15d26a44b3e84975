// Who is who: the table, the links of Discord users to people with their proofs, and the sealed tokens. Everybody else
// asks here; nobody keeps a second list (rule 5).

package import Crypto
package import Domain
package import Runtime
package import Storage

package struct PeopleLink: Sendable, Hashable {
    package enum Proof: Sendable, Hashable {
        /// They signed in at plex.tv.
        case signedIn
        /// An admin said so: "discord:123".
        case vouched(by: String)
    }
    package var discord: UInt64
    package var person: Int64
    package var proof: Proof
    package var at: Instant
}

package struct People: Sendable {
    let database: Database
    private let key: SealingKey

    package init(_ database: Database, key: SealingKey) {
        self.database = database
        self.key = key
    }

    // MARK: People

    package func all() async throws(StorageError) -> [Person] {
        try await database.read { db in try db.rows("SELECT * FROM people ORDER BY id") { row in try Self.person(row) }
        }
    }

    package func person(_ id: Int64) async throws(StorageError) -> Person? {
        try await database.read { db in
            try db.row("SELECT * FROM people WHERE id = $1", id) { row in try Self.person(row) }
        }
    }

    package func person(plex id: Int) async throws(StorageError) -> Person? {
        try await database.read { db in
            try db.row("SELECT * FROM people WHERE plex_id = $1", id) { row in try Self.person(row) }
        }
    }

    package func owner() async throws(StorageError) -> Person? {
        try await database.read { db in
            try db.row("SELECT * FROM people WHERE is_owner = 1") { row in try Self.person(row) }
        }
    }

    /// Writes what a census found, in one step: either all of it or nothing.
    package func take(_ census: Census) async throws(StorageError) {
        try await database.write { db in for person in census.changed { try Self.save(person, db) } }
    }

    // MARK: Links

    package func link(of discord: UInt64) async throws(StorageError) -> PeopleLink? {
        try await database.read { db in
            try db.row("SELECT * FROM people_links WHERE discord_id = $1", Int64(bitPattern: discord)) { row in
                let proof = try row.text("proof")
                return PeopleLink(
                    discord: try row.unsigned("discord_id"), person: try row.int64("person"),
                    proof: proof == "plex" ? .signedIn : .vouched(by: proof), at: try row.instant("linked_at"))
            }
        }
    }

    /// The person a Discord user has proved to be.
    package func person(discord: UInt64) async throws(StorageError) -> Person? {
        try await database.read { db in
            try db.row(
                """
                SELECT people.* FROM people_links JOIN people ON people.id = people_links.person
                WHERE people_links.discord_id = $1
                """, Int64(bitPattern: discord)
            ) { row in try Self.person(row) }
        }
    }

    /// The Discord accounts of a person.
    package func discordIDs(of person: Int64) async throws(StorageError) -> [UInt64] {
        try await database.read { db in
            try db.rows("SELECT discord_id FROM people_links WHERE person = $1 ORDER BY linked_at", person) { row in
                try row.unsigned("discord_id")
            }
        }
    }

    /// One Discord user is one person: a new link takes the old one's place. A proof by signing in may bring a token.
    package func link(
        _ discord: UInt64, to person: Person, proof: PeopleLink.Proof, token: Secret? = nil
    ) async throws(StorageError) {
        let now = database.clock.now
        let (word, actor) =
            switch proof {
            case .signedIn: ("plex", "discord:\(discord)")
            case .vouched(let by): (by, by)
            }
        let sealed = token.map { key.seal($0.reveal(), for: Self.purpose(person.id)).bytes }
        let entry = LedgerEntry(
            at: now, actor: actor, action: "people.link", subject: person.subject,
            summary: "Discord user \(discord) is \(person.name)",
            reason: proof == .signedIn ? "signed in at plex.tv" : "an admin vouched for it")
        try await database.write { db in
            try db.run(
                """
                INSERT INTO people_links (discord_id, person, proof, linked_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (discord_id) DO UPDATE SET person = excluded.person, proof = excluded.proof,
                    linked_at = excluded.linked_at
                """, Int64(bitPattern: discord), person.id, word, now)
            if let sealed {
                try db.run(
                    """
                    INSERT INTO people_tokens (person, sealed, stored_at) VALUES ($1, $2, $3)
                    ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, stored_at = excluded.stored_at
                    """, person.id, sealed, now)
            }
            _ = try Ledger.append(entry, db)
        }
    }

    /// False: there was no link. The token goes with the last link that could use it.
    package func unlink(_ discord: UInt64, by actor: String) async throws(StorageError) -> Bool {
        guard let link = try await link(of: discord) else { return false }
        let entry = LedgerEntry(
            at: database.clock.now, actor: actor, action: "people.unlink", subject: "person:\(link.person)",
            summary: "Discord user \(discord) is nobody's any more")
        try await database.write { db in
            try db.run("DELETE FROM people_links WHERE discord_id = $1", Int64(bitPattern: discord))
            try db.run(
                "DELETE FROM people_tokens WHERE person = $1 AND NOT EXISTS (SELECT 1 FROM people_links WHERE person = $1)",
                link.person)
            _ = try Ledger.append(entry, db)
        }
        return true
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

    private static func purpose(_ person: Int64) -> String { "plex token of person \(person)" }

    // MARK: Rows

    private static func person(_ row: borrowing Row) throws(StorageError) -> Person {
        Person(
            id: try row.int64("id"), plexID: try row.optionalInt("plex_id"),
            jellyfinID: try row.optionalText("jellyfin_id"), name: try row.text("name"),
            username: try row.text("username"), email: try row.text("email"), isOwner: try row.bool("is_owner"),
            isHome: try row.bool("is_home"), isManaged: try row.bool("is_managed"),
            access: Person.Access(rawValue: try row.text("access")) ?? .unknown,
            shareID: try row.optionalInt("share_id"),
            joinedAt: try row.optionalInstant("joined_at"), firstSeen: try row.instant("first_seen"))
    }

    private static func save(_ person: Person, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            INSERT INTO people (id, plex_id, jellyfin_id, name, username, email, is_owner, is_home, is_managed, access,
                share_id, joined_at, first_seen)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT (plex_id) DO UPDATE SET name = excluded.name, username = excluded.username,
                email = excluded.email, is_owner = excluded.is_owner, is_home = excluded.is_home,
                is_managed = excluded.is_managed, access = excluded.access, share_id = excluded.share_id,
                joined_at = excluded.joined_at
            """, person.id == 0 ? nil : person.id, person.plexID, person.jellyfinID, person.name, person.username,
            person.email, person.isOwner, person.isHome, person.isManaged, person.access.rawValue, person.shareID,
            person.joinedAt, person.firstSeen)
    }
}
