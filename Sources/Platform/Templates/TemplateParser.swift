// Turns a template's text into its tree in one pass, and settles the whitespace of the specification on the way: which
// tags take their line with them, what is indentation, which pieces of text begin a line.

struct TemplateParser {
    private let limits: TemplateLimits
    private let source: [UInt8]
    private var tags: TagReader
    private var open: [OpenTag]
    private var references: [Template.Reference] = []
    /// The text from here on is not yet in the tree.
    private var textStart = 0

    init(name: String, source: [UInt8], limits: TemplateLimits) {
        self.limits = limits
        self.source = source
        tags = TagReader(name: name, source: source)
        open = [OpenTag(.template, name: name, written: "", offset: 0)]
    }

    mutating func parse() throws(TemplateError) -> Template {
        guard source.count <= limits.bytes else {
            throw .tooMuch(place(of: 0), .bytes(source.count, limit: limits.bytes))
        }
        while let tag = try tags.next(from: textStart) {
            do throws(TemplateFault) { try take(tag) } catch { throw tags.error(error, at: tag.range.lowerBound) }
            guard open.count - 1 <= limits.depth else {
                throw .tooMuch(place(of: tag.range.lowerBound), .depth(limit: limits.depth))
            }
        }
        addText(upTo: source.count)
        let last = open[open.count - 1]
        guard open.count == 1 else {
            throw tags.error(
                .unclosedSection(tag: last.written, closing: tags.closingTag(last.name)), at: last.offset)
        }
        return Template(name: tags.name, source: source, nodes: last.nodes, references: references)
    }

    private func place(of offset: Int) -> TemplatePlace {
        TemplatePlace(template: tags.name, source: source, offset: offset)
    }

    private mutating func take(_ tag: Tag) throws(TemplateFault) {
        switch tag.kind {
        case .value, .raw:
            passInLine(tag)
            add(.value(try dataName(tag), isRaw: tag.kind == .raw))
        case .comment, .delimiters:
            pass(tag)
        case .section, .inverted:
            let name = try dataName(tag)
            pass(tag)
            begin(.section(name, isInverted: tag.kind == .inverted), tag)
        case .partial:
            let indentation = pass(tag)
            add(.partial(reference(try tag.plainName(), tag.range.lowerBound, indentation)))
        case .parent:
            _ = try tag.plainName()
            beginParent(tag)
        case .block:
            if let first = open[open.count - 1].blocks[try tag.plainName()] {
                throw .blockTwice(name: first.name, first: place(of: first.offset))
            }
            beginBlock(tag)
        case .close:
            try end(tag)
        }
    }
}

// What opens.
extension TemplateParser {
    private mutating func begin(_ kind: OpenTag.Kind, _ tag: Tag) {
        open.append(OpenTag(kind, name: tag.content, written: tag.written, offset: tag.range.lowerBound))
    }

    /// Whether a parent has its lines to itself is known at its end; until then the blanks before it are kept apart.
    private mutating func beginParent(_ tag: Tag) {
        let lineStart = Blanks.lineStart(source, before: tag.range.lowerBound)
        addText(upTo: lineStart ?? tag.range.lowerBound)
        textStart = tag.range.upperBound
        begin(.parent(indentation: lineStart.map { source[$0..<tag.range.lowerBound] }), tag)
    }

    private mutating func beginBlock(_ tag: Tag) {
        let isArgument = open[open.count - 1].isParent
        let lineStart = Blanks.lineStart(source, before: tag.range.lowerBound)
        let indentation = lineStart.map { source[$0..<tag.range.lowerBound] }
        let nextLine = Blanks.nextLine(source, after: tag.range.upperBound)
        // What stands before an argument in its line is not printed, so only what follows counts.
        let endsLine = nextLine != nil && (isArgument || lineStart != nil)
        if endsLine, let nextLine {
            addText(upTo: lineStart ?? tag.range.lowerBound)
            textStart = nextLine
        } else {
            passInLine(tag)
        }
        let start = OpenTag.BlockStart(
            isArgument: isArgument, indentation: indentation, endsLine: endsLine, contentStart: textStart)
        begin(.block(start), tag)
    }
}

