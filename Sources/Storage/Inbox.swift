// What others send us is stored before it is acknowledged and worked on later: a crash in between loses nothing. The
// same key from the same source counts once. An item that fails again and again is parked with its reason, so that it
// stops neither the ones behind it nor the program.

package import Runtime

package struct InboxItem: Sendable, Equatable {
    package let id: Int64
    package let source: String
    package let key: String
    package let payload: [UInt8]
    package let receivedAt: Instant
    /// This one included.
    package let attempts: Int
    /// Why the last attempt failed.
    package let why: String
}

package struct Inbox: Sendable {
    package enum Receipt: Sendable, Equatable {
        case new(Int64)
        case duplicate
    }

    private let database: Database
    private let gate: InboxGate
    private let mostAttempts: Int

    package init(_ database: Database, mostAttempts: Int = 10) {
        self.database = database
        gate = InboxGate(database)
        self.mostAttempts = mostAttempts
    }

    /// When this returns the item is on the disk and may be acknowledged. Those who come at once share a transaction, as
    /// long as they come to one `Inbox` (copies of it are the same one).
    package func accept(source: String, key: String, payload: [UInt8]) async throws(StorageError) -> Receipt {
        try await gate.accept(InboxGate.Arrival(source: source, key: key, payload: payload))
    }

    /// The oldest item that is due, claimed for the caller. An item that a dead process had claimed is due again; one
    /// that took the process down each time it was tried ends parked, not tried for ever.
    package func next(source: String, now: Instant) async throws(StorageError) -> InboxItem? {
        let (opening, most) = (database.opening, mostAttempts)
        return try await database.write { db in
            try db.run(
                """
                UPDATE inbox SET state = 'parked', worker = NULL, why = $1
                WHERE source = $2 AND state = 'working' AND worker <> $3 AND attempts >= $4
                """, "begun \(most) times and never finished", source, opening, most)
            return try db.row(
                """
                UPDATE inbox SET state = 'working', worker = $1, attempts = attempts + 1
                WHERE id = (
                    SELECT id FROM inbox
                    WHERE source = $2
                      AND ((state = 'waiting' AND due_at <= $3) OR (state = 'working' AND worker <> $1))
                    ORDER BY id LIMIT 1)
                RETURNING id, source, key, payload, received_at, attempts, why
                """, opening, source, now, decode: Self.item)
        }
    }

    /// Worked off. The key stays, for duplicates; the payload goes, for privacy and space.
    package func done(_ id: Int64) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                "UPDATE inbox SET state = 'done', worker = NULL, payload = $2, why = '' WHERE id = $1",
                id, [UInt8]())
        }
    }

    /// Tried again at `retryAt`; parked when that is nil or the attempts are used up.
    package func failed(_ id: Int64, _ why: String, retryAt: Instant?) async throws(StorageError) {
        let most = mostAttempts
        try await database.write { db in
            try db.run(
                """
                UPDATE inbox SET worker = NULL, why = $2, due_at = COALESCE($3, due_at),
                    state = CASE WHEN $4 = 1 AND attempts < $5 THEN 'waiting' ELSE 'parked' END
                WHERE id = $1
                """, id, why, retryAt, retryAt != nil, most)
        }
    }

    /// When `next` will have something; nil when nothing waits.
    package func nextDue(source: String) async throws(StorageError) -> Instant? {
        try await database.read { db in
            try db.row("SELECT MIN(due_at) AS due FROM inbox WHERE source = $1 AND state = 'waiting'", source) { row in
                try row.optionalInstant("due")
            } ?? nil
        }
    }

    package func waiting(source: String) async throws(StorageError) -> Int {
        try await database.read { db in
            try db.row(
                "SELECT COUNT(*) AS n FROM inbox WHERE source = $1 AND state IN ('waiting', 'working')", source
            ) { row in try row.int("n") } ?? 0
        }
    }

    /// What is not done, of all sources; each of the states, though nothing is in it.
    package func counts() async throws(StorageError) -> [(state: String, count: Int)] {
        let rows = try await database.read { db in
            try db.rows("SELECT state, COUNT(*) FROM inbox WHERE state <> 'done' GROUP BY state") { row in
                (try row.text(0), try row.int(1))
            }
        }
        let found = Dictionary(rows) { $1 }
        return ["waiting", "working", "parked"].map { (state: $0, count: found[$0, default: 0]) }
    }

    /// The items nobody will try again by himself, oldest first.
    package func parked() async throws(StorageError) -> [InboxItem] {
        try await database.read { db in
            try db.rows(
                """
                SELECT id, source, key, payload, received_at, attempts, why FROM inbox
                WHERE state = 'parked' ORDER BY id
                """, decode: Self.item)
        }
    }

    /// A person found the reason and wants a parked item tried anew.
    package func unpark(_ id: Int64) async throws(StorageError) {
        try await database.write { db in
            try db.run("UPDATE inbox SET state = 'waiting', attempts = 0 WHERE id = $1 AND state = 'parked'", id)
        }
    }

    /// Items worked off that arrived before `moment` go; a duplicate of them would count as new again.
    package func forgetDone(before moment: Instant) async throws(StorageError) {
        try await database.write { db in
            try db.run("DELETE FROM inbox WHERE state = 'done' AND received_at < $1", moment)
        }
    }

    private static func item(_ row: borrowing Row) throws -> InboxItem {
        InboxItem(
            id: try row.int64("id"), source: try row.text("source"), key: try row.text("key"),
            payload: try row.bytes("payload"), receivedAt: try row.instant("received_at"),
            attempts: try row.int("attempts"), why: try row.text("why"))
    }
}
