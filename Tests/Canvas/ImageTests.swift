// Posters come from anywhere: good ones are shown, all others refused, and none harms.

@testable import Canvas
import Testing

@Suite struct `Images` {
    static let png = (try? draw()) ?? []

    private static func draw() throws -> [UInt8] {
        let canvas = try Canvas(width: 16, height: 8, scale: 2, background: Color(0xDC2828))
        canvas.fill(Rect(x: 8, y: 0, width: 8, height: 8), Color(0x283CDC))
        return try canvas.png()
    }

    @Test(arguments: [png, SmallJPEG.baseline, SmallJPEG.progressive])
    func `JPEG and PNG are known by their bytes`(bytes: [UInt8]) throws {
        let image = try Shot(bytes)
        #expect(image.width == 32 && image.height == 16)
        // JPEG is not exact.
        #expect(abs(image.color(x: 4, y: 8).red - 0xDC / 255.0) < 0.03)
        #expect(abs(image.color(x: 28, y: 8).blue - 0xDC / 255.0) < 0.03)
    }

    @Test(arguments: [(nil, 32), (16, 32), (9, 32), (8, 16), (4, 8), (2, 4), (1, 4)] as [(Int?, Int)])
    func `a JPEG is unpacked no larger than needed`(need: Int?, width: Int) throws {
        #expect(try Shot(SmallJPEG.baseline, need: need).width == width)
    }

    @Test(arguments: [Canvas.Fit.cover, .inside]) func `an image fits its place`(fit: Canvas.Fit) throws {
        let image = try shown(100, 50) { canvas in
            let image = try Image(Self.png)
            canvas.draw(image, in: Rect(x: 20, y: 5, width: 40, height: 40), fit: fit)
        }
        let bounds = try #require(image.inkBounds())
        #expect(bounds.x == 40...119)
        #expect(bounds.y == (fit == .cover ? 10...89 : 30...69))
        #expect(image.color(x: 45, y: 50).red > 0.8 && image.color(x: 115, y: 50).blue > 0.8)
    }

    @Test(arguments: [[], [0x89], Array("GIF89a".utf8), Array("<html>".utf8), Array("RIFF0000WEBP".utf8)])
    func `other things are refused`(bytes: [UInt8]) {
        #expect(throws: ImageRefusal.unknownFormat) { _ = try Image(bytes) }
    }

    @Test func `a small file that claims to be huge is refused before it is unpacked`() {
        var png = Self.png
        png.replaceSubrange(16..<24, with: [0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30])
        #expect(throws: ImageRefusal.tooLarge(width: 30000, height: 30000)) { _ = try Image(png) }
        png.replaceSubrange(16..<24, with: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: ImageRefusal.self) { _ = try Image(png) }
        png.replaceSubrange(16..<24, with: [0, 0, 0, 0, 0, 0, 0, 1])
        #expect(throws: ImageRefusal.self) { _ = try Image(png) }
    }

    @Test func `a JPEG that claims to be huge is refused as well`() throws {
        var jpeg = SmallJPEG.baseline
        let frame = try #require((0..<jpeg.count - 9).first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
        jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0x00, 0xFF, 0x00])
        #expect(throws: ImageRefusal.tooLarge(width: 65280, height: 65280)) { _ = try Image(jpeg) }
    }

    @Test func `too many bytes are not even looked at`() {
        let bytes = Self.png + [UInt8](repeating: 0, count: Image.mostBytes)
        #expect(throws: ImageRefusal.tooManyBytes(bytes.count)) { _ = try Image(bytes) }
    }

    @Test func `print colours are refused in words`() throws {
        let refusal = #expect(throws: ImageRefusal.self) { _ = try Image(SmallJPEG.printColours) }
        #expect(try #require(refusal).description.contains("CMYK"))
    }

    @Test(arguments: [png, SmallJPEG.baseline, SmallJPEG.progressive])
    func `cut anywhere, an image is refused or partly shown, and never harms`(bytes: [UInt8]) {
        for count in bytes.indices {
            _ = try? Image(Array(bytes.prefix(count))).width
        }
    }

    @Test(arguments: [png, SmallJPEG.baseline, SmallJPEG.progressive])
    func `changed anywhere, an image never harms`(bytes: [UInt8]) {
        for index in bytes.indices {
            for value in [0, 0xFF, bytes[index] ^ 0x55] as [UInt8] {
                var bytes = bytes
                bytes[index] = value
                _ = try? Image(bytes).width
            }
        }
    }
}
