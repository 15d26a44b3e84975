// How Jellyfin's JSON is read. What is null is left out, numbers and yes or no may come as texts from plugins and older
// versions, and a GUID comes with or without dashes in either case.

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
    /// Nil where there is none or it is empty.
    func text(_ key: Field) -> String? {
        guard let text = try? decode(String.self, forKey: key), !text.isEmpty else { return nil }
        return text
    }

    /// Nil: not said.
    func claim(_ key: Field) -> Bool? {
        if let claim = try? decode(Bool.self, forKey: key) { return claim }
        if let number = try? decode(Int.self, forKey: key) { return number != 0 }
        switch text(key)?.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: return nil
        }
    }

    func number(_ key: Field) -> Double? {
        if let number = try? decode(Double.self, forKey: key) { return number }
        return text(key).flatMap { Double($0) }
    }

    func whole(_ key: Field) -> Int? {
        if let number = try? decode(Int.self, forKey: key) { return number }
        return text(key).flatMap { Int($0) }
    }

    func texts(_ key: Field) -> [String] { (try? decode([String].self, forKey: key)) ?? [] }

    /// Ten million to the second; 0 is unknown.
    func ticks(_ key: Field) -> Duration? {
        whole(key).flatMap { $0 > 0 ? .milliseconds(Int64($0 / 10_000)) : nil }
    }

    /// As we keep it: 32 small hexadecimal digits.
    func id(_ key: Field) -> String? { text(key).flatMap(JellyfinID.init)?.text }

    func fields(_ key: Field) -> Fields? { try? nestedContainer(keyedBy: Field.self, forKey: key) }
}

/// A GUID, so that the same id is the same text however it was written.
struct JellyfinID {
    let text: String

    init?(_ written: String) {
        var digits: [UInt8] = []
        digits.reserveCapacity(32)
        for byte in written.utf8 {
            switch byte {
            case UInt8(ascii: "-"): break
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): digits.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digits.append(byte | 0x20)
            default: return nil
            }
            if digits.count > 32 { return nil }
        }
        // All zeros is Jellyfin's "nobody": an API key has it for its user.
        guard digits.count == 32, digits.contains(where: { $0 != UInt8(ascii: "0") }) else { return nil }
        text = String(decoding: digits, as: UTF8.self)
    }
}
