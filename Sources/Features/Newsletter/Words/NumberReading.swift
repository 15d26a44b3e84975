// The numbers in a text: in digits of any script, in grouped and ordinal forms, and the smaller ones in words. It rather
// reads a number too many than one too few. Pure.

struct FoundNumber: Hashable, Sendable {
    /// What it may mean: "1.204" is 1204 to some and no whole number to others. Empty: nothing that facts could hold.
    var values: Set<Int>
    var isPercent = false
    /// As it stands there.
    var text: String
}

enum NumberReading {
    static func hasNumber(_ text: String) -> Bool { !numbers(in: text, language: "").isEmpty }

    static func numbers(in text: String, language: String) -> [FoundNumber] {
        let tokens = Token.split(text)
        var found: [FoundNumber] = []
        var next = 0
        while next < tokens.count {
            var number: FoundNumber
            switch tokens[next] {
            case .digits(let text):
                number = FoundNumber(values: DigitReading.values(of: text), text: text)
                next += 1
                if next < tokens.count, case .word(let word) = tokens[next], let factor = NumberWords.factor(word) {
                    number.values = Set(number.values.compactMap { $0.times(factor) })
                    number.text += " \(word)"
                    next += 1
                }
            case .oddNumber(let text):
                number = FoundNumber(values: [], text: text)
                next += 1
            case .word:
                guard let (value, count, text) = NumberWords.read(tokens[next...], language: language) else {
                    next += 1
                    continue
                }
                number = FoundNumber(values: value.map { [$0] } ?? [], text: text)
                next += count
            case .percent, .hyphen, .other:
                next += 1
                continue
            }
            number.isPercent = NumberWords.isPercent(tokens[next...])
            found.append(number)
        }
        return found
    }

    enum Token: Hashable {
        /// ASCII digits, with what groups or divides them.
        case digits(String)
        /// "½", "Ⅻ", "①": a number nobody asked for.
        case oddNumber(String)
        /// Lowercased.
        case word(String)
        case percent
        case hyphen
        case other

        static func split(_ text: String) -> [Token] {
            let scalars = Array(text.unicodeScalars)
            var tokens: [Token] = []
            var at = 0
            while at < scalars.count {
                let scalar = scalars[at]
                if digit(scalar) != nil {
                    var digits = ""
                    while at < scalars.count {
                        if let value = digit(scalars[at]) {
                            digits += "\(value)"
                        } else if DigitReading.isSeparator(scalars[at]), at + 1 < scalars.count,
                            digit(scalars[at + 1]) != nil
                        {
                            digits.unicodeScalars.append(scalars[at])
                        } else {
                            break
                        }
                        at += 1
                    }
                    tokens.append(.digits(digits))
                    continue
                }
                if scalar.properties.isAlphabetic {
                    var word = ""
                    while at < scalars.count, scalars[at].properties.isAlphabetic || isMark(scalars[at]) {
                        guard !isOddNumber(scalars[at]) else { break }
                        word.unicodeScalars.append(scalars[at])
                        at += 1
                    }
                    if !word.isEmpty {
                        tokens.append(.word(word.lowercased()))
                        continue
                    }
                }
                if isOddNumber(scalar) {
                    tokens.append(.oddNumber(String(Character(scalar))))
                } else if ["%", "٪", "％", "‰"].contains(scalar) {
                    tokens.append(.percent)
                } else if ["-", "\u{2010}", "\u{2011}"].contains(scalar) {
                    tokens.append(.hyphen)
                } else if !scalar.properties.isWhitespace {
                    tokens.append(.other)
                }
                at += 1
            }
            return tokens
        }

        private static func digit(_ scalar: Unicode.Scalar) -> Int? {
            guard scalar.properties.generalCategory == .decimalNumber else { return nil }
            return scalar.properties.numericValue.flatMap { Int(exactly: $0) }
        }

        private static func isOddNumber(_ scalar: Unicode.Scalar) -> Bool {
            [.letterNumber, .otherNumber].contains(scalar.properties.generalCategory)
        }

        private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
            [.nonspacingMark, .spacingMark].contains(scalar.properties.generalCategory)
        }
    }
}

enum DigitReading {
    /// Point, comma, apostrophes, and the narrow spaces that group digits in print.
    static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        [".", ",", "'", "’", "\u{A0}", "\u{2009}", "\u{202F}", "٬", "٫"].contains(scalar)
    }

    static func values(of text: String) -> Set<Int> {
        let pieces = text.unicodeScalars.split(whereSeparator: isSeparator).map { String($0) }
        guard pieces.count > 1 else { return Int(text).map { [$0] } ?? [] }
        let isGrouped = (1...3).contains(pieces[0].count) && pieces.dropFirst().allSatisfy { $0.count == 3 }
        guard isGrouped, let value = Int(pieces.joined()) else { return [] }
        return [value]
    }
}

extension Int {
    func times(_ factor: Int) -> Int? {
        let (product, isTooMuch) = multipliedReportingOverflow(by: factor)
        return isTooMuch ? nil : product
    }
}
