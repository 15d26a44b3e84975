// Three files are one database: copying and replacing them loses nothing and mixes nothing.

import SQLite
import Testing

@Suite struct DatabaseFileTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    private func numbers(_ connection: borrowing Connection) throws -> [Int64] {
        try connection.withPrepared("SELECT x FROM t ORDER BY x") { statement in
            var all: [Int64] = []
            while try statement.step() { all.append(statement.integer(at: 0)) }
            return all
        }
    }

    @Test func `a copy is one moment while another connection goes on writing`() throws {
        let writer = try Connection.open(folder.file("a.db"), access: .readWrite)
        try writer.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x); CREATE TABLE filler (y)")
        try writer.execute("INSERT INTO t VALUES (1); INSERT INTO filler VALUES (zeroblob(100000))")

        let reader = try Connection.open(folder.file("a.db"), access: .readOnly)
        try reader.execute("BEGIN; SELECT COUNT(*) FROM t")
        let copy = try Connection.open(folder.file("b.db"), access: .readWrite)
        var steps = 0
        var next = Int64(2)
        try reader.copy(into: copy, pages: 1) { done, total in
            steps += 1
            #expect(done <= total)
            #expect(throws: Never.self) { try writer.execute("INSERT INTO t VALUES (\(next))") }
            next += 1
        }
        // Without the read transaction each of these writes would have begun the copy anew.
        #expect(steps < 60)
        #expect(try numbers(copy) == [1])
        #expect(try numbers(writer).count == steps + 1)
    }

    @Test func `a replaced database stays whole under its new name, log and all`() throws {
        let old = try Connection.open(folder.file("a.db"), access: .readWrite)
        try old.execute("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)")
        try old.execute("INSERT INTO t VALUES (1)")
        do {
            let new = try Connection.open(folder.file("new.db"), access: .readWrite)
            try new.execute("CREATE TABLE t (x); INSERT INTO t VALUES (2)")
        }
        // `old` is still open, as after a crash: its rows are in the log only.
        try DatabaseFile.replace(
            folder.file("a.db"), with: folder.file("new.db"), keepingOldAt: folder.file("a.db.old"))
        #expect(folder.mode(of: "a.db-wal") == nil)
        #expect(folder.mode(of: "new.db") == nil)
        #expect(try numbers(try Connection.open(folder.file("a.db"), access: .readWrite)) == [2])
        #expect(try numbers(try Connection.open(folder.file("a.db.old"), access: .readWrite)) == [1])
        _ = consume old
    }

    @Test func `a locked file is refused with its owner's words until he lets go`() throws {
        do {
            let mine = try LockedFile(path: folder.file("lock"), owner: "process 7")
            do {
                _ = try LockedFile(path: folder.file("lock"), owner: "process 8")
                Issue.record("locked twice")
            } catch .taken(let by) {
                #expect(by == "process 7")
            }
            _ = consume mine
        }
        _ = try LockedFile(path: folder.file("lock"), owner: "process 8")
    }
}
