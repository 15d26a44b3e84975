// Finds the tags of a template one after another, between delimiters that a tag may change.

struct TagReader {
    let name: String
    let source: [UInt8]
    private(set) var opening = Array("{{".utf8)
    private(set) var closing = Array("}}".utf8)

    init(name: String, source: [UInt8]) {
        self.name = name
        self.source = source
    }

    func error(_ fault: TemplateFault, at offset: Int) -> TemplateError {
        .malformed(TemplatePlace(template: name, source: source, offset: offset), fault)
    }

    /// How a section of this name is closed here.
    func closingTag(_ name: String) -> String {
        "\(String(decoding: opening, as: UTF8.self))/\(name)\(String(decoding: closing, as: UTF8.self))"
    }

    mutating func next(from start: Int) throws(TemplateError) -> Tag? {
        guard let tagStart = find(opening, from: start) else { return nil }
        let markAt = tagStart + opening.count
        let mark = markAt < source.count ? source[markAt] : 0
        let kind = Tag.kinds[mark] ?? .value
        let contentStart = Tag.kinds[mark] == nil ? markAt : markAt + 1

        // Two kinds are closed by a mark of their own as well: {{{name}}} and {{=<% %>=}}.
        let end: [UInt8]
        switch mark {
        case UInt8(ascii: "{"): end = [UInt8(ascii: "}")] + closing
        case UInt8(ascii: "="): end = [UInt8(ascii: "=")] + closing
        default: end = closing
        }
        let contentEnd = find(end, from: contentStart)
        guard let contentEnd, kind == .comment || kind == .delimiters || isOneTag(contentStart..<contentEnd) else {
            let written = opening + (end.count > closing.count ? [mark] : [])
            let fault = TemplateFault.unclosedTag(
                opening: String(decoding: written, as: UTF8.self), closing: String(decoding: end, as: UTF8.self))
            throw error(fault, at: tagStart)
        }
        let tag = Tag(
            kind: kind,
            content: String(decoding: Blanks.trimmed(source[contentStart..<contentEnd]), as: UTF8.self),
            range: tagStart..<contentEnd + end.count,
            written: shortened(tagStart..<contentEnd + end.count))
        if kind == .delimiters { try setDelimiters(tag) }
        return tag
    }

    /// A tag whose end was forgotten reaches to the end of the next one, and so holds that one's beginning.
    private func isOneTag(_ content: Range<Int>) -> Bool {
        guard let inner = find(opening, from: content.lowerBound) else { return true }
        // Delimiters may be alike on both sides; then the end itself is what was found.
        return inner >= content.upperBound
    }

    private mutating func setDelimiters(_ tag: Tag) throws(TemplateError) {
        let marks = tag.content.utf8.split(whereSeparator: Blanks.isSpace).map(Array.init)
        guard marks.count == 2, !marks.joined().contains(UInt8(ascii: "=")) else {
            throw error(.badDelimiters(tag: tag.written), at: tag.range.lowerBound)
        }
        (opening, closing) = (marks[0], marks[1])
    }

    private func shortened(_ range: Range<Int>) -> String {
        let text = String(decoding: source[range], as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
        return text.count <= 60 ? text : "\(text.prefix(40)) … \(text.suffix(10))"
    }

    private func find(_ mark: [UInt8], from start: Int) -> Int? {
        var at = start
        while at + mark.count <= source.count {
            guard let first = source[at...].firstIndex(of: mark[0]), first + mark.count <= source.count else {
                return nil
            }
            if mark.count == 1 || source[first..<first + mark.count].elementsEqual(mark) { return first }
            at = first + 1
        }
        return nil
    }
}
