// One pass over the bytes (RFC 8259): no comments, no commas too many, no second value, valid UTF-8, no raw control
// characters, and an end to how deep it goes, or a stranger could have our stack. What nobody wants is checked as strictly
// as the rest, on the same way through, but nothing is made of it.

package struct LooseError: Error, Equatable, Sendable, CustomStringConvertible {
    package let offset: Int
    package let problem: String
    package var description: String { "\(problem) at byte \(offset)" }
}

extension Loose {
    package static let deepest = 32

    package init(_ bytes: [UInt8], deepest: Int = Loose.deepest) throws(LooseError) {
        var parser = LooseParser(bytes: bytes, deepest: deepest)
        self = try parser.value(depth: 1)
        try parser.end()
    }

    /// The elements of a long list one after another, so that they need not stand in memory together.
    package static func each(
        of bytes: [UInt8], deepest: Int = Loose.deepest, _ body: (Loose) -> Void
    ) throws(LooseError) {
        var parser = LooseParser(bytes: bytes, deepest: deepest)
        try parser.list(depth: 1, body)
        try parser.end()
    }
}

struct LooseParser {
    let bytes: [UInt8]
    let deepest: Int
    /// Fields of other names are left out, however deep they stand; nil: all are wanted.
    let names: LooseNames?
    /// Whether the outermost object held anything, wanted or not.
    private(set) var isAnythingThere = false
    private var at = 0

    init(bytes: [UInt8], deepest: Int, names: LooseNames? = nil) {
        self.bytes = bytes
        self.deepest = deepest
        self.names = names
        // Some editors of templates put a mark in front (RFC 8259 §8.1 lets a reader overlook it).
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    }

    private func failure(_ problem: String) -> LooseError { LooseError(offset: at, problem: problem) }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipBlanks() {
        while at < bytes.count {
            switch bytes[at] {
            case 0x20, 0x0A, 0x0D, 0x09: at += 1
            default: return
            }
        }
    }

    mutating func end() throws(LooseError) {
        skipBlanks()
        if at < bytes.count { throw failure("something after the end") }
    }

    /// Of what is not wanted only null.
    mutating func value(depth: Int, isWanted: Bool = true) throws(LooseError) -> Loose {
        guard depth <= deepest else { throw failure("nested too deeply") }
        skipBlanks()
        guard let byte = next else { throw failure("nothing where a value is due") }
        switch byte {
        case UInt8(ascii: "{"): return try fields(depth: depth, isWanted: isWanted)
        case UInt8(ascii: "["):
            var elements: [Loose] = []
            try list(depth: depth, isWanted: isWanted) { if isWanted { elements.append($0) } }
            return isWanted ? .list(elements) : .null
        case UInt8(ascii: "\""):
            let text = try string(isWanted: isWanted)
            return isWanted ? .text(text) : .null
        case UInt8(ascii: "t"): return try word(Self.yes, .bool(true))
        case UInt8(ascii: "f"): return try word(Self.no, .bool(false))
        case UInt8(ascii: "n"): return try word(Self.nothing, .null)
        default:
            let digits = try number()
            return isWanted ? .number(String(decoding: bytes[digits], as: UTF8.self)) : .null
        }
    }

    private static let yes = Array("true".utf8)
    private static let no = Array("false".utf8)
    private static let nothing = Array("null".utf8)

    private mutating func word(_ letters: [UInt8], _ value: Loose) throws(LooseError) -> Loose {
        guard bytes.count - at >= letters.count, letters.indices.allSatisfy({ bytes[at + $0] == letters[$0] }) else {
            throw failure("an unknown word")
        }
        at += letters.count
        return value
    }

    private mutating func fields(depth: Int, isWanted: Bool) throws(LooseError) -> Loose {
        at += 1
        var members = Loose.Members(all: [])
        skipBlanks()
        if next == UInt8(ascii: "}") {
            at += 1
            return isWanted ? .fields(members) : .null
        }
        if depth == 1 { isAnythingThere = true }
        while true {
            skipBlanks()
            guard next == UInt8(ascii: "\"") else { throw failure("no name where one is due") }
            let key = try name(isWanted: isWanted)
            skipBlanks()
            guard next == UInt8(ascii: ":") else { throw failure("no colon after a name") }
            at += 1
            let value = try value(depth: depth + 1, isWanted: key != nil)
            if let key { members.all.append(Loose.Member(key: key, value: value)) }
            skipBlanks()
            guard let separator = next else { throw failure("an object without end") }
            at += 1
            if separator == UInt8(ascii: "}") { return isWanted ? .fields(members) : .null }
            guard separator == UInt8(ascii: ",") else { throw failure("no comma between fields") }
        }
    }

