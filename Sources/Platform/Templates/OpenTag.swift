// A section, parent or block whose end the parser has not met yet, and what it has gathered inside so far.

struct OpenTag {
    enum Kind {
        case template
        case section(Template.Name, isInverted: Bool)
        /// The blanks before a parent that begins a line; nil within a line.
        case parent(indentation: ArraySlice<UInt8>?)
        case block(BlockStart)
    }

    struct BlockStart {
        /// Given to a parent, not standing in a page of its own.
        let isArgument: Bool
        /// The blanks before a tag that begins a line.
        let indentation: ArraySlice<UInt8>?
        /// The tag ends its line: the content begins on the next.
        let endsLine: Bool
        let contentStart: Int
    }

    let kind: Kind
    let name: String
    /// As it was written, for messages.
    let written: String
    let offset: Int
    private(set) var nodes: [Template.Node] = []
    private(set) var blocks: [String: Template.Block] = [:]

    init(_ kind: Kind, name: String, written: String, offset: Int) {
        self.kind = kind
        self.name = name
        self.written = written
        self.offset = offset
    }

    var isParent: Bool { if case .parent = kind { true } else { false } }

    /// Of what stands inside a parent only blocks count.
    mutating func add(_ node: Template.Node) {
        guard isParent else { return nodes.append(node) }
        if case .block(let block) = node { blocks[block.name] = block }
    }
}
