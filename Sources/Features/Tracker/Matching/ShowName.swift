// A show's name as people and programs write it: "The Office (US)", "V (2009)", "Firm, The". What stands in brackets at the
// end is a fact about the show and not part of its name; a bare number is part of it ("1923", "24", "90210").

internal import Domain

package struct ShowName: Sendable, Hashable {
    package var raw: String
    /// Without case, marks and signs; "&" is "and".
    package var folded: String
    /// Without a leading or trailing article: what namesakes share.
    package var key: String
    /// As `folded`, and "&" is nothing: "North & South" and "North and South" are two shows.
    package var spelled: String
    package var year: Int?
    package var country: String?

    package init(_ raw: String) {
        self.raw = raw
        var text = Substring(raw)
        while let (rest, inside) = Self.bracket(text) {
            if let found = Self.year(inside), year == nil {
                year = found
            } else if let found = Country.inBrackets(inside), country == nil {
                country = found
            } else {
                break
            }
            text = rest
        }
        let bare = Self.articleFirst(String(text))
        folded = Folding.folded(bare)
        let hasSigns = bare.utf8.contains { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "+") }
        spelled =
            hasSigns ? Folding.folded(bare.replacing("&", with: " ").replacing("+", with: " ")) : folded
        key = Self.withoutArticle(folded)
    }

    /// "The Office (US)" is "The Office" and "US"; nil where no bracket ends it or nothing stands before it.
    private static func bracket(_ text: Substring) -> (rest: Substring, inside: Substring)? {
        guard let end = text.lastIndex(where: { !$0.isWhitespace }), text[end] == ")",
            let start = text[..<end].lastIndex(of: "(")
        else { return nil }
        let rest = text[..<start]
        guard rest.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        return (rest, text[text.index(after: start)..<end])
    }

    private static func year(_ text: Substring) -> Int? {
        guard text.utf8.count == 4, let year = Int(text), (1900...2100).contains(year) else { return nil }
        return year
    }

    /// "Firm, The" is "The Firm".
    private static func articleFirst(_ text: String) -> String {
        let lowered = text.lowercased()
        for article in [", the", ", an", ", a"] where lowered.hasSuffix(article) {
            return "\(article.dropFirst(2)) \(text.dropLast(article.count))"
        }
        return text
    }

    private static func withoutArticle(_ folded: String) -> String {
        let words = folded.split(separator: " ")
        guard words.count > 1, let first = words.first, ["the", "a", "an"].contains(first) else { return folded }
        return words.dropFirst().joined(separator: " ")
    }
}

/// As two letters; "UK" and "USA" are what people write.
package enum Country {
    package static func code(_ text: String) -> String? {
        let upper = text.uppercased()
        switch upper {
        case "UK": return "GB"
        case "USA": return "US"
        default:
            let isCode = upper.utf8.count == 2 && upper.utf8.allSatisfy { (0x41...0x5A).contains($0) }
            return isCode ? upper : nil
        }
    }

    /// Only those that are told apart so: "(IT)" may be a title's own.
    static func inBrackets(_ text: Substring) -> String? {
        guard text == text.uppercased()[...] else { return nil }
        let usual: Set = [
            "US", "USA", "UK", "GB", "AU", "CA", "NZ", "IE", "DE", "FR", "ES", "SE", "NO", "DK", "NL", "JP", "KR", "IN",
            "BR", "TR",
        ]
        return usual.contains(String(text)) ? code(String(text)) : nil
    }
}
