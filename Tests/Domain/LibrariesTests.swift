// Which libraries somebody may see, and how that is kept.

import Domain
import Testing

@Suite struct `The libraries somebody may see` {
    @Test(arguments: [Libraries.all, .only([]), .only([3]), .only([12, 3, 1])])
    func `are read as they were written`(libraries: Libraries) {
        #expect(Libraries(libraries.description) == libraries)
    }

    @Test(arguments: ["everything", "1,x", "1;2"]) func `are not guessed`(text: String) {
        #expect(Libraries(text) == nil)
    }

    @Test func `of two people together are what both may see`() {
        #expect(Libraries.all.intersection(.all) == .all)
        #expect(Libraries.all.intersection(.only([1])) == .only([1]))
        #expect(Libraries.only([1, 2]).intersection(.only([2, 3])) == .only([2]))
        #expect(Libraries.all.contains(9) && Libraries.only([1]).contains(1) && !Libraries.only([1]).contains(2))
    }
}
