// A banner from whatever a model painted.

import Canvas
import Testing

@testable import Pictures

@Suite struct `A banner` {
    /// So many small squares of many colours that no JPEG of it is small.
    private func noise(_ width: Double, _ height: Double) throws -> [UInt8] {
        let canvas = try Canvas(width: width, height: height, scale: 1)
        var seed: UInt32 = 7
        for _ in 0..<12_000 {
            seed = seed &* 1_664_525 &+ 1_013_904_223
            let place = Rect(
                x: Double(seed >> 8 & 0xFFF) * width / 4096, y: Double(seed >> 20) * height / 4096, width: 7, height: 5)
            canvas.fill(place, Color(seed >> 4 & 0xFFFFFF))
        }
        return try canvas.png()
    }

    @Test func `is bounded whatever it shows`() throws {
        let picture = try Banner(noise(1536, 1024)).picture()
        #expect(picture.bytes.count <= 120_000 && picture.width <= 1200 && picture.width >= 300)
        #expect(picture.height == picture.width / 3 && picture.kind == .jpeg && picture.shownWidth == 600)
        let opened = try Image(picture.bytes)
        #expect(opened.width == picture.width && opened.height == picture.height)
    }

    @Test func `is three times as wide as high, and never enlarged`() throws {
        #expect(try Banner(noise(400, 400)).picture().width == 399)
        #expect(try Banner(noise(1000, 150)).picture().width == 450)
        #expect(throws: BannerRefusal.tooSmall(width: 299, height: 200)) { try Banner(noise(299, 200)).picture() }
    }

    @Test func `is not of one colour, nor of something that is no picture`() throws {
        for color in [Color(0), Color(0xFFFFFF), Color(0x204060, alpha: 0)] {
            let blank = try Canvas(width: 600, height: 200, scale: 1, background: color).png()
            #expect(throws: BannerRefusal.blank) { try Banner(blank).picture() }
        }
        #expect(throws: BannerRefusal.image(.unknownFormat)) { try Banner([1, 2, 3]).picture() }
        #expect(throws: BannerRefusal.image(.unknownFormat)) { try Banner([]).picture() }
    }
}
