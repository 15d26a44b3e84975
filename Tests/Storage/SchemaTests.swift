// Tables go forward, step by step, and never half a step.

import SQLite
import Storage
import Testing

@Suite struct SchemaTests {
    private let scene: Scene
    init() throws { scene = try Scene() }

    private func versions(_ database: Database) async throws -> [String: Int] {
        let all = try await database.read { db in
            try db.rows("SELECT name, version FROM schema_versions") { row in
                (try row.text("name"), try row.int("version"))
            }
        }
        return Dictionary(uniqueKeysWithValues: all)
    }

    @Test func `a new step runs once, on top of what was there`() async throws {
        let first: Migration = "CREATE TABLE a (x INTEGER)"
        let second = Migration { db in
            try db.run("ALTER TABLE a ADD COLUMN y INTEGER NOT NULL DEFAULT 5")
            try db.run("UPDATE a SET x = x + 1")
        }
        var database = try await scene.open([Schema("a", migrations: [first])])
        try await database.write { db in _ = try db.run("INSERT INTO a VALUES (1)") }
        await database.close()
        for _ in 1...2 {
            database = try await scene.open([Schema("a", migrations: [first, second])])
            let row = try await database.read { db in
                try db.row("SELECT x, y FROM a") { row in [try row.int("x"), try row.int("y")] }
            }
            #expect(row == [2, 5])
            #expect(try await versions(database)["a"] == 2)
            await database.close()
        }
    }

    @Test func `a step that fails leaves the old version and all of its rows`() async throws {
        let first: Migration = "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (1)"
        try await scene.open([Schema("a", migrations: [first])]).close()
        let broken: Migration = "DELETE FROM a; CREATE TABLE b (x INTEGER); INSERT INTO nowhere VALUES (1)"
        let error = await #expect(throws: StorageError.self) {
            _ = try await scene.open([Schema("a", migrations: [first, broken])])
        }
        #expect(
            error?.description.hasPrefix("the database could not be brought to schema a 2 and stays as it was") == true)
        let database = try await scene.open([Schema("a", migrations: [first])])
        #expect(try await versions(database)["a"] == 1)
        let tables = try await database.read { db in
            try db.rows("SELECT name FROM sqlite_master WHERE name IN ('a', 'b')") { row in try row.text("name") }
        }
        #expect(tables == ["a"])
        let rows = try await database.read { db in try db.rows("SELECT x FROM a") { row in try row.int("x") } }
        #expect(rows == [1])
    }

    @Test func `a step that fails takes the other rooms' new steps back with it`() async throws {
        // The program of before must find what it knows, to go on with until the mistake is mended.
        let first: Migration = "CREATE TABLE a (x INTEGER)"
        try await scene.open([Schema("a", migrations: [first])]).close()
        let second: Migration = "ALTER TABLE a ADD COLUMN y INTEGER"
        let broken: Migration = "INSERT INTO nowhere VALUES (1)"
        await #expect(throws: StorageError.self) {
            _ = try await scene.open([
                Schema("a", migrations: [first, second]), Schema("b", migrations: [broken]),
            ])
        }
        let database = try await scene.open([Schema("a", migrations: [first])])
        #expect(try await versions(database)["a"] == 1)
        await database.close()
    }

    @Test func `a database of a newer program is refused and not touched`() async throws {
        let steps: [Migration] = (1...7).map { number in Migration("CREATE TABLE t\(number) (x INTEGER)") }
        try await scene.open([Schema("bot", migrations: steps)]).close()
        let error = await #expect(throws: StorageError.self) {
            // Another room has a new step: it must not run either.
            let other = Schema("other", migrations: ["CREATE TABLE other (x INTEGER)"])
            _ = try await scene.open([other, Schema("bot", migrations: Array(steps.prefix(5)))])
        }
        #expect(
            error?.description
                == "this database was written by a newer Autoplex (schema bot 7, this program knows 5): "
                + "upgrade or restore a backup")
        let connection = try Connection.open(scene.path, access: .readOnly)
        let count = try connection.row("SELECT COUNT(*) AS n FROM sqlite_master WHERE name = 'other'") { row in
            try row.int("n")
        }
        #expect(count == 0)
    }
}
