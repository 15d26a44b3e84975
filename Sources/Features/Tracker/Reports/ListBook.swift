// What one person has seen of what they follow, read from marks and catalogue in one look.

package import Domain
package import Runtime
package import Storage

/// An episode and whether it was seen.
package struct SeenEpisode: Hashable, Sendable {
    package var episode: KnownEpisode
    package var mark: EpisodeMark?
}

/// One show on somebody's list.
package struct ShowProgress: Hashable, Sendable {
    package var show: Int64
    package var title: String
    package var year: Int?
    package var hasEnded: Bool
    package var isOn: Bool
    /// Regular episodes only: specials count for nothing here.
    package var aired: Int
    package var seen: Int
    package var next: KnownEpisode?
    /// The first that is still to come.
    package var coming: KnownEpisode?
    package var lastAt: Instant?

    package var left: Int { max(0, aired - seen) }
    package var percent: Int { aired == 0 ? 0 : min(100, seen * 100 / aired) }
}

package struct SeenLine: Hashable, Sendable {
    package var title: String
    package var episode: KnownEpisode
    package var mark: EpisodeMark
}

package struct ComingLine: Hashable, Sendable {
    package var show: Int64
    package var title: String
    package var episode: KnownEpisode
    package var day: Day
    package var isSeen: Bool

    package init(show: Int64, title: String, episode: KnownEpisode, day: Day, isSeen: Bool) {
        self.show = show
        self.title = title
        self.episode = episode
        self.day = day
        self.isSeen = isSeen
    }
}

package struct TrackerNumbers: Hashable, Sendable {
    package struct Row: Hashable, Sendable {
        package var label: String
        package var count: Int
    }
    package var shows = 0
    package var episodes = 0
    package var plays = 0
    package var minutes = 0
    package var byMonth: [Row] = []
    package var byShow: [Row] = []
}

