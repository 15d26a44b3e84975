// A typed line taken apart into words. Double quotes of every keyboard hold words together, because phones make “these”
// out of "those"; single quotes stay letters, because titles are full of apostrophes.

import Domain

struct Word: Hashable {
    var text: String
    /// Began with a quote: never read as an option.
    var isQuoted: Bool
}

enum Words {
    private static let quotes: Set<Character> = ["\"", "“", "”", "„", "‟", "″", "＂", "«", "»"]

    /// The words of a line. `\"`, `\\` and `\ ` stand for the character itself.
    static func split(_ line: some StringProtocol) throws(Complaint) -> [Word] {
        var words: [Word] = []
        var word = Word(text: "", isQuoted: false)
        var isInWord = false
        var openedAt: Substring?
        var rest = Substring(line)

        while let character = rest.first {
            let here = rest
            rest.removeFirst()
            if character == "\\", let next = rest.first, next == "\\" || next.isWhitespace || quotes.contains(next) {
                word.text.append(next)
                rest.removeFirst()
                isInWord = true
            } else if openedAt != nil {
                if quotes.contains(character) { openedAt = nil } else { word.text.append(character) }
            } else if character.isWhitespace {
                if isInWord { words.append(word) }
                word = Word(text: "", isQuoted: false)
                isInWord = false
            } else if quotes.contains(character), !isInWord || word.text.hasSuffix("=") || word.text.hasSuffix(":") {
                // A quote inside a word, as in 7", is a letter like any other.
                openedAt = here
                if !isInWord { word.isQuoted = true }
                isInWord = true
            } else {
                word.text.append(character)
                isInWord = true
            }
        }
        if let openedAt {
            let beginning = String(openedAt.prefix(30))
            throw Complaint(
                "The quote that begins with \(code: beginning) is never closed.",
                advice: ["Put a second quote at its end, or write \(code: "\\\"") for a quote that is meant as itself."]
            )
        }
        if isInWord { words.append(word) }
        return words
    }
}
