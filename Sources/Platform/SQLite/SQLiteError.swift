// What SQLite answers when it does not do what was asked (sqlite.org/rescode.html). Extended codes are switched on for
// every connection; they are folded into the few cases a caller can choose between, and kept for the log.

internal import CSQLite

package struct SQLiteError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Code: Sendable, Equatable {
        /// Another connection holds the lock, and did so for the whole busy timeout.
        case busy
        case full
        case corrupt
        case notADatabase
        case constraint(Constraint)
        case readOnly
        case cannotOpen
        /// Reading or writing the file failed below SQLite.
        case inputOutput
        case interrupted
        /// The statement is wrong: a typing error in SQL, a missing table, a wrong number of arguments.
        case statement
        case other
    }

    package enum Constraint: Sendable, Equatable {
        case unique, foreignKey, notNull, check, other
    }

    package let code: Code
    /// SQLite's own number, extended form.
    package let number: Int32
    /// SQLite's words. They name tables and columns, never bound values.
    package let message: String

    package init(number: Int32, message: String) {
        self.number = number
        self.message = message
        code = Code(number)
    }

    package var description: String { "SQLite \(number): \(message)" }
}

extension SQLiteError.Code {
    init(_ number: Int32) {
        // The low byte is the primary code.
        switch number & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy
        case SQLITE_FULL: self = .full
        case SQLITE_CORRUPT: self = .corrupt
        case SQLITE_NOTADB: self = .notADatabase
        case SQLITE_CONSTRAINT: self = .constraint(SQLiteError.Constraint(number))
        case SQLITE_READONLY, SQLITE_PERM: self = .readOnly
        case SQLITE_CANTOPEN, SQLITE_AUTH: self = .cannotOpen
        // The shared memory of the WAL could not grow: on Linux that is the disk being full, not the disk failing.
        case SQLITE_IOERR where number >> 8 == 19: self = .full
        case SQLITE_IOERR: self = .inputOutput
        case SQLITE_INTERRUPT: self = .interrupted
        case SQLITE_ERROR, SQLITE_RANGE, SQLITE_MISUSE, SQLITE_MISMATCH: self = .statement
        default: self = .other
        }
    }
}

extension SQLiteError.Constraint {
    init(_ number: Int32) {
        // SQLITE_CONSTRAINT_… = SQLITE_CONSTRAINT | n << 8; the macros are arithmetic, which Swift does not import.
        switch number >> 8 {
        case 1: self = .check
        case 3: self = .foreignKey
        case 5: self = .notNull
        case 6, 8, 10: self = .unique  // PRIMARYKEY, UNIQUE, ROWID
        default: self = .other
        }
    }
}
