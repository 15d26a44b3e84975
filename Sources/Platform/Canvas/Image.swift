// An image that came from outside, opened for drawing. Its header is read first: an image that claims to be huge is
// refused before anything is unpacked, so a small file cannot fill the memory.

internal import CCairo

@safe package struct Image: ~Copyable {
    let surface: OpaquePointer
    package let width: Int
    package let height: Int

    package static let mostBytes = 16 << 20
    package static let mostPixels = 16_000_000
    static let longestSide = 10_000

    /// PNG or JPEG, told apart by their first bytes, whatever the server called them. `need` is how many pixels the
    /// shorter side is wanted for: a JPEG is unpacked no larger than that asks, which makes a grid of covers quick.
    package init(_ bytes: [UInt8], need: Int? = nil) throws(ImageRefusal) {
        guard bytes.count <= Self.mostBytes else { throw .tooManyBytes(bytes.count) }
        if bytes.starts(with: PNG.signature) {
            let size = try PNG.size(of: bytes)
            try Self.check(size.width, size.height)
            try unsafe self.init(taking: PNG.decode(bytes))
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            let decoder = JPEGDecoder()
            let size = try decoder.size(of: bytes)
            try Self.check(size.width, size.height)
            try unsafe self.init(taking: decoder.decode(bytes, size, need: need))
        } else {
            throw .unknownFormat
        }
    }

    private init(taking surface: OpaquePointer) {
        unsafe self.surface = unsafe surface
        width = unsafe Int(cairo_image_surface_get_width(surface))
        height = unsafe Int(cairo_image_surface_get_height(surface))
    }

    deinit { unsafe cairo_surface_destroy(surface) }

    private static func check(_ width: Int, _ height: Int) throws(ImageRefusal) {
        guard width > 0, height > 0 else { throw .damaged("it has no size") }
        guard width <= longestSide, height <= longestSide, width * height <= mostPixels else {
            throw .tooLarge(width: width, height: height)
        }
    }

    /// Of one pixel, counted from the upper left; for looking at what was drawn.
    package func color(x: Int, y: Int) -> Color {
        precondition((0..<width).contains(x) && (0..<height).contains(y))
        unsafe cairo_surface_flush(surface)
        guard let data = unsafe cairo_image_surface_get_data(surface) else { return Color(0, alpha: 0) }
        let stride = unsafe Int(cairo_image_surface_get_stride(surface))
        let pixel = unsafe UnsafeRawPointer(data).load(fromByteOffset: y * stride + x * 4, as: UInt32.self)
        guard unsafe cairo_image_surface_get_format(surface) == CAIRO_FORMAT_ARGB32 else {
            return Color(pixel & 0xFFFFFF)
        }
        let alpha = Double(pixel >> 24) / 255
        guard alpha > 0 else { return Color(0, alpha: 0) }
        // cairo keeps colours multiplied by their alpha.
        let color = Color(pixel & 0xFFFFFF)
        return Color(red: color.red / alpha, green: color.green / alpha, blue: color.blue / alpha, alpha: alpha)
    }
}
