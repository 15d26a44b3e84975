// What can go wrong with the database, as the choices of whoever must act: free space, end the other process, upgrade,
// restore. SQLite's numbers are translated here and nowhere else.

internal import Runtime
internal import SQLite

package enum StorageError: Error, Sendable, CustomStringConvertible {
    case diskFull(path: String)
    /// Another process holds the database and did not let go in time.
    case locked(path: String)
    case readOnly(path: String)
    case cannotOpen(path: String, why: String)
    case notADatabase(path: String)
    case damaged(path: String, what: String)
    case newerSchema(path: String, schema: String, found: Int, known: Int)
    case migrationFailed(schema: String, version: Int, why: String)
    /// One process per folder; `by` is what the other one wrote into the lock.
    case folderTaken(folder: String, by: String)
    /// A rule of the tables was broken: a key twice, a reference to nothing.
    case constraint(String)
    case column(String)
    case closed(path: String)
    /// Our own mistake or the machine's: nothing the person can choose.
    case failed(path: String, why: String)
    /// The closure given to `read` or `write` threw this, and its transaction was rolled back.
    case abandoned(any Error)

    package var description: String {
        switch self {
        case .diskFull(let path):
            "the disk is full: nothing more can be written to \(path); free some space"
        case .locked(let path):
            "\(path) is locked by another process; stop the other Autoplex or whatever has the file open"
        case .readOnly(let path):
            "\(path) cannot be written; check that its folder is mounted read-write and belongs to Autoplex's user"
        case .cannotOpen(let path, let why):
            "\(path) cannot be opened: \(why)"
        case .notADatabase(let path):
            "\(path) is not a database; move it away to begin anew, or restore a backup"
        case .damaged(let path, let what):
            "the database \(path) is damaged (\(what)); restore a backup"
        case .newerSchema(_, let schema, let found, let known):
            "this database was written by a newer Autoplex (schema \(schema) \(found), this program knows \(known)): "
                + "upgrade or restore a backup"
        case .migrationFailed(let schema, let version, let why):
            "the database could not be brought to schema \(schema) \(version) and stays as it was: \(why)"
        case .folderTaken(let folder, let by):
            "another Autoplex \(by.isEmpty ? "" : "(\(by)) ")is using \(folder); stop it first, or use another CONFIG_DIR"
        case .constraint(let what): "the database refused: \(what)"
        case .column(let what): what
        case .closed(let path): "the database \(path) was closed"
        case .failed(let path, let why): "the database \(path) failed: \(why)"
        case .abandoned(let error): "\(error)"
        }
    }
}

extension StorageError {
    /// Not the fault of what was asked for: the next write is likely to fail as well.
    var isTheMachines: Bool {
        switch self {
        case .diskFull, .locked, .readOnly, .cannotOpen, .notADatabase, .damaged, .failed: true
        case .newerSchema, .migrationFailed, .folderTaken, .constraint, .column, .closed, .abandoned: false
        }
    }

    /// Whatever was thrown while working on the database at `path`.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as StorageError: self = error
        case let error as SQLiteError: self = Self.translated(error, path: path)
        case let error as FileError where error.isFull: self = .diskFull(path: path)
        case let error as FileError: self = .cannotOpen(path: path, why: error.description)
        default: self = .abandoned(error)
        }
    }

    private static func translated(_ error: SQLiteError, path: String) -> StorageError {
        switch error.code {
        case .full: .diskFull(path: path)
        case .busy: .locked(path: path)
        case .readOnly: .readOnly(path: path)
        case .cannotOpen: .cannotOpen(path: path, why: error.message)
        case .notADatabase: .notADatabase(path: path)
        case .corrupt: .damaged(path: path, what: error.message)
        case .constraint: .constraint(error.message)
        case .inputOutput, .interrupted, .statement, .other: .failed(path: path, why: error.description)
        }
    }
}
