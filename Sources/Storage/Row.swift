// Reading a row by column name. SQLite would turn anything into anything ("abc" as an integer is 0); here a column that
// is missing or holds another type is an error that names it, because the value would go into a decision.

package import Runtime
package import SQLite

package enum Column: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, CustomStringConvertible {
    case named(String)
    case at(Int)

    package init(stringLiteral name: String) { self = .named(name) }
    package init(integerLiteral index: Int) { self = .at(index) }

    package var description: String {
        switch self {
        case .named(let name): "\"\(name)\""
        case .at(let index): "\(index)"
        }
    }
}

extension Statement {
    package func text(_ column: Column) throws(StorageError) -> String { text(at: try place(of: column, .text)) }
    package func int(_ column: Column) throws(StorageError) -> Int { Int(try int64(column)) }
    package func int64(_ column: Column) throws(StorageError) -> Int64 { integer(at: try place(of: column, .integer)) }
    /// What `UInt64` was stored as.
    package func unsigned(_ column: Column) throws(StorageError) -> UInt64 { UInt64(bitPattern: try int64(column)) }
    package func bool(_ column: Column) throws(StorageError) -> Bool { try int64(column) != 0 }
    package func instant(_ column: Column) throws(StorageError) -> Instant {
        Instant(milliseconds: try int64(column))
    }
    package func double(_ column: Column) throws(StorageError) -> Double {
        // A whole number in a column of reals may come back as an integer.
        let index = try index(of: column)
        return type(at: index) == .integer ? Double(integer(at: index)) : real(at: try place(of: column, .real))
    }
    package func bytes(_ column: Column) throws(StorageError) -> [UInt8] { bytes(at: try place(of: column, .bytes)) }
    /// Lends the bytes without copying them.
    package func withBytes<Value>(_ column: Column, _ body: (Span<UInt8>) throws -> Value) throws -> Value {
        try withBytes(at: try place(of: column, .bytes), body)
    }

    package func optionalText(_ column: Column) throws(StorageError) -> String? {
        try isNull(column) ? nil : try text(column)
    }
    package func optionalInt(_ column: Column) throws(StorageError) -> Int? {
        try isNull(column) ? nil : try int(column)
    }
    package func optionalInt64(_ column: Column) throws(StorageError) -> Int64? {
        try isNull(column) ? nil : try int64(column)
    }
    package func optionalUnsigned(_ column: Column) throws(StorageError) -> UInt64? {
        try isNull(column) ? nil : try unsigned(column)
    }
    package func optionalInstant(_ column: Column) throws(StorageError) -> Instant? {
        try isNull(column) ? nil : try instant(column)
    }
    package func optionalDouble(_ column: Column) throws(StorageError) -> Double? {
        try isNull(column) ? nil : try double(column)
    }
    package func optionalBytes(_ column: Column) throws(StorageError) -> [UInt8]? {
        try isNull(column) ? nil : try bytes(column)
    }

    package func isNull(_ column: Column) throws(StorageError) -> Bool { type(at: try index(of: column)) == .null }

    private func index(of column: Column) throws(StorageError) -> Int {
        switch column {
        case .named(let name):
            if let index = self.column(named: name) { return index }
        case .at(let index):
            if index >= 0, index < columnCount { return index }
        }
        throw .column("there is no column \(column) (there are: \(columnNames.joined(separator: ", "))) in: \(sql)")
    }

    private func place(of column: Column, _ wanted: ColumnType) throws(StorageError) -> Int {
        let index = try index(of: column)
        let found = type(at: index)
        if found == wanted { return index }
        throw .column("column \(column) holds \(found.rawValue) where \(wanted.rawValue) is due, in: \(sql)")
    }
}
