// Marks as they are stored. Everything that changes what was told works the marks of those episodes out anew in the same
// transaction, so that they never say something else than what was told.

package import Runtime
package import Storage

package struct EpisodeMark: Hashable, Sendable {
    package var person: Int64
    package var show: Int64
    package var episode: Int64
    package var firstAt: Instant
    package var lastAt: Instant
    package var plays: Int
    /// The date that somebody put there.
    package var byHandAt: Instant?
    package var isByHand: Bool { byHandAt != nil }
}

package struct MarkBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    package enum Change: Hashable, Sendable {
        case first
        case again
        /// Told before, or another word of the same play.
        case nothing
    }

    /// Somebody has seen an episode to its end.
    package func tell(
        person: Int64, show: Int64, episode: Int64, at: Instant, viewCount: Int? = nil, runtime: Duration? = nil,
        source: String, mapping: Int64? = nil
    ) async throws(StorageError) -> Change {
        try await database.write { db in
            try Self.tell(
                person: person, show: show, episode: episode, at: at, viewCount: viewCount, runtime: runtime,
                source: source, mapping: mapping, db)
        }
    }

    /// Within somebody's transaction.
    static func tell(
        person: Int64, show: Int64, episode: Int64, at: Instant, viewCount: Int? = nil, runtime: Duration? = nil,
        source: String, mapping: Int64? = nil, _ db: borrowing Session
    ) throws(StorageError) -> Change {
        let voided = try db.row(
            "SELECT until FROM tracker_unwatched WHERE person = $1 AND episode = $2", person, episode
        ) { try $0.instant(0) }
        if let voided, at <= voided { return .nothing }
        let before = try Self.mark(of: person, episode, db)
        try db.run(
            """
            INSERT INTO tracker_tellings (person, show, episode, at, view_count, runtime, source, mapping)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (person, episode, at, source) DO NOTHING
            """, person, show, episode, at, viewCount, runtime?.milliseconds, source, mapping)
        let after = try Self.workOut(person, show, episode, byHand: before?.byHandAt, db)
        guard let before else { return after == nil ? .nothing : .first }
        return after?.plays ?? 0 > before.plays ? .again : .nothing
    }

    /// A date by hand; nil takes it back.
    package func set(
        person: Int64, show: Int64, episode: Int64, seenAt: Instant?
    ) async throws(StorageError) -> EpisodeMark? {
        try await database.write { db in
            if let seenAt {
                try db.run("DELETE FROM tracker_unwatched WHERE person = $1 AND episode = $2", person, episode)
                try db.run(
                    """
                    INSERT INTO tracker_marks (person, show, episode, first_at, last_at, plays, by_hand_at)
                    VALUES ($1, $2, $3, $4, $4, 1, $4)
                    ON CONFLICT (person, episode) DO UPDATE SET by_hand_at = excluded.by_hand_at
                    """, person, show, episode, seenAt)
            } else {
                try db.run(
                    "UPDATE tracker_marks SET by_hand_at = NULL WHERE person = $1 AND episode = $2", person, episode)
            }
            return try Self.workOut(person, show, episode, byHand: seenAt, db)
        }
    }

    /// Not seen after all: what was told of it goes too, and whatever is told later of the time before `until`. Nil: the
    /// last that was told.
    package func unwatch(
        person: Int64, show: Int64, episode: Int64, until: Instant? = nil
    ) async throws(StorageError) {
        try await database.write { db in
            let last =
                try db.row(
                    "SELECT MAX(at) FROM tracker_tellings WHERE person = $1 AND episode = $2", person, episode
                ) { try $0.optionalInstant(0) } ?? nil
            if let until = [until, last].compactMap({ $0 }).max() {
                try db.run(
                    """
                    INSERT INTO tracker_unwatched (person, episode, until) VALUES ($1, $2, $3)
                    ON CONFLICT (person, episode) DO UPDATE SET until = CASE
                        WHEN excluded.until > tracker_unwatched.until THEN excluded.until ELSE tracker_unwatched.until
                    END
                    """, person, episode, until)
            }
            try db.run("DELETE FROM tracker_tellings WHERE person = $1 AND episode = $2", person, episode)
            try db.run("DELETE FROM tracker_marks WHERE person = $1 AND episode = $2", person, episode)
        }
    }

    /// A mapping was wrong: what came by it was never seen. How many episodes of how many people.
    package func withdraw(mapping: Int64) async throws(StorageError) -> Int {
        try await database.write { db in try Self.withdraw(mapping: mapping, db) }
    }

    static func withdraw(mapping: Int64, _ db: borrowing Session) throws(StorageError) -> Int {
        let hit = try db.rows(
            "SELECT DISTINCT person, show, episode FROM tracker_tellings WHERE mapping = $1", mapping
        ) { row in (person: try row.int64(0), show: try row.int64(1), episode: try row.int64(2)) }
        try db.run("DELETE FROM tracker_tellings WHERE mapping = $1", mapping)
        for one in hit {
            let byHand = try Self.mark(of: one.person, one.episode, db)?.byHandAt
            _ = try Self.workOut(one.person, one.show, one.episode, byHand: byHand, db)
        }
        return hit.count
    }

    /// Whether all that was told of it came by this mapping, out of the same library.
    func isOnly(by mapping: Int64, person: Int64, episode: Int64) async throws(StorageError) -> Bool {
        try await database.read { db in
            let told = try db.rows(
                "SELECT mapping, source FROM tracker_tellings WHERE person = $1 AND episode = $2", person, episode
            ) { row in (mapping: try row.optionalInt64(0), source: try row.text(1)) }
            return !told.isEmpty && told.allSatisfy { $0.mapping == mapping && $0.source != "file" }
        }
    }

    package func marks(of person: Int64, show: Int64) async throws(StorageError) -> [EpisodeMark] {
        try await database.read { db in
            try db.rows(
                "SELECT * FROM tracker_marks WHERE person = $1 AND show = $2 ORDER BY first_at, episode", person, show,
                decode: Self.mark)
        }
    }

    // MARK: Working out

    static func mark(
        of person: Int64, _ episode: Int64, _ db: borrowing Session
    ) throws(StorageError) -> EpisodeMark? {
        try db.row("SELECT * FROM tracker_marks WHERE person = $1 AND episode = $2", person, episode, decode: mark)
    }

    static func workOut(
        _ person: Int64, _ show: Int64, _ episode: Int64, byHand: Instant?, _ db: borrowing Session
    ) throws(StorageError) -> EpisodeMark? {
        let tellings = try db.rows(
            "SELECT at, view_count, runtime FROM tracker_tellings WHERE person = $1 AND episode = $2", person, episode
        ) { row in
            Telling(
                at: try row.instant(0), viewCount: try row.optionalInt(1),
                runtime: try row.optionalInt64(2).map { .milliseconds($0) })
        }
        let plays = MarkRules.plays(tellings)
        guard let first = byHand ?? plays.first else {
            try db.run("DELETE FROM tracker_marks WHERE person = $1 AND episode = $2", person, episode)
            return nil
        }
        let mark = EpisodeMark(
            person: person, show: show, episode: episode, firstAt: first, lastAt: max(first, plays.last ?? first),
            plays: max(1, plays.count), byHandAt: byHand)
        try db.run(
            """
            INSERT INTO tracker_marks (person, show, episode, first_at, last_at, plays, by_hand_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (person, episode) DO UPDATE SET show = excluded.show, first_at = excluded.first_at,
                last_at = excluded.last_at, plays = excluded.plays
            """, person, show, episode, mark.firstAt, mark.lastAt, mark.plays, byHand)
        return mark
    }

    private static func mark(_ row: borrowing Row) throws -> EpisodeMark {
        EpisodeMark(
            person: try row.int64("person"), show: try row.int64("show"), episode: try row.int64("episode"),
            firstAt: try row.instant("first_at"), lastAt: try row.instant("last_at"), plays: try row.int("plays"),
            byHandAt: try row.optionalInstant("by_hand_at"))
    }
}
