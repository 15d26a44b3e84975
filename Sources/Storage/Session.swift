// What the closures of `read` and `write` work with: one connection inside one transaction, lent. Rows are lent too, so
// neither can be kept beyond the moment it means something.

package import SQLite

package typealias Session = Connection
package typealias Row = Statement
package typealias SQLValue = Value

extension Connection {
    /// Runs a statement; arguments are `$1`, `$2` … Returns how many rows it changed.
    @discardableResult
    package borrowing func run(_ sql: String, _ arguments: (any Bindable)?...) throws(StorageError) -> Int {
        try each(sql, arguments) { _ in }
        return changes
    }

    /// Every row, decoded.
    package borrowing func rows<Value>(
        _ sql: String, _ arguments: (any Bindable)?..., decode: (borrowing Row) throws -> Value
    ) throws(StorageError) -> [Value] {
        try rows(sql, arguments: arguments, decode: decode)
    }

    /// The same for arguments that were collected.
    package borrowing func rows<Value>(
        _ sql: String, arguments: [(any Bindable)?], decode: (borrowing Row) throws -> Value
    ) throws(StorageError) -> [Value] {
        var all: [Value] = []
        try each(sql, arguments) { row in all.append(try decode(row)) }
        return all
    }

    /// The first row, or nil when there is none. The statement still runs to its end: stopping an INSERT … RETURNING
    /// after its first row would leave the others unwritten.
    package borrowing func row<Value>(
        _ sql: String, _ arguments: (any Bindable)?..., decode: (borrowing Row) throws -> Value
    ) throws(StorageError) -> Value? {
        var first: Value?
        try each(sql, arguments) { row in
            if first == nil { first = try decode(row) }
        }
        return first
    }

    /// The number a `… RETURNING id` gave to what it inserted.
    package borrowing func insert(_ sql: String, _ arguments: (any Bindable)?...) throws(StorageError) -> Int64 {
        var number: Int64?
        try each(sql, arguments) { row in number = try row.int64("id") }
        guard let number else { throw .failed(path: path, why: "nothing was inserted by: \(sql)") }
        return number
    }

    /// For many rows that need not stand in memory together.
    package borrowing func each(
        _ sql: String, _ arguments: [(any Bindable)?], _ body: (borrowing Row) throws -> Void
    ) throws(StorageError) {
        do {
            try withPrepared(sql) { statement in
                try statement.bind(arguments.map { $0?.sqlValue ?? .null })
                while try statement.step() { try body(statement) }
            }
        } catch {
            throw StorageError(error, path: path)
        }
    }

    /// Many statements without arguments: migrations.
    package borrowing func script(_ sql: String) throws(StorageError) {
        do { try execute(sql) } catch { throw StorageError(error, path: path) }
    }
}

extension Connection {
    enum Begin: String {
        case read = "BEGIN"
        /// Takes the write lock at once: a transaction that began by reading could find the lock gone and have to be
        /// repeated (SQLITE_BUSY_SNAPSHOT).
        case write = "BEGIN IMMEDIATE"
    }

    /// All of `body` or nothing of it.
    borrowing func transaction<Value>(
        _ begin: Begin, _ body: (borrowing Session) throws -> Value
    ) throws(StorageError) -> Value {
        do {
            try execute(begin.rawValue)
            let value = try body(self)
            try execute("COMMIT")
            return value
        } catch {
            // A rollback that fails leaves nothing to do: the connection's next BEGIN will say what is wrong.
            if isInTransaction { try? execute("ROLLBACK") }
            throw StorageError(error, path: path)
        }
    }
}
