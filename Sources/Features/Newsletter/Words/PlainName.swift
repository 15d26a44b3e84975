// Which names from outside are only names: one line, of a length names have, without what a mail program or a page would
// take for a link, a mark or a mention.

enum PlainName {
    static let longest = 100

    static func title(_ text: String) -> String? {
        let name = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
        guard name.count <= longest, name.contains(where: { $0.isLetter || $0.isNumber }), isHarmless(name) else {
            return nil
        }
        return name
    }

    /// A display name can be an address, and anybody chooses their own.
    static func person(_ text: String) -> String? {
        guard let name = title(text), name.count <= 40, !NumberReading.hasNumber(name) else { return nil }
        return name.allSatisfy { $0.isLetter || " .'’-".contains($0) } ? name : nil
    }

    static func isHarmless(_ text: String) -> Bool {
        !text.unicodeScalars.contains(where: isHidden) && !text.contains { "<>@＠\\`".contains($0) }
            && link(in: text) == nil
    }

    /// Control characters, and those that turn the direction of writing or show nothing.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: true
        // Joiners are part of some scripts' spelling.
        case .format: scalar.value != 0x200C && scalar.value != 0x200D
        default: false
        }
    }

    /// What a mail program would make a link of.
    static func link(in text: String) -> String? {
        for word in text.split(whereSeparator: \.isWhitespace) {
            let low = word.lowercased()
            if low.contains("://") || low.hasPrefix("www.") || low.hasPrefix("mailto:") { return String(word) }
            let parts = low.split(separator: ".", omittingEmptySubsequences: false)
            for (left, right) in zip(parts, parts.dropFirst()) {
                // "example.com", and not "e.g." or "S.H.I.E.L.D.": two letters or more on both sides of a dot.
                let before = left.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "-" }
                let after = right.prefix { $0.isLetter }
                if before.count >= 2, before.contains(where: \.isLetter), after.count >= 2 { return String(word) }
            }
        }
        return nil
    }
}
