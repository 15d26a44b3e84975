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

    /// How many pixels of one row have this colour.
    func count(_ color: UInt32, inRow y: Int) -> Int { (0..<width).count { hex(x: $0, y: y) == color } }

    /// How many of the picture have it, looking at every second one in both directions.
    func has(_ color: UInt32) -> Bool {
        stride(from: 0, to: height, by: 2).contains { y in
            stride(from: 0, to: width, by: 2).contains { hex(x: $0, y: y) == color }
        }
    }
}
