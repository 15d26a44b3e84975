// JSON on its way out, for requests small enough to be written down where they are sent. Names keep their order, and a
// field without a value is left out.

package struct JSONText: Sendable {
    package private(set) var bytes: [UInt8]

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func text(_ text: String) -> JSONText {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 2)
        append(text, to: &bytes)
        return JSONText(bytes)
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), 0x5C:
                bytes.append(0x5C)
                bytes.append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    package static func whole(_ number: some BinaryInteger) -> JSONText { JSONText(Array("\(number)".utf8)) }
    package static func claim(_ claim: Bool) -> JSONText { JSONText(Array(claim ? "true".utf8 : "false".utf8)) }
    package static let null = JSONText(Array("null".utf8))

    package static func list(_ elements: [JSONText]) -> JSONText {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        bytes.reserveCapacity(elements.reduce(2) { $0 + $1.bytes.count + 1 })
        for (place, element) in elements.enumerated() {
            if place > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: element.bytes)
        }
        bytes.append(UInt8(ascii: "]"))
        return JSONText(bytes)
    }

    package static func fields(_ fields: KeyValuePairs<String, JSONText?>) -> JSONText {
        members(fields.lazy.compactMap { name, value in value.map { (name, $0) } })
    }

    package static func members(_ members: some Sequence<(String, JSONText)>) -> JSONText {
        var bytes: [UInt8] = [UInt8(ascii: "{")]
        bytes.reserveCapacity(512)
        for (name, value) in members {
            if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
            append(name, to: &bytes)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(contentsOf: value.bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return JSONText(bytes)
    }

    /// What came from a stranger, as it was understood.
    package init(_ value: Loose) {
        switch value {
        case .null: self = .null
        case .bool(let claim): self = .claim(claim)
        case .number(let digits): self.init(Array(digits.utf8))
        case .text(let text): self = .text(text)
        case .list(let elements): self = .list(elements.map { JSONText($0) })
        case .fields(let members): self = .members(members.all.map { ($0.key, JSONText($0.value)) })
        }
    }
}
