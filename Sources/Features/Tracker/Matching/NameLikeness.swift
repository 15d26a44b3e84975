// How alike two names look. It ranks what an admin is shown and never maps anything by itself: names a letter apart are
// different shows as often as not ("Hawaii Five-0" and "Hawaii Five-O").

package enum NameLikeness {
    /// The three-letter pieces of all words, each with two blanks before it and one after.
    package static func trigrams(_ text: String) -> Set<String> {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return plainTrigrams(text) }
        var pieces: Set<String> = []
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let padded = Array("  \(word) ")
            for start in 0...(padded.count - 3) { pieces.insert(String(padded[start..<start + 3])) }
        }
        return pieces
    }

    /// The same of bytes, of which most names consist.
    private static func plainTrigrams(_ text: String) -> Set<String> {
        var pieces: Set<String> = []
        let words = text.lowercased().utf8.split { byte in
            !(UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte)
        }
        for word in words {
            let padded = [0x20, 0x20] + Array(word) + [0x20]
            for start in 0...(padded.count - 3) {
                pieces.insert(String(decoding: padded[start..<start + 3], as: UTF8.self))
            }
        }
        return pieces
    }

    /// 0…1: shared pieces of all pieces.
    package static func trigram(_ a: String, _ b: String) -> Double { trigram(trigrams(a), trigrams(b)) }

    package static func trigram(_ a: Set<String>, _ b: Set<String>) -> Double {
        let shared = a.intersection(b).count
        let all = a.count + b.count - shared
        return all == 0 ? 0 : Double(shared) / Double(all)
    }

    /// Jaro's measure, with Winkler's reward for a common beginning.
    package static func jaroWinkler(_ a: String, _ b: String) -> Double {
        let (a, b) = (Array(a), Array(b))
        if a == b { return 1 }
        guard !a.isEmpty, !b.isEmpty else { return 0 }
        let reach = max(0, max(a.count, b.count) / 2 - 1)
        var taken = [Bool](repeating: false, count: b.count)
        var (mine, theirs): ([Character], [Character]) = ([], [])
        for (place, letter) in a.enumerated() {
            let (low, high) = (max(0, place - reach), min(b.count - 1, place + reach))
            guard low <= high, let hit = (low...high).first(where: { !taken[$0] && b[$0] == letter }) else { continue }
            taken[hit] = true
            mine.append(letter)
        }
        guard !mine.isEmpty else { return 0 }
        for (place, letter) in b.enumerated() where taken[place] { theirs.append(letter) }
        let swapped = zip(mine, theirs).count { $0 != $1 } / 2
        let common = Double(mine.count)
        let jaro =
            (common / Double(a.count) + common / Double(b.count) + (common - Double(swapped)) / common) / 3
        let prefix = zip(a, b).prefix(4).prefix { $0 == $1 }.count
        return jaro + 0.1 * Double(prefix) * (1 - jaro)
    }
}
