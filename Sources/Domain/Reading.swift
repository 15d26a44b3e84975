// What comes from outside is known, absent, or unknown (rule 2). A failed read is never a no: whoever decides must say
// what it does with each of the three.

package enum Reading<Value> {
    case known(Value)
    /// Asked and answered: there is none.
    case absent
    /// Not answered, or not believable. `why` is a sentence for people.
    case unknown(why: String)

    package func map<New>(_ change: (Value) throws -> New) rethrows -> Reading<New> {
        switch self {
        case .known(let value): .known(try change(value))
        case .absent: .absent
        case .unknown(let why): .unknown(why: why)
        }
    }

    package var known: Value? {
        if case .known(let value) = self { value } else { nil }
    }
}

extension Reading: Sendable where Value: Sendable {}
extension Reading: Equatable where Value: Equatable {}
extension Reading: Hashable where Value: Hashable {}
/// For what is kept as it was read: that it was unknown is part of it.
extension Reading: Codable where Value: Codable {}
