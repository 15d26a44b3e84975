// Linking a Discord user to a person, and letting go of it. One Discord user is one person; a person may have an account
// on Plex, one on Jellyfin, or both once the same Discord user has proved both. All of it is one transaction each, with its
// row in the Ledger.

internal import Crypto
package import Domain
package import Runtime
package import Storage

extension People {
    // MARK: Who

    package func link(of discord: UInt64) async throws(StorageError) -> PeopleLink? {
        try await database.read { db in try Self.link(of: discord, db) }
    }

    /// The person a Discord user has proved to be.
    package func person(discord: UInt64) async throws(StorageError) -> Person? {
        try await database.read { db in
            guard let link = try Self.link(of: discord, db) else { return nil }
            return try Self.person(link.person, db)
        }
    }

    /// The Discord accounts of a person.
    package func discordIDs(of person: Int64) async throws(StorageError) -> [UInt64] {
        try await database.read { db in try Self.discordIDs(of: person, db) }
    }

    /// How a person came by their Jellyfin account beside the one on Plex; nil: they have one account only.
    package func join(of person: Int64) async throws(StorageError) -> PeopleJoin? {
        try await database.read { db in try Self.join(of: person, db) }
    }

    /// Everybody who is one person by now: the number of Jellyfin alone, and whose it is.
    package func joins() async throws(StorageError) -> [Int64: Int64] {
        try await database.read { db in
            let pairs = try db.rows("SELECT alone, person FROM people_joins") { row in
                (try row.int64("alone"), try row.int64("person"))
            }
            return Dictionary(pairs) { first, _ in first }
        }
    }

    // MARK: Linking

    /// To somebody of Plex: a new link takes the old one's place. A proof by signing in may bring a token. Who was linked
    /// by Jellyfin before keeps that account, as it is theirs too.
    package func link(
        _ discord: UInt64, to person: Person, proof: PeopleLink.Proof, token: Secret? = nil
    ) async throws(StorageError) {
        let now = database.clock.now
        let sealed = token.map { self.sealed($0, of: person.id).bytes }
        try await database.write { db in
            let before = try Self.link(of: discord, db)?.person
            let brought = try Self.jellyfinBrought(by: discord, to: person.id, now, db)
            let link = PeopleLink(discord: discord, person: person.id, proof: proof, at: now)
            try Self.write(link, to: person, now, db)
            if let before { try Self.forgetUnusedToken(of: before, db) }
            if let sealed {
                try db.run(
                    """
                    INSERT INTO people_tokens (person, sealed, stored_at) VALUES ($1, $2, $3)
                    ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, stored_at = excluded.stored_at
                    """, person.id, sealed, now)
            }
            if let brought { try Self.join(brought.alone, to: person.id, discord, brought.proof, now, db) }
        }
    }

    /// To an account on Jellyfin, which joins the Plex account the Discord user is linked to, if there is one.
    package func link(
        _ discord: UInt64, toJellyfin account: JellyfinAccount, proof: PeopleLink.Proof
    ) async throws(StorageError) -> JellyfinLinking {
        let now = database.clock.now
        return try await database.write { db in
            if try Self.person(jellyfin: account.id, db) == nil { try Self.save(account, now, db) }
            guard let owner = try Self.person(jellyfin: account.id, db) else { return .taken }
            let current = try Self.link(of: discord, db)
            if owner.plexID != nil {
                if current?.person == owner.id { return .linked(owner) }
                // Where an admin said whose it is, and nobody is known to be that person yet, the proof is of them.
                guard current == nil, let join = try Self.join(of: owner.id, db), join.discord == nil,
                    try Self.discordIDs(of: owner.id, db).isEmpty
                else { return .taken }
                let link = PeopleLink(
                    discord: discord, person: owner.id, proof: proof, at: now, alone: join.alone)
                try Self.write(link, to: owner, now, db)
                return .linked(owner)
            }
            guard let current, let person = try Self.person(current.person, db), person.plexID != nil else {
                let link = PeopleLink(discord: discord, person: owner.id, proof: proof, at: now)
                try Self.write(link, to: owner, now, db)
                return .linked(owner)
            }
            guard try Self.discordIDs(of: owner.id, db).isEmpty else { return .taken }
            if let join = try Self.join(of: person.id, db) {
                if join.discord == nil { return .saidOtherwise(jellyfin: person.jellyfinName) }
                try Self.part(person.id, by: proof.actor(discord), now, db)
            }
            try Self.join(owner.id, to: person.id, discord, proof, now, db)
            return .linked(try Self.person(person.id, db) ?? person)
        }
    }

    // MARK: Unlinking

    /// False: there was no such link. The token goes with the last link that could use it, and a Jellyfin account with the
    /// one who proved it; one that an admin put there stays (`part`).
    package func unlink(
        _ discord: UInt64, from service: PeopleService? = nil, by actor: String
    ) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            guard let link = try Self.link(of: discord, db), let person = try Self.person(link.person, db) else {
                return false
            }
            let join = try Self.join(of: person.id, db)
            switch service {
            case .jellyfin:
                guard person.jellyfinID != nil else { return false }
                if let join, link.alone == nil {
                    if join.discord == nil { return false }
                    try Self.part(person.id, by: actor, now, db)
                    return true
                }
            case .plex: if person.plexID == nil || link.alone != nil { return false }
            case nil: break
            }
            try db.run("DELETE FROM people_links WHERE discord_id = $1", Int64(bitPattern: discord))
            let entry = LedgerEntry(
                at: now, actor: actor, action: "people.unlink", subject: person.subject,
                summary: "Discord user \(discord) is not \(person.name) any more")
            _ = try Ledger.append(entry, db)
            let isLast = try Self.discordIDs(of: person.id, db).isEmpty
            try Self.forgetUnusedToken(of: person.id, db)
            guard let join, join.discord != nil, isLast || join.discord == discord else { return true }
            try Self.part(person.id, by: actor, now, db)
            // Only Plex was to be forgotten: what they proved of Jellyfin still holds.
            if service == .plex, join.discord == discord, let alone = try Self.person(join.alone, db) {
                let link = PeopleLink(discord: discord, person: alone.id, proof: join.proof, at: join.at)
                try Self.write(link, to: alone, now, db)
            }
            return true
        }
    }

    /// A token nobody can make use of any more is not kept.
    private static func forgetUnusedToken(of person: Int64, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            DELETE FROM people_tokens WHERE person = $1
            AND NOT EXISTS (SELECT 1 FROM people_links WHERE person = $1 AND alone IS NULL)
            """, person)
    }
}
