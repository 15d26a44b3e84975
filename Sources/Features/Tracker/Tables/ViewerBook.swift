// Whose watching is tracked, how they want it, and which shows they follow.

package import Runtime
package import Storage

/// How one person wants it.
package struct TrackedPerson: Hashable, Sendable {
    package var person: Int64
    package var joinedAt: Instant?
    /// Nil: as the settings say.
    package var autoAdd: Bool?
    package var autoWatch: Bool?
    package var doorAt: Instant?

    package init(
        person: Int64, joinedAt: Instant? = nil, autoAdd: Bool? = nil, autoWatch: Bool? = nil, doorAt: Instant? = nil
    ) {
        self.person = person
        self.joinedAt = joinedAt
        self.autoAdd = autoAdd
        self.autoWatch = autoWatch
        self.doorAt = doorAt
    }
}

package struct ViewerBook: Sendable {
    let database: Database

    package init(_ database: Database) { self.database = database }

    package func one(_ person: Int64) async throws(StorageError) -> TrackedPerson? {
        try await database.read { db in
            try db.row("SELECT * FROM tracker_people WHERE person = $1", person, decode: Self.person)
        }
    }

    package func all() async throws(StorageError) -> [TrackedPerson] {
        try await database.read { db in try Self.all(db) }
    }

    /// Everybody who has marks or asked for them.
    package func withMarks() async throws(StorageError) -> [Int64] {
        try await database.read { db in
            try db.rows(
                "SELECT person FROM tracker_people UNION SELECT DISTINCT person FROM tracker_marks ORDER BY 1"
            ) { try $0.int64(0) }
        }
    }

    /// True: they were not on the list before.
    func join(_ person: Int64) async throws(StorageError) -> Bool {
        let now = database.clock.now
        return try await database.write { db in
            try db.run(
                "INSERT INTO tracker_people (person, joined_at) VALUES ($1, $2) ON CONFLICT (person) DO NOTHING",
                person, now) > 0
        }
    }

    func set(_ person: Int64, autoAdd: Bool?, autoWatch: Bool?) async throws(StorageError) {
        try await database.write { db in
            try db.run(
                """
                UPDATE tracker_people SET auto_add = COALESCE($2, auto_add), auto_watch = COALESCE($3, auto_watch)
                WHERE person = $1
                """, person, autoAdd, autoWatch)
        }
    }

    // MARK: Doors

    /// `hash`: of what the person's address ends with; the one before is void from then on. Nil closes the door.
    package func setDoor(_ person: Int64, hash: [UInt8]?) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                "UPDATE tracker_people SET door = $2, door_at = $3 WHERE person = $1", person, hash,
                hash == nil ? nil : now)
        }
    }

    package func doors() async throws(StorageError) -> [(person: Int64, hash: [UInt8])] {
        try await database.read { db in
            try db.rows("SELECT person, door FROM tracker_people WHERE door IS NOT NULL ORDER BY person") { row in
                (person: try row.int64(0), hash: try row.bytes(1))
            }
        }
    }

    // MARK: Shows

    /// Nil: never followed.
    package func isOn(_ person: Int64, show: Int64) async throws(StorageError) -> Bool? {
        try await database.read { db in try Self.isOn(person, show, db) }
    }

    package func follow(_ person: Int64, show: Int64, isOn: Bool) async throws(StorageError) {
        let now = database.clock.now
        try await database.write { db in
            try db.run(
                """
                INSERT INTO tracker_followers (person, show, is_on, at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (person, show) DO UPDATE SET is_on = excluded.is_on, came_with = NULL
                """, person, show, isOn, now)
        }
    }

    static func all(_ db: borrowing Session) throws(StorageError) -> [TrackedPerson] {
        try db.rows("SELECT * FROM tracker_people ORDER BY person", decode: Self.person)
    }

    static func followers(
        of show: Int64, _ db: borrowing Session
    ) throws(StorageError) -> [(person: Int64, isOn: Bool)] {
        try db.rows("SELECT person, is_on FROM tracker_followers WHERE show = $1", show) { row in
            (person: try row.int64(0), isOn: try row.bool(1))
        }
    }

    static func isOn(_ person: Int64, _ show: Int64, _ db: borrowing Session) throws(StorageError) -> Bool? {
        try db.row("SELECT is_on FROM tracker_followers WHERE person = $1 AND show = $2", person, show) {
            try $0.bool(0)
        }
    }

    private static func person(_ row: borrowing Row) throws -> TrackedPerson {
        TrackedPerson(
            person: try row.int64("person"), joinedAt: try row.instant("joined_at"),
            autoAdd: try row.optionalInt("auto_add").map { $0 != 0 },
            autoWatch: try row.optionalInt("auto_watch").map { $0 != 0 }, doorAt: try row.optionalInstant("door_at"))
    }
}
