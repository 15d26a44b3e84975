// A folder with a database in it, and a clock moved by hand, for each test.

import FoundationEssentials
import Runtime
import SQLite
import Storage
import Synchronization

final class Scene: Sendable {
    let folder: String
    let clock = VirtualClock()

    init() throws {
        folder = FileManager.default.temporaryDirectory.path + "/autoplex-storage-\(UInt64.random(in: .min ... .max))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var path: String { file("autoplex.db") }
    func file(_ name: String) -> String { folder + "/" + name }

    func open(_ schemas: [Schema] = [.notes], busyTimeout: Duration = .seconds(5)) async throws -> Database {
        try await Database.open(path: path, clock: clock, schemas: schemas, busyTimeout: busyTimeout)
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    func write(_ text: String, to name: String) throws { try Data(text.utf8).write(to: URL(filePath: file(name))) }
}

extension Schema {
    /// Stands for a room's own tables.
    static let notes = Schema("notes", migrations: ["CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"])
}

extension Database {
    func add(_ text: String) async throws {
        try await write { db in _ = try db.run("INSERT INTO notes (text) VALUES ($1)", text) }
    }

    func notes() async throws -> [String] {
        try await read { db in try db.rows("SELECT text FROM notes ORDER BY id") { row in try row.text("text") } }
    }
}

/// Raised once, seen from any thread.
final class Flag: Sendable {
    private let value = Atomic(false)
    var isUp: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
}

/// Counted from any thread.
final class Count: Sendable {
    private let number = Atomic(0)
    var value: Int { number.load(ordering: .acquiring) }
    func add() { number.add(1, ordering: .acquiringAndReleasing) }
}

/// Another process's write lock on a database, more or less.
final class Holder: Sendable {
    private let connection = Mutex<Connection?>(nil)

    func lock(_ path: String) throws {
        try connection.withLock { connection in
            connection = try Connection.open(path, access: .readWrite)
            try connection?.execute("BEGIN IMMEDIATE")
        }
    }

    func release() { connection.withLock { $0 = nil } }
}
