// One tag of a template: what kind it is, what it says, where it stands.

struct Tag {
    enum Kind {
        case value, raw, comment, delimiters, section, inverted, close, partial, parent, block
    }

    let kind: Kind
    /// Inside the delimiters, without the mark of its kind and the blanks around.
    let content: String
    /// The whole tag.
    let range: Range<Int>
    /// As it was written, shortened for a message.
    let written: String

    /// The marks that make a kind; a tag without one is a value.
    static let kinds: [UInt8: Kind] = [
        UInt8(ascii: "{"): .raw, UInt8(ascii: "&"): .raw, UInt8(ascii: "!"): .comment,
        UInt8(ascii: "="): .delimiters, UInt8(ascii: "#"): .section, UInt8(ascii: "^"): .inverted,
        UInt8(ascii: "/"): .close, UInt8(ascii: ">"): .partial, UInt8(ascii: "<"): .parent,
        UInt8(ascii: "$"): .block,
    ]
}

extension Tag {
    /// What other template languages taught people to write.
    private static let habits: [String: String] = [
        "if": "Mustache has no \"if\", write {{#name}} … {{/name}}",
        "unless": "Mustache has no \"unless\", write {{^name}} … {{/name}}",
        "each": "Mustache has no \"each\", write {{#list}} … {{/list}} and {{.}} for one of it",
        "for": "Mustache has no \"for\", write {{#list}} … {{/list}} and {{.}} for one of it",
        "with": "Mustache has no \"with\", write {{#name}} … {{/name}}",
    ]

    /// The parts of a dotted name, none for `.`; or why it is no name.
    func path() throws(TemplateFault) -> [String] {
        try checkSpaces()
        if content == "." { return [] }
        let parts = content.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !parts.contains("") else {
            throw .badName(tag: written, hint: "dots stand between names, as in person.name")
        }
        return parts
    }

    /// The name of a template or block: anything without spaces.
    func plainName() throws(TemplateFault) -> String {
        try checkSpaces()
        return content
    }

    private func checkSpaces() throws(TemplateFault) {
        guard !content.isEmpty else { throw .namelessTag(tag: written) }
        guard content.utf8.contains(where: Blanks.isSpace) else { return }
        let first = content.prefix { !$0.isWhitespace }
        throw .badName(tag: written, hint: Self.habits[String(first)] ?? "a name has no spaces inside")
    }
}

extension TemplateFault: Error {}
