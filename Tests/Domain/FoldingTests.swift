// Titles as people mean them.

import Domain
import Testing

@Suite struct `A folded title` {
    @Test(arguments: [
        ("Où vas-tu ?", "ou vas tu"), ("Crème de la crème brûlée", "creme de la creme brulee"),
        ("Signals / Noise", "signals noise"), ("Stone, Moss & Ember", "stone moss and ember"),
        ("Don’t", "dont"), ("Don't", "dont"), ("Smørrebrød", "smorrebrod"), ("N38 🚌💨", "n38 🚌💨"), ("?", "?"),
        ("BLUE  HARBOUR", "blue harbour"), ("e\u{301}te\u{301}", "ete"),
    ])
    func `forgets case, accents and signs`(text: String, expected: String) {
        #expect(Folding.folded(text) == expected)
    }

    /// Texts without marks are folded in a way of their own: with one behind them they go the other way.
    @Test func `is the same by bytes and by characters`() {
        let signs = (0..<128).map { Character(Unicode.Scalar(UInt8($0))) }
        for first in signs {
            for second in signs {
                let text = "Ab\(first)\(second)c9"
                #expect(
                    Folding.folded("\(text) é") == Folding.folded(text) + " e", "\(first.debugDescription) \(second)")
            }
        }
        #expect(Folding.folded(" ( ) ") == "()" && Folding.folded("") == "" && Folding.folded("&") == "and")
    }

    @Test(arguments: ["The Lantern Quintet", "Lantern Quintet, The", "LANTERN QUINTET"])
    func `forgets the article of a name`(name: String) {
        #expect(Folding.foldedName(name) == "lantern quintet")
    }

    @Test func `knows likeness from sameness`() {
        #expect(Folding.likeness("blue harbour", "blue harbour") == 1)
        #expect(Folding.likeness("blue harbour", "blue harbor") > 0.7)
        #expect(Folding.likeness("blue harbour", "night ferry") < 0.2)
    }
}
