// A text in which the names that are known have been blotted out, so that what is left must do without names and numbers
// of its own. Pure.

struct MaskedText: Sendable {
    /// Stands for a name.
    static let blot: Character = "\u{FFFC}"

    /// The text with known names blotted out.
    private(set) var rest: String
    /// What stood in quotation marks and is nobody's name.
    private(set) var unknownQuotes: [String] = []

    private static let pairs: [(open: Character, close: [Character])] = [
        ("\"", ["\""]), ("“", ["”", "“"]), ("„", ["“", "”"]), ("«", ["»"]), ("»", ["«"]), ("‹", ["›"]), ("「", ["」"]),
        ("『", ["』"]), ("《", ["》"]), ("‘", ["’"]), ("‚", ["‘", "’"]), ("'", ["'"]), ("”", ["”"]),
    ]

    init(_ text: String, _ phrases: Set<WordsFacts.Phrase>) {
        // The longest first: "Salt Road" is part of "Salt Road: Home".
        let known = phrases.sorted { ($1.text.count, $0.text) < ($0.text.count, $1.text) }
        var characters = Array(text)
        // Those with quotation marks in them, before the marks are read as marks.
        for phrase in known where phrase.text.contains(where: Self.opens) {
            Self.blot(out: Array(phrase.text), in: &characters)
        }
        (characters, unknownQuotes) = Self.readingQuotes(characters, Set(phrases.map { Self.folded($0.text) }))
        for phrase in known where !phrase.needsQuotes { Self.blot(out: Array(phrase.text), in: &characters) }
        rest = String(characters)
    }

    private static func opens(_ character: Character) -> Bool {
        character != "'" && pairs.contains { $0.open == character }
    }

    /// Bare, as it is spelled, and not as part of another word.
    private static func blot(out name: [Character], in text: inout [Character]) {
        guard !name.isEmpty, name.count <= text.count else { return }
        var at = 0
        while at + name.count <= text.count {
            let end = at + name.count
            if text[at..<end].elementsEqual(name), at == 0 || !isWordy(text[at - 1]),
                end == text.count || !isWordy(text[end]) || isGenitive(text, end)
            {
                text.replaceSubrange(at..<end, with: [blot])
            }
            at += 1
        }
    }

    private static func isWordy(_ character: Character) -> Bool { character.isLetter || character.isNumber }

    /// "Anns" in German.
    private static func isGenitive(_ text: [Character], _ end: Int) -> Bool {
        text[end] == "s" && (end + 1 == text.count || !isWordy(text[end + 1]))
    }

    private static func readingQuotes(
        _ text: [Character], _ known: Set<String>
    ) -> (rest: [Character], unknown: [String]) {
        var rest: [Character] = []
        var unknown: [String] = []
        var at = 0
        while at < text.count {
            guard let end = closing(text, at) else {
                rest.append(text[at])
                at += 1
                continue
            }
            let inside = text[(at + 1)..<end]
            if known.contains(folded(String(inside))) || (inside.contains(blot) && !inside.contains(where: isWordy)) {
                rest.append(blot)
                // American printing puts the sentence's point inside.
                if let last = inside.last, ".!?".contains(last), !known.contains(String(inside).lowercased()) {
                    rest.append(last)
                }
            } else {
                unknown.append(String(inside.map { $0 == blot ? "…" : $0 }))
                // Its numbers and names are looked at as well.
                rest += [" "] + inside + [" "]
            }
            at = end + 1
        }
        return (rest, unknown)
    }

    /// Where the quotation that opens here ends; nil where none does.
    private static func closing(_ text: [Character], _ at: Int) -> Int? {
        guard let pair = pairs.first(where: { $0.open == text[at] }) else { return nil }
        let isApostrophe = text[at] == "'" || text[at] == "‘"
        if isApostrophe, at > 0, isWordy(text[at - 1]) || text[at - 1] == blot { return nil }
        var end = at + 1
        while end < text.count {
            if pair.close.contains(text[end]) {
                let isInWord = end + 1 < text.count && isWordy(text[end + 1])
                if !(isInWord && (text[end] == "'" || text[end] == "’")) { return end > at + 1 ? end : nil }
            }
            end += 1
        }
        return nil
    }

    /// As names are compared in quotation marks: case, kinds of apostrophes and marks at the end do not count.
    private static func folded(_ name: String) -> String {
        var name = Substring(name.lowercased().replacing("’", with: "'").replacing("‘", with: "'"))
        while let last = name.last, ".,!?;: ".contains(last) { name.removeLast() }
        while name.first == " " { name.removeFirst() }
        return String(name)
    }
}

extension MaskedText {
    /// What would mean something to Markdown, HTML or a list; nil where there is nothing of the kind.
    var mark: String? {
        if let mark = rest.first(where: { "*_#[]{}|~^=".contains($0) }) { return "\"\(mark)\"" }
        if let first = rest.first, "-–—•".contains(first) { return "a list" }
        for piece in rest.split(separator: "&").dropFirst() {
            let name = piece.prefix { $0.isLetter || $0.isNumber || $0 == "#" }
            if !name.isEmpty, piece.dropFirst(name.count).first == ";" { return "\"&\(name);\"" }
        }
        return nil
    }

    var sentences: Int {
        var count = 0
        var isInside = false
        for character in rest {
            if ".!?…。！？".contains(character) {
                if isInside { count += 1 }
                isInside = false
            } else if !character.isWhitespace, !"\"”’»)".contains(character) {
                isInside = true
            }
        }
        return isInside ? count + 1 : count
    }

    /// Words with a capital where the language has none but for names. Where every noun has one nothing can be told.
    func unknownNames(_ language: String, _ facts: WordsFacts) -> [String] {
        guard !["de", "lb"].contains(language.prefix(2).lowercased()) else { return [] }
        var known = Self.common
        for phrase in facts.phrases where !phrase.needsQuotes {
            // "the Household", where the server is called "The Household".
            for word in phrase.text.split(whereSeparator: { !$0.isLetter }) { known.insert(word.lowercased()) }
        }
        var unknown: [String] = []
        var startsSentence = true
        for word in rest.split(whereSeparator: \.isWhitespace) {
            for piece in word.split(whereSeparator: { "-–—/(\"“„«‘".contains($0) }) {
                let letters = piece.drop { !$0.isLetter }.prefix { $0.isLetter || "'’".contains($0) }
                if let first = letters.first, first.isUppercase, !startsSentence {
                    let bare = letters.lowercased().split { "'’".contains($0) }.first.map { String($0) } ?? ""
                    if !known.contains(bare) { unknown.append(String(letters)) }
                }
                startsSentence = false
            }
            if let last = word.last(where: { !"\"”’»)".contains($0) }) { startsSentence = ".!?…:".contains(last) }
        }
        return unknown
    }

    private static let common: Set<String> = Set(
        (Calendar.months + Calendar.weekdays + ["I", "TV", "Plex", "OK"]).map { $0.lowercased() })
}
