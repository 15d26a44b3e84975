// What a look brings into the tables: only what changed, in one transaction. Where two engines look at once, each
// statement compares with what is there and not with what was read before.

internal import Domain
internal import Runtime
internal import Storage

/// Everything a look has to write.
struct LookChange: Sendable {
    var census = CensusChange()
    var sightings: [(person: Int64, sighting: Sighting)] = []
    /// Till when everything was seen good.
    var observed: Instant?
    var jump = false
    /// Nothing since then was observed after all: the history had ended without a word.
    var notSince: Instant?
    var marks: [(key: PruneMarks.Key, value: String?)] = []
}

extension PruneBook {
    func take(
        _ change: LookChange, tolerance: Duration
    ) async throws(StorageError) -> (spans: [Span], marks: PruneMarks) {
        let now = database.clock.now
        return try await database.write { db in
            try Self.write(change.census, at: now, db)
            for (person, sighting) in change.sightings {
                try db.run(
                    """
                    INSERT INTO prune_sightings (person, source, at, title) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (person, source) DO UPDATE SET at = excluded.at, title = excluded.title
                    WHERE excluded.at > prune_sightings.at
                    """, person, sighting.source.rawValue, sighting.at, sighting.title)
            }
            if let moment = change.notSince {
                try db.run(
                    """
                    UPDATE prune_observed SET to_at = CASE WHEN from_at > $1 THEN from_at ELSE $1 END WHERE to_at > $1
                    """, moment)
            }
            if let moment = change.observed { try Self.observe(moment, tolerance, jump: change.jump, db) }
            for (key, value) in change.marks { try PruneMarks.set(key, value, at: now, db) }
            let spans = try db.rows("SELECT from_at, to_at FROM prune_observed ORDER BY id") { row in
                Span(try row.instant(0), try row.instant(1))
            }
            return (spans, try PruneMarks.all(db))
        }
    }

    private static func observe(
        _ now: Instant, _ tolerance: Duration, jump: Bool, _ db: borrowing Session
    ) throws(StorageError) {
        let newest = try db.row("SELECT id, from_at, to_at FROM prune_observed ORDER BY id DESC LIMIT 1") { row in
            (id: try row.int64(0), span: Span(try row.instant(1), try row.instant(2)))
        }
        switch Observation.step(newest: newest?.span, now: now, tolerance: tolerance, jump: jump) {
        case .stays: break
        case .prolongs: try db.run("UPDATE prune_observed SET to_at = $2 WHERE id = $1", newest?.id, now)
        case .begins: try db.run("INSERT INTO prune_observed (from_at, to_at) VALUES ($1, $1)", now)
        }
    }

    private static func write(
        _ census: CensusChange, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        for record in census.came {
            try db.run(
                """
                INSERT INTO prune_people (person, plex_id, name, share_id, known_at, joined_at, gone_at, welcome, is_vip,
                    vip_by)
                VALUES ($1, $2, $3, $4, $5, $6, NULL, $7, 0, '')
                ON CONFLICT (person) DO NOTHING
                """, record.person, record.plexID, record.name, record.shareID, record.knownAt, record.joinedAt,
                record.welcome.rawValue)
        }
        for record in census.changed {
            try db.run(
                """
                UPDATE prune_people SET plex_id = $2, name = $3, share_id = $4, joined_at = $5 WHERE person = $1
                """, record.person, record.plexID, record.name, record.shareID, record.joinedAt)
        }
        for record in census.back {
            try db.run(
                """
                UPDATE prune_people SET plex_id = $2, name = $3, share_id = $4, joined_at = $5, known_at = $6,
                    gone_at = NULL, looked_at = NULL, look_stamp = NULL
                WHERE person = $1
                """, record.person, record.plexID, record.name, record.shareID, record.joinedAt, record.knownAt)
        }
        for person in census.gone {
            try db.run(
                "UPDATE prune_people SET gone_at = $2 WHERE person = $1 AND gone_at IS NULL", person, now)
            // Whoever left is not greeted for having been there.
            try db.run("UPDATE prune_people SET welcome = 'none' WHERE person = $1 AND welcome = 'due'", person)
        }
    }

    /// What this look says to the ones before, and warnings that no longer hold because their people came back.
    func take(
        looks: [(person: Int64, step: LookStep, stamp: Instant)], over: [(told: PruneTold, why: String)], at: Instant
    ) async throws(StorageError) {
        if looks.isEmpty && over.isEmpty { return }
        let now = database.clock.now
        try await database.write { db in
            for (person, step, stamp) in looks {
                switch step {
                case .stays: break
                case .begins:
                    try db.run(
                        """
                        UPDATE prune_people SET looked_at = $2, look_stamp = $3
                        WHERE person = $1 AND (look_stamp IS NULL OR look_stamp <> $3)
                        """, person, at, stamp)
                case .clears:
                    try db.run(
                        "UPDATE prune_people SET looked_at = NULL, look_stamp = NULL WHERE person = $1", person)
                }
            }
            for (told, why) in over {
                let changed = try db.run(
                    "UPDATE prune_told SET is_over = 1 WHERE key = $1 AND is_over = 0", told.key)
                guard changed > 0, told.kind == .warning, told.state == .sent else { continue }
                _ = try Ledger.append(
                    LedgerEntry(
                        at: now, actor: "autoplex", action: "prune.cleared", subject: "person:\(told.person)",
                        summary: "The warning no longer holds", reason: why, evidence: "{\"key\":\"\(told.key)\"}"), db)
            }
        }
    }

    /// Those of plex.tv: whoever is on the next list that is believed has the one it says.
    func forgetNumbers() async throws(StorageError) {
        try await database.write { db in try db.run("UPDATE prune_people SET plex_id = NULL") }
    }

    func welcomed(_ person: Int64, _ welcome: PruneRecord.Welcome) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                "UPDATE prune_people SET welcome = $2 WHERE person = $1 AND welcome = 'due'", person, welcome.rawValue)
        }
    }
}
