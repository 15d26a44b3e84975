// Charts are written with a palette and lose nothing that can be seen; photographs are written in full.

@testable import Canvas
import Testing

@Suite struct `A palette` {
    /// A hundred fields of different colours with letters upon them.
    private func chart() throws -> Canvas {
        let canvas = try Canvas(width: 200, height: 200, scale: 2)
        for index in 0..<100 {
            let place = Rect(x: Double(index % 10) * 20, y: Double(index / 10) * 20, width: 20, height: 20)
            canvas.fill(place, Color(Self.field(index)))
            canvas.draw("\(index)", TextStyle(9, .bold, Color(0x101418)), in: place, .center)
        }
        return canvas
    }

    private static func values(_ pixels: Pixels) -> [UInt32] {
        pixels.runs.flatMap { Array(repeating: $0.color, count: $0.count) }
    }

    private static func field(_ index: Int) -> UInt32 { UInt32(0x60A0F0) + UInt32(index) * 0x010100 - UInt32(index) }

    @Test func `keeps every field's colour`() throws {
        let bytes = try chart().png()
        #expect(bytes[25] == 3)
        let shot = try Shot(bytes)
        for index in 0..<100 {
            #expect(shot.color(x: index % 10 * 40 + 2, y: index / 10 * 40 + 2).hex == Self.field(index))
        }
    }

    @Test func `changes no pixel so much that an eye could tell`() throws {
        let canvas = try chart()
        let (drawn, shot) = (try canvas.pixels(), try Shot(try canvas.png()))
        for (place, value) in Self.values(drawn).enumerated() {
            let color = shot.color(x: place % 400, y: place / 400)
            let was = Color(value)
            #expect(
                max(abs(color.red - was.red), abs(color.green - was.green), abs(color.blue - was.blue)) <= 24.5 / 255)
        }
    }

    @Test func `makes a chart much shorter and the same each time`() throws {
        let (first, second) = (try chart().png(), try chart().png())
        #expect(first == second && first.count < 20_000)
    }

    @Test func `is not used for what has too many colours`() throws {
        let canvas = try Canvas(width: 64, height: 64, scale: 1)
        var number: UInt32 = 7
        for place in 0..<64 * 64 {
            number = number &* 1_664_525 &+ 1_013_904_223
            let pixel = Rect(x: Double(place % 64), y: Double(place / 64), width: 1, height: 1)
            canvas.fill(pixel, Color(number >> 8))
        }
        let bytes = try canvas.png()
        #expect(bytes[25] == 2)
        let shot = try Shot(bytes)
        let drawn = Self.values(try canvas.pixels())
        #expect(drawn.indices.allSatisfy { shot.color(x: $0 % 64, y: $0 / 64).hex == drawn[$0] })
    }

    @Test func `is not used for what one can see through`() throws {
        let canvas = try Canvas(width: 4, height: 4, scale: 1, background: Color(0xFFFFFF, alpha: 0))
        #expect(try canvas.png()[25] == 6)
        #expect(throws: CanvasError.self) { _ = try canvas.pixels() }
        #expect(throws: CanvasError.self) { _ = try canvas.jpeg(quality: 70) }
    }

    @Test(arguments: [1, 2, 3, 200, 5000]) func `holds as many colours as asked at most`(count: Int) {
        let pixels = Pixels(
            width: count, height: 1,
            runs: (0..<UInt32(count)).map { .init(color: $0 &* 2_654_435 & 0xFFFFFF, count: 1) })
        for most in [2, 16, 256] {
            var palette = Palette(of: [pixels], most: most, error: 0)
            #expect(palette.colors.count <= most)
            #expect(palette.indexes(of: pixels).allSatisfy { Int($0) < palette.colors.count })
            if count <= most { #expect(palette.worst == 0) }
        }
    }
}

@Suite struct `A JPEG` {
    private func canvas() throws -> Canvas {
        let canvas = try Canvas(width: 60, height: 40, scale: 1, background: Color(0xDC2828))
        canvas.fill(Rect(x: 30, y: 0, width: 30, height: 40), Color(0x283CDC))
        return canvas
    }

    @Test func `shows what was drawn`() throws {
        let image = try Shot(try canvas().jpeg(quality: 80))
        #expect(image.width == 60 && image.height == 40)
        #expect(abs(image.color(x: 10, y: 20).red - 0xDC / 255.0) < 0.04)
        #expect(abs(image.color(x: 50, y: 20).blue - 0xDC / 255.0) < 0.04)
    }

    @Test func `is shorter the less it need be`() throws {
        #expect(try canvas().jpeg(quality: 1).count < canvas().jpeg(quality: 100).count)
        #expect(try canvas().jpeg(quality: -5) == canvas().jpeg(quality: 1))
    }
}
