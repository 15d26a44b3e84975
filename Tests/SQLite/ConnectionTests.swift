// Files as they may be found: none, garbage, damaged, full, held by somebody else.

import Glibc
import Runtime
import SQLite
import Testing

@Suite struct ConnectionTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test func `only the owner may read the file, its log and the log's index`() throws {
        // Somebody created it for everyone.
        try folder.write([], to: "test.db")
        unsafe chmod(folder.file("test.db"), 0o644)
        let connection = try Connection.open(folder.file("test.db"), access: .readWrite)
        try connection.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x)")
        #expect(folder.mode(of: "test.db") == 0o600)
        #expect(folder.mode(of: "test.db-wal") == 0o600)
        #expect(folder.mode(of: "test.db-shm") == 0o600)
        _ = consume connection
    }

    @Test func `a file that is something else is not a database`() throws {
        try folder.write(Array("This is a letter to my aunt. ".utf8) + Array(repeating: 7, count: 4096), to: "test.db")
        let connection = try Connection.open(folder.file("test.db"), access: .readWrite)
        let error = #expect(throws: SQLiteError.self) { try connection.execute("SELECT * FROM sqlite_master") }
        #expect(error?.code == .notADatabase)
    }

    @Test(arguments: [("missing/test.db", SQLiteError.Code.cannotOpen), (".", .cannotOpen)])
    func `what cannot be opened says so`(_ name: String, _ code: SQLiteError.Code) throws {
        let error = #expect(throws: SQLiteError.self) {
            _ = try Connection.open(folder.file(name), access: .readWrite)
        }
        #expect(error?.code == code)
    }

    @Test func `a full database is full and loses only the transaction`() throws {
        let connection = try Connection.open(folder.file("test.db"), access: .readWrite)
        try connection.execute("CREATE TABLE t (x); INSERT INTO t VALUES ('kept'); PRAGMA max_page_count = 4; BEGIN")
        let error = #expect(throws: SQLiteError.self) {
            try connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
        }
        #expect(error?.code == .full)
        if connection.isInTransaction { try connection.execute("ROLLBACK") }
        let count = try connection.withPrepared("SELECT COUNT(*) FROM t") { statement in
            _ = try statement.step()
            return statement.integer(at: 0)
        }
        #expect(count == 1)
    }

    @Test func `a lock held by another is busy`() throws {
        let path = folder.file("test.db")
        let one = try Connection.open(path, access: .readWrite)
        try one.execute("CREATE TABLE t (x); BEGIN IMMEDIATE")
        let other = try Connection.open(path, access: .readWrite, busyTimeout: .zero)
        let error = #expect(throws: SQLiteError.self) { try other.execute("INSERT INTO t VALUES (1)") }
        #expect(error?.code == .busy)
        try one.execute("COMMIT")
        try other.execute("INSERT INTO t VALUES (1)")
    }

    @Test func `damage is found and described`() throws {
        do {
            let connection = try Connection.open(folder.file("test.db"), access: .readWrite)
            try connection.execute("CREATE TABLE t (x UNIQUE)")
            try connection.execute("INSERT INTO t VALUES (randomblob(3000)), (randomblob(3000))")
            #expect(try connection.firstDamage() == nil)
            #expect(try connection.firstDamage(thorough: true) == nil)
        }
        // The second page is the table's.
        let file = unsafe open(folder.file("test.db"), O_WRONLY)
        let noise = [UInt8](repeating: 0xa5, count: 2000)
        #expect(unsafe pwrite(file, noise, noise.count, 4096) == noise.count)
        close(file)
        let connection = try Connection.open(folder.file("test.db"), access: .readOnly)
        #expect(try connection.firstDamage() != nil)
    }

    @Test func `a read-only connection does not write`() throws {
        let path = folder.file("test.db")
        _ = try Connection.open(path, access: .readWrite)
        let connection = try Connection.open(path, access: .readOnly)
        let isReadOnly = connection.isReadOnly
        #expect(isReadOnly)
        let error = #expect(throws: SQLiteError.self) { try connection.execute("CREATE TABLE t (x)") }
        #expect(error?.code == .readOnly)
    }
}
