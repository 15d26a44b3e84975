// When a show was asked for last, and when it is to be asked for again; and what is added to it by hand.

internal import Domain
package import Runtime
package import Storage

extension CatalogueBook {
    package func refreshedAt(_ show: Int64) async throws(StorageError) -> Instant? {
        try await database.read { db in
            try db.row("SELECT refreshed_at FROM tracker_shows WHERE id = $1", show) { try $0.optionalInstant(0) }
                ?? nil
        }
    }

    func touch(_ show: Int64, dueAt: Instant?) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run("UPDATE tracker_shows SET refreshed_at = $2, due_at = $3 WHERE id = $1", show, now, dueAt)
        }
    }

    func postpone(_ show: Int64, to moment: Instant) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE tracker_shows SET due_at = $2 WHERE id = $1", show, moment)
        }
    }

    package func add(_ episode: KnownEpisode, to show: Int64) async throws(StorageError) -> Int64 {
        try await database.write { db in
            try db.insert(
                """
                INSERT INTO tracker_episodes (show, season, number, title, aired_on, is_gone)
                VALUES ($1, $2, $3, $4, $5, 0)
                ON CONFLICT (show, season, number) DO UPDATE SET title = excluded.title RETURNING id
                """, show, episode.season, episode.number, episode.title, episode.airedOn?.number)
        }
    }

    package func poster(_ show: Int64) async throws(StorageError) -> String {
        try await database.read { db in
            try db.row("SELECT poster FROM tracker_shows WHERE id = $1", show) { try $0.text(0) } ?? ""
        }
    }
}
