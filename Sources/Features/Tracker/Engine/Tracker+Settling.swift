// What was decided, written down: marks, followers, seasons that are through, and the line of the log, in one transaction.
// Whatever changed meanwhile, a mapping undone or a question answered, leaves its play due: it is looked at once more.

internal import Domain
internal import Runtime
internal import Storage

extension Tracker {
    /// A finale of years ago is no news.
    private static let news = Duration.days(2)
    /// After so many tries, some ten days, an episode that no catalogue has is left to a person.
    static let mostMissed = 40
    private static let mostOpen = 20

    func settle(_ decided: [(LogRow, Outcome)]) async throws {
        guard !decided.isEmpty else { return }
        let (now, today) = (clock.now, Day(of: clock.now, in: place))
        let rows = try await database.write { db in
            // What one says of a mapping is true for all: nobody else writes meanwhile.
            var truths: [Int64: Bool] = [:]
            return try decided.compactMap { row, outcome in try Self.settle(row, outcome, now, today, &truths, db) }
        }
        // Of years of history only who looks for it wants a line for each.
        for row in rows { log.decided(row.decision, level: row.source == .history ? .debug : .info) }
    }

    private static func settle(
        _ row: LogRow, _ outcome: Outcome, _ now: Instant, _ today: Day, _ truths: inout [Int64: Bool],
        _ db: borrowing Session
    ) throws(StorageError) -> LogRow? {
        var next = row
        next.attempts += 1
        (next.dueAt, next.error, next.conflict, next.doneAt) = (nil, "", nil, now)
        switch outcome {
        case .seen(let seen):
            guard try isTrue(seen.mapping, &truths, db) else { return nil }
            try mark(&next, was: row, seen, now, db)
        case .ignored(let action, let why, let person, let show):
            (next.status, next.action, next.why) = (.ignored, action, why)
            (next.person, next.show) = (person, show)
        case .waits(let action, let why, let person, let show, let mapping):
            (next.status, next.action, next.why, next.doneAt) = (.waiting, action, why, nil)
            (next.person, next.show, next.mapping) = (person ?? row.person, show ?? row.show, mapping)
            if action == .episodeMissing, next.attempts > mostMissed {
                (next.status, next.error, next.doneAt) = (.failed, why, now)
            } else {
                next.dueAt = now + pause(after: row.attempts)
            }
        case .asks(let conflict, let why, let person, let mapping):
            guard try ConflictBook.isOpen(conflict, db) else { return nil }
            (next.status, next.action, next.why, next.doneAt) = (.waiting, .asked, why, nil)
            (next.person, next.conflict, next.mapping) = (person, conflict, mapping)
        case .failed(let action, let why): (next.status, next.action, next.error) = (.failed, action, why)
        }
        return try write(next, db) ? next : nil
    }

    private static func write(_ row: LogRow, _ db: borrowing Session) throws(StorageError) -> Bool {
        try db.run(
            """
            UPDATE tracker_log SET status = $2, action = $3, why = $4, error = $5, attempts = $6, due_at = $7,
                person = $8, show = $9, episode = $10, mapping = $11, conflict = $12, done_at = $13
            WHERE id = $1 AND due_at IS NOT NULL
            """, row.id, row.status.rawValue, row.action.rawValue, row.why, row.error, row.attempts, row.dueAt,
            row.person, row.show, row.episode, row.mapping, row.conflict, row.doneAt) > 0
    }

    /// False: somebody has undone it.
    private static func isTrue(
        _ mapping: Int64?, _ truths: inout [Int64: Bool], _ db: borrowing Session
    ) throws(StorageError) -> Bool {
        guard let mapping else { return true }
        if let known = truths[mapping] { return known }
        let isTrue = try MappingBook.one(mapping, db)?.undoneAt == nil
        truths[mapping] = isTrue
        return isTrue
    }

    private static func mark(
        _ next: inout LogRow, was row: LogRow, _ seen: Outcome.Seen, _ now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        guard let play = row.play else { return }
        if seen.follows {
            try db.run(
                """
                INSERT INTO tracker_followers (person, show, is_on, at) VALUES ($1, $2, 1, $3)
                ON CONFLICT (person, show) DO NOTHING
                """, seen.person, seen.show, now)
        }
        // A clock that runs ahead somewhere must not put a play into next year.
        let at = min(play.at, row.receivedAt + .minutes(5))
        var changes: [MarkBook.Change] = []
        for (place, episode) in seen.episodes.enumerated() {
            let change = try MarkBook.tell(
                person: seen.person, show: seen.show, episode: episode, at: at,
                viewCount: place == 0 ? play.viewCount : nil, runtime: play.runtime, source: row.source.rawValue,
                mapping: seen.mapping, db)
            changes.append(change)
            if change == .first, now - at < news { try finish(seen.person, seen.show, episode, now, db) }
        }
        (next.person, next.show, next.episode, next.mapping) = (
            seen.person, seen.show, seen.episodes.first, seen.mapping
        )
        if changes.contains(.first) {
            (next.status, next.action, next.why) = (.marked, .marked, "")
        } else if changes.contains(.again) {
            (next.status, next.action, next.why) = (.marked, .rewatched, "seen again")
        } else if row.action == .marked || row.action == .rewatched {
            // Its own word, replayed.
            (next.status, next.why) = (.marked, "")
        } else {
            (next.status, next.action, next.why) = (.duplicate, .again, "this play is marked already")
        }
        if seen.episodes.count > 1 { next.why = "\(seen.episodes.count) episodes in one file" }
        if let open = seen.open, next.attempts <= mostOpen {
            if next.status == .duplicate { next.action = .none }
            (next.status, next.why, next.doneAt) = (.waiting, open, nil)
            next.dueAt = now + pause(after: row.attempts)
        }
    }

    /// All there is of a season, as far as its catalogue knows.
    private static func finish(
        _ person: Int64, _ show: Int64, _ episode: Int64, _ now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        let season = try db.row("SELECT season FROM tracker_episodes WHERE id = $1", episode) { try $0.int(0) }
        guard let season, season > 0 else { return }
        let left = try db.row(
            """
            SELECT COUNT(*) FROM tracker_episodes e
            WHERE e.show = $1 AND e.season = $2 AND e.is_gone = 0 AND NOT EXISTS (
                SELECT 1 FROM tracker_marks m WHERE m.episode = e.id AND m.person = $3)
            """, show, season, person
        ) { try $0.int(0) }
        guard left == 0 else { return }
        try db.run(
            """
            INSERT INTO tracker_finished (person, show, season, at, is_told) VALUES ($1, $2, $3, $4, 0)
            ON CONFLICT (person, show, season) DO NOTHING
            """, person, show, season, now)
    }
}
