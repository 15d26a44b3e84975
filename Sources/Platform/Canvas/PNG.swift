// PNG in and out through cairo, which uses libpng. The size stands in the first chunk (PNG specification, 11.2.1).

internal import CCairo

enum PNG {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    static func size(of bytes: [UInt8]) throws(ImageRefusal) -> (width: Int, height: Int) {
        guard bytes.count >= 33, bytes[12..<16].elementsEqual("IHDR".utf8) else { throw .damaged("it has no header") }
        func number(at start: Int) -> Int { bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
        return (number(at: 16), number(at: 20))
    }

    @unsafe private struct Reading {
        var rest: UnsafeRawBufferPointer
    }

    static func decode(_ bytes: [UInt8]) throws(ImageRefusal) -> OpaquePointer {
        let surface = unsafe bytes.withUnsafeBytes { bytes in
            var reading = unsafe Reading(rest: bytes)
            return unsafe withUnsafeMutablePointer(to: &reading) { reading in
                unsafe cairo_image_surface_create_from_png_stream(
                    { closure, target, count in
                        guard let reading = unsafe closure?.assumingMemoryBound(to: Reading.self),
                            let target = unsafe target,
                            unsafe reading.pointee.rest.count >= Int(count)
                        else { return CAIRO_STATUS_READ_ERROR }
                        let piece = unsafe UnsafeRawBufferPointer(rebasing: reading.pointee.rest.prefix(Int(count)))
                        unsafe UnsafeMutableRawBufferPointer(start: target, count: Int(count)).copyMemory(from: piece)
                        unsafe reading.pointee.rest = unsafe UnsafeRawBufferPointer(
                            rebasing: reading.pointee.rest.dropFirst(Int(count)))
                        return CAIRO_STATUS_SUCCESS
                    }, reading)
            }
        }
        guard let surface = unsafe surface else { throw .damaged("out of memory") }
        let code = unsafe cairo_surface_status(surface)
        guard code == CAIRO_STATUS_SUCCESS else {
            unsafe cairo_surface_destroy(surface)
            // The words for this status speak of the stream we fed, not of the image.
            throw .damaged(code == CAIRO_STATUS_READ_ERROR ? "it is incomplete" : words(for: code))
        }
        // Sixteen bits a colour come out as other formats in later versions of cairo.
        let format = unsafe cairo_image_surface_get_format(surface)
        guard format == CAIRO_FORMAT_ARGB32 || format == CAIRO_FORMAT_RGB24 else {
            unsafe cairo_surface_destroy(surface)
            throw .damaged("its colours are of an unusual kind")
        }
        return unsafe surface
    }
}

extension Canvas {
    /// The finished picture, with a palette where no eye can tell. The same drawing makes the same bytes.
    package func png() throws(CanvasError) -> [UInt8] {
        if isOpaque, let bytes = try PNG.encode(pixels()) { return bytes }
        return try fullPNG()
    }

    private func fullPNG() throws(CanvasError) -> [UInt8] {
        var bytes: [UInt8] = []
        unsafe cairo_surface_flush(surface)
        var code = unsafe cairo_status(context)
        guard code == CAIRO_STATUS_SUCCESS else { throw .drawing(words(for: code)) }
        code = unsafe withUnsafeMutablePointer(to: &bytes) { bytes in
            unsafe cairo_surface_write_to_png_stream(
                surface,
                { closure, data, count in
                    guard let bytes = unsafe closure?.assumingMemoryBound(to: [UInt8].self) else {
                        return CAIRO_STATUS_WRITE_ERROR
                    }
                    unsafe bytes.pointee.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                    return CAIRO_STATUS_SUCCESS
                }, bytes)
        }
        guard code == CAIRO_STATUS_SUCCESS else { throw .drawing(words(for: code)) }
        return bytes
    }
}
