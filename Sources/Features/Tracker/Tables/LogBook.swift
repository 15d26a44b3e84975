// The log of all that was told. A row is on the disk before anybody is told that it arrived; what becomes of it is
// written in the same transaction as the mark it makes.

internal import Domain
package import Runtime
package import Storage

package struct LogBook: Sendable {
    /// Of a payload: Plex's own are a tenth of it.
    package static let mostBytes = 64 << 10

    let database: Database
    private let fresh = FreshPlays()

    package init(_ database: Database) { self.database = database }

    package enum Receipt: Hashable, Sendable {
        case new(Int64)
        case known
    }

    /// All of them in one transaction.
    package func take(_ all: [Told]) async throws -> [Receipt] {
        let plays = try all.map { told in
            if case .event(let play) = told.reading { try JSONText.text(play) } else { "" }
        }
        let receipts = try await database.write { db in
            var receipts: [Receipt] = []
            for (told, text) in zip(all, plays) { receipts.append(try Self.insert(told, text, db)) }
            return receipts
        }
        remember(all, receipts)
        return receipts
    }

    /// That they are on the disk, and will be asked for soon.
    func remember(_ all: [Told], _ receipts: [Receipt]) { fresh.put(all, receipts) }

    static func insert(_ told: Told, _ text: String, _ db: borrowing Session) throws(StorageError) -> Receipt {
        var (status, action, why, error) = (LogRow.Status.received, LogRow.Action.none, "", "")
        var play: EpisodePlay?
        var dueAt: Instant?
        switch told.reading {
        case .event(let found): (play, dueAt) = (found, told.dueAt)
        case .ignored(let words, let found): (status, action, why, play) = (.ignored, .event, words, found)
        case .test: (status, action, why) = (.ignored, .event, "a test")
        case .refused(let words): (status, action, error) = (.failed, .unreadable, words)
        }
        let id = try db.row(
            """
            INSERT INTO tracker_log (key, received_at, source, event, server, account, account_name, door, payload,
                play, about, status, action, why, error, attempts, due_at, done_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0, $16, $17)
            ON CONFLICT (key) DO NOTHING RETURNING id
            """, told.key, told.receivedAt, told.source.rawValue, cut(told.event, 60),
            cut(play?.place.server ?? "", 100),
            cut(play?.account.id ?? "", 60), cut(play?.account.name ?? "", 100), told.door,
            told.payload.count > mostBytes ? Array(told.payload.prefix(mostBytes)) : told.payload, text,
            cut(play?.line ?? "", 300), status.rawValue, action.rawValue,
            cut(why, 300), cut(error, 300), dueAt, dueAt == nil ? told.receivedAt : nil
        ) { row in try row.int64("id") }
        return id.map(Receipt.new) ?? .known
    }

    /// Other people's text, and they may send a lot of it.
    private static func cut(_ text: String, _ most: Int) -> String { String(text.prefix(most)) }

    // MARK: Looking

    package func one(_ id: Int64) async throws(StorageError) -> LogRow? {
        try await database.read { db in
            try db.row("SELECT \(LogRow.columns) FROM tracker_log WHERE id = $1", id) { try LogRow($0) }
        }
    }

    func due(_ now: Instant, most: Int) async throws(StorageError) -> [LogRow] {
        try await database.read { [fresh] db in
            try db.rows(
                "SELECT \(LogRow.columns) FROM tracker_log WHERE due_at <= $1 ORDER BY due_at, id LIMIT $2", now, most
            ) { try LogRow($0, known: fresh.take) }
        }
    }

    package func nextDue() async throws(StorageError) -> Instant? {
        try await database.read { db in
            try db.row("SELECT MIN(due_at) FROM tracker_log WHERE due_at IS NOT NULL") { try $0.optionalInstant(0) }
                ?? nil
        }
    }

    /// The newest first.
    package func latest(
        _ most: Int, status: LogRow.Status? = nil, before id: Int64? = nil
    ) async throws(StorageError) -> [LogRow] {
        try await database.read { db in
            try db.rows(
                """
                SELECT \(LogRow.columns) FROM tracker_log
                WHERE ($1 IS NULL OR status = $1) AND ($2 IS NULL OR id < $2) ORDER BY id DESC LIMIT $3
                """, status?.rawValue, id, most
            ) { try LogRow($0) }
        }
    }

    package func payload(_ id: Int64) async throws(StorageError) -> [UInt8]? {
        try await database.read { db in
            try db.row("SELECT payload FROM tracker_log WHERE id = $1", id) { try $0.bytes(0) }
        }
    }

    /// How many rows of each status.
    package func tally() async throws(StorageError) -> [LogRow.Status: Int] {
        let rows = try await database.read { db in
            try db.rows("SELECT status, COUNT(*) AS n FROM tracker_log GROUP BY status") {
                (try $0.text(0), try $0.int("n"))
            }
        }
        var tally: [LogRow.Status: Int] = [:]
        for (word, count) in rows { if let status = LogRow.Status(rawValue: word) { tally[status] = count } }
        return tally
    }

    // MARK: Again

    /// As if it had just arrived. False: there is no such row, or no play in it.
    func replay(_ id: Int64, play: EpisodePlay? = nil) async throws -> Bool {
        let text = try play.map { try JSONText.text($0) }
        let now = database.clock.now
        return try await database.write { db in
            try db.run(
                """
                UPDATE tracker_log SET status = 'received', play = COALESCE($3, play), about = COALESCE($4, about),
                    error = '', attempts = 0, due_at = $2, conflict = NULL, mapping = NULL, done_at = NULL
                WHERE id = $1 AND COALESCE($3, play) <> ''
                """, id, now, text, play?.line) > 0
        }
    }

    /// All that one rule had; how many. `person`, `show`: only theirs.
    func replay(
        _ action: LogRow.Action, account: String? = nil, person: Int64? = nil, show: Int64? = nil
    ) async throws(StorageError) -> Int {
        let now = database.clock.now
        return try await database.write { db in
            try db.run(
                """
                UPDATE tracker_log SET status = 'received', error = '', attempts = 0, due_at = $2, conflict = NULL,
                    mapping = NULL, done_at = NULL
                WHERE action = $1 AND status IN ('ignored', 'failed', 'waiting') AND play <> ''
                    AND ($3 IS NULL OR account = $3) AND ($4 IS NULL OR person = $4) AND ($5 IS NULL OR show = $5)
                """, action.rawValue, now, account, person, show)
        }
    }

    /// Accounts that were nobody's may be somebody's by now.
    func replayStrangers(since: Instant) async throws(StorageError) -> Int {
        let now = database.clock.now
        return try await database.write { db in
            try db.run(
                """
                UPDATE tracker_log SET status = 'received', due_at = $1, attempts = 0, done_at = NULL
                WHERE status = 'ignored' AND action = 'nobody' AND received_at >= $2 AND play <> ''
                """, now, since)
        }
    }

    /// Payloads go first, for privacy and space; a year later the lines that told nothing. What was marked, or may still be
    /// when somebody joins or answers, stays: a mapping that is undone has nothing else to begin anew with.
    package func forget(payloads: Instant, rows: Instant) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                "UPDATE tracker_log SET payload = $2 WHERE received_at < $1 AND length(payload) > 0", payloads,
                [UInt8]())
            try db.run(
                """
                DELETE FROM tracker_log
                WHERE received_at < $1 AND (action IN ('event', 'nobody', 'unreadable') OR status = 'duplicate')
                """, rows)
        }
    }
}
