// JSON as strangers write it. One program sends a number where another sends a text, yes is `true`, "True" or 1, and what
// is not known is null, "" or left out. So a field is read as what we want of it, and what cannot be that is absent. The
// text itself must be JSON to the letter (RFC 8259): half an answer is not a small answer.

package import Runtime

package enum Loose: Sendable, Equatable {
    case null
    case bool(Bool)
    /// As it was written: what it can be is asked later, so nothing overflows on the way in.
    case number(String)
    case text(String)
    case list([Loose])
    case fields(Members)

    /// In the order they came. Of two with one name the later counts.
    package struct Members: Sendable, Equatable {
        package internal(set) var all: [Member]
    }

    package struct Member: Sendable, Equatable {
        package let key: String
        package let value: Loose
    }
}

extension Loose {
    /// Nil where there is none, or null.
    package subscript(key: String) -> Loose? {
        guard case .fields(let members) = self else { return nil }
        // The length tells most apart, and comparing texts that differ is not cheap.
        let length = key.utf8.count
        let found = members.all.last { $0.key.utf8.count == length && $0.key == key }?.value
        if case .null = found { return nil }
        return found
    }

    package var isObject: Bool { if case .fields = self { true } else { false } }

    /// The elements of a list; of anything else none.
    package var elements: [Loose] { if case .list(let elements) = self { elements } else { [] } }

    /// Nil where it is empty, too.
    package var text: String? {
        switch self {
        case .text(let text): text.isEmpty ? nil : text
        case .number(let digits): digits
        default: nil
        }
    }

    package var number: Double? {
        switch self {
        case .number(let digits): Double(digits).flatMap { $0.isFinite ? $0 : nil }
        case .text(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    package var whole: Int? {
        switch self {
        case .number(let digits): Int(digits) ?? Double(digits).flatMap { Int(exactly: $0) }
        case .text(let text): Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
        default: nil
        }
    }

    package var claim: Bool? {
        switch self {
        case .bool(let claim): return claim
        case .number(let digits): return Double(digits).map { $0 != 0 }
        case .text(let text):
            switch text.lowercased() {
            case "true", "1", "yes": return true
            case "false", "0", "no": return false
            default: return nil
            }
        default: return nil
        }
    }

    package var instant: Instant? { text.flatMap { Instant(internetDate: $0) } }
}

extension Loose {
    package func text(_ key: String) -> String? { self[key]?.text }
    package func number(_ key: String) -> Double? { self[key]?.number }
    package func whole(_ key: String) -> Int? { self[key]?.whole }
    package func claim(_ key: String) -> Bool? { self[key]?.claim }
    package func instant(_ key: String) -> Instant? { self[key]?.instant }
    package func elements(_ key: String) -> [Loose] { self[key]?.elements ?? [] }
    package func texts(_ key: String) -> [String] { elements(key).compactMap(\.text) }
}
