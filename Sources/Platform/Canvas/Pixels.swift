// A finished drawing as runs of one colour, from the upper left: what a palette is made from. Charts are fields, so a
// million pixels are some ten thousand runs, and every later step goes over these alone.

internal import CCairo

struct Pixels: Sendable {
    struct Run: Hashable, Sendable {
        /// 0x00RRGGBB.
        var color: UInt32
        var count: Int
    }

    let width: Int
    let height: Int
    let runs: [Run]
}

extension Canvas {
    var isOpaque: Bool { unsafe cairo_image_surface_get_format(surface) == CAIRO_FORMAT_RGB24 }

    /// Of an opaque canvas.
    func pixels() throws(CanvasError) -> Pixels {
        unsafe cairo_surface_flush(surface)
        let code = unsafe cairo_status(context)
        guard code == CAIRO_STATUS_SUCCESS else { throw .drawing(words(for: code)) }
        guard isOpaque, let data = unsafe cairo_image_surface_get_data(surface) else {
            throw .drawing("its pixels cannot be read")
        }
        let width = unsafe Int(cairo_image_surface_get_width(surface))
        let height = unsafe Int(cairo_image_surface_get_height(surface))
        let stride = unsafe Int(cairo_image_surface_get_stride(surface))
        var runs: [Pixels.Run] = []
        for row in 0..<height {
            let line = unsafe (UnsafeRawPointer(data) + row * stride).assumingMemoryBound(to: UInt32.self)
            var start = 0
            while start < width {
                // The upper eight bits of cairo's RGB24 are nobody's.
                let color = unsafe line[start] & 0xFFFFFF
                var end = start + 1
                while unsafe end < width && line[end] & 0xFFFFFF == color { end += 1 }
                runs.append(Pixels.Run(color: color, count: end - start))
                start = end
            }
        }
        return Pixels(width: width, height: height, runs: runs)
    }
}
