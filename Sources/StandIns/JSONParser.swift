// JSON in, strictly as RFC 8259: no comments, no trailing commas, no second value, valid UTF-8, whole surrogate pairs.
// Strict because the real services are, and a stand-in that forgives hides the client's fault.

package struct JSONError: Error, Sendable, CustomStringConvertible {
    package let offset: Int
    package let problem: String
    package var description: String { "not JSON: \(problem) at byte \(offset)" }
}

extension JSON {
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        var parser = JSONParser(bytes: bytes)
        self = try parser.document()
    }
    package init(parsing text: String) throws(JSONError) { try self.init(parsing: Array(text.utf8)) }
}

private struct JSONParser {
    let bytes: [UInt8]
    var at = 0
    /// Deep nesting would otherwise end the process by stack overflow.
    static let depthLimit = 100

    init(bytes: [UInt8]) { self.bytes = bytes }

    func failure(_ problem: String) -> JSONError { JSONError(offset: at, problem: problem) }

    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipSpace() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
    }

    mutating func document() throws(JSONError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw failure("something after the value") }
        return value
    }

    mutating func value(depth: Int) throws(JSONError) -> JSON {
        guard depth < Self.depthLimit else { throw failure("nested too deeply") }
        skipSpace()
        guard let byte = next else { throw failure("nothing where a value is due") }
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
        let letters = Array(word.description.utf8)
        guard bytes[at...].starts(with: letters) else { throw failure("an unknown word") }
        at += letters.count
        return value
    }

    mutating func object(depth: Int) throws(JSONError) -> JSON {
        at += 1
        var fields = JSON.Fields()
        skipSpace()
        if next == UInt8(ascii: "}") {
            at += 1
            return .object(fields)
        }
        while true {
            skipSpace()
            guard next == UInt8(ascii: "\"") else { throw failure("no key where one is due") }
            let key = try string()
            skipSpace()
            guard next == UInt8(ascii: ":") else { throw failure("no colon after a key") }
            at += 1
            let value = try value(depth: depth + 1)
            if fields[key] == nil { fields.append(key, value) } else { fields[key] = value }
            skipSpace()
            let separator = next
            at += 1
            if separator == UInt8(ascii: "}") { return .object(fields) }
            guard separator == UInt8(ascii: ",") else { throw failure("no comma between members") }
        }
    }

    mutating func array(depth: Int) throws(JSONError) -> JSON {
        at += 1
        var items: [JSON] = []
        skipSpace()
        if next == UInt8(ascii: "]") {
            at += 1
            return .array(items)
        }
        while true {
            items.append(try value(depth: depth + 1))
            skipSpace()
            let separator = next
            at += 1
            if separator == UInt8(ascii: "]") { return .array(items) }
            guard separator == UInt8(ascii: ",") else { throw failure("no comma between items") }
        }
    }

    mutating func string() throws(JSONError) -> String {
        at += 1
        var text: [UInt8] = []
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw failure("invalid UTF-8") }
                return string
            case 0x5C: try escape(into: &text)
            case 0..<0x20: throw failure("a raw control character in a string")
            default: text.append(byte)
            }
        }
        throw failure("a string without end")
    }

    mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        guard let byte = next else { throw failure("a string without end") }
        at += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\""), 0x5C, UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"):
            var code = try hex()
            if 0xD800..<0xDC00 ~= code, next == 0x5C, at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") {
                at += 2
                let low = try hex()
                guard 0xDC00..<0xE000 ~= low else { throw failure("half a surrogate pair") }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw failure("half a surrogate pair") }
            text += String(Character(scalar)).utf8
        default: throw failure("an unknown escape")
        }
    }

    mutating func hex() throws(JSONError) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure("a bad \\u escape")
            }
            code = code << 4 + UInt32(digit)
            at += 1
        }
        return code
    }

    mutating func number() throws(JSONError) -> JSON {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let whole = digits()
        guard whole.count > 0, whole.count == 1 || bytes[whole.lowerBound] != UInt8(ascii: "0") else {
            throw failure("a bad value")
        }
        var isWhole = true
        if next == UInt8(ascii: ".") {
            isWhole = false
            at += 1
            guard !digits().isEmpty else { throw failure("a bad number") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            isWhole = false
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            guard !digits().isEmpty else { throw failure("a bad number") }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isWhole, let value = Int64(text) { return .int(value) }
        guard let value = Double(text), value.isFinite else { throw failure("a number beyond all bounds") }
        return .double(value)
    }

    mutating func digits() -> Range<Int> {
        let start = at
        while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { at += 1 }
        return start..<at
    }
}
