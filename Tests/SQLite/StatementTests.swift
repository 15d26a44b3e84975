// What goes into a statement comes out of it, and what is wrong with a statement is said.

import SQLite
import Testing

@Suite struct StatementTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func connection() throws -> Connection {
        let connection = try Connection.open(folder.file("test.db"), access: .readWrite)
        try connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, value)")
        return connection
    }

    @Test(arguments: [
        Value.text(""), .text("søren\u{0}nul 🎬"), .bytes([]), .bytes([0, 255, 1]), .integer(.min), .integer(.max),
        .real(-0.5), .null,
    ])
    func `a value comes back as it went in`(_ value: Value) throws {
        let connection = try connection()
        try connection.withPrepared("INSERT INTO things (value) VALUES ($1)") { statement in
            try statement.bind([value])
            _ = try statement.step()
        }
        let back = try connection.withPrepared("SELECT value FROM things") { statement -> Value in
            _ = try statement.step()
            return switch statement.type(at: 0) {
            case .null: .null
            case .integer: .integer(statement.integer(at: 0))
            case .real: .real(statement.real(at: 0))
            case .text: .text(statement.text(at: 0))
            case .bytes: .bytes(statement.bytes(at: 0))
            }
        }
        #expect(back == value)
    }

    @Test func `arguments go by their number, not by where they stand`() throws {
        let connection = try connection()
        let (first, second) = try connection.withPrepared("SELECT $2 AS a, $1 AS b, $2 AS c") { statement in
            try statement.bind([.text("one"), .text("two")])
            _ = try statement.step()
            #expect(statement.text(at: 2) == "two")
            return (statement.text(at: 0), statement.text(at: 1))
        }
        #expect(first == "two")
        #expect(second == "one")
    }

    @Test(arguments: [
        ("SELECT $1, $2", 1, "2 arguments needed, 1 given"),
        ("SELECT 1", 1, "0 arguments needed, 1 given"),
        ("SELECT ?", 1, "is not $1"),
        ("SELECT :name", 1, "is not $1"),
        ("SELECT 1; SELECT 2", 0, "more than one statement"),
        ("", 0, "no statement"),
        ("SELEKT 1", 0, "syntax error"),
        ("SELECT * FROM nowhere", 0, "no such table"),
        // To PostgreSQL, and to readers, "x" is a column.
        ("SELECT \"a string\"", 0, "no such column"),
    ])
    func `a wrong statement is named`(_ sql: String, _ arguments: Int, _ words: String) throws {
        let connection = try connection()
        let error = try #require(throws: SQLiteError.self) {
            try connection.withPrepared(sql) { statement in
                try statement.bind(Array(repeating: .integer(1), count: arguments))
                _ = try statement.step()
            }
        }
        #expect(error.code == .statement)
        #expect(error.message.contains(words))
    }

    @Test(arguments: [
        ("INSERT INTO parts VALUES (1, 'a', 1)", SQLiteError.Constraint.unique),
        ("INSERT INTO parts VALUES (2, 'taken', 1)", .unique),
        ("INSERT INTO parts VALUES (2, NULL, 1)", .notNull),
        ("INSERT INTO parts VALUES (2, 'b', 7)", .foreignKey),
        ("INSERT INTO parts VALUES (-2, 'b', 1)", .check),
    ])
    func `a broken rule of the tables is told from another`(_ sql: String, _ rule: SQLiteError.Constraint) throws {
        let connection = try connection()
        try connection.execute(
            """
            PRAGMA foreign_keys = ON;
            INSERT INTO things VALUES (1, NULL);
            CREATE TABLE parts (
                id INTEGER PRIMARY KEY CHECK (id > 0), name TEXT NOT NULL UNIQUE,
                thing INTEGER REFERENCES things (id));
            INSERT INTO parts VALUES (1, 'taken', 1);
            """)
        let error = #expect(throws: SQLiteError.self) { try connection.execute(sql) }
        #expect(error?.code == .constraint(rule))
    }

    @Test func `the same query may run inside its own rows`() throws {
        let connection = try connection()
        try connection.execute("INSERT INTO things VALUES (1, 10), (2, 20)")
        var pairs: [Int64] = []
        try connection.withPrepared("SELECT value FROM things ORDER BY id") { outer in
            while try outer.step() {
                try connection.withPrepared("SELECT value FROM things ORDER BY id") { inner in
                    while try inner.step() { pairs.append(outer.integer(at: 0) + inner.integer(at: 0)) }
                }
            }
        }
        #expect(pairs == [20, 30, 30, 40])
    }

    @Test func `a statement that failed can be used again`() throws {
        let connection = try connection()
        let sql = "INSERT INTO things (id) VALUES ($1)"
        func insert(_ id: Int64) throws {
            try connection.withPrepared(sql) { statement in
                try statement.bind([.integer(id)])
                _ = try statement.step()
            }
        }
        try insert(1)
        #expect(throws: SQLiteError.self) { try insert(1) }
        try insert(2)
        #expect(connection.changes == 1)
    }

    @Test func `bytes are lent without a copy`() throws {
        let connection = try connection()
        let sum = try connection.withPrepared("SELECT x'010203'") { statement in
            _ = try statement.step()
            return statement.withBytes(at: 0) { span in span.indices.reduce(0) { $0 + Int(span[$1]) } }
        }
        #expect(sum == 6)
    }
}
