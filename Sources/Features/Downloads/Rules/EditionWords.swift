// "Uncut" in a name says that the film is a rare edition, unless the film is called Uncut Gems. Several words together
// ("director's cut") count wherever they stand as whole words; a single word counts in the edition, in a title where it
// is set apart (in brackets, after a colon or a dash), and in another name of the film when its title has no such word.

internal import Domain

struct EditionWords {
    struct Found: Hashable {
        var phrase: String
        var place: String
    }

    private let phrases: [(spelling: String, words: [String])]

    init(_ phrases: [String]) {
        self.phrases = phrases.map { ($0, Self.words($0)) }.filter { !$0.1.isEmpty }
    }

    func found(title: String, edition: String, names: [String]) -> Found? {
        for phrase in phrases {
            if Self.has(phrase.words, in: Self.words(edition)) {
                return Found(phrase: phrase.spelling, place: "the edition")
            }
        }
        let titleWords = Self.words(title)
        let apart = Self.setApart(title).map(Self.words)
        for phrase in phrases {
            let isInTitle = Self.has(phrase.words, in: titleWords)
            if isInTitle, phrase.words.count > 1 || apart.contains(where: { Self.has(phrase.words, in: $0) }) {
                return Found(phrase: phrase.spelling, place: "the title")
            }
            for name in names where !isInTitle && Self.has(phrase.words, in: Self.words(name)) {
                return Found(phrase: phrase.spelling, place: "“\(name)”")
            }
        }
        return nil
    }

    /// An apostrophe is part of a word: "director's", "director’s" and "directors" are one.
    static func words(_ text: String) -> [String] {
        text.lowercased().filter { $0 != "'" && $0 != "’" && $0 != "ʼ" }
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func has(_ phrase: [String], in words: [String]) -> Bool {
        guard phrase.count <= words.count else { return false }
        return (0...(words.count - phrase.count)).contains { Array(words[$0..<($0 + phrase.count)]) == phrase }
    }

    /// What stands in brackets, and what follows a colon or a dash with a space beside it.
    private static func setApart(_ title: String) -> [String] {
        var parts: [String] = []
        var (inside, isInside) = ("", false)
        for character in title {
            if "([{".contains(character) {
                (inside, isInside) = ("", true)
            } else if ")]}".contains(character) {
                if isInside { parts.append(inside) }
                isInside = false
            } else if isInside {
                inside.append(character)
            }
        }
        for mark in [": ", " - ", " – ", " — "] {
            if let range = title.firstRange(of: mark) { parts.append(String(title[range.upperBound...])) }
        }
        return parts
    }
}
