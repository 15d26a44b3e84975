// The walk over the bytes that makes a JSONDocument's tokens (RFC 8259). It checks the form of everything it passes, so
// that half an answer is known as such and never read as a short list.

struct JSONTokenizer {
    private(set) var tokens: [JSONDocument.Token] = []
    /// Tokens of the objects and arrays still open.
    private var open: [Int] = []
    private var position = 0

    init(count: Int) {
        // Plex's items run at about one token in 12 bytes.
        tokens.reserveCapacity(count / 12 + 8)
    }

    private var damage: JSONDamage { JSONDamage(position: position) }

    private enum Expected { case value, valueOrEnd, key, keyOrEnd, commaOrEnd }

    mutating func run(_ bytes: Span<UInt8>) throws(JSONDamage) {
        var expected = Expected.value
        while true {
            skipSpace(bytes)
            guard position < bytes.count else { throw damage }
            let byte = bytes[position]
            switch expected {
            case .commaOrEnd:
                guard let container = open.last else { throw damage }
                let isObject = tokens[container].kind == .object
                if byte == UInt8(ascii: ",") {
                    position += 1
                    expected = isObject ? .key : .value
                } else if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    close()
                } else {
                    throw damage
                }
            case .keyOrEnd where byte == UInt8(ascii: "}"), .valueOrEnd where byte == UInt8(ascii: "]"):
                close()
                expected = .commaOrEnd
            case .key, .keyOrEnd:
                guard byte == UInt8(ascii: "\"") else { throw damage }
                try string(bytes)
                skipSpace(bytes)
                guard position < bytes.count, bytes[position] == UInt8(ascii: ":") else { throw damage }
                position += 1
                expected = .value
            case .value, .valueOrEnd:
                expected = try value(bytes, byte)
            }
            if open.isEmpty { return try finish(bytes) }
        }
    }

    private mutating func value(_ bytes: Span<UInt8>, _ byte: UInt8) throws(JSONDamage) -> Expected {
        switch byte {
        case UInt8(ascii: "{"):
            begin(.object)
            return .keyOrEnd
        case UInt8(ascii: "["):
            begin(.array)
            return .valueOrEnd
        case UInt8(ascii: "\""): try string(bytes)
        case UInt8(ascii: "t"): try word("true", .yes, bytes)
        case UInt8(ascii: "f"): try word("false", .no, bytes)
        case UInt8(ascii: "n"): try word("null", .null, bytes)
        default: try number(bytes)
        }
        return .commaOrEnd
    }

    private mutating func begin(_ kind: JSONDocument.Kind) {
        open.append(tokens.count)
        tokens.append(JSONDocument.Token(kind: kind, start: UInt32(position), end: 0, next: 0))
        position += 1
    }

    private mutating func close() {
        position += 1
        guard let container = open.popLast() else { return }
        tokens[container].end = UInt32(position)
        tokens[container].next = UInt32(tokens.count)
    }

    private mutating func append(_ kind: JSONDocument.Kind, _ start: Int, _ end: Int) {
        tokens.append(
            JSONDocument.Token(
                kind: kind, start: UInt32(start), end: UInt32(end), next: UInt32(tokens.count + 1)))
    }

    private mutating func string(_ bytes: Span<UInt8>) throws(JSONDamage) {
        let start = position + 1
        var here = start
        var isEscaped = false
        while here < bytes.count {
            let byte = bytes[here]
            if byte == UInt8(ascii: "\"") {
                append(isEscaped ? .escapedString : .string, start, here)
                position = here + 1
                return
            }
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                here += 1
            }
            here += 1
        }
        position = bytes.count
        throw damage
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(JSONDamage) {
        let start = position
        var hasDigit = false
        loop: while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"): break
            default: break loop
            }
            position += 1
        }
        guard hasDigit else { throw JSONDamage(position: start) }
        append(.number, start, position)
    }

    private mutating func word(
        _ word: String, _ kind: JSONDocument.Kind, _ bytes: Span<UInt8>
    ) throws(JSONDamage) {
        let start = position
        let wanted = word.utf8.span
        guard bytes.reads(wanted, at: start) else { throw damage }
        append(kind, start, start + wanted.count)
        position += wanted.count
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Nothing but space may follow the root.
    private mutating func finish(_ bytes: Span<UInt8>) throws(JSONDamage) {
        skipSpace(bytes)
        guard position == bytes.count else { throw damage }
    }
}

/// Strings with backslashes in them: rare, so not on the quick path.
enum JSONEscapes {
    static func resolved(_ raw: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(raw.count)
        var here = raw.startIndex
        while here < raw.endIndex {
            guard raw[here] == UInt8(ascii: "\\"), here + 1 < raw.endIndex else {
                text.append(raw[here])
                here += 1
                continue
            }
            let escape = raw[here + 1]
            here += 2
            switch escape {
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "u"): text += Array(String(character(raw, &here)).utf8)
            default: text.append(escape)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The character after `\u`, of two escapes where it lies beyond the first plane. Half a pair becomes U+FFFD.
    private static func character(_ raw: ArraySlice<UInt8>, _ here: inout Int) -> Unicode.Scalar {
        guard let first = unit(raw, at: here) else { return "\u{FFFD}" }
        here += 4
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, here + 1 < raw.endIndex, raw[here] == UInt8(ascii: "\\"),
            raw[here + 1] == UInt8(ascii: "u"), let second = unit(raw, at: here + 2),
            (0xDC00...0xDFFF).contains(second)
        else { return "\u{FFFD}" }
        here += 6
        return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
    }

    private static func unit(_ raw: ArraySlice<UInt8>, at start: Int) -> UInt32? {
        guard start + 4 <= raw.endIndex else { return nil }
        return UInt32(String(decoding: raw[start..<(start + 4)], as: UTF8.self), radix: 16)
    }
}
