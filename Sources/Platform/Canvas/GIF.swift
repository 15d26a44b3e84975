// An animation as GIF89a through giflib (giflib.sourceforge.net/gif_lib.html): drawn frame by frame, each written as what
// changed since the one before, in colours shared by all.

internal import CGIF
internal import Glibc

package struct Animation: Sendable {
    package var size: Size
    package var scale: Double
    /// Opaque.
    package var background: Color
    /// How long each frame stands, in hundredths of a second. Browsers take less than 2 for 10.
    package var delays: [Int]
    /// How often the whole is shown; after that the last frame stands.
    package var runs: Int

    package init(size: Size, scale: Double, background: Color, delays: [Int], runs: Int = 1) {
        self.size = size
        self.scale = scale
        self.background = background
        self.delays = delays
        self.runs = runs
    }

    /// With the one that means "as before", what 7 bits can tell: charts have few colours, and each bit costs.
    private static let mostColors = 127
    private static let error = 20

    /// `drawing` is asked for some frames twice: first for their colours.
    package func gif(
        drawing: (borrowing Canvas, _ frame: Int) throws(CanvasError) -> Void
    ) throws(CanvasError) -> [UInt8] {
        guard !delays.isEmpty else { throw .drawing("an animation has no frames") }
        var samples: [Pixels] = []
        for frame in Set([0, delays.count / 3, 2 * delays.count / 3]).sorted() {
            samples.append(try pixels(of: frame, drawing))
        }
        var palette = Palette(of: samples, most: Self.mostColors, error: Self.error)
        let (width, height) = (samples[0].width, samples[0].height)
        samples = []
        var file = try GIFFile(width: width, height: height, colors: palette.colors, runs: runs)
        var before: [UInt8] = []
        for (frame, delay) in delays.enumerated() {
            let indexes = palette.indexes(of: try pixels(of: frame, drawing))
            file.add(Self.change(from: before, to: indexes, width: width, delay: delay))
            before = indexes
        }
        return try file.finished()
    }

    private func pixels(
        of frame: Int, _ drawing: (borrowing Canvas, Int) throws(CanvasError) -> Void
    ) throws(CanvasError) -> Pixels {
        let canvas = try Canvas(width: size.width, height: size.height, scale: scale, background: background)
        try drawing(canvas, frame)
        return try canvas.pixels()
    }

    /// Most rows are the same, and are told so quickly.
    private static func areEqual(_ before: [UInt8], _ now: [UInt8], _ row: Range<Int>) -> Bool {
        unsafe before.withUnsafeBytes { before in
            unsafe now.withUnsafeBytes { now in
                guard let before = before.baseAddress, let now = now.baseAddress else { return true }
                return unsafe memcmp(before + row.lowerBound, now + row.lowerBound, row.count) == 0
            }
        }
    }

    /// The smallest rectangle that holds all changes; what is as before in it is left transparent, which packs well.
    static func change(from before: [UInt8], to now: [UInt8], width: Int, delay: Int) -> GIFFile.Part {
        let height = now.count / max(1, width)
        guard before.count == now.count else {
            return GIFFile.Part(x: 0, y: 0, width: width, height: height, delay: delay, indexes: now)
        }
        var (left, right, top, bottom) = (width, -1, height, -1)
        for y in 0..<height {
            let row = y * width..<(y + 1) * width
            guard !areEqual(before, now, row) else { continue }
            (top, bottom) = (min(top, y), y)
            var (first, last) = (row.lowerBound, row.upperBound - 1)
            while before[first] == now[first] { first += 1 }
            while before[last] == now[last] { last -= 1 }
            (left, right) = (min(left, first - row.lowerBound), max(right, last - row.lowerBound))
        }
        // A frame without any change still takes its time.
        guard right >= left else {
            return GIFFile.Part(x: 0, y: 0, width: 1, height: 1, delay: delay, indexes: [GIFFile.asBefore])
        }
        var indexes: [UInt8] = []
        indexes.reserveCapacity((right - left + 1) * (bottom - top + 1))
        for y in top...bottom {
            var place = y * width + left
            let end = y * width + right
            while place <= end {
                indexes.append(before[place] == now[place] ? GIFFile.asBefore : now[place])
                place += 1
            }
        }
        return GIFFile.Part(
            x: left, y: top, width: right - left + 1, height: bottom - top + 1, delay: delay, indexes: indexes)
    }
}
