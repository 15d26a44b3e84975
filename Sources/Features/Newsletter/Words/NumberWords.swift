// Numbers in words: English ones with all their compounds, in a few other languages those up to twelve that are nothing
// else besides. "One" and "first" are left alone, being pronouns and adverbs more often than numbers.

enum NumberWords {
    private static let percent: Set<String> = ["percent", "percents", "pct", "pourcent", "procent", "prozent"]
    private static let percentPairs = ["per cent", "per cento", "por ciento", "por cento", "pour cent"]

    /// Whether what follows a number makes it one of a hundred.
    static func isPercent(_ tokens: ArraySlice<NumberReading.Token>) -> Bool {
        guard let first = tokens.first else { return false }
        switch first {
        case .percent: return true
        case .word(let word):
            if percent.contains(word) { return true }
            guard case .word(let other)? = tokens.dropFirst().first else { return false }
            return percentPairs.contains("\(word) \(other)")
        default: return false
        }
    }

    private static let small = [
        "zero": 0, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
        "eighteen": 18, "nineteen": 19, "twice": 2, "thrice": 3, "dozen": 12, "second": 2, "third": 3, "fourth": 4,
        "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
    ]
    private static let tens = [
        "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    ]
    private static let scales = [
        "hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 1_000_000_000,
    ]
    /// A number claimed, though nobody can say which.
    private static let vague: Set<String> = [
        "dozens", "hundreds", "thousands", "millions", "half", "halved", "doubled", "double", "tripled", "triple",
        "quadrupled", "quarter", "twofold", "threefold",
    ]

    /// Two to twelve.
    private static let others: [String: [[String]]] = [
        "de": [
            ["zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"]
        ],
        "fr": [
            ["deux", "trois", "quatre", "cinq", "six", "sept", "huit", "", "dix", "onze", "douze"]
        ],
        "es": [
            ["dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"]
        ],
        "it": [
            ["due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove", "dieci", "undici", "dodici"]
        ],
        "pt": [
            ["dois", "três", "quatro", "cinco", "seis", "sete", "oito", "nove", "dez", "onze", "doze"],
            ["duas"],
        ],
        "nl": [
            ["twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"]
        ],
    ]

    private static let byLanguage: [String: [String: Int]] = others.mapValues { columns in
        var values: [String: Int] = [:]
        for column in columns {
            for (place, word) in column.enumerated() where !word.isEmpty { values[word] = place + 2 }
        }
        return values
    }

    /// "3 million", "12k".
    static func factor(_ word: String) -> Int? { scales[word] ?? ["k": 1000, "m": 1_000_000, "dozen": 12][word] }

    /// A number that begins here: its value (nil: none that can be checked), how many tokens it is, and its words.
    static func read(
        _ tokens: ArraySlice<NumberReading.Token>, language: String
    ) -> (value: Int?, count: Int, text: String)? {
        guard case .word(let first)? = tokens.first else { return nil }
        if let value = byLanguage[String(language.prefix(2)).lowercased()]?[first] { return (value, 1, first) }
        if vague.contains(first) { return (nil, 1, first) }
        var (total, part, count, end) = (0, 0, 0, 0)
        var hasNumber = false
        var words: [String] = []
        for token in tokens {
            if token == .hyphen, hasNumber {
                // Whether it goes on is for the next word to say.
                count += 1
                continue
            }
            guard case .word(let word) = token else { break }
            if let value = small[word] ?? tens[word] ?? (hasNumber && word == "one" ? 1 : nil) {
                // "twenty-two", "a hundred and five"; else the next number begins here.
                let isUnit = value < 10 && part % 10 == 0 && part % 100 >= 20
                guard part % 100 == 0 || isUnit else { break }
                part += value
            } else if let scale = scales[word] {
                if scale == 100 {
                    part = max(1, part).times(100) ?? 0
                } else {
                    total += max(1, part).times(scale) ?? 0
                    part = 0
                }
            } else if word == "and", hasNumber {
                count += 1
                continue
            } else {
                break
            }
            hasNumber = true
            words.append(word)
            count += 1
            end = count
        }
        return hasNumber ? (total + part, end, words.joined(separator: " ")) : nil
    }
}
