// "Did you mean": how far apart two words are when a slip of the fingers is a wrong, missing, extra or swapped letter
// (Damerau and Levenshtein, each place edited once).

package enum Likeness {
    /// Case and the choice between `-` and `_` never matter in names.
    package static func folded(_ word: some StringProtocol) -> String {
        String(word.lowercased().map { $0 == "-" ? "_" : $0 })
    }

    package static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a.unicodeScalars), b = Array(b.unicodeScalars)
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                let cost = a[i - 1] == b[j - 1] ? 0 : 1
                row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }

    /// The known word that `typed` was probably meant to be, if any is near enough to be worth a question.
    package static func closest(to typed: String, among known: some Sequence<String>) -> String? {
        let typed = folded(typed)
        // Nobody mistypes a name of 40 letters; a paragraph is not worth the arithmetic.
        guard !typed.isEmpty, typed.unicodeScalars.count <= 40 else { return nil }
        var best: (word: String, distance: Int)?
        for word in known {
            let candidate = folded(word)
            let isBeginning = typed.count >= 3 && candidate.hasPrefix(typed)
            let distance = isBeginning ? 1 : distance(typed, candidate)
            let allowed = max(1, max(typed.count, candidate.count) / 3)
            if distance <= allowed, distance < best?.distance ?? .max { best = (word, distance) }
        }
        return best?.word
    }
}
