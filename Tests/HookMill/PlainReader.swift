// The second reader itself (see PlainJSON): one pass, a byte at a time.

struct PlainReader {
    struct Failure: Error {
        let offset: Int
        let problem: String
        var description: String { "\(problem) at byte \(offset)" }
    }

    private let bytes: [UInt8]
    private let deepest: Int
    private var at = 0

    init(bytes: [UInt8], deepest: Int) {
        self.bytes = bytes
        self.deepest = deepest
        // Some editors of templates put a mark in front (RFC 8259 §8.1 lets a reader overlook it).
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    private func failure(_ problem: String) -> Failure { Failure(offset: at, problem: problem) }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipBlanks() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    mutating func end() throws(Failure) {
        skipBlanks()
        if at < bytes.count { throw failure("something after the end") }
    }

    mutating func value(depth: Int) throws(Failure) -> PlainJSON {
        guard depth <= deepest else { throw failure("nested too deeply") }
        skipBlanks()
        guard let byte = next else { throw failure("nothing where a value is due") }
        switch byte {
        case UInt8(ascii: "{"): return try fields(depth: depth)
        case UInt8(ascii: "["):
            var elements: [PlainJSON] = []
            try list(depth: depth) { elements.append($0) }
            return .list(elements)
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: StaticString, _ value: PlainJSON) throws(Failure) -> PlainJSON {
        let letters = word.description.utf8
        guard bytes[at...].starts(with: letters) else { throw failure("an unknown word") }
        at += letters.count
        return value
    }

    private mutating func fields(depth: Int) throws(Failure) -> PlainJSON {
        at += 1
        var members = [(String, PlainJSON)]()
        skipBlanks()
        if next == UInt8(ascii: "}") {
            at += 1
            return .fields(members)
        }
        while true {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw failure("no name where one is due") }
            let key = try string()
            skipBlanks()
            guard next == UInt8(ascii: ":") else { throw failure("no colon after a name") }
            at += 1
            members.append((key, try value(depth: depth + 1)))
            skipBlanks()
            guard let separator = next else { throw failure("an object without end") }
            at += 1
            if separator == UInt8(ascii: "}") { return .fields(members) }
            guard separator == UInt8(ascii: ",") else { throw failure("no comma between fields") }
        }
    }

    mutating func list(depth: Int, _ body: (PlainJSON) -> Void) throws(Failure) {
        skipBlanks()
        guard next == UInt8(ascii: "[") else { throw failure("no list where one is due") }
        at += 1
        skipBlanks()
        if next == UInt8(ascii: "]") {
            at += 1
            return
        }
        while true {
            body(try value(depth: depth + 1))
            skipBlanks()
            guard let separator = next else { throw failure("a list without end") }
            at += 1
            if separator == UInt8(ascii: "]") { return }
            guard separator == UInt8(ascii: ",") else { throw failure("no comma between elements") }
        }
    }

    // MARK: Texts

    private mutating func string() throws(Failure) -> String {
        at += 1
        let start = at
        // Most texts hold no escape and are taken as they stand.
        while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != 0x5C, bytes[at] >= 0x20 { at += 1 }
        if next == UInt8(ascii: "\"") {
            defer { at += 1 }
            return try text(bytes[start..<at])
        }
        var unescaped = Array(bytes[start..<at])
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped[...])
            case 0x5C: try escape(into: &unescaped)
            case 0..<0x20: throw failure("a raw control character in a text")
            default: unescaped.append(byte)
            }
        }
        throw failure("a text without end")
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(Failure) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("a text that is not UTF-8") }
        return text
    }

    private mutating func escape(into text: inout [UInt8]) throws(Failure) {
        guard let byte = next else { throw failure("a text without end") }
        at += 1
        switch byte {
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "\""), 0x5C, UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "u"): text += String(Character(try scalar())).utf8
        default: throw failure("an unknown escape")
        }
    }

    /// Half a pair becomes the replacement character, as in every browser: a title may be cut in the middle of an emoji.
    private mutating func scalar() throws(Failure) -> Unicode.Scalar {
        let code = try unit()
        guard code != 0 else { throw failure("a zero in a text") }
        if 0xD800..<0xDC00 ~= code, next == 0x5C, at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") {
            let before = at
            at += 2
            let low = try unit()
            if 0xDC00..<0xE000 ~= low {
                return Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
            }
            at = before
        }
        return Unicode.Scalar(code) ?? "\u{FFFD}"
    }

    private mutating func unit() throws(Failure) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch next {
            case let byte? where UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte: digit = byte - UInt8(ascii: "0")
            case let byte? where UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte: digit = byte - UInt8(ascii: "a") + 10
            case let byte? where UInt8(ascii: "A")...UInt8(ascii: "F") ~= byte: digit = byte - UInt8(ascii: "A") + 10
            default: throw failure("an escape that is no number")
            }
            code = code << 4 + UInt32(digit)
            at += 1
        }
        return code
    }

    // MARK: Numbers

    private mutating func number() throws(Failure) -> String {
        let start = at
        if next == UInt8(ascii: "-") { at += 1 }
        let first = at
        let count = skipDigits()
        guard count > 0, count == 1 || bytes[first] != UInt8(ascii: "0") else { throw failure("no value") }
        if next == UInt8(ascii: ".") {
            at += 1
            guard skipDigits() > 0 else { throw failure("a number that ends at its point") }
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            at += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
            guard skipDigits() > 0 else { throw failure("a number without its power") }
        }
        // Nothing anybody counts is longer.
        guard at - start <= 64 else { throw failure("a number beyond all bounds") }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private mutating func skipDigits() -> Int {
        let start = at
        while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { at += 1 }
        return at - start
    }
}
