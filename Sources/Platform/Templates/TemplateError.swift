// What can be wrong with a template, told to the person who wrote it: which file, where in it, what is wrong, what to
// do.

package struct TemplatePlace: Sendable, Hashable, CustomStringConvertible {
    package let template: String
    /// Both count from 1, as editors do.
    package let line: Int
    package let column: Int

    package init(template: String, line: Int, column: Int) {
        self.template = template
        self.line = line
        self.column = column
    }

    package var description: String { "\(template), line \(line), column \(column)" }
    var short: String { "line \(line), column \(column)" }
}

package enum TemplateError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The text itself must be mended.
    case malformed(TemplatePlace, TemplateFault)
    /// A template names another one that nobody has; `place` is nil when the caller asked for it by name.
    case unknownTemplate(String, at: TemplatePlace?, meant: String?)
    /// A limit was met: while reading the text or while filling it in.
    case tooMuch(TemplatePlace, TemplateExcess)

    package var place: TemplatePlace? {
        switch self {
        case .malformed(let place, _), .tooMuch(let place, _): place
        case .unknownTemplate(_, let place, _): place
        }
    }

    package var description: String {
        switch self {
        case .malformed(let place, let fault): return "\(place): \(fault)"
        case .tooMuch(let place, let excess): return "\(place): \(excess)"
        case .unknownTemplate(let name, let place, let meant):
            let hint = meant.map { ": did you mean \"\($0)\"?" } ?? ""
            return "\(place.map { "\($0): " } ?? "")there is no template called \"\(name)\"\(hint)"
        }
    }
}

/// A mistake in the text of a template.
package enum TemplateFault: Equatable, Sendable, CustomStringConvertible {
    /// `{{name` without its end.
    case unclosedTag(opening: String, closing: String)
    /// `{{#name}}` without `{{/name}}`; `tag` as it was written.
    case unclosedSection(tag: String, closing: String)
    /// `{{/b}}` where `{{#a}}` is open.
    case wrongClose(tag: String, open: String, openedAt: TemplatePlace, expected: String)
    /// `{{/name}}` where nothing is open.
    case strayClose(tag: String)
    case namelessTag(tag: String)
    case badName(tag: String, hint: String)
    case badDelimiters(tag: String)
    /// The same block given twice to one parent.
    case blockTwice(name: String, first: TemplatePlace)

    package var description: String {
        switch self {
        case .unclosedTag(let opening, let closing):
            return "a tag begins with \(opening) and has no end: add \(closing)"
        case .unclosedSection(let tag, let closing):
            return "\(tag) is opened and never closed: add \(closing) where it should end"
        case .wrongClose(let tag, let open, let place, let expected):
            return "\(tag) closes something else than what is open: \(open) of \(place.short) wants \(expected) first"
        case .strayClose(let tag):
            return "\(tag) closes what was never opened: remove it, or open it before"
        case .namelessTag(let tag):
            return "\(tag) names nothing: write a name inside"
        case .badName(let tag, let hint):
            return "\(tag) is no name: \(hint)"
        case .badDelimiters(let tag):
            return "\(tag) does not set delimiters: write two marks with a space between and none inside them, "
                + "such as {{=<% %>=}}"
        case .blockTwice(let name, let first):
            return "the block \"\(name)\" is given twice to the same parent: the first is at \(first.short)"
        }
    }
}

/// What there was too much of.
package enum TemplateExcess: Equatable, Sendable, CustomStringConvertible {
    case bytes(Int, limit: Int)
    case depth(limit: Int)
    case output(limit: Int)
    case work(limit: Int)

    package var description: String {
        switch self {
        case .bytes(let count, let limit): "the template has \(count) bytes, more than the \(limit) allowed"
        case .depth(let limit):
            "things stand inside each other more than \(limit) deep: does a template show itself without end?"
        case .output(let limit): "the result grows over \(limit) bytes: does a template or a list repeat itself?"
        case .work(let limit): "not done after \(limit) steps: does a template show itself again and again?"
        }
    }
}