// What closes.
extension TemplateParser {
    private mutating func end(_ tag: Tag) throws(TemplateFault) {
        guard !tag.content.isEmpty else { throw .namelessTag(tag: tag.written) }
        let opened = open[open.count - 1]
        guard open.count > 1 else { throw .strayClose(tag: tag.written) }
        guard opened.name == tag.content else {
            throw .wrongClose(
                tag: tag.written, open: opened.written, openedAt: place(of: opened.offset),
                expected: tags.closingTag(opened.name))
        }
        switch opened.kind {
        case .template:
            break
        case .section(let name, let isInverted):
            pass(tag)
            add(.section(name, isInverted: isInverted, open.removeLast().nodes))
        case .parent(let indentation):
            endParent(tag, indentation)
        case .block(let start):
            endBlock(tag, start)
        }
    }

    private mutating func endParent(_ tag: Tag, _ indentation: ArraySlice<UInt8>?) {
        let parent = open.removeLast()
        if let indentation, let nextLine = Blanks.nextLine(source, after: tag.range.upperBound) {
            textStart = nextLine
            add(.parent(reference(parent.name, parent.offset, Array(indentation)), parent.blocks))
        } else {
            textStart = tag.range.upperBound
            if let indentation { add(.text(Template.Text(bytes: Array(indentation), beginsLine: true))) }
            add(.parent(reference(parent.name, parent.offset, nil), parent.blocks))
        }
    }

    private mutating func endBlock(_ tag: Tag, _ start: OpenTag.BlockStart) {
        let lineStart = Blanks.lineStart(source, before: tag.range.lowerBound)
        if start.isArgument, let lineStart {
            addText(upTo: lineStart)
            textStart = tag.range.upperBound
        } else {
            pass(tag)
        }
        let content = source[start.contentStart..<max(start.contentStart, lineStart ?? tag.range.lowerBound)]
        let common = start.endsLine ? Blanks.commonIndentation(content) : nil
        let position: Template.Block.Position =
            switch (start.indentation, start.endsLine) {
            case (nil, _): .withinLine
            case (let blanks?, false): .firstOnLine(indentation: Array(blanks))
            // The author shows by the default content where the block's lines begin.
            case (let blanks?, true): .ownLine(indentation: Array(common ?? blanks))
            }
        let block = open.removeLast()
        add(
            .block(
                Template.Block(
                    name: block.name, offset: block.offset, position: position, nodes: block.nodes,
                    beginsLine: start.endsLine, ownIndentation: common?.count ?? 0)))
    }
}

// Text and names.
extension TemplateParser {
    private mutating func add(_ node: Template.Node) { open[open.count - 1].add(node) }

    private mutating func addText(upTo end: Int) {
        guard textStart < end else { return }
        let beginsLine = textStart == 0 || source[textStart - 1] == Blanks.newline
        add(.text(Template.Text(bytes: Array(source[textStart..<end]), beginsLine: beginsLine)))
    }

    /// A tag that prints something, or shares its line with what does: nothing around it vanishes.
    private mutating func passInLine(_ tag: Tag) {
        let start = tag.range.lowerBound
        addText(upTo: start)
        if start == 0 || source[start - 1] == Blanks.newline { add(.text(Template.Text(bytes: [], beginsLine: true))) }
        textStart = tag.range.upperBound
    }

    /// A tag alone on its line takes the line with it; the answer is what stood before it there, nil within a line.
    @discardableResult
    private mutating func pass(_ tag: Tag) -> [UInt8]? {
        guard let lineStart = Blanks.lineStart(source, before: tag.range.lowerBound),
            let nextLine = Blanks.nextLine(source, after: tag.range.upperBound)
        else {
            passInLine(tag)
            return nil
        }
        addText(upTo: lineStart)
        textStart = nextLine
        return Array(source[lineStart..<tag.range.lowerBound])
    }

    private func dataName(_ tag: Tag) throws(TemplateFault) -> Template.Name {
        Template.Name(path: try tag.path(), offset: tag.range.lowerBound)
    }

    private mutating func reference(_ name: String, _ offset: Int, _ indentation: [UInt8]?) -> Template.Reference {
        let reference = Template.Reference(name: name, offset: offset, indentation: indentation)
        references.append(reference)
        return reference
    }
}
