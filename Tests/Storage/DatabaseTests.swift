// A write is whole or was not; whatever stands in the way is said in words somebody can act on.

import FoundationEssentials
import Glibc
import Runtime
import SQLite
import Storage
import Synchronization
import Testing

@Suite struct DatabaseTests {
    private let scene: Scene
    init() throws { scene = try Scene() }

    struct Oops: Error {}

    @Test func `a write that throws leaves nothing behind`() async throws {
        let database = try await scene.open()
        try await database.add("kept")
        await #expect {
            try await database.write { db in
                try db.run("INSERT INTO notes (text) VALUES ($1)", "gone")
                throw Oops()
            }
        } throws: { error in
            // The caller finds his own error inside.
            if case StorageError.abandoned(let error) = error { error is Oops } else { false }
        }
        #expect(try await database.notes() == ["kept"])
    }

    @Test func `a read cannot write`() async throws {
        let database = try await scene.open()
        await #expect(throws: StorageError.self) {
            try await database.read { db in try db.run("INSERT INTO notes (text) VALUES ('x')") }
        }
        #expect(try await database.notes() == [])
    }

    @Test func `every kind of argument comes back through its name`() async throws {
        let database = try await scene.open()
        let now = scene.clock.now
        try await database.read { db in
            let seen: Bool? = try db.row(
                """
                SELECT $1 AS text, $2 AS int, $3 AS big, $4 AS double, $5 AS bool, $6 AS bytes, $7 AS instant, $8 AS none,
                    $9 AS whole
                """, "søren", -7, UInt64.max, 0.5, true, [UInt8]([1, 2]), now, nil, 3
            ) { row throws in
                #expect(try row.text("text") == "søren")
                #expect(try row.text(0) == "søren")
                #expect(try row.int("int") == -7)
                #expect(try row.unsigned("big") == .max)
                #expect(try row.double("double") == 0.5)
                #expect(try row.double("whole") == 3)
                #expect(try row.bool("bool"))
                #expect(try row.bytes("bytes") == [1, 2])
                #expect(try row.withBytes("bytes") { span in span.count } == 2)
                #expect(try row.instant("instant") == now)
                #expect(try row.optionalText("none") == nil)
                #expect(try row.optionalInt("none") == nil)
                #expect(try row.optionalInstant("none") == nil)
                #expect(try row.optionalInstant("instant") == now)
                return true
            }
            #expect(seen == true)
        }
    }

    @Test(arguments: [
        ("nowhere", "there is no column \"nowhere\" (there are: id, text) in: SELECT id, text FROM notes"),
        ("id", "column \"id\" holds integer where text is due, in: SELECT id, text FROM notes"),
    ])
    func `a column that is not what it should be is named`(_ column: String, _ words: String) async throws {
        let database = try await scene.open()
        try await database.add("one")
        let error = await #expect(throws: StorageError.self) {
            try await database.read { db in
                try db.rows("SELECT id, text FROM notes") { row in try row.text(.named(column)) }
            }
        }
        #expect(error?.description == words)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a read does not wait for a write that takes its time`() async throws {
        let database = try await scene.open()
        try await database.add("before")
        let hasRead = Flag()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let (began, continuation) = AsyncStream.makeStream(of: Void.self)
            group.addTask {
                try await database.write { db in
                    try db.run("INSERT INTO notes (text) VALUES ('after')")
                    continuation.finish()
                    // Held open until the read is through; were the read waiting for us, this would not end.
                    while !hasRead.isUp { sched_yield() }
                }
            }
            for await _ in began {}
            #expect(try await database.notes() == ["before"])
            hasRead.raise()
            try await group.waitForAll()
        }
        #expect(try await database.notes() == ["before", "after"])
    }

    @Test func `a thousand writes at once all happen`() async throws {
        let database = try await scene.open()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<1000 { group.addTask { try await database.add("\(number)") } }
            try await group.waitForAll()
        }
        #expect(try await Set(database.notes()).count == 1000)
    }

    @Test func `a closed database says so and leaves one file`() async throws {
        let database = try await scene.open()
        try await database.add("kept")
        await database.close()
        await #expect {
            try await database.notes()
        } throws: { error in
            "\(error)" == "the database \(scene.path) was closed"
        }
        #expect(await database.check() != nil)
        // The log was merged: the folder can be copied.
        #expect(try scene.names() == ["autoplex.db"])
        #expect(try await scene.open().notes() == ["kept"])
    }

    @Test func `another program that looks into the database does not take it away`() async throws {
        let database = try await scene.open()
        try await database.add("before")
        // Closing the last connection removes the log. The child is not the last, unless we lost our lock on the file.
        await #expect(processExitsWith: .success) { [path = scene.path as String] in
            let connection = try Connection.open(path, access: .readWrite)
            let count = try connection.row("SELECT COUNT(*) FROM notes") { row in try row.int(0) }
            #expect(count == 1)
        }
        #expect(try scene.names().contains("autoplex.db-wal"))
        try await database.add("after")
        await database.close()
        #expect(try await scene.open().notes() == ["before", "after"])
    }

    // MARK: Bad input

    @Test func `a full disk is said, loses nothing, and is forgiven once there is room`() async throws {
        let database = try await scene.open()
        try await database.add("kept")
        try await database.read { db in
            _ = try db.row("PRAGMA page_count") { row in try row.int(0) }
        }
        try await database.write { db in
            let pages = try db.row("PRAGMA page_count") { row in try row.int(0) } ?? 0
            _ = try db.row("PRAGMA max_page_count = \(pages + 2)") { _ in }
        }
        await #expect {
            try await database.add(String(repeating: "x", count: 100_000))
        } throws: { error in
            "\(error)" == "the disk is full: nothing more can be written to \(scene.path); free some space"
        }
        #expect(await database.check()?.contains("disk is full") == true)
        #expect(try await database.notes() == ["kept"])
        try await database.write { db in _ = try db.row("PRAGMA max_page_count = 1000000") { _ in } }
        try await database.add("again")
        #expect(await database.check() == nil)
        #expect(try await database.notes() == ["kept", "again"])
    }

    @Test func `a database held by another process is said to be locked`() async throws {
        let database = try await scene.open(busyTimeout: .zero)
        let other = try Connection.open(scene.path, access: .readWrite)
        try other.execute("BEGIN IMMEDIATE")
        await #expect {
            try await database.add("x")
        } throws: { error in
            "\(error)".hasPrefix("\(scene.path) is locked by another process")
        }
        try other.execute("COMMIT")
        try await database.add("x")
    }

    @Test(arguments: [
        ("garbage", "is not a database; move it away to begin anew, or restore a backup"),
        ("folder", "cannot be opened"),
        ("nowhere", "cannot be opened: No such file or directory"),
    ])
    func `what is not a database is said`(_ what: String, _ words: String) async throws {
        switch what {
        case "garbage": try scene.write(String(repeating: "not a database ", count: 1000), to: "autoplex.db")
        case "folder": try FileManager.default.createDirectory(atPath: scene.path, withIntermediateDirectories: true)
        default: try FileManager.default.removeItem(atPath: scene.folder)
        }
        let error = await #expect(throws: StorageError.self) { _ = try await scene.open() }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test func `a folder that may not be written is said`() async throws {
        let path = scene.path
        try await scene.open().close()
        // Root may write everywhere, so a child process gives up being root first.
        await #expect(processExitsWith: .success) { [path = path as String] in
            let folder = DatabaseFile.folder(of: path)
            unsafe chmod(path, 0o444)
            unsafe chmod(folder, 0o555)
            if getuid() == 0 {
                #expect(setgid(65534) == 0)
                #expect(setuid(65534) == 0)
            }
            for name in [path, folder + "/new.db"] {
                let error = await #expect(throws: StorageError.self) { _ = try await Database.open(path: name) }
                #expect(error?.description.hasPrefix("\(name) cannot be written; check that its folder") == true)
            }
        }
    }
}
