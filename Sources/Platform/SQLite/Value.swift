// What a statement takes as an argument: SQLite's five storage classes (sqlite.org/datatype3.html).

package enum Value: Sendable, Equatable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
}
