// Names in threes of letters. Of a name's threes only the rarest are followed: "the" is in every second show and tells
// nothing, "xfi" leads to one.

internal import Domain
internal import Runtime
internal import Storage

extension CatalogueBook {
    /// So many threes are followed, and none that is in more shows than that.
    static let mostGrams = 8
    static let commonest = 4000

    static func name(_ show: Int64, _ names: [String], _ db: borrowing Session) throws(StorageError) {
        let before = try db.rows("SELECT name FROM tracker_names WHERE show = $1 ORDER BY place", show) { row in
            try row.text(0)
        }
        guard before != names else { return }
        try db.run("DELETE FROM tracker_names WHERE show = $1", show)
        var grams: Set<String> = []
        for (place, raw) in names.enumerated() {
            let name = ShowName(raw)
            grams.formUnion(NameLikeness.trigrams(name.folded))
            try db.run(
                "INSERT INTO tracker_names (show, place, name, name_key) VALUES ($1, $2, $3, $4)", show, place, raw,
                name.key)
        }
        let old = Set(
            try db.rows("SELECT gram FROM tracker_grams WHERE show = $1", show) { row in try row.text(0) })
        for gram in old.subtracting(grams) {
            try db.run("DELETE FROM tracker_grams WHERE gram = $1 AND show = $2", gram, show)
            try db.run("UPDATE tracker_gram_counts SET shows = shows - 1 WHERE gram = $1", gram)
        }
        for gram in grams.subtracting(old) {
            try db.run("INSERT INTO tracker_grams (gram, show) VALUES ($1, $2)", gram, show)
            try db.run(
                """
                INSERT INTO tracker_gram_counts (gram, shows) VALUES ($1, 1)
                ON CONFLICT (gram) DO UPDATE SET shows = tracker_gram_counts.shows + 1
                """, gram)
        }
    }

    /// Those that share the most of the name's rare threes, best first.
    static func alike(_ name: ShowName, most: Int, _ db: borrowing Session) throws(StorageError) -> [Int64] {
        var counted: [(gram: String, shows: Int)] = []
        for gram in NameLikeness.trigrams(name.folded) {
            let shows = try db.row("SELECT shows FROM tracker_gram_counts WHERE gram = $1", gram) { row in
                try row.int(0)
            }
            if let shows, shows > 0 { counted.append((gram, shows)) }
        }
        let rare = counted.sorted { ($0.shows, $0.gram) < ($1.shows, $1.gram) }.prefix(mostGrams)
        var shared: [Int64: Int] = [:]
        for (gram, shows) in rare where shows <= commonest {
            for show in try db.rows("SELECT show FROM tracker_grams WHERE gram = $1", gram, decode: { try $0.int64(0) })
            {
                shared[show, default: 0] += 1
            }
        }
        return shared.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(most).map(\.key)
    }
}
