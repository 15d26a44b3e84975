// JSON read once into a flat list of tokens, then looked into by name. Plex needs it so lenient (sheet §1: numbers as
// strings, booleans in four forms, one object where a list belongs) and so quick (a library of 500,000 tracks) that
// JSONDecoder serves neither (measured: 7 µs for a track here, 27 µs for a strict JSONDecoder, more for a lenient one).
// Nesting is counted, not recursed, so depth cannot hurt.

struct JSONDamage: Error, Equatable {
    /// Where in the bytes it no longer was JSON.
    let position: Int
}

final class JSONDocument: Sendable {
    enum Kind: UInt8 { case object, array, string, escapedString, number, yes, no, null }

    struct Token {
        var kind: Kind
        /// The value's bytes; a string's without its quotes.
        var start: UInt32
        var end: UInt32
        /// The token after this value and all inside it.
        var next: UInt32
    }

    let bytes: [UInt8]
    /// In the order of the text; an object's members as key, value, key, value.
    let tokens: [Token]

    init(_ bytes: [UInt8]) throws(JSONDamage) {
        guard bytes.count < UInt32.max else { throw JSONDamage(position: 0) }
        var scan = JSONTokenizer(count: bytes.count)
        try scan.run(bytes.span)
        self.bytes = bytes
        tokens = scan.tokens
    }

    var root: JSONNode { JSONNode(document: self, index: 0) }
}

/// One value of a document.
struct JSONNode {
    let document: JSONDocument
    let index: Int

    private var token: JSONDocument.Token { document.tokens[index] }

    var kind: JSONDocument.Kind { token.kind }

    /// The member of that name; nil where there is none, where it is null or where this is no object.
    subscript(name: String) -> JSONNode? {
        // Spans, taken once: this is where a long list's time goes.
        let all = (tokens: document.tokens, bytes: document.bytes)
        let tokens = all.tokens.span
        let bytes = all.bytes.span
        let wanted = name.utf8.span
        guard tokens[index].kind == .object else { return nil }
        let end = Int(tokens[index].next)
        var key = index + 1
        while key < end {
            let value = key + 1
            let start = Int(tokens[key].start)
            if Int(tokens[key].end) - start == wanted.count, bytes.reads(wanted, at: start) {
                return tokens[value].kind == .null ? nil : JSONNode(document: document, index: value)
            }
            key = Int(tokens[value].next)
        }
        return nil
    }

    /// An array's elements; a single object where an array belongs counts as one (sheet §1).
    var elements: [JSONNode] {
        let own = token
        guard own.kind == .array else { return own.kind == .object ? [self] : [] }
        var elements: [JSONNode] = []
        var element = index + 1
        while element < Int(own.next) {
            elements.append(JSONNode(document: document, index: element))
            element = Int(document.tokens[element].next)
        }
        return elements
    }

    func list(_ name: String) -> [JSONNode] { self[name]?.elements ?? [] }

    private var raw: ArraySlice<UInt8> { document.bytes[Int(token.start)..<Int(token.end)] }

    /// A string, or a number or boolean as it is spelt.
    var text: String? {
        switch kind {
        case .string, .number, .yes, .no: String(decoding: raw, as: UTF8.self)
        case .escapedString: JSONEscapes.resolved(raw)
        case .object, .array, .null: nil
        }
    }

    var double: Double? {
        switch kind {
        case .number, .string: Double(String(decoding: raw, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
        default: nil
        }
    }

    /// `7`, `"7"` and `7.0` alike.
    var int: Int? {
        guard kind == .number || kind == .string else { return nil }
        return raw.wholeNumber ?? double.flatMap { Int(exactly: $0.rounded(.towardZero)) }
    }

    var flag: Bool? {
        switch kind {
        case .yes: return true
        case .no: return false
        case .number, .string:
            switch text {
            case "1", "true": return true
            case "0", "false": return false
            default: return nil
            }
        default: return nil
        }
    }
}

extension Span<UInt8> {
    func reads(_ wanted: Span<UInt8>, at start: Int) -> Bool {
        guard start + wanted.count <= count else { return false }
        for offset in 0..<wanted.count where self[start + offset] != wanted[offset] { return false }
        return true
    }
}

extension ArraySlice<UInt8> {
    /// The integer these digits spell; nil for anything else. Quicker than going through a String.
    fileprivate var wholeNumber: Int? {
        guard !isEmpty, count <= 18 else { return nil }
        var value = 0
        for (offset, byte) in zip(0..., self) {
            if byte == UInt8(ascii: "-"), offset == 0, count > 1 { continue }
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return self[startIndex] == UInt8(ascii: "-") ? -value : value
    }
}
