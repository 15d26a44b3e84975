// A picture as a person would see it: drawn, packed as PNG and unpacked again. A class, because the macros of Swift
// Testing cannot hold a value that is not copyable.

import Canvas

final class Shot {
    private let image: Image

    init(_ png: [UInt8], need: Int? = nil) throws { image = try Image(png, need: need) }

    var width: Int { image.width }
    var height: Int { image.height }
    func color(x: Int, y: Int) -> Color { image.color(x: x, y: y) }
    func hex(x: Int, y: Int) -> UInt32 { image.color(x: x, y: y).hex }

    /// The part of the columns and rows, in pixels, in which something differs from the background.
    func inkBounds(on background: UInt32 = 0xFFFFFF) -> (x: ClosedRange<Int>, y: ClosedRange<Int>)? {
        var xs: [Int] = []
        var ys: [Int] = []
        for y in 0..<height {
            for x in 0..<width where hex(x: x, y: y) != background {
                xs.append(x)
                ys.append(y)
            }
        }
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else { return nil }
        return (left...right, top...bottom)
    }
}

func shown(
    _ width: Double = 100, _ height: Double = 50, background: Color = Color(0xFFFFFF),
    _ drawing: (borrowing Canvas) throws -> Void
) throws -> Shot {
    let canvas = try Canvas(width: width, height: height, scale: 2, background: background)
    try drawing(canvas)
    return try Shot(canvas.png())
}
