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

    /// With the root's name around it.
    var json: JSON { .object(JSON.Fields([(key: key, value: fields)])) }

    private var fields: JSON {
        var members = attributes.map { (key: $0.name, value: $0.value.json) }
        var groups: [(key: String, values: [JSON])] = []
        for child in children {
            if child.isSingle {
                members.append((child.key, child.fields))
            } else if let index = groups.firstIndex(where: { $0.key == child.key }) {
                groups[index].values.append(child.fields)
            } else {
                groups.append((child.key, [child.fields]))
            }
        }
        return .object(JSON.Fields(members + groups.map { (key: $0.key, value: .array($0.values)) }))
    }
}
