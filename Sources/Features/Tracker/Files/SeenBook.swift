// All that somebody has seen, each time of it, as it is carried away.

internal import Runtime
package import Storage

package struct SeenBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// The oldest first.
    package func rows(of person: Int64) async throws(StorageError) -> [SeenRow] {
        try await database.read { db in
            var told: [Int64: [Telling]] = [:]
            try db.each("SELECT episode, at, view_count, runtime FROM tracker_tellings WHERE person = $1", [person]) {
                row in
                told[try row.int64(0), default: []].append(
                    Telling(
                        at: try row.instant(1), viewCount: try row.optionalInt(2),
                        runtime: try row.optionalInt64(3).map { .milliseconds($0) }))
            }
            var rows: [SeenRow] = []
            try db.each(
                """
                SELECT e.id, e.season, e.number, e.title, e.tmdb, e.tvdb, e.imdb, e.tvmaze, m.first_at, m.by_hand_at,
                    s.title AS show_title, s.year, s.tmdb AS show_tmdb, s.tvdb AS show_tvdb, s.imdb AS show_imdb,
                    s.tvmaze AS show_tvmaze
                FROM tracker_marks m JOIN tracker_episodes e ON e.id = m.episode JOIN tracker_shows s ON s.id = m.show
                WHERE m.person = $1
                """, [person]
            ) { row in
                var times = MarkRules.plays(told[try row.int64("id")] ?? [])
                // A date by hand stands for the first time.
                if let byHand = try row.optionalInstant("by_hand_at") { times = [byHand] + times.dropFirst() }
                if times.isEmpty { times = [try row.instant("first_at")] }
                let one = SeenRow(
                    show: try row.text("show_title"), year: try row.optionalInt("year"),
                    showIDs: ShowIDs(
                        tmdb: try row.optionalInt("show_tmdb"), tvdb: try row.optionalInt("show_tvdb"),
                        imdb: try row.optionalText("show_imdb"), tvmaze: try row.optionalInt("show_tvmaze")),
                    season: try row.int("season"), number: try row.int("number"), title: try row.text("title"),
                    episodeIDs: try CatalogueBook.ids(row), watchedAt: times[0])
                for time in times {
                    var row = one
                    row.watchedAt = time
                    rows.append(row)
                }
            }
            return rows.sorted { a, b in
                (a.watchedAt, a.show, a.season, a.number) < (b.watchedAt, b.show, b.season, b.number)
            }
        }
    }
}
