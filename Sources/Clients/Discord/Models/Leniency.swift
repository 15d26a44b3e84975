// How Discord's JSON is read. Discord adds fields, kinds and nulls without notice, so only what an answer cannot exist
// without (its id) is demanded; everything else that is missing, null or of an unforeseen form becomes nil or empty.

extension KeyedDecodingContainer {
    /// The value, or nil where it is missing, null or unreadable.
    func maybe<Value: Decodable>(_ key: Key, as type: Value.Type = Value.self) -> Value? {
        try? decodeIfPresent(Value.self, forKey: key)
    }

    func text(_ key: Key) -> String { maybe(key) ?? "" }

    func flag(_ key: Key) -> Bool { maybe(key) ?? false }

    /// The readable elements, or none.
    func list<Value: Decodable>(_ key: Key, of type: Value.Type = Value.self) -> [Value] {
        maybe(key, as: Readable<Value>.self)?.elements ?? []
    }

    /// Discord's `resolved` maps: objects keyed by id.
    func table<Value: Decodable>(_ key: Key, of type: Value.Type = Value.self) -> [Snowflake: Value] {
        guard let entries = maybe(key, as: [String: Perhaps<Value>].self) else { return [:] }
        var table: [Snowflake: Value] = [:]
        for (name, entry) in entries {
            if let id = Snowflake(name), let value = entry.value { table[id] = value }
        }
        return table
    }
}

/// An array in which one unreadable element does not cost the others.
struct Readable<Element: Decodable>: Decodable {
    let elements: [Element]

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var elements: [Element] = []
        elements.reserveCapacity(container.count ?? 0)
        while !container.isAtEnd {
            if let element = try container.decode(Perhaps<Element>.self).value { elements.append(element) }
        }
        self.elements = elements
    }
}

/// Never fails itself, so that the container moves on past it.
struct Perhaps<Value: Decodable>: Decodable {
    let value: Value?

    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

extension Readable: Sendable where Element: Sendable {}

/// An enumeration Discord may extend: a number with names for the values we know.
package protocol OpenKind: RawRepresentable, Hashable, Codable, Sendable where RawValue == Int {
    init(rawValue: Int)
}

extension OpenKind {
    package init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(Int.self))
    }
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
