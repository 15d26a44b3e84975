// One template, read: an immutable tree that any number of tasks can render at once. It obeys the public Mustache
// specification (mustache.github.io), core and inheritance. Lambdas and dynamic names are left out on purpose: nothing
// in a template runs.
//
// A part of the specification is about whitespace, and all of it is about the text as written, never about values:
// lines that hold one tag and nothing else vanish, a partial on a line of its own is indented line by line, a block's
// content is moved to where the block stands. So a piece of text knows whether it begins a line.

package struct Template: Sendable {
    package let name: String
    /// Kept for telling the place of an error.
    let source: [UInt8]
    let nodes: [Node]
    /// Every partial and parent named in it, to be checked before the first letter is sent.
    let references: [Reference]

    package static func parse(
        _ text: String, named name: String, limits: TemplateLimits = .standard
    ) throws(TemplateError) -> Template {
        var parser = TemplateParser(name: name, source: Array(text.utf8), limits: limits)
        return try parser.parse()
    }
}

extension Template {
    indirect enum Node: Sendable {
        case text(Text)
        case value(Name, isRaw: Bool)
        case section(Name, isInverted: Bool, [Node])
        case partial(Reference)
        case parent(Reference, [String: Block])
        case block(Block)
    }

    struct Text: Sendable {
        let bytes: [UInt8]
        /// An empty text that begins a line marks where the indentation goes before a tag.
        let beginsLine: Bool
    }

    /// A name of the data.
    struct Name: Sendable {
        /// Empty for `.`.
        let path: [String]
        let offset: Int

        var written: String { path.isEmpty ? "." : path.joined(separator: ".") }
    }

    /// A name of a template.
    struct Reference: Sendable {
        let name: String
        let offset: Int
        /// What stands before it on a line of its own; nil within a line.
        let indentation: [UInt8]?
    }

    struct Block: Sendable {
        let name: String
        let offset: Int
        let position: Position
        let nodes: [Node]
        /// The content begins on the line after the tag.
        let beginsLine: Bool
        /// Blanks before every line of the content as written: they move with the block.
        let ownIndentation: Int

        enum Position: Sendable {
            case withinLine
            /// First on its line, which goes on: the blanks before it are printed already.
            case firstOnLine(indentation: [UInt8])
            /// The tag has a line of its own, which is not printed.
            case ownLine(indentation: [UInt8])
        }
    }

    func place(of offset: Int) -> TemplatePlace { TemplatePlace(template: name, source: source, offset: offset) }
}

extension TemplatePlace {
    init(template: String, source: [UInt8], offset: Int) {
        let before = source.prefix(offset)
        let lineStart = before.lastIndex(of: Blanks.newline).map { $0 + 1 } ?? 0
        self.init(
            template: template, line: 1 + before.count { $0 == Blanks.newline },
            // Characters, as an editor counts them.
            column: 1 + String(decoding: before[lineStart...], as: UTF8.self).count)
    }
}
