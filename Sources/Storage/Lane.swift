// One connection on a thread of its own: SQLite blocks, and nobody else's thread may wait for a disk.

internal import Runtime
internal import SQLite

actor Lane: ThreadActor {
    nonisolated let thread: SerialThread
    private let path: String
    private var session: Session?

    init(_ name: String, path: String) throws(StorageError) {
        self.path = path
        do {
            thread = try SerialThread(name: name)
        } catch {
            throw .failed(path: path, why: error.description)
        }
    }

    // Not in `close`: whoever comes later is still answered, on this thread.
    deinit { thread.stop() }

    /// `prepare` runs outside of any transaction: pragmas and migrations.
    func open(
        busyTimeout: Duration, _ prepare: @Sendable (borrowing Session) throws -> Void
    ) throws(StorageError) {
        do {
            let session = try Connection.open(path, access: .readWrite, busyTimeout: busyTimeout)
            if session.isReadOnly { throw StorageError.readOnly(path: path) }
            try prepare(session)
            self.session = consume session
        } catch {
            throw StorageError(error, path: path)
        }
    }

    func transaction<Value: Sendable>(
        _ begin: Session.Begin, _ body: @Sendable (borrowing Session) throws -> Value
    ) throws(StorageError) -> Value {
        guard let value = try session?.transaction(begin, body) else { throw .closed(path: path) }
        return value
    }

    /// What the Ledger takes in within `body` is noted in `decisions`.
    func transaction<Value: Sendable>(
        _ begin: Session.Begin, _ decisions: DecisionsOfOneWrite, _ body: @Sendable (borrowing Session) throws -> Value
    ) throws(StorageError) -> Value {
        try transaction(begin) { session in
            try DecisionsOfOneWrite.$current.withValue(decisions) { try body(session) }
        }
    }

    /// Other work that waits for the disk.
    func run<Value: Sendable>(_ body: @Sendable () throws -> Value) throws(StorageError) -> Value {
        do { return try body() } catch { throw StorageError(error, path: path) }
    }

    /// On this lane's thread, in its turn, without a task's way there and back.
    nonisolated func perform(_ block: @escaping @Sendable () -> Void) { thread.perform(block) }

    func close() { session = nil }
}
