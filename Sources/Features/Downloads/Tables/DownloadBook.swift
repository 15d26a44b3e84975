// The rows of downloads. Each method is one transaction.

internal import Domain
internal import FoundationEssentials
package import Runtime
package import Storage

package struct DownloadBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    private var now: Instant { database.clock.now }

    // MARK: Cases

    /// Every row of the playing; made now where there is none yet. `isNew`: it was not known before.
    func open(
        _ playback: Playback, userKey: String, instances: [String]
    ) async throws -> (ids: [Int64], isNew: Bool) {
        let (film, text) = (try JSONText.text(playback.film), try JSONText.text(playback))
        let now = now
        return try await database.write { db in
            var isNew = false
            for instance in instances {
                isNew =
                    try db.run(
                        """
                        INSERT INTO downloads_cases (play_key, instance, at, film_key, film, playback, user_key, user_name,
                            state, decision, rule, why, evidence, trace, plays, target, step, attempt, former_root,
                            download_id, release_title, path, outcome, tries, due_at, said_by, untold)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'judging', '', '', '', '', '', 0, '', 'start', 0, '',
                            '', '', '', '', 0, $9, '', '')
                        ON CONFLICT (play_key, instance) DO NOTHING
                        """, playback.key, instance, playback.at, playback.film.key, film, text, userKey,
                        playback.user.name ?? playback.user.id ?? "", now) > 0 || isNew
            }
            let ids = try db.rows("SELECT id FROM downloads_cases WHERE play_key = $1 ORDER BY id", playback.key) {
                try $0.int64(0)
            }
            return (ids, isNew)
        }
    }

    package func one(_ id: Int64) async throws(StorageError) -> DownloadCase? {
        try await database.read { db in
            try db.row("SELECT * FROM downloads_cases WHERE id = $1", id) { try DownloadCase($0) }
        }
    }

    /// Those whose verdict is due, longest first.
    func toJudge(_ now: Instant, most: Int) async throws(StorageError) -> [DownloadCase] {
        try await database.read { db in
            try db.rows(
                """
                SELECT * FROM downloads_cases WHERE due_at <= $1 AND state IN ('judging', 'waiting')
                ORDER BY due_at, id LIMIT $2
                """, now, most
            ) { try DownloadCase($0) }
        }
    }

    /// What was decided and is due for longest.
    func due(_ now: Instant) async throws(StorageError) -> DownloadCase? {
        try await database.read { db in
            try db.row(
                """
                SELECT * FROM downloads_cases
                WHERE due_at <= $1 AND state NOT IN ('seeders', 'judging', 'waiting') ORDER BY due_at, id LIMIT 1
                """, now
            ) { try DownloadCase($0) }
        }
    }

    func forSeeders() async throws(StorageError) -> DownloadCase? {
        try await database.read { db in
            try db.row("SELECT * FROM downloads_cases WHERE state = 'seeders' ORDER BY id LIMIT 1") {
                try DownloadCase($0)
            }
        }
    }

    package func nextDue() async throws(StorageError) -> Instant? {
        try await database.read { db in
            try db.row("SELECT MIN(due_at) FROM downloads_cases WHERE due_at IS NOT NULL") { row in
                try row.optionalInstant(0)
            } ?? nil
        }
    }

    /// What changed, and nothing else; of a row that somebody else has ended meanwhile, nothing.
    func save(_ change: DownloadCase, was state: DownloadCase.State) async throws -> Bool {
        let film = try JSONText.text(change.film)
        let evidence = try change.evidence.map { try JSONText.text($0) } ?? ""
        let trace = try JSONText.text(change.trace)
        let isSaved = try await database.write { db in
            try db.run(
                """
                UPDATE downloads_cases SET film_key = $3, film = $4, user_key = $5, state = $6, decision = $7, rule = $8,
                    why = $9, evidence = $10, trace = $11, judged_at = $12, plays = $13, target = $14, movie_id = $15,
                    step = $16, attempt = $17, command_id = $18, former_root = $19, download_id = $20,
                    release_title = $21, size = $22, path = $23, outcome = $24, tries = $25, due_at = $26,
                    searched_at = $27, ended_at = $28, said_by = $29, untold = $30
                WHERE id = $1 AND state = $2
                """, change.id, state.rawValue, change.film.key, film, change.userKey, change.state.rawValue,
                change.decision, change.rule, change.why, evidence, trace, change.judgedAt, change.plays,
                change.target, change.movieID, change.step.rawValue, change.attempt, change.commandID,
                change.formerRoot, change.downloadID, change.release, change.size, change.path, change.outcome,
                change.tries, change.dueAt, change.searchedAt, change.endedAt, change.saidBy,
                change.untold?.rawValue ?? "") > 0
        }
        if isSaved {
            database.log.debug(
                "a case goes on", ["case": "\(change.id)", "was": state.rawValue, "is": change.state.rawValue])
        }
        return isSaved
    }

    func untold() async throws(StorageError) -> [DownloadCase] {
        try await database.read { db in
            try db.rows("SELECT * FROM downloads_cases WHERE untold <> '' ORDER BY id LIMIT 50") {
                try DownloadCase($0)
            }
        }
    }

    func told(_ id: Int64, _ what: DownloadCase.Untold) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE downloads_cases SET untold = '' WHERE id = $1 AND untold = $2", id, what.rawValue)
        }
    }

    /// Those a Radarr may still have something to say about.
    func underWay() async throws(StorageError) -> [DownloadCase] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM downloads_cases WHERE state IN ('searching', 'commanded', 'grabbed') ORDER BY id"
            ) { try DownloadCase($0) }
        }
    }

    package func latest(_ most: Int, before id: Int64? = nil) async throws(StorageError) -> [DownloadCase] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM downloads_cases WHERE ($1 IS NULL OR id < $1) ORDER BY id DESC LIMIT $2", id, most
            ) { try DownloadCase($0) }
        }
    }

    package func cases(of keys: [String], most: Int = 20) async throws(StorageError) -> [DownloadCase] {
        try await database.read { db in
            var all: [DownloadCase] = []
            for key in keys {
                all += try db.rows(
                    "SELECT * FROM downloads_cases WHERE film_key = $1 ORDER BY id DESC LIMIT $2", key, most
                ) { try DownloadCase($0) }
            }
            return Array(all.sorted { $0.id > $1.id }.prefix(most))
        }
    }

    package func cases(since: Instant) async throws(StorageError) -> [DownloadCase] {
        try await database.read { db in
            try db.rows("SELECT * FROM downloads_cases WHERE at >= $1 ORDER BY id", since) { try DownloadCase($0) }
        }
    }

    /// How many stand where, by the state's word.
    package func tally() async throws(StorageError) -> [String: Int] {
        let rows = try await database.read { db in
            try db.rows("SELECT state, COUNT(*) AS n FROM downloads_cases GROUP BY state") {
                (try $0.text(0), try $0.int("n"))
            }
        }
        return Dictionary(rows) { $0 + $1 }
    }

    /// Those that are not at their end.
    package func open(_ most: Int = 50) async throws(StorageError) -> [DownloadCase] {
        try await database.read { db in
            try db.rows(
                """
                SELECT * FROM downloads_cases
                WHERE state IN ('judging', 'waiting', 'seeders', 'asked', 'searching', 'commanded', 'grabbed')
                ORDER BY id DESC LIMIT $1
                """, most
            ) { try DownloadCase($0) }
        }
    }

    /// Ended long ago and led to nothing.
    package func forget(before moment: Instant) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                """
                DELETE FROM downloads_cases
                WHERE state IN ('no', 'unknown', 'duplicate', 'missing', 'declined') AND at < $1
                """, moment)
            try db.run("DELETE FROM downloads_seeders WHERE at < $1", moment)
        }
    }

    // MARK: What was done before

    /// When we last searched for the film there; what was only meant or refused at the door does not count.
    func searchedAt(_ keys: [String], instance: String?, but id: Int64) async throws(StorageError) -> Instant? {
        try await database.read { db in
            var newest: Instant?
            for key in keys {
                let at =
                    try db.row(
                        """
                        SELECT MAX(searched_at) FROM downloads_cases
                        WHERE film_key = $1 AND ($2 IS NULL OR instance = $2) AND id <> $3
                        """, key, instance, id
                    ) { try $0.optionalInstant(0) } ?? nil
                newest = [newest, at].compactMap { $0 }.max()
            }
            return newest
        }
    }

    /// Where another decision about the film stands that is not at its end; nil: there is none.
    func underWay(
        _ keys: [String], instance: String?, but id: Int64
    ) async throws(StorageError) -> DownloadCase.State? {
        try await database.read { db in
            for key in keys {
                let state = try db.row(
                    """
                    SELECT state FROM downloads_cases
                    WHERE film_key = $1 AND ($2 IS NULL OR instance = $2) AND id <> $3
                        AND state IN ('asked', 'searching', 'commanded', 'grabbed') LIMIT 1
                    """, key, instance, id
                ) { try $0.text(0) }
                if let state { return DownloadCase.State(rawValue: state) }
            }
            return nil
        }
    }

    /// Searches of the last day, and what they are known to have taken. What is decided has its place already.
    func today(but id: Int64) async throws(StorageError) -> (searches: Int, bytes: Int64) {
        let since = now - .days(1)
        return try await database.read { db in
            try db.row(
                """
                SELECT COUNT(*) AS n, COALESCE(SUM(CASE WHEN state IN ('refused', 'failed') THEN 0 ELSE size END), 0) AS b
                FROM downloads_cases WHERE (searched_at > $1 OR state = 'searching') AND id <> $2
                """, since, id
            ) { (try $0.int("n"), try $0.int64("b")) } ?? (0, 0)
        }
    }
}
