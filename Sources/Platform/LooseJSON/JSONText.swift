// JSON on its way out, for requests small enough to be written down where they are sent. Names keep their order, and a
// field without a value is left out.

package struct JSONText: Sendable {
    package private(set) var bytes: [UInt8]

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    package static func text(_ text: String) -> JSONText {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), 0x5C: bytes += [0x5C, byte]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default: bytes.append(byte)
            }
        }
        return JSONText(bytes + [UInt8(ascii: "\"")])
    }
    package static func whole(_ number: some BinaryInteger) -> JSONText { JSONText(Array("\(number)".utf8)) }
    package static func claim(_ claim: Bool) -> JSONText { JSONText(Array(claim ? "true".utf8 : "false".utf8)) }
    package static let null = JSONText(Array("null".utf8))

    package static func list(_ elements: [JSONText]) -> JSONText {
        JSONText(
            [UInt8(ascii: "[")] + elements.map(\.bytes).joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")])
    }

    package static func fields(_ fields: KeyValuePairs<String, JSONText?>) -> JSONText {
        members(fields.compactMap { name, value in value.map { (name, $0) } })
    }

    package static func members(_ members: [(String, JSONText)]) -> JSONText {
        let written = members.map { name, value in text(name).bytes + [UInt8(ascii: ":")] + value.bytes }
        return JSONText(
            [UInt8(ascii: "{")] + written.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")])
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
