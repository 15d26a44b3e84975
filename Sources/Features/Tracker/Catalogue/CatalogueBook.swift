// The catalogue as it is stored: shows put in whole, found again by id, by name, or by a name that looks like it.

internal import Domain
package import Runtime
package import Storage

package struct CatalogueBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    package enum Put: Hashable, Sendable {
        case new(Int64)
        case known(Int64)
        /// Its ids belong to different shows here: somebody has to say which.
        case clash([Int64])

        package var show: Int64? {
            switch self {
            case .new(let id), .known(let id): id
            case .clash: nil
            }
        }
    }

    // MARK: Putting in

    /// `dueAt`: when the catalogue is to be asked again.
    package func put(_ entry: CatalogueEntry, dueAt: Instant?) async throws(StorageError) -> Put {
        let now = database.clock.now
        return try await database.write { db in
            let known = try Self.shows(with: entry.ids, db)
            guard known.count < 2 else { return .clash(known.sorted()) }
            let show: Int64
            if let id = known.first {
                show = id
                try Self.update(id, entry, db)
            } else {
                show = try Self.insert(entry, at: now, db)
            }
            try db.run(
                "UPDATE tracker_shows SET refreshed_at = $2, due_at = $3 WHERE id = $1", show, now, dueAt)
            try Self.name(show, entry.allNames, db)
            if let episodes = entry.episodes { try Self.write(episodes, of: show, db) }
            return known.isEmpty ? .new(show) : .known(show)
        }
    }

    private static func insert(
        _ entry: CatalogueEntry, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) -> Int64 {
        try db.insert(
            """
            INSERT INTO tracker_shows (title, year, network, country, tmdb, tvdb, imdb, tvmaze, status, poster, added_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
            """, entry.title, entry.year, entry.network, entry.country, entry.ids.tmdb, entry.ids.tvdb, entry.ids.imdb,
            entry.ids.tvmaze, entry.hasEnded ? "ended" : "running", entry.poster, now)
    }

    /// What a catalogue does not say takes nothing away.
    private static func update(_ id: Int64, _ entry: CatalogueEntry, _ db: borrowing Session) throws(StorageError) {
        try db.run(
            """
            UPDATE tracker_shows SET title = $2, year = COALESCE($3, year), network = COALESCE($4, network),
                country = COALESCE($5, country), tmdb = COALESCE($6, tmdb), tvdb = COALESCE($7, tvdb),
                imdb = COALESCE($8, imdb), tvmaze = COALESCE($9, tvmaze), status = $10,
                poster = CASE WHEN $11 = '' THEN poster ELSE $11 END
            WHERE id = $1
            """, id, entry.title, entry.year, entry.network, entry.country, entry.ids.tmdb, entry.ids.tvdb,
            entry.ids.imdb, entry.ids.tvmaze, entry.hasEnded ? "ended" : "running", entry.poster)
    }

    // MARK: Finding

    package func show(_ id: Int64) async throws(StorageError) -> KnownShow? {
        try await database.read { db in try Self.known([id], db).first }
    }

    package func shows(with ids: ShowIDs) async throws(StorageError) -> [KnownShow] {
        try await database.read { db in try Self.known(try Self.shows(with: ids, db), db) }
    }

    /// Whatever is worth a look for this claim: by id, of this name, and those whose names look most like it.
    package func candidates(for claim: ShowClaim, most: Int = 20) async throws(StorageError) -> [KnownShow] {
        try await database.read { db in
            var ids = try Self.shows(with: claim.ids, db)
            for name in claim.names {
                ids += try db.rows(
                    "SELECT DISTINCT show FROM tracker_names WHERE name_key = $1 LIMIT 50", name.key
                ) { row in try row.int64(0) }
            }
            for name in claim.names { ids += try Self.alike(name, most: most, db) }
            var seen: Set<Int64> = []
            return try Self.known(ids.filter { seen.insert($0).inserted }, db)
        }
    }

    package func episodes(of show: Int64) async throws(StorageError) -> [KnownEpisode] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM tracker_episodes WHERE show = $1 AND is_gone = 0 ORDER BY season, number", show,
                decode: Self.episode)
        }
    }

    /// Those to be asked for again, the longest overdue first.
    package func due(most: Int) async throws(StorageError) -> [KnownShow] {
        let now = database.clock.now
        return try await database.read { db in
            let ids = try db.rows(
                "SELECT id FROM tracker_shows WHERE due_at <= $1 ORDER BY due_at LIMIT $2", now, most
            ) { row in try row.int64(0) }
            return try Self.known(ids, db)
        }
    }

    static func shows(with ids: ShowIDs, _ db: borrowing Session) throws(StorageError) -> [Int64] {
        var found: Set<Int64> = []
        func look(_ column: String, _ value: (any Bindable)?) throws(StorageError) {
            guard let value else { return }
            let id = try db.row("SELECT id FROM tracker_shows WHERE \(column) = $1", value) { row in try row.int64(0) }
            if let id { found.insert(id) }
        }
        try look("tmdb", ids.tmdb)
        try look("tvdb", ids.tvdb)
        try look("imdb", ids.imdb)
        try look("tvmaze", ids.tvmaze)
        return found.sorted()
    }

    static func known(_ ids: [Int64], _ db: borrowing Session) throws(StorageError) -> [KnownShow] {
        var shows: [KnownShow] = []
        for id in ids {
            let names = try db.rows("SELECT name FROM tracker_names WHERE show = $1 ORDER BY place", id) { row in
                try row.text(0)
            }
            let show = try db.row("SELECT * FROM tracker_shows WHERE id = $1", id) { row in
                KnownShow(
                    id: id, try row.text("title"), others: Array(names.dropFirst()), year: try row.optionalInt("year"),
                    ids: try Self.ids(row), network: try row.optionalText("network"),
                    country: try row.optionalText("country"))
            }
            if let show { shows.append(show) }
        }
        return shows
    }

    static func ids(_ row: borrowing Row) throws -> ShowIDs {
        ShowIDs(
            tmdb: try row.optionalInt("tmdb"), tvdb: try row.optionalInt("tvdb"), imdb: try row.optionalText("imdb"),
            tvmaze: try row.optionalInt("tvmaze"))
    }

    static func episode(_ row: borrowing Row) throws -> KnownEpisode {
        KnownEpisode(
            id: try row.int64("id"), season: try row.int("season"), number: try row.int("number"),
            absolute: try row.optionalInt("absolute"), title: try row.text("title"),
            airedOn: try row.optionalInt("aired_on").map { Day(number: $0) }, runtime: try row.optionalInt("runtime"),
            ids: try ids(row))
    }
}
