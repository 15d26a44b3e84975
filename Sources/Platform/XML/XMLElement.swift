// A small XML document as a value: what plex.tv's older addresses answer is a few kilobytes of elements and attributes.
// Reading it is libexpat's work (ExpatReader beside this); here is what callers see.

package struct XMLElement: Sendable, Equatable {
    package var name: String
    package var attributes: [String: String]
    package var children: [XMLElement]
    /// The text directly inside, pieces joined, as it stood.
    package var text: String

    package init(
        _ name: String, attributes: [String: String] = [:], children: [XMLElement] = [], text: String = ""
    ) {
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
    }

    package subscript(attribute: String) -> String? { attributes[attribute] }

    package func children(named name: String) -> [XMLElement] { children.filter { $0.name == name } }

    package func child(named name: String) -> XMLElement? { children.first { $0.name == name } }
}

/// What one document may cost.
package struct XMLLimits: Sendable {
    package var bytes: Int
    /// Elements inside elements.
    package var depth: Int
    package var elements: Int

    package init(bytes: Int = 32 << 20, depth: Int = 64, elements: Int = 1_000_000) {
        self.bytes = bytes
        self.depth = depth
        self.elements = elements
    }

    package static let standard = XMLLimits()
}

package enum XMLError: Error, Equatable, Sendable, CustomStringConvertible {
    case malformed(line: Int, why: String)
    /// A document type could define entities, which grow without bound or name files of this machine. No answer we read
    /// needs one; a web page shown instead of an answer has one.
    case documentType(line: Int)
    case tooLarge(String)

    package var description: String {
        switch self {
        case .malformed(let line, let why): "not XML (line \(line): \(why))"
        case .documentType(let line): "a document type (line \(line)) has no place in an answer: perhaps a web page"
        case .tooLarge(let why): why
        }
    }
}

extension XMLElement {
    /// The root element of a document.
    package static func parse(
        _ bytes: [UInt8], limits: XMLLimits = .standard
    ) throws(XMLError) -> XMLElement {
        guard bytes.count <= limits.bytes else {
            throw .tooLarge("\(bytes.count) bytes of XML, more than the \(limits.bytes) allowed")
        }
        return try ExpatReader(limits: limits).read(bytes)
    }
}
