// Covers are fetched once, as long as they are the same and there is room.

import Testing

@testable import Music

@Suite struct `The shelf of covers` {
    private func path(_ album: Int, made: Int = 1_700_000_000) -> String { "/library/metadata/\(album)/thumb/\(made)" }

    @Test func `gives back what was put there, and nothing for a newer picture`() {
        let shelf = CoverShelf()
        shelf.put([1, 2], for: path(7))
        #expect(shelf[path(7)] == [1, 2])
        #expect(shelf[path(7, made: 1_700_000_001)] == nil)
        shelf.put([3], for: path(7))
        #expect(shelf[path(7)] == [3])
    }

    @Test func `drops the one looked at longest ago when it is full`() {
        let shelf = CoverShelf(most: 30)
        for album in 1...3 { shelf.put([UInt8](repeating: UInt8(album), count: 10), for: path(album)) }
        _ = shelf[path(1)]
        shelf.put([UInt8](repeating: 4, count: 5), for: path(4))
        #expect(shelf[path(2)] == nil)
        #expect(shelf[path(1)]?.count == 10 && shelf[path(3)]?.count == 10 && shelf[path(4)]?.count == 5)
        shelf.put([UInt8](repeating: 9, count: 31), for: path(5))
        #expect(shelf[path(5)] == nil && shelf[path(1)] != nil)
    }

    @Test(arguments: ["/:/resources/artist.png", "/library/metadata/7/thumb", "/library/metadata/7/thumb/3", ""])
    func `does not keep what may change under the same path`(path: String) {
        let shelf = CoverShelf()
        shelf.put([1], for: path)
        #expect(shelf[path] == nil)
    }
}
