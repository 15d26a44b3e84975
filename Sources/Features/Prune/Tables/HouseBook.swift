// What is taken over from a daemon before, and what is taken out of the tables when people are long gone.

internal import Runtime
internal import Storage

extension PruneBook {
    func take(_ old: OldState, by actor: String) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            for id in Set(old.welcomed.keys).union(old.warned.keys).union(old.removed.keys) {
                try db.run(
                    """
                    INSERT INTO prune_imported (plex_id, welcomed_at, warned_at, removed_at) VALUES ($1, $2, $3, $4)
                    ON CONFLICT (plex_id) DO UPDATE SET welcomed_at = COALESCE(excluded.welcomed_at, welcomed_at),
                        warned_at = COALESCE(excluded.warned_at, warned_at),
                        removed_at = COALESCE(excluded.removed_at, removed_at)
                    """, id, old.welcomed[id], old.warned[id], old.removed[id])
                // Known already, and not welcomed yet.
                guard old.welcomed[id] != nil else { continue }
                try db.run("UPDATE prune_people SET welcome = 'none' WHERE plex_id = $1 AND welcome = 'due'", id)
            }
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: actor, action: "prune.import", subject: "prune",
                    summary: "\(old.welcomed.count) welcomed, \(old.warned.count) warned, \(old.removed.count) removed"),
                db)
        }
    }

    /// Numbers stay, so that what was done to whom can still be followed by them; names, titles and addresses go.
    func anonymise(goneBefore: Instant) async throws(StorageError) -> Int {
        try await database.write { db in
            let people = try db.rows(
                "SELECT person FROM prune_people WHERE gone_at IS NOT NULL AND gone_at < $1 AND name <> ''", goneBefore
            ) { row in try row.int64(0) }
            for person in people {
                try db.run("UPDATE prune_people SET name = '', vip_by = '' WHERE person = $1", person)
                try db.run("UPDATE prune_sightings SET title = '' WHERE person = $1", person)
                try db.run("UPDATE prune_told SET why = '' WHERE person = $1", person)
                try db.run(
                    "UPDATE prune_cases SET evidence = '{}', snapshot = NULL, why = '' WHERE person = $1", person)
                for actions in PruneKind.actions {
                    try Ledger.anonymise(subject: "person:\(person)", actions: actions, db)
                }
            }
            return people.count
        }
    }
}
