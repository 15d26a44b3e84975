// Titles and names as people mean them: without case, accents, kinds of quotes and dashes, punctuation, as the indexes of
// MusicBrainz and of the catalogues of shows fold them.

package enum Folding {
    /// "Où vas‐tu ?" and "ou vas-tu" become "ou vas tu".
    package static func folded(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? foldedPlain(text) : foldedAny(text)
    }

    /// Most titles have no letter with a mark, and characters cost fifty times what bytes do.
    private static func foldedPlain(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 8)
        var isInWord = false
        func add(_ letters: some Sequence<UInt8>) {
            if !isInWord, !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
            isInWord = true
            bytes += letters
        }
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): add(CollectionOfOne(byte | 0x20))
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                add(CollectionOfOne(byte))
            case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "."): break
            case UInt8(ascii: "&"), UInt8(ascii: "+"):
                isInWord = false
                add("and".utf8)
                isInWord = false
            default: isInWord = false
            }
        }
        return bytes.isEmpty ? signs(text) : String(decoding: bytes, as: UTF8.self)
    }

    /// A title of nothing but signs ("?", "( )") is still a title.
    private static func signs(_ text: String) -> String { text.lowercased().filter { !$0.isWhitespace } }

    private static func foldedAny(_ text: String) -> String {
        var words: [String] = []
        var word = ""
        func end() {
            if !word.isEmpty { words.append(word) }
            word = ""
        }
        for character in text.lowercased() {
            if let plain = plain[character] {
                word += plain
            } else if silent.contains(character) {
                continue
            } else if character == "&" || character == "+" {
                end()
                words.append("and")
            } else if character.isLetter || character.isNumber || isPicture(character) {
                word.append(character)
            } else {
                end()
            }
        }
        end()
        return words.isEmpty ? signs(text) : words.joined(separator: " ")
    }

    /// For artists: "The Lantern Quintet" and "Lantern Quintet, The" are one name.
    package static func foldedName(_ name: String) -> String {
        var words = folded(name).split(separator: " ")
        if words.count > 1, words.first == "the" { words.removeFirst() }
        if words.count > 1, words.last == "the" { words.removeLast() }
        return words.joined(separator: " ")
    }

    /// How alike two folded texts are, by the threes of letters they share: 0…1.
    package static func likeness(_ a: String, _ b: String) -> Double {
        if a == b { return 1 }
        let first = trigrams(a)
        let second = trigrams(b)
        guard !first.isEmpty, !second.isEmpty else { return 0 }
        return 2 * Double(first.intersection(second).count) / Double(first.count + second.count)
    }

    private static func trigrams(_ text: String) -> Set<String> {
        let padded = Array("  \(text) ")
        guard padded.count > 3 else { return [] }
        return Set((0..<(padded.count - 2)).map { String(padded[$0..<($0 + 3)]) })
    }

    /// Apostrophes join: "L'été" is one word in some titles and "Lété" in others.
    private static let silent: Set<Character> = ["'", "’", "‘", "ʼ", "`", "´", "."]

    private static func isPicture(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { $0.properties.isEmoji && $0.value > 0xFF } ?? false
    }

    /// Letters with marks, by asking which letter and mark make them: characters compare by what they mean, however they
    /// are composed.
    private static let plain: [Character: String] = {
        var plain: [Character: String] = [
            "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
        ]
        for letter in "abcdefghijklmnopqrstuvwxyz" {
            for mark in UInt32(0x300)...0x331 {
                guard let scalar = Unicode.Scalar(mark) else { continue }
                plain[Character("\(letter)\(Character(scalar))")] = String(letter)
            }
        }
        return plain
    }()
}
