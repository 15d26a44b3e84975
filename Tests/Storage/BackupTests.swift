// A backup is whole although the database is in use; a restore never leaves the owner with less than before.

import FoundationEssentials
import Glibc
import Runtime
import SQLite
import Storage
import Testing

@Suite(.timeLimit(.minutes(1))) struct BackupTests {
    private let scene: Scene
    init() throws { scene = try Scene() }

    private var backups: String { scene.file("backups") }

    private func restore(_ source: String, schemas: [Schema] = [.notes]) async throws -> String? {
        try await Backup.restore(from: source, to: scene.path, schemas: schemas, now: scene.clock.now)
    }

    private func mode(_ path: String) throws -> UInt32 { try Files.mode(path) }

    @Test func `a backup taken while others write holds one moment and is one private file`() async throws {
        let database = try await scene.open()
        // Two tables that every write changes together.
        try await database.write { db in
            try db.script("CREATE TABLE a (x INTEGER); CREATE TABLE b (x INTEGER, filler BLOB)")
            // More than is copied in one step.
            try db.script("CREATE TABLE c AS SELECT zeroblob(16000000)")
        }
        let steps = Count()
        let stop = Flag()
        let path = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var number = 0
                while !stop.isUp {
                    let next = number
                    number += 1
                    try await database.write { db in
                        try db.run("INSERT INTO a (x) VALUES ($1)", next)
                        try db.run("INSERT INTO b (x, filler) VALUES ($1, zeroblob(3000))", next)
                    }
                }
            }
            while try await rows("a", database) < 50 { await Task.yield() }
            let path = try await Backup.make(database, into: backups) { _, _ in steps.add() }
            let after = try await rows("a", database)
            // The writer was not held up for good by the backup.
            while try await rows("a", database) == after { await Task.yield() }
            stop.raise()
            try await group.waitForAll()
            return path
        }
        // None of the writes in between began it anew.
        #expect((2...6).contains(steps.value))
        #expect(path == backups + "/autoplex-20260101T120000Z.db")
        #expect(try Files.list(backups) == ["autoplex-20260101T120000Z.db"])
        #expect(try mode(path) == 0o600)
        let copy = try Connection.open(path, access: .readOnly)
        let (a, b) = try (count("a", copy), count("b", copy))
        #expect(a == b && a >= 50)
        #expect(try copy.firstDamage(thorough: true) == nil)
    }

    private func rows(_ table: String, _ database: Database) async throws -> Int {
        try await database.read { db in try db.row("SELECT COUNT(*) FROM \(table)") { row in try row.int(0) } ?? 0 }
    }

    private func count(_ table: String, _ connection: borrowing Connection) throws -> Int {
        try connection.row("SELECT COUNT(*) FROM \(table)") { row in try row.int(0) } ?? 0
    }

    @Test func `the newest are kept, and nobody else's file is touched`() async throws {
        let database = try await scene.open()
        try Files.makeFolder(backups)
        try Files.write([1], to: backups + "/holiday.jpg")
        for _ in 1...5 {
            try await Backup.make(database, into: backups, keep: 3)
            await scene.clock.advance(by: .days(1))
        }
        #expect(
            try Files.list(backups) == [
                "autoplex-20260103T120000Z.db", "autoplex-20260104T120000Z.db", "autoplex-20260105T120000Z.db",
                "holiday.jpg",
            ])
        // Two in one second are two.
        let one = try await Backup.make(database, into: backups)
        let two = try await Backup.make(database, into: backups)
        #expect(one != two)
        #expect(Backup.list(backups).count == 5)
        #expect(Backup.list(backups).first == two)
    }

    @Test func `a restore brings back what was, and keeps what it replaces`() async throws {
        var database = try await scene.open()
        try await database.add("then")
        let backup = try await Backup.make(database, into: backups)
        try await database.add("since")
        await database.close()

        let aside = try #require(try await restore(backup))
        database = try await scene.open()
        #expect(try await database.notes() == ["then"])
        await database.close()
        #expect(try mode(scene.path) == 0o600)

        // And back again: what was set aside is a database like any other.
        _ = try await restore(aside)
        #expect(try await scene.open().notes() == ["then", "since"])
        // Nothing half-made lies around.
        #expect(try scene.names().filter { $0.contains("restoring") } == [])
    }

    @Test func `a restore works where there is nothing, and where there is garbage`() async throws {
        let database = try await scene.open()
        try await database.add("then")
        let backup = try await Backup.make(database, into: backups)
        await database.close()
        try Files.remove(scene.path)
        #expect(try await restore(backup) == nil)
        var restored = try await scene.open()
        #expect(try await restored.notes() == ["then"])
        await restored.close()

        try scene.write("garbage", to: "autoplex.db")
        let aside = try #require(try await restore(backup))
        #expect(try Files.text(aside) == "garbage")
        restored = try await scene.open()
        #expect(try await restored.notes() == ["then"])
    }

    @Test func `after a crash, what is set aside is one file with everything in it`() async throws {
        let database = try await scene.open()
        let backup = try await Backup.make(database, into: backups)
        await database.close()
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = scene.path as String] in
            let database = try await Database.open(path: path, schemas: [.notes])
            try await database.add("in the log only")
            kill(getpid(), SIGKILL)
        }
        #expect(try scene.names().contains("autoplex.db-wal"))
        let aside = try #require(try await restore(backup))
        #expect(try scene.names().filter { $0.contains("replaced") }.map { scene.file($0) } == [aside])
        _ = try await restore(aside)
        #expect(try await scene.open().notes() == ["in the log only"])
    }

    @Test func `nothing is restored over a running Autoplex`() async throws {
        let database = try await scene.open()
        try await database.add("kept")
        let backup = try await Backup.make(database, into: backups)
        let lock = try FileLock.take(folder: scene.folder)
        let error = await #expect(throws: StorageError.self) { try await restore(backup) }
        #expect(error?.description.hasPrefix("another Autoplex (process ") == true)
        #expect(error?.description.contains("is using \(scene.folder); stop it first") == true)
        #expect(throws: StorageError.self) { _ = try FileLock.take(folder: scene.folder) }
        await database.close()
        lock.release()
        #expect(try await restore(backup) != nil)
    }

    @Test(arguments: [
        ("missing", "there is no such file"),
        ("garbage", "is not a database"),
        ("cut", "is damaged"),
        ("stranger", "it is a database, but not one of Autoplex"),
        ("newer", "written by a newer Autoplex (schema notes 2, this program knows 1)"),
    ])
    func `a backup that is no good is refused and nothing is changed`(_ what: String, _ words: String) async throws {
        let source = scene.file("source.db")
        switch what {
        case "missing": break
        case "garbage": try scene.write(String(repeating: "no database ", count: 500), to: "source.db")
        case "stranger": try Connection.open(source, access: .readWrite).execute("CREATE TABLE t (x)")
        case "newer":
            let newer = Schema("notes", migrations: Schema.notes.migrations + ["CREATE TABLE more (x INTEGER)"])
            try await Database.open(path: source, schemas: [newer]).close()
        default:
            let database = try await Database.open(path: source, schemas: [.notes])
            for number in 0..<500 { try await database.add(String(repeating: "\(number) ", count: 100)) }
            await database.close()
            let bytes = try Files.read(source)
            try Files.write(Array(bytes.prefix(bytes.count / 2)), to: source)
        }
        let database = try await scene.open()
        try await database.add("kept")
        await database.close()
        let before = try scene.names()
        let error = await #expect(throws: StorageError.self) { try await restore(source) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
        #expect(try await scene.open().notes() == ["kept"])
        #expect(try scene.names().filter { $0.contains("replaced") || $0.contains("restoring") } == [], "\(before)")
    }

    @Test func `a backup that cannot be finished leaves no file and says why`() async throws {
        let database = try await scene.open()
        let nowhere = scene.file("nowhere/copy.db")
        let error = await #expect(throws: StorageError.self) { try await database.backup(to: nowhere) }
        #expect(error?.description.contains("cannot be opened: No such file or directory") == true)
        try scene.write("in the way", to: "file")
        await #expect(throws: StorageError.self) { try await Backup.make(database, into: scene.file("file")) }
        #expect(try await database.notes() == [])
    }
}
