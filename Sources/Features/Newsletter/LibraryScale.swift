// How large the libraries are, weighed once a day: growth can be told only of what was written down in time. A library
// that could not be read leaves a gap, not a zero.

package import Domain
package import Storage

package struct LibraryScale: Sendable {
    private let database: Database

    package init(_ database: Database) { self.database = database }

    /// The last weighing of a day stands for it.
    func keep(_ sizes: [LibrarySize], on day: Day) async throws(StorageError) {
        try await database.write { db in
            for size in sizes {
                try db.run(
                    """
                    INSERT INTO newsletter_sizes (day, section, name, kind, items, leaves)
                    VALUES ($1, $2, $3, $4, $5, $6)
                    ON CONFLICT (section, day) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                        items = excluded.items, leaves = excluded.leaves
                    """, day.description, size.section, size.name, size.kind, size.items, size.leaves)
            }
        }
    }

    /// Of every library weighed within these days, under its newest name.
    package func growth(from first: Day, through last: Day) async throws(StorageError) -> [LibraryGrowth] {
        let weighed = try await database.read { db in
            try db.rows(
                """
                SELECT day, section, name, kind, items, leaves FROM newsletter_sizes
                WHERE day >= $1 AND day <= $2 ORDER BY section, day
                """, first.description, last.description
            ) { row in
                let size = LibrarySize(
                    section: try row.int("section"), name: try row.text("name"), kind: try row.text("kind"),
                    items: try row.int("items"), leaves: try row.optionalInt("leaves"))
                return (day: try row.text("day"), size: size)
            }
        }
        var growth: [LibraryGrowth] = []
        for (text, size) in weighed {
            guard let day = Day(text) else { continue }
            let point = LibraryGrowth.Point(day, items: size.items, leaves: size.leaves)
            if let last = growth.indices.last, growth[last].library.section == size.section {
                growth[last].library = size
                growth[last].points.append(point)
            } else {
                growth.append(LibraryGrowth(size, points: [point]))
            }
        }
        return growth
    }
}
