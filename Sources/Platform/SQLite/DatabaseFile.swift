// The three files of one database: the file itself, its write-ahead log (-wal) and the log's index (-shm). Moving one
// without the others loses writes or, worse, applies one database's log to another (sqlite.org/howtocorrupt.html §1.4),
// so whoever moves or protects them does it here.

internal import CSQLite
internal import Glibc

package enum DatabaseFile {
    private static let companions = ["-wal", "-shm"]

    /// Makes an empty file that only its owner may read; SQLite gives -wal and -shm the mode of the main file. A file
    /// that is there already loses the permissions of others.
    ///
    /// The trap: closing any descriptor of a file drops all of the process's locks on it (fcntl(2); howtocorrupt §2.2).
    /// A database that is open must not be opened here, so one that exists is only ever named.
    static func createPrivately(_ path: String) throws(SQLiteError) {
        let file = unsafe open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if file >= 0 {
            close(file)
            return
        }
        guard errno == EEXIST else { throw failure(errno) }
        var info = stat()
        if unsafe stat(path, &info) == 0, info.st_mode & 0o077 != 0 {
            // A file of another owner may still be ours to write; whose it is was somebody's decision.
            for name in [path] + companions.map({ path + $0 }) { unsafe chmod(name, 0o600) }
        }
        guard unsafe access(path, R_OK | W_OK) == 0 else { throw failure(errno) }
    }

    package static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

    /// Removes a database nobody has open.
    package static func remove(_ path: String) {
        for name in [path] + companions.map({ path + $0 }) { unsafe unlink(name) }
    }

    /// Puts the closed database `staged` in the place of `path`. What stood there stays, whole, under `aside`. At every
    /// moment of a crash one of the two stands at `path` and the old one is complete at `path` or at `aside`.
    package static func replace(_ path: String, with staged: String, keepingOldAt aside: String) throws(SQLiteError) {
        try sync(staged)
        if exists(path) {
            // A second name first, then the switch: a rename alone would leave a moment with no database.
            for companion in [""] + companions where exists(path + companion) {
                guard unsafe link(path + companion, aside + companion) == 0 else { throw failure(errno) }
            }
            // Before the new file comes: an old log beside it would be taken for its own.
            for companion in companions { unsafe unlink(path + companion) }
        }
        try rename(staged, to: path)
    }

    /// Atomic, and on the disk when it returns.
    package static func rename(_ old: String, to new: String) throws(SQLiteError) {
        guard unsafe Glibc.rename(old, new) == 0 else { throw failure(errno) }
        try sync(folder(of: new))
    }

    package static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A folder, or a database that nobody has open (see `createPrivately`).
    package static func sync(_ path: String) throws(SQLiteError) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw failure(errno) }
        defer { close(file) }
        guard fsync(file) == 0 else { throw failure(errno) }
    }

    /// The operating system's errors in SQLite's terms, so that callers know one kind.
    static func failure(_ number: Int32) -> SQLiteError {
        let code =
            switch number {
            case ENOSPC, EDQUOT: SQLITE_FULL
            case EROFS, EACCES, EPERM: SQLITE_READONLY
            case EIO: SQLITE_IOERR
            default: SQLITE_CANTOPEN
            }
        return SQLiteError(number: code, message: words(number))
    }

    private static func words(_ number: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 128)
        guard unsafe strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
