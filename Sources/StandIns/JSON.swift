// The stand-ins write their JSON by hand (see the architecture page: a misreading must not hide in both the client and
// its stand-in), and the keys of what they serve are dynamic: guild ids, error trees, option names. Hence a value type
// rather than Codable. Objects keep the order in which they were written, so that answers read like the real ones.

package enum JSON: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSON])
    case object(Fields)

    /// An ordered object. Lookups are linear: the objects here have a few dozen keys at most.
    package struct Fields: Sendable {
        package private(set) var members: [(key: String, value: JSON)]

        package init(_ members: [(key: String, value: JSON)] = []) { self.members = members }

        package subscript(key: String) -> JSON? {
            get { members.first { $0.key == key }?.value }
            set {
                if let index = members.firstIndex(where: { $0.key == key }) {
                    if let newValue { members[index].value = newValue } else { members.remove(at: index) }
                } else if let newValue {
                    members.append((key, newValue))
                }
            }
        }

        /// For the parser, which has already seen to it that keys come once.
        mutating func append(_ key: String, _ value: JSON) { members.append((key, value)) }
    }
}

extension JSON {
    package subscript(key: String) -> JSON? {
        get { if case .object(let fields) = self { fields[key] } else { nil } }
        set {
            guard case .object(var fields) = self else { return }
            // Let go first, or every change would copy the whole object.
            self = .null
            fields[key] = newValue
            self = .object(fields)
        }
    }

    package subscript(index: Int) -> JSON? {
        if case .array(let items) = self, items.indices.contains(index) { items[index] } else { nil }
    }

    package var string: String? { if case .string(let value) = self { value } else { nil } }
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    package var array: [JSON]? { if case .array(let value) = self { value } else { nil } }
    package var fields: Fields? { if case .object(let value) = self { value } else { nil } }
    package var isNull: Bool { if case .null = self { true } else { false } }

    package var int: Int? {
        switch self {
        case .int(let value): Int(value)
        case .double(let value): Int(exactly: value)
        default: nil
        }
    }

    package var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        default: nil
        }
    }

    /// A snowflake or permission set: Discord takes strings or integers and gives strings (sheet §3).
    package var id: UInt64? {
        switch self {
        case .string(let text): UInt64(text)
        case .int(let value): UInt64(exactly: value)
        default: nil
        }
    }

    /// The same object with one more field: for answers that are a stored object and a little more.
    package func with(_ key: String, _ value: JSON?) -> JSON {
        var copy = self
        copy[key] = value
        return copy
    }

    package static func id(_ id: UInt64) -> JSON { .string(String(id)) }
    package static func id(_ id: UInt64?) -> JSON { id.map { .string(String($0)) } ?? .null }
    package static func text(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }
}

extension JSON: Equatable {
    /// Objects are equal whatever the order of their keys.
    package static func == (a: JSON, b: JSON) -> Bool {
        switch (a, b) {
        case (.null, .null): true
        case (.bool(let a), .bool(let b)): a == b
        case (.int(let a), .int(let b)): a == b
        case (.double(let a), .double(let b)): a == b
        case (.int(let a), .double(let b)), (.double(let b), .int(let a)): Double(a) == b
        case (.string(let a), .string(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.object(let a), .object(let b)):
            a.members.count == b.members.count && a.members.allSatisfy { b[$0.key] == $0.value }
        default: false
        }
    }
}

// Not by nil: `condition ? nil : json` would then mean JSON's null where an absent value is meant.
extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringInterpolation,
    ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
    package init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Fields(elements.map { (key: $0.0, value: $0.1) }))
    }
    package init(arrayLiteral elements: JSON...) { self = .array(elements) }
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .int(value) }
    package init(floatLiteral value: Double) { self = .double(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}
