// Files on disk that might go, from the question to the end.

package import Domain
internal import FoundationEssentials
package import Runtime
package import Storage

package struct DeletionProposal: Sendable, Identifiable {
    package enum State: String, Sendable { case asked, approved, deleted, kept, failed }

    package let id: Int64
    package var instance: String
    package var movieID: Int
    package var fileID: Int
    package var film: FilmIDs
    package var path: String
    package var size: Int64?
    package var state: State
    package var why: String
    package var lastWatchedAt: Instant?
    package var askedAt: Instant
    package var decidedBy: String

    init(_ row: borrowing Row) throws {
        id = try row.int64("id")
        instance = try row.text("instance")
        movieID = try row.int("movie_id")
        fileID = try row.int("file_id")
        film = try JSONText.read(FilmIDs.self, try row.text("film"))
        path = try row.text("path")
        size = try row.optionalInt64("size")
        state = State(rawValue: try row.text("state")) ?? .kept
        why = try row.text("why")
        lastWatchedAt = try row.optionalInstant("last_watched_at")
        askedAt = try row.instant("asked_at")
        decidedBy = try row.text("decided_by")
    }
}

extension DownloadBook {
    package func proposal(_ id: Int64) async throws(StorageError) -> DeletionProposal? {
        try await database.read { db in
            try db.row("SELECT * FROM downloads_proposals WHERE id = $1", id) { try DeletionProposal($0) }
        }
    }

    package func proposals(_ most: Int = 50) async throws(StorageError) -> [DeletionProposal] {
        try await database.read { db in
            try db.rows("SELECT * FROM downloads_proposals ORDER BY id DESC LIMIT $1", most) {
                try DeletionProposal($0)
            }
        }
    }

    func untoldProposals() async throws(StorageError) -> [DeletionProposal] {
        try await database.read { db in
            try db.rows("SELECT * FROM downloads_proposals WHERE state = 'asked' AND is_told = 0 ORDER BY id") {
                try DeletionProposal($0)
            }
        }
    }

    func toldProposal(_ id: Int64) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE downloads_proposals SET is_told = 1 WHERE id = $1", id)
        }
    }

    /// Whether it was asked about since then.
    func isProposed(_ entry: FilmEntry, file: Int, since: Instant) async throws(StorageError) -> Bool {
        try await database.read { db in
            try db.row(
                """
                SELECT id FROM downloads_proposals
                WHERE instance = $1 AND movie_id = $2 AND (file_id = $3 AND state IN ('asked', 'approved', 'failed')
                    OR asked_at > $4)
                """, entry.instance, entry.id, file, since
            ) { try $0.int64(0) } != nil
        }
    }

    func propose(_ entry: FilmEntry, file: Int, why: String, watched: Instant?) async throws {
        let (film, now) = (try JSONText.text(entry.ids), database.clock.now)
        try await database.write { db in
            try db.run(
                """
                INSERT INTO downloads_proposals (instance, movie_id, file_id, film_key, film, path, size, state, why,
                    last_watched_at, asked_at, decided_by, is_told)
                VALUES ($1, $2, $3, $4, $5, $6, $7, 'asked', $8, $9, $10, '', 0)
                """, entry.instance, entry.id, file, entry.ids.key, film, entry.path, entry.size, why, watched, now)
        }
    }

    /// False: it stands otherwise by now.
    func set(
        _ id: Int64, _ state: DeletionProposal.State, from before: [DeletionProposal.State], by actor: String?,
        why: String? = nil
    ) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            let current = try db.row("SELECT state FROM downloads_proposals WHERE id = $1", id) { try $0.text(0) }
            guard let current, before.contains(where: { $0.rawValue == current }) else { return false }
            return try db.run(
                """
                UPDATE downloads_proposals SET state = $2, decided_by = COALESCE($3, decided_by), decided_at = $4,
                    why = COALESCE($5, why)
                WHERE id = $1
                """, id, state.rawValue, actor, now, why) > 0
        }
    }

    /// When we last deleted a file of it.
    func deletedAt(_ film: FilmIDs) async throws(StorageError) -> Instant? {
        let key = film.key
        return try await database.read { db in
            try db.row(
                "SELECT MAX(decided_at) FROM downloads_proposals WHERE film_key = $1 AND state = 'deleted'", key
            ) { try $0.optionalInstant(0) } ?? nil
        }
    }
}

/// For the door: nothing is deleted that somebody has not just approved.
package struct DownloadApprovals: Sendable {
    private let book: DownloadBook

    package init(_ database: Database) { book = DownloadBook(database) }

    package func isApproved(_ effect: Effect) async -> Bool {
        guard effect.kind == DownloadKind.delete, let last = effect.key.split(separator: ":").last,
            let id = Int64(last), let proposal = try? await book.proposal(id)
        else { return false }
        return proposal.state == .approved && !proposal.decidedBy.isEmpty
    }
}
