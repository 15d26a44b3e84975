// One open database (sqlite.org/c3ref/sqlite3.html), not copyable, closed when its owner lets go. It belongs to one
// thread at a time (SQLITE_OPEN_NOMUTEX): Storage keeps each on a thread of its own.

internal import CSQLite
internal import Runtime

@safe package struct Connection: ~Copyable {
    package enum Access: Sendable {
        /// Creates the file when there is none, readable by its owner only.
        case readWrite
        case readOnly
    }

    package let path: String
    private let handle: OpaquePointer
    private let prepared: PreparedStatements

    package static func open(
        _ path: String, access: Access, busyTimeout: Duration = .seconds(5)
    ) throws(SQLiteError) -> Connection {
        if access == .readWrite { try DatabaseFile.createPrivately(path) }
        let connection = unsafe Connection(taking: try handle(for: path, access: access), path: path)
        try connection.check(unsafe autoplex_harden(connection.handle))
        try connection.check(unsafe sqlite3_busy_timeout(connection.handle, Int32(clamping: busyTimeout.milliseconds)))
        return connection
    }

    private init(taking handle: OpaquePointer, path: String) {
        self.path = path
        unsafe self.handle = unsafe handle
        prepared = PreparedStatements()
    }

    private static func handle(for path: String, access: Access) throws(SQLiteError) -> OpaquePointer {
        var opened: OpaquePointer?
        let flags =
            (access == .readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX
            | SQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
        guard code == SQLITE_OK, let handle = unsafe opened else {
            // SQLite hands out a connection even when opening failed; it carries the words and must be closed.
            let message = unsafe opened.map { unsafe String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            unsafe sqlite3_close_v2(opened)
            throw SQLiteError(number: code, message: message)
        }
        return unsafe handle
    }

    deinit {
        // Statements first: a connection with a living statement would stay open as a ghost.
        prepared.removeAll()
        unsafe sqlite3_close_v2(handle)
    }

    private borrowing func check(_ code: Int32) throws(SQLiteError) {
        if code != SQLITE_OK { throw error(code) }
    }

    private borrowing func error(_ code: Int32) -> SQLiteError {
        unsafe SQLiteError(number: code, message: String(cString: sqlite3_errmsg(handle)))
    }

    // MARK: Statements

    package borrowing func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        var statement: OpaquePointer?
        var rest = ""
        let code = unsafe sql.withCString { start in
            var tail: UnsafePointer<CChar>?
            let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
            let code = unsafe sqlite3_prepare_v3(handle, start, -1, flags, &statement, &tail)
            if let tail = unsafe tail { rest = unsafe String(cString: tail) }
            return code
        }
        guard code == SQLITE_OK else {
            let reason = error(code)
            throw SQLiteError(number: code, message: "\(reason.message) in: \(sql)")
        }
        guard let handle = unsafe statement else {
            throw SQLiteError(number: SQLITE_MISUSE, message: "no statement in: \(sql)")
        }
        // SQLite prepares the first statement and would forget the others silently.
        guard rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) else {
            unsafe sqlite3_finalize(handle)
            throw SQLiteError(number: SQLITE_MISUSE, message: "more than one statement in: \(sql)")
        }
        return try unsafe Statement(taking: handle, sql: sql)
    }

    /// Runs `body` with a statement that stays prepared for the next time. The same SQL may be in use twice at once (a
    /// query inside a query's rows): the second gets one of its own.
    package borrowing func withPrepared<Result>(
        _ sql: String, _ body: (inout Statement) throws -> Result
    ) throws -> Result {
        let shelf = try prepared.take(sql) ?? PreparedStatements.Shelf(prepare(sql))
        defer {
            shelf.statement.reset()
            prepared.putBack(shelf)
        }
        return try body(&shelf.statement)
    }

    /// Runs one or many statements without arguments and ignores their rows.
    package borrowing func execute(_ sql: String) throws(SQLiteError) {
        try check(unsafe sqlite3_exec(handle, sql, nil, nil, nil))
    }

    /// After the tables changed shape.
    package borrowing func forgetPrepared() { prepared.removeAll() }

    // MARK: State

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    package var changes: Int { Int(unsafe sqlite3_changes64(handle)) }
    /// SQLite rolls back by itself after some failures (a full disk): then there is nothing left to roll back.
    package var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }
    /// SQLite opens a file it may not write as read-only without a word.
    package var isReadOnly: Bool { unsafe sqlite3_db_readonly(handle, "main") == 1 }

    /// Reads the whole file; nil when it is sound, else the first thing found wrong.
    /// `thorough` compares the indexes with their tables as well.
    package borrowing func firstDamage(thorough: Bool = false) throws(SQLiteError) -> String? {
        var statement = try prepare(thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)")
        guard try statement.step() else { return "the check gave no answer" }
        let answer = statement.text(at: 0)
        return answer == "ok" ? nil : answer
    }

    // MARK: Online backup (sqlite.org/backup.html)

    /// Copies everything into `target`, `pages` at a time. While this connection holds a read transaction the copy is
    /// one moment's; others go on writing. Without one, each write of another connection starts the copy over.
    package borrowing func copy(
        into target: borrowing Connection, pages: Int = 1024, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws(SQLiteError) {
        guard let backup = unsafe sqlite3_backup_init(target.handle, "main", handle, "main") else {
            throw target.error(unsafe sqlite3_extended_errcode(target.handle))
        }
        var code = SQLITE_OK
        while code == SQLITE_OK {
            code = unsafe sqlite3_backup_step(backup, Int32(clamping: pages))
            let total = Int(unsafe sqlite3_backup_pagecount(backup))
            progress(total - Int(unsafe sqlite3_backup_remaining(backup)), total)
        }
        let end = unsafe sqlite3_backup_finish(backup)
        guard code == SQLITE_DONE else {
            throw SQLiteError(number: code, message: unsafe String(cString: sqlite3_errstr(code)))
        }
        try target.check(end)
    }
}
