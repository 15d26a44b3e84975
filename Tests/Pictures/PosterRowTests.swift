// A row of posters is numbered, says in words what it shows, and has a tile where a poster is missing or broken.

import Canvas
import Pictures
import Testing

@Suite struct `A row of posters` {
    @Test func `numbers what it shows, in words too`() throws {
        let row = PosterRow(
            title: "Which one is it?",
            entries: [
                .init("The Allotment", year: 2003, poster: `A poster`.png), .init("The Allotment", year: 2004),
                .init("Elsewhere", poster: [1, 2, 3]),
            ])
        let picture = try row.picture()
        #expect(picture.kind == .png && picture.shownWidth == 600)
        #expect(picture.alternativeText.contains("1: The Allotment (2003)"))
        #expect(picture.alternativeText.contains("3: Elsewhere"))
        // The first is the poster itself; the second, without one, is not.
        let shot = try Shot(picture.bytes)
        func isPoster(_ x: Double) -> Bool {
            abs(shot.color(x: Int(2 * x), y: shot.height / 2).red - 0xC8 / 255.0) < 0.05
        }
        #expect(isPoster(70) && !isPoster(190))
    }

    @Test func `shows no more than five`() throws {
        let row = PosterRow(title: "Which?", entries: (1...9).map { .init("Show \($0)") })
        #expect(row.entries.count == 5)
        let text = try row.picture().alternativeText
        #expect(text.contains("5: Show 5") && !text.contains("Show 6"))
    }
}
