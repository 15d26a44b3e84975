// Walks over JSON without building anything: enough to find a few values and to step over the rest. It knows strings and
// escapes, counts brackets instead of recursing (no depth of nesting can hurt it), and stops at the end of the bytes.
// What it steps over is checked for form only roughly; whoever wants such a value decodes it and learns the truth then.

struct JSONDamage: Error, Equatable {
    /// Where in the bytes it no longer was JSON.
    let position: Int
}

struct JSONScan {
    let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    init(_ bytes: [UInt8], in range: Range<Int>? = nil) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    var damage: JSONDamage { JSONDamage(position: position) }

    /// The next byte that is not white space, without taking it.
    mutating func next() -> UInt8? {
        while position < end {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
            position += 1
        }
        return nil
    }

    /// Takes `character` if it comes next.
    mutating func takes(_ character: Unicode.Scalar) -> Bool {
        guard next() == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ character: Unicode.Scalar) throws(JSONDamage) {
        guard takes(character) else { throw damage }
    }

    /// The keys and values of the object that comes next, as they stand in the bytes: keys without quotes.
    mutating func members(
        _ member: (_ key: ArraySlice<UInt8>, _ value: Range<Int>) -> Void
    ) throws(JSONDamage) {
        try expect("{")
        if takes("}") { return }
        repeat {
            let key = try string()
            try expect(":")
            member(bytes[key], try value())
        } while takes(",")
        try expect("}")
    }

    /// Steps over the value that comes next and says where it stood.
    mutating func value() throws(JSONDamage) -> Range<Int> {
        guard let first = next() else { throw damage }
        let start = position
        switch first {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            position = try Self.endOfNest(in: bytes.span, from: position, to: end)
        default: try literal()
        }
        return start..<position
    }

    /// The string that comes next, still escaped, without its quotes.
    private mutating func string() throws(JSONDamage) -> Range<Int> {
        try expect("\"")
        let start = position
        position = try Self.endOfString(in: bytes.span, from: start, to: end)
        return start..<position - 1
    }

    // These two see every byte of every frame, most of them of events that concern nobody here: they look at the bytes
    // through a span, which costs no counting of references, and keep their place in a local.

    /// From behind the opening quote to behind the closing one.
    private static func endOfString(in bytes: Span<UInt8>, from start: Int, to end: Int) throws(JSONDamage) -> Int {
        var here = start
        while here < end {
            let byte = bytes[here]
            here += 1
            if byte == UInt8(ascii: "\"") { return here }
            if byte == UInt8(ascii: "\\") { here += 1 }
            if byte < 0x20 { throw JSONDamage(position: here - 1) }
        }
        throw JSONDamage(position: end)
    }

    /// From an opening bracket to behind the one that closes it.
    private static func endOfNest(in bytes: Span<UInt8>, from start: Int, to end: Int) throws(JSONDamage) -> Int {
        var here = start
        var depth = 0
        while here < end {
            let byte = bytes[here]
            here += 1
            if byte == UInt8(ascii: "\"") {
                here = try endOfString(in: bytes, from: here, to: end)
                continue
            }
            // Square and curly brackets differ in this one bit.
            switch byte | 0x20 {
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            default: continue
            }
            if depth == 0 { return here }
        }
        throw JSONDamage(position: end)
    }

    /// A number or one of the three words.
    private mutating func literal() throws(JSONDamage) {
        let start = position
        while position < end, Self.isLiteral(bytes[position]) { position += 1 }
        let text = bytes[start..<position]
        let isNumber = text.first.map { $0 == UInt8(ascii: "-") || $0 >= 0x30 && $0 <= 0x39 } ?? false
        guard isNumber || text.reads("null") || text.reads("true") || text.reads("false") else {
            throw JSONDamage(position: start)
        }
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"): true
        default: false
        }
    }
}

extension ArraySlice<UInt8> {
    func reads(_ text: String) -> Bool {
        guard count == text.utf8.count else { return false }
        var index = startIndex
        for byte in text.utf8 {
            if self[index] != byte { return false }
            index += 1
        }
        return true
    }
}
