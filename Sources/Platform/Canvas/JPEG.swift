// JPEG through libjpeg-turbo's TurboJPEG interface (libjpeg-turbo.org/Documentation), which answers errors with a code:
// libjpeg's own way, a longjmp out of the library, must not cross Swift.

internal import CCairo
internal import CTurboJPEG

@safe struct JPEGDecoder: ~Copyable {
    private let handle: tjhandle

    init() {
        guard let handle = unsafe tjInitDecompress() else { preconditionFailure("no memory for a JPEG") }
        unsafe self.handle = unsafe handle
    }

    deinit { unsafe tjDestroy(handle) }

    func size(of bytes: [UInt8]) throws(ImageRefusal) -> (width: Int, height: Int) {
        var width: Int32 = 0
        var height: Int32 = 0
        var subsampling: Int32 = 0
        var colors: Int32 = 0
        let code = unsafe tjDecompressHeader3(
            handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colors)
        guard code == 0 || hasOnlyWarned else { throw refusal }
        guard colors != TJCS_CMYK.rawValue, colors != TJCS_YCCK.rawValue else {
            throw .damaged("its colours are mixed for print (CMYK)")
        }
        return (Int(width), Int(height))
    }

    /// Into a cairo surface, shrunk by 1/2, 1/4 or 1/8 on the way as far as `need` pixels remain on the shorter side.
    func decode(_ bytes: [UInt8], _ size: (width: Int, height: Int), need: Int?) throws(ImageRefusal) -> OpaquePointer {
        var part = 8
        if let need {
            while part > 1, min(size.width, size.height) * (part / 2) / 8 >= need { part /= 2 }
        }
        let width = Int32((size.width * part + 7) / 8)
        let height = Int32((size.height * part + 7) / 8)
        guard let surface = unsafe cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height),
            let data = unsafe cairo_image_surface_get_data(surface)
        else { throw .damaged("out of memory") }
        // cairo's pixels are 32-bit numbers 0x00RRGGBB.
        let order = 1.littleEndian == 1 ? TJPF_BGRX : TJPF_XRGB
        // A progressive JPEG may say the same thing thousands of times over: that is refused.
        let code = unsafe tjDecompress2(
            handle, bytes, UInt(bytes.count), data, width, cairo_image_surface_get_stride(surface), height,
            order.rawValue, TJFLAG_LIMITSCANS)
        // A warning means that some of the image was mended: better than none.
        guard code == 0 || hasOnlyWarned else {
            unsafe cairo_surface_destroy(surface)
            throw refusal
        }
        unsafe cairo_surface_mark_dirty(surface)
        return unsafe surface
    }

    private var hasOnlyWarned: Bool { unsafe UInt32(tjGetErrorCode(handle)) == TJERR_WARNING.rawValue }

    private var refusal: ImageRefusal {
        guard let words = unsafe tjGetErrorStr2(handle) else { return .damaged("it is no JPEG") }
        return unsafe .damaged(String(cString: words))
    }
}

extension Canvas {
    /// For photographs. `quality`: 1…100. Only of a canvas whose background lets nothing through.
    package func jpeg(quality: Int) throws(CanvasError) -> [UInt8] {
        unsafe cairo_surface_flush(surface)
        guard isOpaque, let data = unsafe cairo_image_surface_get_data(surface) else {
            throw .drawing("a JPEG cannot be transparent")
        }
        guard let handle = unsafe tjInitCompress() else { throw .drawing("out of memory") }
        defer { unsafe tjDestroy(handle) }
        var bytes: UnsafeMutablePointer<UInt8>?
        var count: UInt = 0
        let order = 1.littleEndian == 1 ? TJPF_BGRX : TJPF_XRGB
        let code = unsafe tjCompress2(
            handle, data, cairo_image_surface_get_width(surface), cairo_image_surface_get_stride(surface),
            cairo_image_surface_get_height(surface), order.rawValue, &bytes, &count, Int32(TJSAMP_420.rawValue),
            Int32(min(100, max(1, quality))), 0)
        defer { unsafe tjFree(bytes) }
        guard code == 0 else { throw .drawing("the JPEG could not be written") }
        return unsafe Array(UnsafeBufferPointer(start: bytes, count: Int(count)))
    }
}
