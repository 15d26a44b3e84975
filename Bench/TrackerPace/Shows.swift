// Invented shows with names as people give them: a few hundred words, so that many names share some, and some are one
// another's namesakes.

internal import Domain
internal import Tracker

struct Shows {
    private static let words = """
        harbour night river glass winter summer lantern ferry station signal meadow copper silver shadow garden kitchen
        hospital island village border tower bridge market orchard thunder paper stranger sister brother captain doctor
        teacher painter keeper hunter builder sailor singer baker tailor judge witness letter promise secret silence
        mirror window door street corner mountain valley forest desert ocean storm rain snow wind fire ember ash stone
        iron gold velvet ivory scarlet crimson amber violet hollow broken hidden distant ancient modern quiet wild gentle
        cruel golden frozen burning sleeping running falling rising lost last first second seventh hundred north south
        east west upper lower little great old new young dark bright cold warm sweet bitter royal common public private
        """.split(whereSeparator: \.isWhitespace).map { String($0).capitalizedFirst }

    private var state: UInt64 = 20_261_121

    private mutating func dice(_ sides: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % sides
    }

    mutating func entry(_ number: Int) -> CatalogueEntry {
        var words = (0..<(1 + dice(3))).map { _ in Self.words[dice(Self.words.count)] }
        if dice(3) == 0 { words.insert("The", at: 0) }
        if dice(40) == 0 { words.append("\(1900 + dice(120))") }
        return CatalogueEntry(
            words.joined(separator: " "), year: 1960 + dice(66), ids: ShowIDs(tmdb: number, tvdb: 1_000_000 + number),
            hasEnded: true,
            episodes: number <= 1000
                ? (1...20).map { KnownEpisode(season: 1, number: $0, title: "Part \($0)") } : nil)
    }

    /// As a person or a folder misspells it.
    mutating func slip(_ name: String) -> String {
        var letters = Array(name)
        guard letters.count > 3 else { return name }
        letters.remove(at: 1 + dice(letters.count - 2))
        return String(letters)
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
