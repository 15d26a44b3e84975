// That what is asked for is on the sheet: looked up in the pixels of the PNG, as whoever sees the picture gets it.

@testable import Canvas
import Testing

@Suite struct `Drawing` {
    let red = Color(0xFF0000)

    @Test func `a point is two pixels, and the background covers all of them`() throws {
        let image = try shown(100.4, 50.2, background: Color(0x123456)) { _ in }
        #expect(image.width == 201 && image.height == 101)
        for (x, y) in [(0, 0), (200, 0), (0, 100), (200, 100), (100, 50)] {
            #expect(image.color(x: x, y: y) == Color(0x123456))
        }
    }

    @Test func `a rectangle has the place and colour it was given`() throws {
        let image = try shown { $0.fill(Rect(x: 10, y: 5, width: 30, height: 20), red) }
        let bounds = try #require(image.inkBounds())
        #expect(bounds.x == 20...79 && bounds.y == 10...49)
        #expect(image.color(x: 50, y: 30) == red)
    }

    @Test func `round corners leave the corners free`() throws {
        let image = try shown { $0.fill(Rect(x: 0, y: 0, width: 40, height: 40), radius: 10, red) }
        #expect(image.color(x: 0, y: 0).hex == 0xFFFFFF && image.color(x: 79, y: 79).hex == 0xFFFFFF)
        #expect(image.color(x: 40, y: 0) == red && image.color(x: 0, y: 40) == red)
    }

    @Test func `a corner can be no rounder than its rectangle`() throws {
        let image = try shown { $0.fill(Rect(x: 10, y: 10, width: 6, height: 20), radius: 50, red) }
        #expect(try #require(image.inkBounds()).x == 20...31)
    }

    @Test func `an arc runs clockwise from twelve o'clock`() throws {
        let image = try shown(50, 50) {
            $0.stroke(.arc(center: Point(25, 25), radius: 20, turns: 0...0.25), red, width: 6)
        }
        #expect(image.color(x: 78, y: 22) == red)
        #expect(image.color(x: 22, y: 22).hex == 0xFFFFFF && image.color(x: 78, y: 78).hex == 0xFFFFFF)
    }

    @Test func `dashes leave gaps`() throws {
        let image = try shown {
            $0.stroke(.line(from: Point(0, 25), to: Point(100, 25)), red, width: 4, dashes: [10, 10])
        }
        #expect(image.color(x: 10, y: 50) == red && image.color(x: 30, y: 50).hex == 0xFFFFFF)
    }

    @Test func `nothing shows outside a clip, and all of it after`() throws {
        let image = try shown { canvas in
            canvas.clipped(to: .rect(Rect(x: 0, y: 0, width: 20, height: 50))) {
                canvas.fill(Rect(x: 0, y: 0, width: 100, height: 20), red)
            }
            canvas.fill(Rect(x: 90, y: 40, width: 10, height: 10), red)
        }
        #expect(image.color(x: 10, y: 10) == red && image.color(x: 100, y: 10).hex == 0xFFFFFF)
        #expect(image.color(x: 190, y: 90) == red)
    }

    @Test func `a background that lets light through stays so`() throws {
        let image = try shown(background: Color(0, alpha: 0)) { $0.fill(Rect(x: 0, y: 0, width: 10, height: 10), red) }
        #expect(image.color(x: 5, y: 5) == red && image.color(x: 100, y: 50).alpha == 0)
    }

    @Test(
        arguments: [
            (0, 10), (-5, 10), (1e9, 10), (10, .infinity), (.nan, 10), (9000, 10), (8000, 8000),
        ] as [(Double, Double)])
    func `an absurd size is refused`(width: Double, height: Double) {
        #expect(throws: CanvasError.self) {
            _ = try Canvas(width: width, height: height).png()
        }
    }

    @Test func `the same drawing makes the same bytes`() throws {
        func draw() throws -> [UInt8] {
            let canvas = try Canvas(width: 300, height: 60)
            canvas.draw("Ann 🎷 日本 שלום", TextStyle(20, .bold), at: Point(10, 40))
            canvas.stroke(.circle(center: Point(250, 30), radius: 20), red, width: 3)
            return try canvas.png()
        }
        #expect(try draw() == draw())
    }

    @Test func `a studio draws for many at once`() async throws {
        let studio = try Studio()
        let sizes = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await studio.draw {
                        let canvas = try Canvas(width: 40, height: 20)
                        canvas.draw("Ann", TextStyle(12), at: Point(2, 15))
                        return try canvas.png().count
                    }
                }
            }
            return try await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(sizes.count == 1)
    }
}
