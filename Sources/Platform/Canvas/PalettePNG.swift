// PNG with a palette through libpng's simplified interface (libpng manual, section V), which cairo cannot write. It
// answers errors with a code; libpng's own longjmp stays inside.

internal import CPNG

extension PNG {
    /// Nil where the drawing has too many colours to be told by 256 (covers, emoji): such a one is written in full.
    static func encode(_ pixels: Pixels) throws(CanvasError) -> [UInt8]? {
        var palette = Palette(of: [pixels], error: mostError)
        guard palette.worst <= mostError else { return nil }
        let indexes = palette.indexes(of: pixels)
        var map: [UInt8] = []
        for color in palette.colors {
            map += [UInt8(color >> 16 & 0xFF), UInt8(color >> 8 & 0xFF), UInt8(color & 0xFF)]
        }
        var image = unsafe png_image()
        unsafe image.version = UInt32(PNG_IMAGE_VERSION)
        unsafe image.width = UInt32(pixels.width)
        unsafe image.height = UInt32(pixels.height)
        unsafe image.format = png_rgb_colormap_format
        unsafe image.colormap_entries = UInt32(palette.colors.count)
        // More than deflate needs where nothing can be pressed; asking libpng would press everything twice.
        var length = indexes.count + indexes.count / 500 + pixels.height + 65536
        var isWritten = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            let code = unsafe png_image_write_to_memory(&image, buffer.baseAddress, &length, 0, indexes, 0, map)
            isWritten = code != 0
            count = isWritten ? length : 0
        }
        let words = unsafe image.message
        unsafe png_image_free(&image)
        guard isWritten else {
            throw unsafe .drawing(
                withUnsafeBytes(of: words) { unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return bytes
    }

    /// In red, green or blue of 255: less than a step of a letter's soft edge, and fields are exact anyway.
    private static let mostError = 22
}
