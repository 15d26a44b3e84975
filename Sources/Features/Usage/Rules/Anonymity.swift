// Who is called what. Where a channel asks for it people are "Viewer 1" and so on, the same for all streams of one person
// within one answer; their devices' names go too, for "Ann's Phone" tells it all. Addresses never pass: plex.tv gives an
// e-mail address as the name of whoever has chosen none.

package struct Anonymity: Sendable {
    private let hides: Bool
    private var numbers: [UsageStream.Person: Int] = [:]

    package init(hides: Bool, among streams: [UsageStream]) {
        self.hides = hides
        for stream in streams where numbers[Self.identity(stream.person)] == nil {
            numbers[Self.identity(stream.person)] = numbers.count + 1
        }
    }

    package func name(of person: UsageStream.Person) -> String {
        if hides { return "Viewer \(numbers[Self.identity(person)] ?? 0)" }
        let name = Self.withoutAddress(person.name)
        return name.isEmpty ? "Somebody" : name
    }

    /// "Living Room TV", and what it is: "Plex for LG, webOS".
    package func player(_ player: UsageStream.Player) -> (name: String, kind: String) {
        let name = hides ? "" : Self.withoutAddress(player.name)
        var kinds = [player.product, player.platform].filter { !$0.isEmpty && $0 != name }
        // "Plex for Android (TV), Android" says one thing twice.
        if kinds.count == 2, kinds[0].lowercased().contains(kinds[1].lowercased()) { kinds.removeLast() }
        return (name, kinds.joined(separator: ", "))
    }

    /// By id where there is one: two people may have one name.
    private static func identity(_ person: UsageStream.Person) -> UsageStream.Person {
        person.id == nil ? person : UsageStream.Person(id: person.id, name: "")
    }

    static func withoutAddress(_ name: String) -> String {
        let words = name.split(separator: " ", omittingEmptySubsequences: true).compactMap { word -> Substring? in
            if isInternetAddress(word) { return nil }
            // "@everyone" is a silly name and no address; "ann@mail.example" is one.
            guard let at = word.firstIndex(of: "@"), at != word.startIndex, word[at...].contains(".") else {
                return word
            }
            return word[..<at]
        }
        return words.joined(separator: " ")
    }

    private static func isInternetAddress(_ word: Substring) -> Bool {
        let digits = "0123456789abcdefABCDEF.:[]"
        let looksLikeOne = word.allSatisfy { digits.contains($0) }
        let dots = word.count { $0 == "." }
        let colons = word.count { $0 == ":" }
        return looksLikeOne && (dots == 3 || colons >= 2)
    }
}
