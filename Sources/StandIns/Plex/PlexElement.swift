// One description of an answer, written as XML or as JSON (sheet plex.md §1): elements with attributes and children. In
// JSON children of one kind stand in an array under their kind's name, which is not always the tag.

struct PlexElement: Sendable {
    enum Value: Sendable {
        case text(String)
        case number(Int)
        case real(Double)
        /// true and false in JSON, 1 and 0 in XML.
        case flag(Bool)
    }

    var tag: String
    /// The name in JSON.
    var key: String
    /// An object in JSON, not an array of one: User, Player and Session of a running stream.
    var isSingle: Bool
    var attributes: [(name: String, value: Value)]
    var children: [PlexElement]

    /// Attributes without a value are left out, as the server leaves out what is not set.
    init(
        _ tag: String, as key: String? = nil, isSingle: Bool = false,
        _ attributes: KeyValuePairs<String, Value?> = [:], _ children: [PlexElement] = []
    ) {
        self.tag = tag
        self.key = key ?? tag
        self.isSingle = isSingle
        self.attributes = attributes.compactMap { name, value in value.map { (name, $0) } }
        self.children = children
    }

    subscript(name: String) -> Value? {
        get { attributes.first { $0.name == name }?.value }
        set {
            attributes.removeAll { $0.name == name }
            if let newValue { attributes.append((name, newValue)) }
        }
    }

    mutating func add(_ more: KeyValuePairs<String, Value?>) {
        for (name, value) in more { if let value { attributes.append((name, value)) } }
    }
}

extension PlexElement.Value: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int) { self = .number(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }

    /// Nothing for nothing: for optional attributes.
    static func number(_ value: Int?) -> PlexElement.Value? { value.map { .number($0) } }
    static func some(_ value: String?) -> PlexElement.Value? {
        guard let value, !value.isEmpty else { return nil }
        return .text(value)
    }

    var text: String {
        switch self {
        case .text(let text): text
        case .number(let number): String(number)
        case .real(let real): String(real)
        case .flag(let flag): flag ? "1" : "0"
        }
    }

    func writeJSON(into out: inout [UInt8]) {
        switch self {
        case .text(let text) where text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x22 && $0 != 0x5C }:
            out.append(UInt8(ascii: "\""))
            out += text.utf8
            out.append(UInt8(ascii: "\""))
        case .text(let text): JSON.write(text, into: &out)
        case .number(let number): out += String(number).utf8
        case .real, .flag: json.write(into: &out)
        }
    }

    var json: JSON {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .int(Int64(number))
        case .real(let real): .double(real)
        case .flag(let flag): .bool(flag)
        }
    }
}

extension PlexElement {
    var xml: [UInt8] {
        var out = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
        writeXML(into: &out)
        return out
    }

    private func writeXML(into out: inout [UInt8]) {
        out += "<\(tag)".utf8
        for (name, value) in attributes {
            out += " \(name)=\"".utf8
            Self.escape(value.text, into: &out)
            out.append(UInt8(ascii: "\""))
        }
        guard !children.isEmpty else {
            out += "/>".utf8
            return
        }
        out += ">\n".utf8
        for child in children {
            child.writeXML(into: &out)
            out.append(0x0A)
        }
        out += "</\(tag)>".utf8
    }

    private static func escape(_ text: String, into out: inout [UInt8]) {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x22 && $0 != 0x26 && $0 != 0x3C && $0 != 0x3E }) {
            out += text.utf8
            return
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += "&amp;".utf8
            case UInt8(ascii: "<"): out += "&lt;".utf8
            case UInt8(ascii: ">"): out += "&gt;".utf8
            case UInt8(ascii: "\""): out += "&quot;".utf8
            // A reader would make spaces of them (XML 1.0, 3.3.3).
            case 0x09, 0x0A, 0x0D: out += "&#\(byte);".utf8
            default: out.append(byte)
            }
        }
    }

    /// With the root's name around it. Written at once and not by way of a JSON value: a page of a thousand tracks has
    /// fifty thousand of them.
    var json: [UInt8] {
        var out = Array("{\"\(key)\":".utf8)
        writeJSON(into: &out)
        out.append(UInt8(ascii: "}"))
        return out
    }

    private func writeJSON(into out: inout [UInt8]) {
        out.append(UInt8(ascii: "{"))
        var isFirst = true
        func begin(_ key: String) {
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            out.append(UInt8(ascii: "\""))
            out += key.utf8
            out += "\":".utf8
        }
        for (name, value) in attributes {
            begin(name)
            value.writeJSON(into: &out)
        }
        for (index, child) in children.enumerated() {
            if child.isSingle {
                begin(child.key)
                child.writeJSON(into: &out)
                continue
            }
            // The others of its kind stand with the first.
            if children[..<index].contains(where: { $0.key == child.key && !$0.isSingle }) { continue }
            begin(child.key)
            out.append(UInt8(ascii: "["))
            child.writeJSON(into: &out)
            for other in children[(index + 1)...] where other.key == child.key && !other.isSingle {
                out.append(UInt8(ascii: ","))
                other.writeJSON(into: &out)
            }
            out.append(UInt8(ascii: "]"))
        }
        out.append(UInt8(ascii: "}"))
    }
}
