// What is drawn frame by frame is what a reader of GIF sees frame by frame.

@testable import Canvas
import Testing

@Suite struct `An animation` {
    private func square(_ delays: [Int], runs: Int = 1, at places: [Double]) throws -> GIFReader {
        let animation = Animation(
            size: Size(40, 20), scale: 1, background: Color(0x101010), delays: delays, runs: runs)
        let bytes = try animation.gif { (canvas, frame) throws(CanvasError) in
            canvas.fill(Rect(x: 2, y: 14, width: 36, height: 4), Color(0x2DBE8D))
            canvas.fill(Rect(x: places[frame], y: 2, width: 8, height: 8), Color(0xE5A00D))
        }
        return try GIFReader(bytes)
    }

    @Test func `shows every frame as it was drawn`() throws {
        let gif = try square([50, 10, 20], at: [0, 10, 30])
        #expect(gif.width == 40 && gif.height == 20)
        #expect(gif.frames.map(\.delay) == [50, 10, 20])
        for (frame, x) in zip(gif.frames, [0, 10, 30]) {
            for (place, color) in frame.shown.enumerated() {
                let (column, row) = (place % 40, place / 40)
                let isSquare = (x..<x + 8).contains(column) && (2..<10).contains(row)
                let isGround = (2..<38).contains(column) && (14..<18).contains(row)
                #expect(color == (isSquare ? 0xE5A00D : isGround ? 0x2DBE8D : 0x101010))
            }
        }
    }

    @Test func `writes only what changed`() throws {
        let gif = try square([10, 10, 10], at: [0, 10, 10])
        let places = gif.frames.map { [$0.x, $0.y, $0.width, $0.height] }
        #expect(places == [[0, 0, 40, 20], [0, 2, 18, 8], [0, 0, 1, 1]])
        #expect(gif.frames[1].shown == gif.frames[2].shown)
    }

    @Test(arguments: [(1, nil), (2, 1), (3, 2)] as [(Int, Int?)]) func `is shown as often as asked`(
        runs: Int, repeats: Int?
    ) throws {
        #expect(try square([10, 10], runs: runs, at: [0, 5]).repeats == repeats)
    }

    @Test func `bears more colours than a GIF has`() throws {
        let animation = Animation(size: Size(64, 64), scale: 1, background: Color(0), delays: [5, 5, 5, 5])
        func color(_ x: Int, _ y: Int, _ frame: Int) -> UInt32 {
            UInt32(x * 4) << 16 | UInt32(y * 4) << 8 | UInt32(frame * 60)
        }
        let gif = try GIFReader(
            try animation.gif { (canvas, frame) throws(CanvasError) in
                for y in 0..<64 {
                    for x in 0..<64 {
                        canvas.fill(Rect(x: Double(x), y: Double(y), width: 1, height: 1), Color(color(x, y, frame)))
                    }
                }
            })
        for (number, frame) in gif.frames.enumerated() {
            var worst = 0
            for (place, shown) in frame.shown.enumerated() {
                let drawn = color(place % 64, place / 64, number)
                for shift in [0, 8, 16] as [UInt32] {
                    worst = max(worst, abs(Int(shown >> shift & 0xFF) - Int(drawn >> shift & 0xFF)))
                }
            }
            // A frame that was not asked for its colours may miss some.
            #expect(worst < 80)
        }
    }

    @Test func `without frames is refused`() {
        let animation = Animation(size: Size(4, 4), scale: 1, background: Color(0), delays: [])
        #expect(throws: CanvasError.self) {
            _ = try animation.gif { (_, _) throws(CanvasError) in }
        }
    }

    @Test func `ends where drawing fails`() {
        let animation = Animation(size: Size(4, 4), scale: 1, background: Color(0), delays: [1, 1, 1])
        #expect(throws: CanvasError.drawing("no")) {
            _ = try animation.gif { (_, frame) throws(CanvasError) in
                if frame == 2 { throw .drawing("no") }
            }
        }
        #expect(throws: CanvasError.self) {
            let huge = Animation(size: Size(1e9, 4), scale: 1, background: Color(0), delays: [1])
            _ = try huge.gif { (_, _) throws(CanvasError) in }
        }
    }
}
