// What people and admins say, kept with who said it.

internal import Domain
internal import Runtime
internal import Storage

extension PruneBook {
    enum LeaveKind: String, Sendable {
        case hold, pause
    }

    /// Takes the place of the one before. Nil ends it. False: there was nothing to end.
    func leave(
        _ kind: LeaveKind, _ person: Person, until: Instant?, by actor: String
    ) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            try Self.know(person, at: now, db)
            let ended = try db.run(
                """
                UPDATE prune_leaves SET to_at = CASE WHEN from_at > $3 THEN from_at ELSE $3 END
                WHERE person = $1 AND kind = $2 AND to_at > $3
                """, person.id, kind.rawValue, now)
            if let until {
                try db.run(
                    "INSERT INTO prune_leaves (person, kind, from_at, to_at, said_by) VALUES ($1, $2, $3, $4, $5)",
                    person.id, kind.rawValue, now, until, actor)
            } else if ended == 0 {
                return false
            }
            let words = kind == .hold ? "Held" : "Paused"
            try Self.say(
                "prune.\(kind.rawValue)", person, until == nil ? "\(words) no longer" : words, by: actor,
                evidence: until.map { "{\"until\":\($0.milliseconds)}" } ?? "{}", at: now, db)
            return true
        }
    }

    /// False: it is so already.
    func vip(_ person: Person, _ isVIP: Bool, by actor: String) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            try Self.know(person, at: now, db)
            let changed = try db.run(
                "UPDATE prune_people SET is_vip = $2, vip_by = $3 WHERE person = $1 AND is_vip <> $2", person.id, isVIP,
                isVIP ? actor : "")
            if changed > 0 {
                try Self.say("prune.vip", person, isVIP ? "VIP" : "VIP no longer", by: actor, at: now, db)
            }
            return changed > 0
        }
    }

    /// `most` in this lapse, and one a day: whoever presses twice means it once. False: not any more.
    func here(
        _ person: Person, since: Instant, most: Int, way: String
    ) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            let said = try db.rows(
                "SELECT at FROM prune_heres WHERE person = $1 AND at >= $2", person.id, since
            ) { row in try row.instant(0) }
            if said.count >= most || said.contains(where: { now - $0 < .days(1) }) { return false }
            try db.run("INSERT INTO prune_heres (person, at, way) VALUES ($1, $2, $3)", person.id, now, way)
            try Self.say("prune.here", person, "Says that they are still here", by: person.subject, at: now, db)
            return true
        }
    }

    func toldBy(_ told: PruneTold, _ person: Person, by actor: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try Self.put(told, db)
            try Self.say(
                "prune.told", person, "Says that they told them", by: actor,
                evidence: "{\"removalAt\":\(told.removalAt?.milliseconds ?? 0)}", at: now, db)
        }
    }

    func mark(
        _ marks: [(PruneMarks.Key, String?)], action: String, summary: String, by actor: String,
        evidence: String = "{}"
    ) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            for (key, value) in marks { try PruneMarks.set(key, value, at: now, db) }
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: actor, action: action, subject: "prune", summary: summary, evidence: evidence), db)
        }
    }

    /// Nil: not stopped by a word.
    func stoppedBy() async throws(StorageError) -> String? {
        try await database.read { db in try PruneMarks.text(.stoppedBy, db) }
    }

    /// Somebody may be spoken of before any look has seen them; not before what was observed already, however far a clock
    /// is behind.
    private static func know(_ person: Person, at now: Instant, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            INSERT INTO prune_people (person, plex_id, name, share_id, known_at, joined_at, gone_at, welcome, is_vip,
                vip_by)
            VALUES ($1, $2, $3, $4,
                (SELECT CASE WHEN MAX(to_at) > $5 THEN MAX(to_at) ELSE $5 END FROM prune_observed), $6, NULL, 'none', 0, '')
            ON CONFLICT (person) DO NOTHING
            """, person.id, person.plexID, person.name, person.shareID, now, person.joinedAt)
    }

    private static func say(
        _ action: String, _ person: Person, _ words: String, by actor: String, evidence: String = "{}",
        at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        _ = try Ledger.append(
            LedgerEntry(
                at: now, actor: actor, action: action, subject: person.subject, summary: "\(person.name): \(words)",
                reason: "said so", evidence: evidence), db)
    }
}
