// Our own ledger of watches, by film and not by item: an item's number changes when its file moves.

package import Domain
internal import Runtime
package import Storage

extension FilmIDs {
    /// Every key under which it may be known. Title and year only where there is no number: there are twins.
    package var keys: [String] {
        var keys = [key]
        if tmdb != nil, let imdb { keys.append("imdb:\(imdb)") }
        return keys
    }

    /// With what another set knows beside it.
    package func filled(from other: FilmIDs) -> FilmIDs {
        FilmIDs(
            tmdb: tmdb ?? other.tmdb, imdb: imdb ?? other.imdb, title: title.isEmpty ? other.title : title,
            year: year ?? other.year)
    }
}

extension DownloadBook {
    /// Writes the watch down. False: this person's watch of this film is known already, from another report of it.
    func watched(_ playback: Playback, _ film: FilmIDs, userKey: String, window: Duration) async throws -> Bool {
        let (key, keys) = (playback.key, film.keys)
        return try await database.write { db in
            let own = try db.row("SELECT id FROM downloads_plays WHERE play_key = $1", key) { try $0.int64(0) }
            if own != nil { return true }
            for filmKey in keys {
                let other = try db.row(
                    """
                    SELECT id FROM downloads_plays
                    WHERE film_key = $1 AND user_key = $2 AND at > $3 AND at < $4 LIMIT 1
                    """, filmKey, userKey, playback.at - window, playback.at + window
                ) { try $0.int64(0) }
                if other != nil { return false }
            }
            try db.run(
                """
                INSERT INTO downloads_plays (play_key, film_key, title, user_key, source, at)
                VALUES ($1, $2, $3, $4, $5, $6)
                """, key, film.key, film.title, userKey, playback.source.rawValue, playback.at)
            return true
        }
    }

    /// The film is known better now.
    func rename(_ playKey: String, to film: FilmIDs) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE downloads_plays SET film_key = $2 WHERE play_key = $1", playKey, film.key)
        }
    }

    /// Watches of that person within the window that ends with the newest of them, whatever order they came in.
    func count(_ film: FilmIDs, userKey: String, window: Duration, at moment: Instant) async throws(StorageError) -> Int
    {
        let keys = film.keys
        return try await database.read { db in
            var all: Set<Instant> = []
            for key in keys {
                all.formUnion(
                    try db.rows("SELECT at FROM downloads_plays WHERE film_key = $1 AND user_key = $2", key, userKey) {
                        try $0.instant(0)
                    })
            }
            let newest = max(moment, all.max() ?? moment)
            return all.count { $0 >= newest - window && $0 <= newest }
        }
    }

    /// Whether this person's playing of it is known that ended after then, counted or not.
    func isKnown(_ film: FilmIDs, userKey: String, after moment: Instant) async throws(StorageError) -> Bool {
        let keys = film.keys
        return try await database.read { db in
            for key in keys {
                let hit = try db.row(
                    "SELECT id FROM downloads_cases WHERE film_key = $1 AND user_key = $2 AND at > $3 LIMIT 1", key,
                    userKey, moment
                ) { try $0.int64(0) }
                if hit != nil { return true }
            }
            return false
        }
    }

    /// Anybody's newest that we know of.
    func lastWatched(_ film: FilmIDs) async throws(StorageError) -> Instant? {
        let keys = film.keys
        return try await database.read { db in
            var newest: Instant?
            for key in keys {
                let at =
                    try db.row("SELECT MAX(at) FROM downloads_cases WHERE film_key = $1", key) {
                        try $0.optionalInstant(0)
                    } ?? nil
                newest = [newest, at].compactMap { $0 }.max()
            }
            return newest
        }
    }

    // MARK: Words about films

    package func override(_ film: FilmIDs) async throws(StorageError) -> FilmOverride? {
        let keys = film.keys
        return try await database.read { db in
            for key in keys {
                let word = try db.row("SELECT word FROM downloads_overrides WHERE film_key = $1", key) {
                    try $0.text(0)
                }
                if let word { return FilmOverride(rawValue: word) }
            }
            return nil
        }
    }

    /// Nil: as the rules say.
    func set(_ word: FilmOverride?, for film: FilmIDs, by actor: String) async throws {
        let (text, keys) = (try JSONText.text(film), film.keys)
        let now = database.clock.now
        try await database.write { db in
            var before: String?
            for key in keys where before == nil {
                before = try db.row("SELECT word FROM downloads_overrides WHERE film_key = $1", key) { try $0.text(0) }
            }
            for key in keys { try db.run("DELETE FROM downloads_overrides WHERE film_key = $1", key) }
            if let word {
                try db.run(
                    "INSERT INTO downloads_overrides (film_key, film, word, said_by, at) VALUES ($1, $2, $3, $4, $5)",
                    film.key, text, word.rawValue, actor, now)
            }
            let said = WordSaid(film: film, word: word?.rawValue, before: before)
            _ = try Ledger.append(
                LedgerEntry(
                    at: now, actor: actor, action: WordSaid.action, subject: film.key,
                    summary: "\(film.name): \(word?.rawValue ?? "as the rules say")", reason: "somebody's word",
                    evidence: try JSONText.text(said),
                    undo: "downloads override \(before ?? "rules") \(film.typed)"), db)
        }
    }

    package func overrides() async throws(StorageError) -> [(film: FilmIDs, word: FilmOverride, by: String)] {
        try await database.read { db in
            try db.rows("SELECT film, word, said_by FROM downloads_overrides ORDER BY at DESC") { row in
                (
                    try JSONText.read(FilmIDs.self, try row.text(0)),
                    FilmOverride(rawValue: try row.text(1)) ?? .ask, try row.text(2)
                )
            }
        }
    }

    /// Films we have met, the newest first.
    package func films(_ most: Int = 500) async throws(StorageError) -> [FilmIDs] {
        try await database.read { db in
            let texts = try db.rows(
                "SELECT film, MAX(id) AS newest FROM downloads_cases GROUP BY film_key ORDER BY newest DESC LIMIT $1",
                most
            ) { try $0.text(0) }
            return texts.compactMap { try? JSONText.read(FilmIDs.self, $0) }
        }
    }

    // MARK: Seeders

    /// What was said within a day. Nil: nobody was asked.
    func seeders(_ film: FilmIDs) async throws(StorageError) -> Reading<Int>? {
        let since = database.clock.now - .days(1)
        let key = film.key
        return try await database.read { db in
            try db.row("SELECT count FROM downloads_seeders WHERE film_key = $1 AND at > $2", key, since) { row in
                try row.optionalInt(0).map { Reading.known($0) } ?? .absent
            }
        }
    }

    func set(seeders count: Int?, of film: FilmIDs) async throws(StorageError) {
        let (key, now) = (film.key, database.clock.now)
        try await database.write { db in
            try db.run(
                """
                INSERT INTO downloads_seeders (film_key, count, at) VALUES ($1, $2, $3)
                ON CONFLICT (film_key) DO UPDATE SET count = excluded.count, at = excluded.at
                """, key, count, now)
        }
    }
}
