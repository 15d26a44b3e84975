// The one database of CONFIG_DIR. One connection writes, another reads, each on its own thread: in WAL mode
// (sqlite.org/wal.html) a reader sees the last committed state and never waits for the writer.

package import Runtime
internal import SQLite
internal import Synchronization

package final class Database: Sendable {
    package let path: String
    package let clock: any Clock
    /// This opening of the database; what carries another one was left behind by a process that is gone.
    package let opening: String
    let schemas: [Schema]
    package let log: Log
    /// Where each decision has its one line.
    let decisionLog: Log
    private let writer: Lane
    private let reader: Lane
    /// Why the last write failed, when that was the machine's doing; nil after a write that went through.
    private let trouble = Mutex<StorageError?>(nil)

    private init(path: String, clock: any Clock, log: Log, schemas: [Schema]) throws(StorageError) {
        self.path = path
        self.clock = clock
        self.log = log.labelled("storage")
        decisionLog = log.labelled("ledger")
        self.schemas = schemas
        opening = String(UInt64.random(in: .min ... .max), radix: 36)
        writer = try Lane("db-writer", path: path)
        reader = try Lane("db-reader", path: path)
    }

    /// Opens or creates the file (0600) and brings the tables up to date. `schemas` are the rooms' own; Storage adds its.
    package static func open(
        path: String, clock: any Clock = SystemClock(), log: Log = .silent, schemas: [Schema] = [],
        busyTimeout: Duration = .seconds(5)
    ) async throws(StorageError) -> Database {
        let database = try Database(path: path, clock: clock, log: log, schemas: [.storage] + schemas)
        do {
            try await database.writer.open(busyTimeout: busyTimeout) { [schemas = database.schemas, database] session in
                try session.script(settings + writerSettings)
                try Schema.bringUpToDate(schemas, session, now: clock.now, log: database.log)
            }
            try await database.reader.open(busyTimeout: busyTimeout) { session in
                try session.script(settings + "PRAGMA query_only = ON;")
            }
        } catch {
            await database.close()
            throw error
        }
        return database
    }

    private static let settings = """
        PRAGMA foreign_keys = ON;
        PRAGMA temp_store = MEMORY;
        """

    // FULL syncs the log at every commit: what was acknowledged survives a power cut as well as kill -9. NORMAL would
    // survive only the kill. The price is one fsync per transaction, and this program writes a few rows a minute; where
    // it writes many, they share a transaction. Whoever makes the log longer than 4,000 pages (16 MiB) waits until it is
    // copied into the file; four times SQLite's own measure, as pages written over and over are copied once.
    private static let writerSettings = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 16777216;
        """

    /// `body` sees one moment of the database and cannot change it.
    package func read<Value: Sendable>(
        _ body: @Sendable (borrowing Session) throws -> Value
    ) async throws(StorageError) -> Value {
        do {
            return try await reader.transaction(.read, body)
        } catch .readOnly(let path) {
            throw .failed(path: path, why: "a read tried to write")
        }
    }

    /// One transaction: all of it is on the disk when this returns, or nothing is when it throws.
    @discardableResult
    package func write<Value: Sendable>(
        _ body: @Sendable (borrowing Session) throws -> Value
    ) async throws(StorageError) -> Value {
        let decisions = DecisionsOfOneWrite()
        do {
            let value = try await writer.transaction(.write, decisions, body)
            wentWell()
            decisions.say(decisionLog)
            return value
        } catch {
            wentWrong(error)
            throw error
        }
    }

    /// In turn with everything else that is to be written: for who writes on behalf of many, see `writeNow`.
    func whenWriting(_ block: @escaping @Sendable () -> Void) { writer.perform(block) }

    /// `write` for a block of `whenWriting`.
    func writeNow<Value: Sendable>(
        _ body: @Sendable (borrowing Session) throws -> Value
    ) -> Result<Value, StorageError> {
        let decisions = DecisionsOfOneWrite()
        let outcome: Result<Value, StorageError> = writer.assumeIsolated { lane in
            do throws(StorageError) { return .success(try lane.transaction(.write, decisions, body)) } catch {
                return .failure(error)
            }
        }
        switch outcome {
        case .success:
            wentWell()
            decisions.say(decisionLog)
        case .failure(let error): wentWrong(error)
        }
        return outcome
    }

    private func wentWell() { trouble.withLock { $0 = nil } }

    private func wentWrong(_ error: StorageError) { if error.isTheMachines { report(error) } }

    /// A disk stays full for many writes; the log says it once.
    private func report(_ error: StorageError) {
        let isNew = trouble.withLock { trouble in
            defer { trouble = error }
            return trouble?.description != error.description
        }
        if isNew { log.error(error.description) }
    }

    /// Later reads and writes throw `.closed`; those under way end first.
    package func close() async {
        // The last connection to go writes the log back into the file, so it must be the one that may write.
        await reader.close()
        await writer.close()
    }

    /// Nil: healthy. Else a sentence for people. Cheap enough for a readiness probe: it reads, and remembers how the
    /// last write went instead of writing.
    package func check() async -> String? {
        if let trouble = trouble.withLock({ $0 }) { return trouble.description }
        do {
            _ = try await read { db in try Schema.versions(db) }
            return nil
        } catch {
            return error.description
        }
    }
}
