// Long texts shown short: what two of them have in common is left out but for a little around the difference, and what
// is left out is counted.

enum Excerpt {
    private static let most = 900
    private static let around = 160

    static func pair(_ before: String, _ after: String) -> (String, String) {
        if [before, after].allSatisfy({ $0.unicodeScalars.count <= most }) { return (before, after) }
        let first = Array(before), second = Array(after)
        var front = 0
        while front < min(first.count, second.count), first[front] == second[front] { front += 1 }
        var back = 0
        while back < min(first.count, second.count) - front,
            first[first.count - 1 - back] == second[second.count - 1 - back]
        {
            back += 1
        }
        return (part(first, front, back), part(second, front, back))
    }

    private static func part(_ text: [Character], _ front: Int, _ back: Int) -> String {
        let start = max(0, front - around)
        let end = min(text.count, text.count - back + around)
        var shown = String(text[start..<max(start, end)])
        shown = cut(shown, to: most)
        let left = start, right = text.count - max(start, end)
        return (left > 0 ? "[… \(left) characters …]" : "") + shown + (right > 0 ? "[… \(right) characters …]" : "")
    }

    static func cut(_ text: String, to most: Int) -> String {
        guard text.unicodeScalars.count > most else { return text }
        var kept = ""
        var room = most - 1
        for character in text {
            room -= character.unicodeScalars.count
            if room < 0 { break }
            kept.append(character)
        }
        return kept + "…"
    }
}
