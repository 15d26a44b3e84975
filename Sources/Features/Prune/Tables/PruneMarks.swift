// The single things prune remembers: since when it looks, what was believed last, and what an admin said about all of it.

package import Runtime
internal import Storage

package struct PruneMarks: Hashable, Sendable {
    package enum Key: String, Sendable, CaseIterable {
        /// The first list that was believed: whoever was there then is not new.
        case installedAt = "installed-at"
        case goodPeople = "good-people"
        case goodRows = "good-rows"
        case machine
        /// The newest good look.
        case goodAt = "good-at"
        /// What is in doubt now, since when, and what was seen instead.
        case doubt
        case seenPeople = "seen-people"
        case seenRows = "seen-rows"
        case seenMachine = "seen-machine"
        /// Whoever said stop.
        case stoppedBy = "stopped-by"
        /// How many were due when it tripped; and how many an admin said are right.
        case breaker
        case released
    }

    package struct Mark: Hashable, Sendable {
        package var value: String
        package var at: Instant
    }

    package var all: [Key: Mark]

    package init(_ all: [Key: Mark] = [:]) { self.all = all }

    package func text(_ key: Key) -> String? { all[key]?.value }
    package func number(_ key: Key) -> Int? { all[key].flatMap { Int($0.value) } }
    package func moment(_ key: Key) -> Instant? {
        all[key].flatMap { Int64($0.value) }.map { Instant(milliseconds: $0) }
    }

    package var lastGood: LastGood {
        LastGood(people: number(.goodPeople), rows: number(.goodRows), machine: text(.machine))
    }
    package var installedAt: Instant? { moment(.installedAt) }
}

extension PruneMarks {
    static func all(_ db: borrowing Session) throws(StorageError) -> PruneMarks {
        var marks: [Key: Mark] = [:]
        try db.each("SELECT key, value, at FROM prune_marks", []) { row in
            if let key = Key(rawValue: try row.text(0)) {
                marks[key] = Mark(value: try row.text(1), at: try row.instant(2))
            }
        }
        return PruneMarks(marks)
    }

    /// Nil forgets.
    static func set(
        _ key: Key, _ value: String?, at now: Instant, _ db: borrowing Session
    ) throws(StorageError) {
        guard let value else {
            try db.run("DELETE FROM prune_marks WHERE key = $1", key.rawValue)
            return
        }
        try db.run(
            """
            INSERT INTO prune_marks (key, value, at) VALUES ($1, $2, $3)
            ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at
            WHERE excluded.value <> prune_marks.value
            """, key.rawValue, value, now)
    }

    static func text(_ key: Key, _ db: borrowing Session) throws(StorageError) -> String? {
        try db.row("SELECT value FROM prune_marks WHERE key = $1", key.rawValue) { row in try row.text(0) }
    }
}
