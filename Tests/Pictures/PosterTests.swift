// A poster of any kind becomes a small JPEG, and none at all becomes a card.

import Canvas
import Pictures
import Testing

@Suite struct `A poster` {
    static let png = (try? Canvas(width: 100, height: 150, scale: 1, background: Color(0xC81E64)).png()) ?? []

    @Test(arguments: [(92, 138), (92, 92), (60, 90)]) func `becomes a JPEG of the size asked for`(
        width: Int, height: Int
    ) throws {
        let picture = try Poster("Dune", bytes: Self.png).thumbnail(named: "dune.jpg", width: width, height: height)
        #expect(picture.kind.mediaType == "image/jpeg" && picture.name == "dune.jpg")
        #expect(picture.shownWidth == width && picture.shownHeight == height)
        let shot = try Shot(picture.bytes)
        #expect(shot.width == 2 * width && shot.height == 2 * height)
        for (x, y) in [(2, 2), (2 * width - 3, 2 * height - 3)] {
            #expect(abs(shot.color(x: x, y: y).red - 0xC8 / 255.0) < 0.05)
        }
        #expect(picture.alternativeText == "Dune.")
    }

    static let bad: [[UInt8]?] = [
        nil, [], [1, 2, 3], Array("<html>".utf8), Array(png.prefix(50)), [0xFF, 0xD8, 0xFF, 0, 0],
        try? Canvas(width: 1, height: 1, scale: 1).png(), png + [UInt8](repeating: 0, count: 20 << 20),
    ]

    @Test(arguments: bad.indices) func `becomes a card where it is missing or broken`(index: Int) throws {
        #expect(try Poster("Dune", bytes: Self.bad[index]).thumbnail() == Poster("Dune", bytes: nil).thumbnail())
        #expect(
            try Poster("Dune", bytes: Self.bad[index]).thumbnail().bytes != Poster("Bear", bytes: nil).thumbnail().bytes
        )
    }

    @Test func `keeps within its bytes however busy it is`() throws {
        let canvas = try Canvas(width: 184, height: 276, scale: 1)
        var number: UInt32 = 7
        for place in 0..<184 * 276 {
            number = number &* 1_664_525 &+ 1_013_904_223
            canvas.fill(Rect(x: Double(place % 184), y: Double(place / 184), width: 1, height: 1), Color(number >> 8))
        }
        #expect(try Poster("Noise", bytes: canvas.png()).thumbnail().bytes.count <= 12_000)
    }

    @Test(arguments: hardNames) func `has a card for every title`(title: String) throws {
        let picture = try Poster(title, bytes: nil).thumbnail()
        #expect(picture.bytes.count <= 8000 && !picture.alternativeText.isEmpty)
    }
}
