// Other people's text made fit to be shown among ours: on one line, without what could turn the line around or end a
// header, and never so long that it pushes everything else away. Escaping is the templates' part.

enum Shown {
    /// As many characters as the widest line of a letter holds twice.
    static let mostTitle = 110
    static let mostName = 40

    static func text(_ text: String, most: Int = mostTitle, orElse missing: String = "Untitled") -> String {
        let one = onOneLine(text)
        guard !one.isEmpty else { return missing }
        return isolated(cut(one, to: most))
    }

    /// Empty where there is none.
    static func paragraph(_ text: String, most: Int) -> String {
        let one = onOneLine(text)
        guard most > 0, !one.isEmpty else { return "" }
        return isolated(cut(one, to: most, atWords: true))
    }

    static func onOneLine(_ text: String) -> String {
        isPlain(text) ? text : seen(text).split(separator: " ").joined(separator: " ")
    }

    /// Words of ASCII with one blank between them, as most names are: a letter has hundreds.
    private static func isPlain(_ text: String) -> Bool {
        let blank = UInt8(ascii: " ")
        var last = blank
        for byte in text.utf8 {
            guard (0x20...0x7E).contains(byte), byte != blank || last != blank else { return false }
            last = byte
        }
        return last != blank
    }

    /// What can be seen of a line, with its blanks as they are.
    static func seen(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator: scalars.append(" ")
            case .surrogate, .unassigned, .privateUse: continue
            case .format where !joins.contains(scalar.value): continue
            default: scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    /// Of the invisible ones those that make one sign of several: emoji families and letters of Persian or Hindi.
    private static let joins: Set<UInt32> = [0x200C, 0x200D]

    static func cut(_ text: String, to most: Int, atWords: Bool = false) -> String {
        // No text has more characters than bytes, and bytes are known.
        guard text.utf8.count > most, text.count > most else { return bounded(text, most) }
        var start = text.prefix(max(1, most - 1))
        if atWords, let space = start.lastIndex(of: " "), start.distance(from: start.startIndex, to: space) > most / 2 {
            start = start[..<space]
        }
        while let last = start.last, " ,;:–-".contains(last) { start.removeLast() }
        return bounded(start + "…", most)
    }

    /// One character can be a tower of a thousand marks.
    private static func bounded(_ text: String, _ most: Int) -> String {
        guard text.utf8.count > 8 * most + 32 else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.prefix(2 * most))) + "…"
    }

    /// Text that runs from right to left stands in marks of its own (U+2068, U+2069), or it would drag the numbers
    /// beside it along.
    static func isolated(_ text: String) -> String {
        // Before U+0580 nothing does, and UTF-8 begins with 0xD6 there.
        guard text.utf8.contains(where: { $0 >= 0xD6 }) else { return text }
        let runsLeft = text.unicodeScalars.contains { scalar in
            (0x0590...0x08FF).contains(scalar.value) || (0xFB1D...0xFDFF).contains(scalar.value)
                || (0xFE70...0xFEFC).contains(scalar.value)
        }
        return runsLeft ? "\u{2068}\(text)\u{2069}" : text
    }
}
