// What can be an argument of a statement. Times and booleans are integers, so that the same SQL means the same in
// another database. A room adds its own types by naming the value they are stored as.

package import Runtime
package import SQLite

package protocol Bindable: Sendable {
    var sqlValue: SQLValue { get }
}

extension SQLValue: Bindable {
    package var sqlValue: SQLValue { self }
}
extension Int: Bindable {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}
extension Int64: Bindable {
    package var sqlValue: SQLValue { .integer(self) }
}
extension UInt64: Bindable {
    /// The same bits; `Row.unsigned` turns them back.
    package var sqlValue: SQLValue { .integer(Int64(bitPattern: self)) }
}
extension Double: Bindable {
    package var sqlValue: SQLValue { .real(self) }
}
extension Bool: Bindable {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}
extension String: Bindable {
    package var sqlValue: SQLValue { .text(self) }
}
extension [UInt8]: Bindable {
    package var sqlValue: SQLValue { .bytes(self) }
}
extension Instant: Bindable {
    package var sqlValue: SQLValue { .integer(milliseconds) }
}
