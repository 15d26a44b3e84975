// Walks a template's tree and writes the page. One value for one page: what is in force at this point of the walk
// (contexts, indentation, blocks given by children) is put aside and taken up again around every part.

struct TemplateRenderer {
    private let shelf: TemplateShelf
    private let escaping: TemplateEscaping
    private let limits: TemplateLimits
    private(set) var output: [UInt8] = []
    private(set) var slips: TemplateSlips?
    /// What names mean here, the nearest last.
    private var contexts: [TemplateValue]
    private var lines = LineLayout()
    /// The blocks that the templates around have given.
    private var scope: BlockScope?
    /// Whose text is being walked, and the last tag met: where an error is.
    private var template: Template
    private var offset = 0
    private var depth = 0
    private var steps = 0

    init(
        _ template: Template, of shelf: TemplateShelf, with data: TemplateValue, escaping: TemplateEscaping,
        notesSlips: Bool
    ) {
        self.template = template
        self.shelf = shelf
        self.escaping = escaping
        limits = shelf.limits
        contexts = [data]
        slips = notesSlips ? TemplateSlips() : nil
        output.reserveCapacity(2 * template.source.count)
    }

    mutating func render() throws(TemplateError) { try render(template.nodes) }

    private mutating func render(_ nodes: [Template.Node]) throws(TemplateError) {
        for node in nodes {
            try spend(1)
            switch node {
            case .text(let text):
                lines.write(text, to: &output)
            case .value(let name, let isRaw):
                offset = name.offset
                write(name, isRaw: isRaw)
            case .section(let name, let isInverted, let content):
                offset = name.offset
                try section(name, isInverted: isInverted, content)
            case .partial(let reference):
                offset = reference.offset
                try include(reference, giving: nil)
            case .parent(let reference, let blocks):
                offset = reference.offset
                try include(reference, giving: blocks)
            case .block(let block):
                offset = block.offset
                try show(block)
            }
            guard output.count <= limits.output else { throw excess(.output(limit: limits.output)) }
        }
    }

    /// A template can repeat itself without printing anything, so printed bytes alone do not end every walk.
    private mutating func spend(_ work: Int) throws(TemplateError) {
        steps += work
        guard steps <= limits.steps else { throw excess(.work(limit: limits.steps)) }
    }

    private func excess(_ excess: TemplateExcess) -> TemplateError { .tooMuch(template.place(of: offset), excess) }

    private mutating func deeper(_ nodes: [Template.Node]) throws(TemplateError) {
        guard depth < limits.depth else { throw excess(.depth(limit: limits.depth)) }
        depth += 1
        try render(nodes)
        depth -= 1
    }
}

// Names and values.
extension TemplateRenderer {
    private mutating func find(_ name: Template.Name) -> TemplateValue {
        guard let first = name.path.first else { return contexts[contexts.count - 1] }
        for context in contexts.reversed() {
            steps += 1
            guard var value = context[first] else { continue }
            // Found once, a dotted name is not looked for elsewhere: its rest must be in there.
            for (index, part) in name.path.enumerated().dropFirst() {
                guard let next = value[part] else {
                    if value != .absent {
                        slips?.missing(name, at: index, in: value, of: template)
                    }
                    return .absent
                }
                value = next
            }
            return value
        }
        slips?.missing(name, in: contexts, of: template)
        return .absent
    }

    private mutating func write(_ name: Template.Name, isRaw: Bool) {
        let value = find(name)
        guard let text = value.printed else {
            slips?.notPrintable(name, of: template)
            return
        }
        if isRaw || escaping == .none { output += text.utf8 } else { HTMLEscape.write(text, to: &output) }
    }

    private mutating func section(
        _ name: Template.Name, isInverted: Bool, _ content: [Template.Node]
    ) throws(TemplateError) {
        let value = find(name)
        guard value.isNothing == isInverted else { return }
        switch value {
        case .list(let items) where !isInverted:
            for item in items { try within(item, content) }
        case .text where !isInverted, .number where !isInverted, .whole where !isInverted, .object where !isInverted:
            try within(value, content)
        // A flag only decides: what "." was before, it still is.
        case .flag, .absent, .list, .text, .number, .whole, .object:
            try deeper(content)
        }
    }

    private mutating func within(_ context: TemplateValue, _ content: [Template.Node]) throws(TemplateError) {
        contexts.append(context)
        try deeper(content)
        contexts.removeLast()
    }
}

// Other templates, and blocks.
extension TemplateRenderer {
    private mutating func include(
        _ reference: Template.Reference, giving blocks: [String: Template.Block]?
    ) throws(TemplateError) {
        guard let included = shelf[reference.name] else {
            if shelf.missing == .shownAsNothing { return }
            throw shelf.unknown(reference.name, at: template.place(of: reference.offset))
        }
        let outside = (template, lines, scope)
        if let blocks, !blocks.isEmpty { scope = BlockScope(blocks, of: template, outer: scope) }
        lines = lines.included(after: reference.indentation)
        try spend(lines.indentation.count)
        template = included
        try deeper(included.nodes)
        let isLineOpen = lines.isLineOpen
        (template, lines, scope) = outside
        lines.isLineOpen = lines.isLineOpen && isLineOpen
    }

    private mutating func show(_ block: Template.Block) throws(TemplateError) {
        guard let given = scope?.given(for: block.name) else { return try deeper(block.nodes) }
        let outside = (template, lines, scope)
        // The content means what it meant where it was written: blocks in it are filled by those who gave blocks to
        // that template, not by itself, so that it cannot contain itself.
        (template, scope) = (given.scope.template, given.scope.outer)
        lines.enter(given.block, inPlaceOf: block, output: &output)
        try spend(lines.indentation.count)
        try deeper(given.block.nodes)
        let isLineOpen = lines.isLineOpen
        (template, lines, scope) = outside
        lines.isLineOpen = lines.isLineOpen && isLineOpen
    }
}
