// Two rows that prove to be one person: the Jellyfin account moves to the row of Plex, and the row it had waits unseen,
// so that parting again gives everybody the number they had.

import Domain
import Runtime
import Storage

extension People {
    static func link(of discord: UInt64, _ db: borrowing Session) throws(StorageError) -> PeopleLink? {
        try db.row("SELECT * FROM people_links WHERE discord_id = $1", Int64(bitPattern: discord)) { row in
            PeopleLink(
                discord: try row.unsigned("discord_id"), person: try row.int64("person"),
                proof: PeopleLink.Proof(try row.text("proof")), at: try row.instant("linked_at"),
                alone: try row.optionalInt64("alone"))
        }
    }

    static func discordIDs(of person: Int64, _ db: borrowing Session) throws(StorageError) -> [UInt64] {
        try db.rows("SELECT discord_id FROM people_links WHERE person = $1 ORDER BY linked_at", person) { row in
            try row.unsigned("discord_id")
        }
    }

    static func join(of person: Int64, _ db: borrowing Session) throws(StorageError) -> PeopleJoin? {
        try db.row("SELECT * FROM people_joins WHERE person = $1", person) { row in
            PeopleJoin(
                person: try row.int64("person"), alone: try row.int64("alone"),
                discord: try row.optionalUnsigned("discord_id"), proof: PeopleLink.Proof(try row.text("proof")),
                at: try row.instant("joined_at"))
        }
    }

    static func write(
        _ link: PeopleLink, to person: Person, _ now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        try db.run(
            """
            INSERT INTO people_links (discord_id, person, proof, linked_at, alone) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (discord_id) DO UPDATE SET person = excluded.person, proof = excluded.proof,
                linked_at = excluded.linked_at, alone = excluded.alone
            """, Int64(bitPattern: link.discord), person.id, link.proof.word, link.at, link.alone)
        let entry = LedgerEntry(
            at: now, actor: link.proof.actor(link.discord), action: PeopleUndo.link, subject: person.subject,
            summary: "Discord user \(link.discord) is \(person.name)", reason: link.proof.reason,
            evidence: #"{"discord":"\#(link.discord)","at":\#(link.at.milliseconds)}"#,
            undo: "unlink \(link.discord)")
        _ = try Ledger.append(entry, db)
    }

    /// The Jellyfin account somebody brings along when they prove to be this person of Plex: the row it has to itself,
    /// and its proof. Nil: none, or one that others have proved as well.
    static func jellyfinBrought(
        by discord: UInt64, to person: Int64, _ now: Instant, _ db: borrowing Session
    ) throws(StorageError) -> (alone: Int64, proof: PeopleLink.Proof)? {
        guard let link = try link(of: discord, db), link.person != person,
            let before = try self.person(link.person, db)
        else { return nil }
        let isFree = try join(of: person, db) == nil
        if before.plexID == nil {
            let isTheirsAlone = try discordIDs(of: before.id, db) == [discord]
            return isFree && isTheirsAlone ? (before.id, link.proof) : nil
        }
        // From one account on Plex to another: what they proved themselves goes with them.
        guard let join = try join(of: before.id, db), join.discord == discord else { return nil }
        try part(before.id, by: "discord:\(discord)", now, db)
        return isFree ? (join.alone, join.proof) : nil
    }

    /// - Parameter discord: who proved both; nil: an admin said so.
    static func join(
        _ alone: Int64, to person: Int64, _ discord: UInt64?, _ proof: PeopleLink.Proof, _ now: Instant,
        _ db: borrowing Session
    ) throws(StorageError) {
        guard let account = try account(of: alone, db), let owner = try self.person(person, db) else { return }
        try give(nil, to: alone, db)
        try give(account, to: person, db)
        try db.run(
            "INSERT INTO people_joins (person, alone, discord_id, proof, joined_at) VALUES ($1, $2, $3, $4, $5)",
            person, alone, discord.map { Int64(bitPattern: $0) }, proof.word, now)
        let who = discord.map { #","discord":"\#($0)""# } ?? ""
        let entry = LedgerEntry(
            at: now, actor: proof.actor(discord ?? 0), action: PeopleUndo.join, subject: owner.subject,
            summary: "\(account.name) on Jellyfin is \(owner.name) on Plex", reason: proof.reason,
            evidence: #"{"jellyfin":"\#(account.id)","person":\#(alone),"at":\#(now.milliseconds)\#(who)}"#,
            undo: "unlink --jellyfin \(account.name.typed)")
        _ = try Ledger.append(entry, db)
    }

    /// The Jellyfin account goes back to the row it had before, and whoever came along with it does too.
    static func part(
        _ person: Int64, by actor: String, _ now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        guard let join = try join(of: person, db), let account = try account(of: person, db),
            let owner = try self.person(person, db)
        else { return }
        try db.run("DELETE FROM people_joins WHERE person = $1", person)
        try give(nil, to: person, db)
        try give(account, to: join.alone, db)
        try db.run(
            "UPDATE people_links SET person = alone, alone = NULL WHERE person = $1 AND alone = $2", person, join.alone)
        let entry = LedgerEntry(
            at: now, actor: actor, action: PeopleUndo.part, subject: owner.subject,
            summary: "\(account.name) on Jellyfin is not \(owner.name) on Plex any more",
            evidence: #"{"jellyfin":"\#(account.id)","person":\#(join.alone)}"#,
            undo: "link --plex \(owner.calledOnPlex.typed) --jellyfin \(account.name.typed)")
        _ = try Ledger.append(entry, db)
    }

    private static func account(
        of person: Int64, _ db: borrowing Session
    ) throws(StorageError) -> JellyfinAccount? {
        try db.row(
            "SELECT * FROM people WHERE id = $1 AND jellyfin_id IS NOT NULL", person
        ) { row in
            JellyfinAccount(
                id: try row.text("jellyfin_id"), name: try row.text("jellyfin_name"),
                access: Person.Access(rawValue: try row.text("jellyfin_access")) ?? .unknown)
        }
    }

    private static func give(
        _ account: JellyfinAccount?, to person: Int64, _ db: borrowing Session
    ) throws(StorageError) {
        try db.run(
            """
            UPDATE people SET jellyfin_id = $1, jellyfin_name = $2, jellyfin_access = $3,
                name = CASE WHEN plex_id IS NULL AND $1 IS NOT NULL THEN $2 ELSE name END
            WHERE id = $4
            """, account?.id, account?.name ?? "", (account?.access ?? .unknown).rawValue, person)
    }
}
