// One prepared statement (sqlite.org/c3ref/stmt.html). It is not copyable: whoever has it owns it, and it is finalized
// when its owner lets go. Text and bytes are lent for as long as the row stands still, or copied; a pointer into SQLite
// never leaves this file.

internal import CSQLite

@safe package struct Statement: ~Copyable {
    package enum ColumnType: String, Sendable {
        case null, integer, real, text, bytes
    }

    package let sql: String
    private let handle: OpaquePointer
    /// For each of SQLite's parameters, which of our arguments goes there.
    private let places: [Int]
    private let argumentCount: Int
    private let columns: [String: Int32]

    /// Takes over a fresh handle.
    init(taking handle: OpaquePointer, sql: String) throws(SQLiteError) {
        self.sql = sql
        unsafe self.handle = unsafe handle
        var places: [Int] = []
        // The trap: to SQLite `$1` is a name, and names get their index in order of appearance. `VALUES ($2, $1)` would
        // swap the arguments without a word, so arguments go by name.
        for index in 1..<(1 + max(0, unsafe sqlite3_bind_parameter_count(handle))) {
            let name = unsafe sqlite3_bind_parameter_name(handle, index).map { unsafe String(cString: $0) } ?? "?"
            guard name.hasPrefix("$"), let number = Int(name.dropFirst()), number > 0 else {
                unsafe sqlite3_finalize(handle)
                throw SQLiteError(number: SQLITE_MISUSE, message: "\(name) is not $1, $2 … in: \(sql)")
            }
            places.append(number - 1)
        }
        self.places = places
        argumentCount = (places.max() ?? -1) + 1
        var columns: [String: Int32] = [:]
        for index in 0..<(unsafe sqlite3_column_count(handle)) {
            if let name = unsafe sqlite3_column_name(handle, index) {
                // Of two columns with one name the first counts, as in a join one reads from left to right.
                let text = unsafe String(cString: name)
                if columns[text] == nil { columns[text] = index }
            }
        }
        self.columns = columns
    }

    deinit { unsafe sqlite3_finalize(handle) }

    // MARK: Running

    package mutating func bind(_ values: [Value]) throws(SQLiteError) {
        guard values.count == argumentCount else {
            throw SQLiteError(
                number: SQLITE_RANGE, message: "\(argumentCount) arguments needed, \(values.count) given in: \(sql)")
        }
        for (index, place) in places.enumerated() {
            let code = bind(values[place], at: Int32(index + 1))
            if code != SQLITE_OK { throw error(code) }
        }
    }

    private func bind(_ value: Value, at index: Int32) -> Int32 {
        switch value {
        case .null: return unsafe sqlite3_bind_null(handle, index)
        case .integer(let number): return unsafe sqlite3_bind_int64(handle, index, number)
        case .real(let number): return unsafe sqlite3_bind_double(handle, index, number)
        case .text(var text):
            return text.withUTF8 { utf8 in
                unsafe utf8.withMemoryRebound(to: CChar.self) { bytes in
                    unsafe autoplex_bind_text(handle, index, bytes.baseAddress, UInt64(bytes.count))
                }
            }
        case .bytes(let bytes):
            // A nil pointer would bind NULL where an empty blob is meant.
            guard !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(handle, index, 0) }
            return unsafe bytes.withUnsafeBytes { bytes in
                unsafe autoplex_bind_blob(handle, index, bytes.baseAddress, UInt64(bytes.count))
            }
        }
    }

    /// True when there is a row to read, false at the end.
    package mutating func step() throws(SQLiteError) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw error(code)
        }
    }

    /// Ready to run again, holding no lock and no argument.
    package mutating func reset() {
        // The code returned is that of the last step, which was thrown already.
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
    }

    private func error(_ code: Int32) -> SQLiteError {
        unsafe SQLiteError(number: code, message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle))))
    }

    // MARK: Reading the row

    package var columnCount: Int { Int(unsafe sqlite3_column_count(handle)) }
    package func column(named name: String) -> Int? { columns[name].map(Int.init) }
    package var columnNames: [String] { columns.sorted { $0.value < $1.value }.map(\.key) }

    package func type(at column: Int) -> ColumnType {
        switch unsafe sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_INTEGER: .integer
        case SQLITE_FLOAT: .real
        case SQLITE_TEXT: .text
        case SQLITE_BLOB: .bytes
        default: .null
        }
    }

    package func integer(at column: Int) -> Int64 { unsafe sqlite3_column_int64(handle, Int32(column)) }
    package func real(at column: Int) -> Double { unsafe sqlite3_column_double(handle, Int32(column)) }

    package func text(at column: Int) -> String {
        // Pointer first, then its length: the other way round SQLite may convert in between.
        guard let start = unsafe sqlite3_column_text(handle, Int32(column)) else { return "" }
        let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
        return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// Lends the bytes while `body` runs; they are SQLite's and gone with the next step.
    package func withBytes<Result, Failure: Error>(
        at column: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let start = unsafe sqlite3_column_blob(handle, Int32(column))
        let count = Int(unsafe sqlite3_column_bytes(handle, Int32(column)))
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        return try unsafe body(Span(_unsafeBytes: bytes))
    }

    package func bytes(at column: Int) -> [UInt8] {
        withBytes(at: column) { span in unsafe span.withUnsafeBufferPointer { unsafe Array($0) } }
    }
}
