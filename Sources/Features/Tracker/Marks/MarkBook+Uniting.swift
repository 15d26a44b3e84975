// Two numbers that are one person now, and may be two again. What was told of the other number is told of them as well, and
// remembered as such, so that parting leaves everybody what was theirs. Nothing counts twice: a play told of both is one.

package import Storage
internal import Runtime

extension MarkBook {
    private struct Seen: Hashable {
        var person: Int64
        var show: Int64
        var episode: Int64
    }

    /// - Parameter joins: the number of before, and whose it is now; whoever is not among them is alone
    /// - Returns: how many episodes it touched
    @discardableResult
    package func unite(_ joins: [Int64: Int64]) async throws(StorageError) -> Int {
        try await database.write { db in
            var touched: Set<Seen> = []
            let came = try db.rows(
                """
                SELECT person, came_with FROM tracker_tellings WHERE came_with IS NOT NULL
                UNION SELECT person, came_with FROM tracker_followers WHERE came_with IS NOT NULL
                UNION SELECT person, came_with FROM tracker_people WHERE came_with IS NOT NULL
                """
            ) { row in (person: try row.int64(0), alone: try row.int64(1)) }
            let gone = came.filter { joins[$0.alone] != $0.person }
            for pair in gone { touched.formUnion(try Self.divide(pair.alone, from: pair.person, db)) }
            for (alone, person) in joins { touched.formUnion(try Self.unite(alone, with: person, db)) }
            for one in touched {
                let byHand = try Self.mark(of: one.person, one.episode, db)?.byHandAt
                _ = try Self.workOut(one.person, one.show, one.episode, byHand: byHand, db)
            }
            // What they have seen themselves meanwhile stays on their list.
            for pair in gone {
                try db.run(
                    """
                    DELETE FROM tracker_followers WHERE person = $1 AND came_with = $2 AND NOT EXISTS (
                        SELECT 1 FROM tracker_marks m
                        WHERE m.person = tracker_followers.person AND m.show = tracker_followers.show
                    )
                    """, pair.person, pair.alone)
                try db.run(
                    """
                    DELETE FROM tracker_people WHERE person = $1 AND came_with = $2
                    AND door IS NULL AND NOT EXISTS (SELECT 1 FROM tracker_marks WHERE person = $1)
                    """, pair.person, pair.alone)
                for table in ["tracker_followers", "tracker_people"] {
                    try db.run(
                        "UPDATE \(table) SET came_with = NULL WHERE person = $1 AND came_with = $2", pair.person,
                        pair.alone)
                }
            }
            return touched.count
        }
    }

    private static func divide(
        _ alone: Int64, from person: Int64, _ db: borrowing Session
    ) throws(StorageError) -> [Seen] {
        let hit = try db.rows(
            "SELECT DISTINCT show, episode FROM tracker_tellings WHERE person = $1 AND came_with = $2", person, alone
        ) { row in Seen(person: person, show: try row.int64(0), episode: try row.int64(1)) }
        try db.run("DELETE FROM tracker_tellings WHERE person = $1 AND came_with = $2", person, alone)
        return hit
    }

    /// A date by hand comes as what was told by hand: only they themselves put a date where it stays.
    private static let told = """
        SELECT show, episode, at, view_count, runtime, source, mapping FROM tracker_tellings WHERE person = $2
        UNION ALL SELECT show, episode, by_hand_at, NULL, NULL, 'hand', NULL FROM tracker_marks
        WHERE person = $2 AND by_hand_at IS NOT NULL
        """

    private static func unite(
        _ alone: Int64, with person: Int64, _ db: borrowing Session
    ) throws(StorageError) -> [Seen] {
        let new = """
            FROM (\(told)) t
            WHERE NOT EXISTS (SELECT 1 FROM tracker_tellings o
                WHERE o.person = $1 AND o.episode = t.episode AND o.at = t.at AND o.source = t.source)
            AND NOT EXISTS (SELECT 1 FROM tracker_unwatched u
                WHERE u.person = $1 AND u.episode = t.episode AND t.at <= u.until)
            """
        let hit = try db.rows("SELECT DISTINCT t.show, t.episode \(new)", person, alone) { row in
            Seen(person: person, show: try row.int64(0), episode: try row.int64(1))
        }
        if !hit.isEmpty {
            try db.run(
                """
                INSERT INTO tracker_tellings (person, show, episode, at, view_count, runtime, source, mapping, came_with)
                SELECT $1, t.show, t.episode, t.at, t.view_count, t.runtime, t.source, t.mapping, $2 \(new)
                """, person, alone)
        }
        try db.run(
            """
            INSERT INTO tracker_followers (person, show, is_on, at, came_with)
            SELECT $1, show, is_on, at, $2 FROM tracker_followers WHERE person = $2
            ON CONFLICT (person, show) DO NOTHING
            """, person, alone)
        // Whoever is looked after by one number is so by the other.
        try db.run(
            """
            INSERT INTO tracker_people (person, joined_at, auto_add, auto_watch, came_with)
            SELECT $1, joined_at, auto_add, auto_watch, $2 FROM tracker_people WHERE person = $2
            ON CONFLICT (person) DO NOTHING
            """, person, alone)
        return hit
    }
}