    mutating func list(depth: Int, isWanted: Bool = true, _ body: (Loose) -> Void) throws(LooseError) {
        skipBlanks()
        guard next == UInt8(ascii: "[") else { throw failure("no list where one is due") }
        at += 1
        skipBlanks()
        if next == UInt8(ascii: "]") {
            at += 1
            return
        }
        while true {
            body(try value(depth: depth + 1, isWanted: isWanted))
            skipBlanks()
            guard let separator = next else { throw failure("a list without end") }
            at += 1
            if separator == UInt8(ascii: "]") { return }
            guard separator == UInt8(ascii: ",") else { throw failure("no comma between elements") }
        }
    }

    // MARK: Texts

    /// Nil: not wanted.
    private mutating func name(isWanted: Bool) throws(LooseError) -> String? {
        guard isWanted else {
            _ = try string(isWanted: false)
            return nil
        }
        guard let names else { return try string() }
        let start = at + 1
        let (end, isASCII) = plainStretch(from: start)
        if isASCII, end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
            at = end + 1
            return names.name(at: start..<end, of: bytes)
        }
        let name = try string()
        return names.contains(name) ? name : nil
    }

    /// Of what is not wanted nothing.
    private mutating func string(isWanted: Bool = true) throws(LooseError) -> String {
        at += 1
        let start = at
        // Most texts hold no escape and are taken as they stand.
        let (end, isASCII) = plainStretch(from: at)
        at = end
        if next == UInt8(ascii: "\"") {
            defer { at += 1 }
            if isASCII { return isWanted ? String(decoding: bytes[start..<at], as: UTF8.self) : "" }
            return try text(bytes, start..<at, isWanted: isWanted)
        }
        var unescaped = Array(bytes[start..<at])
        while let byte = next {
            at += 1
            switch byte {
            case UInt8(ascii: "\""): return try text(unescaped, unescaped.indices, isWanted: isWanted)
            case 0x5C: try escape(into: &unescaped)
            case 0..<0x20: throw failure("a raw control character in a text")
            default: unescaped.append(byte)
            }
        }
        throw failure("a text without end")
    }

    private func text(_ bytes: [UInt8], _ range: Range<Int>, isWanted: Bool) throws(LooseError) -> String {
        guard let text = try? UTF8Span(validating: bytes.span.extracting(range)) else {
            throw failure("a text that is not UTF-8")
        }
        return isWanted ? String(copying: text) : ""
    }

    /// Up to the next quotation mark, backslash or control character; eight bytes at a time, as most of a hook is texts.
    private func plainStretch(from start: Int) -> (end: Int, isASCII: Bool) {
        let (ones, tops) = (0x0101_0101_0101_0101 as UInt64, 0x8080_8080_8080_8080 as UInt64)
        var (at, seen) = (start, 0 as UInt64)
        while at + 8 <= bytes.count {
            let word = word(at: at)
            let (quotes, slashes) = (word ^ (ones &* 0x22), word ^ (ones &* 0x5C))
            // The lowest of these bits is one that is meant; those above it may be borrowed.
            let ends =
                ((quotes &- ones) & ~quotes | (slashes &- ones) & ~slashes | (word &- ones &* 0x20) & ~word) & tops
            guard ends == 0 else {
                let count = ends.trailingZeroBitCount / 8
                return (at + count, (seen | word & ((1 << UInt64(8 * count)) &- 1)) & tops == 0)
            }
            seen |= word
            at += 8
        }
        while at < bytes.count, bytes[at] != 0x22, bytes[at] != 0x5C, bytes[at] >= 0x20 {
            seen |= UInt64(bytes[at])
            at += 1
        }
        return (at, seen & tops == 0)
    }

    /// Eight bytes, the first the lowest.
    private func word(at place: Int) -> UInt64 {
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(LooseError) {
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
    private mutating func scalar() throws(LooseError) -> Unicode.Scalar {
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

    private mutating func unit() throws(LooseError) -> UInt32 {
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

    private mutating func number() throws(LooseError) -> Range<Int> {
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
        return start..<at
    }

    private mutating func skipDigits() -> Int {
        let start = at
        while let byte = next, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { at += 1 }
        return at - start
    }
}
