// Whether what a model wrote may stand in a letter: nothing in it that is not in the facts it was told, as far as that can
// be seen without understanding it, and nothing but words. Pure. The rules: docs/newsletter-words.md.

package enum WordsVerdict: Hashable, Sendable {
    /// As it may be shown.
    case fine(String)
    case refused([WordsFault])
}

/// What is wrong, in words for the model, which gets one more try, and for the owner.
package enum WordsFault: Hashable, Sendable, CustomStringConvertible {
    case length(Int)
    case sentences(Int)
    case paragraphs
    case link(String)
    case mark(String)
    case emoji
    case hidden
    /// It talks to us, not to the readers.
    case chatter(String)
    case number(String)
    case percent(String)
    case quoted(String)
    case named(String)

    package var description: String {
        switch self {
        case .length(let count):
            "it has \(count) characters; it must have \(WordsCheck.lengths.lowerBound) to "
                + "\(WordsCheck.lengths.upperBound)"
        case .sentences(let count): "it has \(count) sentences; it must have 2 to 4"
        case .paragraphs: "it must be one paragraph, without line breaks"
        case .link(let text): "it has a link in it: \(text)"
        case .mark(let mark): "it must be plain text, without \(mark)"
        case .emoji: "it must have no emoji"
        case .hidden: "it has invisible characters in it"
        case .chatter(let text): "it must be the introduction and nothing else, not \"\(text)\""
        case .number(let text): "the number \"\(text)\" is not in the facts"
        case .percent(let text): "the percentage \"\(text)\" is not in the facts"
        case .quoted(let text): "\"\(text)\" is in quotation marks and no title of the facts"
        case .named(let text): "\"\(text)\" is a name that is not in the facts"
        }
    }
}

package enum WordsCheck {
    static let lengths = 40...800
    /// Two to four are asked for; one more does no harm.
    static let sentences = 1...5

    /// - Parameter language: as it was asked for, "en" or "de-AT": says how number words and capitals are read
    package static func verdict(_ text: String, _ facts: WordsFacts, in language: String = "en") -> WordsVerdict {
        let text = tidied(text)
        guard lengths.contains(text.count) else { return .refused([.length(text.count)]) }
        var faults = outward(text)
        let masked = MaskedText(text, facts.phrases)
        if !faults.contains(.paragraphs), let mark = masked.mark { faults.append(.mark(mark)) }
        if !sentences.contains(masked.sentences) { faults.append(.sentences(masked.sentences)) }
        faults += masked.unknownQuotes.map { .quoted($0) }
        faults += numbers(masked.rest, facts, language)
        faults += masked.unknownNames(language, facts).map { .named($0) }
        return faults.isEmpty ? .fine(text) : .refused(faults)
    }

    /// Without the space around it, and the quotation marks that some models put around all they say.
    private static func tidied(_ text: String) -> String {
        var rest = Substring(text)
        func trim() {
            while let first = rest.first, first.isWhitespace { rest.removeFirst() }
            while let last = rest.last, last.isWhitespace { rest.removeLast() }
        }
        trim()
        let inner = rest.dropFirst().dropLast()
        if rest.first == "\"", rest.last == "\"", !inner.contains("\"") {
            rest = inner
            trim()
        }
        return String(rest)
    }

    /// What can be seen without knowing the facts.
    private static func outward(_ text: String) -> [WordsFault] {
        var faults: [WordsFault] = []
        if text.contains(where: \.isNewline) { faults.append(.paragraphs) }
        if text.unicodeScalars.contains(where: { PlainName.isHidden($0) && !Character($0).isNewline }) {
            faults.append(.hidden)
        }
        if let link = PlainName.link(in: text) { faults.append(.link(link)) }
        if let mark = text.first(where: { "<>@＠`\\".contains($0) }) { faults.append(.mark("\"\(mark)\"")) }
        if text.unicodeScalars.contains(where: { $0.properties.isEmojiPresentation || $0.value == 0xFE0F }) {
            faults.append(.emoji)
        }
        if let words = chatter(text) { faults.append(.chatter(words)) }
        return faults
    }

    private static let openings = [
        "sure", "certainly", "of course", "here is", "here's", "here are", "as an ai", "i'm sorry", "i am sorry",
        "sorry", "i cannot", "i can't", "i can not", "i am unable", "i'm unable", "as a language model", "okay,", "ok,",
        "introduction:", "intro:",
    ]
    private static let confessions = [
        "language model", "as an ai", "i cannot", "i can't", "json", "the facts provided", "the provided facts",
        "the instructions", "system prompt",
    ]

    private static func chatter(_ text: String) -> String? {
        let low = text.lowercased().replacing("’", with: "'")
        return openings.first { low.hasPrefix($0) } ?? confessions.first { low.contains($0) }
    }

    private static func numbers(_ text: String, _ facts: WordsFacts, _ language: String) -> [WordsFault] {
        NumberReading.numbers(in: text, language: language).compactMap { number in
            if number.isPercent {
                return number.values.isDisjoint(with: facts.percents) ? .percent("\(number.text) %") : nil
            }
            if !number.values.isDisjoint(with: facts.counts) { return nil }
            // A year is four digits and nothing else.
            let isYear = number.text.count == 4 && !number.values.isDisjoint(with: facts.years)
            return isYear ? nil : .number(number.text)
        }
    }
}
