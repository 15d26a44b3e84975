// The setting PLAYLISTS, as people write it.

import Testing

@testable import Music

@Suite struct `The setting for playlists` {
    @Test(arguments: [
        ("My Top Rated: >=4", PlaylistWish.standard),
        ("  My Top Rated :≥ 4 stars ,best first;", .standard),
        ("Five Stars: =5, newest first", PlaylistWish("Five Stars", least: 10, order: .newest)),
        (
            "Quiet: 3.5-4.5, in Jazz, in \"Rock, etc.\", limit 200, keep order",
            PlaylistWish("Quiet", least: 7, most: 9, sections: ["Jazz", "Rock, etc."], order: .keep, limit: 200)
        ),
        ("Never again: <=1.5★", PlaylistWish("Never again", least: 1, most: 3)),
        ("\"A; B: C\": =4", PlaylistWish("A; B: C", least: 8, most: 8)),
        ("Mix: the best: >=4.5", PlaylistWish("Mix: the best", least: 9)),
        ("12\" Mixes 🎺: >=4", PlaylistWish("12\" Mixes 🎺", least: 8)),
        ("@everyone: >=4", PlaylistWish("@everyone", least: 8)),
    ])
    func `is read as it is meant`(text: String, wish: PlaylistWish) throws {
        #expect(try PlaylistWishes.read(text) == [wish])
    }

    @Test func `holds as many as wanted, or none`() throws {
        #expect(
            try PlaylistWishes.read(PlaylistWishes.example).map(\.title) == ["My Top Rated", "Five Stars", "Quiet"])
        #expect(try PlaylistWishes.read(PlaylistWishes.standard) == [.standard])
        #expect(try PlaylistWishes.read(" ; ").isEmpty)
    }

    @Test(arguments: [
        ("My Top Rated", "“My Top Rated” says no stars"), ("Best: 4", "does not begin with stars"),
        ("Best: >=6", "does not begin with stars"), ("Best: >=0", "does not begin with stars"),
        ("Best: >4", "does not begin with stars"), ("Best: 5-4", "does not begin with stars"),
        ("Best: nan-nan", "does not begin with stars"),
        (": >=4", "has no name"), ("Best: >=4, loudest first", "“loudest first” is not understood"),
        ("Best: >=4, limit none", "“limit none” is not understood"), ("A: =5; A: =4", "Two playlists are called “A”"),
    ])
    func `says what is wrong, with an example`(text: String, sentence: String) {
        let error = #expect(throws: PlaylistWishError.self) { try PlaylistWishes.read(text) }
        #expect(error?.description.contains(sentence) == true)
        #expect(error?.description.contains("For example: My Top Rated: >=4;") == true)
    }
}
