// How Tautulli's JSON is read. One field is a number in one command and a string in the next, and "" stands for what is
// not there (sheet §3–§6); so a field is read as what we want of it, and what cannot be that is absent.

import FoundationEssentials

struct Field: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
    init(stringLiteral value: String) { stringValue = value }
}

typealias Fields = KeyedDecodingContainer<Field>

extension KeyedDecodingContainer where Key == Field {
    func text(_ key: Field) -> String { filledText(key) ?? "" }

    /// Nil where there is none or it is empty.
    func filledText(_ key: Field) -> String? {
        // The likely type first: a failed try costs more than all else in a row of the history.
        if let text = try? decode(String.self, forKey: key) { return text.isEmpty ? nil : text }
        guard let scalar = try? decodeIfPresent(Scalar.self, forKey: key) else { return nil }
        switch scalar {
        case .text(let text): return text.isEmpty ? nil : text
        case .whole(let number): return String(number)
        case .fraction(let number): return String(number)
        case .nothing: return nil
        }
    }

    func whole(_ key: Field) -> Int? {
        if let number = try? decode(Int.self, forKey: key) { return number }
        guard let scalar = try? decodeIfPresent(Scalar.self, forKey: key) else { return nil }
        switch scalar {
        case .whole(let number): return number
        case .fraction(let number): return Int(exactly: number.rounded())
        case .text(let text): return Int(text) ?? Double(text).flatMap { Int(exactly: $0.rounded()) }
        case .nothing: return nil
        }
    }

    func fraction(_ key: Field) -> Double? {
        guard let scalar = try? decodeIfPresent(Scalar.self, forKey: key) else { return nil }
        switch scalar {
        case .whole(let number): return Double(number)
        case .fraction(let number): return number
        case .text(let text): return Double(text).flatMap { $0.isFinite ? $0 : nil }
        case .nothing: return nil
        }
    }

    /// Nil: Tautulli does not know.
    func claim(_ key: Field) -> Bool? { whole(key).map { $0 != 0 } }
    func flag(_ key: Field) -> Bool { claim(key) ?? false }

    func texts(_ key: Field) -> [String] { (try? decodeIfPresent([String].self, forKey: key)) ?? [] }

    func list<Value: Decodable>(_ key: Field, of type: Value.Type = Value.self) throws -> [Value] {
        try decode([Value].self, forKey: key)
    }
}

/// One value, whatever its type.
enum Scalar: Decodable {
    case whole(Int)
    case fraction(Double)
    case text(String)
    case nothing

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let number = try? value.decode(Int.self) {
            self = .whole(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let number = try? value.decode(Double.self) {
            self = .fraction(number)
        } else if let claim = try? value.decode(Bool.self) {
            self = .whole(claim ? 1 : 0)
        } else {
            self = .nothing
        }
    }
}

extension Decoder {
    var fields: Fields { get throws { try container(keyedBy: Field.self) } }
}