package struct ListBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    /// All shows of somebody's list, the one seen last first.
    package func progress(of person: Int64, today: Day, show: Int64? = nil) async throws(StorageError) -> [ShowProgress]
    {
        try await database.read { db in
            var all = try db.rows(
                """
                SELECT s.id, s.title, s.year, s.status, f.is_on,
                    (SELECT MAX(last_at) FROM tracker_marks m WHERE m.person = f.person AND m.show = s.id) AS last_at
                FROM tracker_followers f JOIN tracker_shows s ON s.id = f.show
                WHERE f.person = $1 AND ($2 IS NULL OR s.id = $2)
                """, person, show
            ) { row in
                ShowProgress(
                    show: try row.int64("id"), title: try row.text("title"), year: try row.optionalInt("year"),
                    hasEnded: try row.text("status") == "ended", isOn: try row.bool("is_on"), aired: 0, seen: 0,
                    lastAt: try row.optionalInstant("last_at"))
            }
            for place in all.indices {
                let list = try Self.episodes(of: all[place].show, person, db).filter { $0.episode.season > 0 }
                all[place].take(list, today: today)
            }
            return all.sorted { a, b in
                (a.lastAt ?? Instant(milliseconds: 0), b.title) > (b.lastAt ?? Instant(milliseconds: 0), a.title)
            }
        }
    }

    /// Every episode of a show, by season and number.
    package func episodes(of show: Int64, for person: Int64) async throws(StorageError) -> [SeenEpisode] {
        try await database.read { db in try Self.episodes(of: show, person, db) }
    }

    private static func episodes(
        of show: Int64, _ person: Int64, _ db: borrowing Session
    ) throws(StorageError) -> [SeenEpisode] {
        try db.rows(
            """
            SELECT e.*, m.first_at, m.last_at, m.plays, m.by_hand_at
            FROM tracker_episodes e LEFT JOIN tracker_marks m ON m.episode = e.id AND m.person = $2
            WHERE e.show = $1 AND (e.is_gone = 0 OR m.plays IS NOT NULL) ORDER BY e.season, e.number
            """, show, person
        ) { row in
            let episode = try CatalogueBook.episode(row)
            guard let first = try row.optionalInstant("first_at") else { return SeenEpisode(episode: episode) }
            return SeenEpisode(
                episode: episode,
                mark: EpisodeMark(
                    person: person, show: show, episode: episode.id, firstAt: first,
                    lastAt: try row.instant("last_at"), plays: try row.int("plays"),
                    byHandAt: try row.optionalInstant("by_hand_at")))
        }
    }

    /// What was seen, the latest first.
    package func history(
        of person: Int64, show: Int64? = nil, most: Int = 200
    ) async throws(StorageError) -> [SeenLine] {
        try await database.read { db in
            try db.rows(
                """
                SELECT e.*, s.title AS show_title, m.show AS mark_show, m.first_at, m.last_at, m.plays, m.by_hand_at
                FROM tracker_marks m JOIN tracker_episodes e ON e.id = m.episode JOIN tracker_shows s ON s.id = m.show
                WHERE m.person = $1 AND ($2 IS NULL OR m.show = $2) ORDER BY m.last_at DESC, e.id DESC LIMIT $3
                """, person, show, most
            ) { row in
                let episode = try CatalogueBook.episode(row)
                return SeenLine(
                    title: try row.text("show_title"), episode: episode,
                    mark: EpisodeMark(
                        person: person, show: try row.int64("mark_show"), episode: episode.id,
                        firstAt: try row.instant("first_at"), lastAt: try row.instant("last_at"),
                        plays: try row.int("plays"), byHandAt: try row.optionalInstant("by_hand_at")))
            }
        }
    }

    /// Episodes of the shows somebody follows, by the day they air.
    package func calendar(
        of person: Int64, from: Day, to: Day
    ) async throws(StorageError) -> [ComingLine] {
        try await database.read { db in
            try db.rows(
                """
                SELECT e.*, s.title AS show_title, s.id AS show_id, m.plays
                FROM tracker_followers f JOIN tracker_shows s ON s.id = f.show
                    JOIN tracker_episodes e ON e.show = s.id
                    LEFT JOIN tracker_marks m ON m.episode = e.id AND m.person = f.person
                WHERE f.person = $1 AND f.is_on = 1 AND e.is_gone = 0 AND e.aired_on >= $2 AND e.aired_on <= $3
                ORDER BY e.aired_on, s.title, e.season, e.number
                """, person, from.number, to.number
            ) { row in
                ComingLine(
                    show: try row.int64("show_id"), title: try row.text("show_title"),
                    episode: try CatalogueBook.episode(row), day: Day(number: try row.int("aired_on")),
                    isSeen: try row.optionalInt("plays") != nil)
            }
        }
    }

    /// `place`: whose months they are.
    package func numbers(of person: Int64, place: LocalTime) async throws(StorageError) -> TrackerNumbers {
        try await database.read { db in
            var numbers = TrackerNumbers()
            var (months, shows): ([String: Int], [String: Int]) = ([:], [:])
            try db.each(
                """
                SELECT m.plays, m.last_at, e.runtime, s.id, s.title FROM tracker_marks m
                JOIN tracker_episodes e ON e.id = m.episode JOIN tracker_shows s ON s.id = m.show
                WHERE m.person = $1
                """, [person]
            ) { row in
                let plays = try row.int(0)
                numbers.episodes += 1
                numbers.plays += plays
                // Of unknown length it is as long as most.
                numbers.minutes += plays * (try row.optionalInt(2) ?? 40)
                months[String("\(Day(of: try row.instant(1), in: place))".prefix(7)), default: 0] += 1
                shows[try row.text(4), default: 0] += 1
            }
            numbers.shows = shows.count
            numbers.byMonth = months.sorted { $0.key < $1.key }.suffix(12).map { .init(label: $0.key, count: $0.value) }
            numbers.byShow = shows.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(10)
                .map { .init(label: $0.key, count: $0.value) }
            return numbers
        }
    }
}

extension Tracker {
    package nonisolated var lists: ListBook { ListBook(database) }
    package nonisolated var seen: SeenBook { SeenBook(database) }
    package nonisolated var keys: KeyBook { KeyBook(database) }
}

extension ShowProgress {
    fileprivate mutating func take(_ list: [SeenEpisode], today: Day) {
        func isOut(_ one: SeenEpisode) -> Bool { one.mark != nil || one.episode.airedOn.map { $0 <= today } ?? false }
        aired = list.count(where: isOut)
        seen = list.count { $0.mark != nil }
        // After the one seen last by its number: what was skipped long ago is not what comes next.
        let last = list.lastIndex { $0.mark != nil }
        let rest = list[(last.map { $0 + 1 } ?? 0)...]
        next = rest.first { $0.mark == nil && isOut($0) }?.episode
        coming = rest.first { $0.mark == nil && !isOut($0) && $0.episode.airedOn != nil }?.episode
    }
}
