// The writing of one GIF file, block by block (GIF89a specification, W3C). giflib remembers that a call failed; it is
// asked at the end.

internal import CGIF

@safe struct GIFFile: ~Copyable {
    /// A frame, or the part of it that changed.
    struct Part: Equatable, Sendable {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
        /// In hundredths of a second.
        var delay: Int
        var indexes: [UInt8]
    }

    /// The palette's last colour, which is none: what lies below shows.
    static let asBefore: UInt8 = 127

    private final class Written {
        var bytes: [UInt8] = []
        var hasFailed = false
    }

    /// Nil once it is closed.
    private var file: UnsafeMutablePointer<GifFileType>?
    private let written = Written()

    /// `colors`: 127 at most, as 0x00RRGGBB.
    init(width: Int, height: Int, colors: [UInt32], runs: Int) throws(CanvasError) {
        var code: Int32 = 0
        let opened = unsafe EGifOpen(
            Unmanaged.passUnretained(written).toOpaque(),
            { file, data, count in
                guard let file = unsafe file, let target = unsafe file.pointee.UserData else { return 0 }
                let written = unsafe Unmanaged<Written>.fromOpaque(target).takeUnretainedValue()
                unsafe written.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(count)))
                return count
            }, &code)
        guard let opened = unsafe opened else { throw .drawing("out of memory") }
        unsafe file = unsafe opened
        var map = colors.prefix(Int(Self.asBefore)).map { color in
            GifColorType(
                Red: UInt8(color >> 16 & 0xFF), Green: UInt8(color >> 8 & 0xFF), Blue: UInt8(color & 0xFF))
        }
        while map.count <= Int(Self.asBefore) { map.append(GifColorType(Red: 0, Green: 0, Blue: 0)) }
        let colorMap = unsafe GifMakeMapObject(Int32(map.count), map)
        unsafe EGifSetGifVersion(file, true)
        unsafe note(EGifPutScreenDesc(file, Int32(width), Int32(height), 8, 0, colorMap))
        unsafe GifFreeMapObject(colorMap)
        // Netscape's block, which all programs know: how often to begin again.
        guard runs > 1 else { return }
        let again = UInt16(clamping: runs - 1)
        unsafe note(EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE))
        unsafe note(EGifPutExtensionBlock(file, 11, Array("NETSCAPE2.0".utf8)))
        unsafe note(EGifPutExtensionBlock(file, 3, [1, UInt8(again & 0xFF), UInt8(again >> 8)] as [UInt8]))
        unsafe note(EGifPutExtensionTrailer(file))
    }

    /// One that is given up halfway is closed all the same.
    deinit {
        var code: Int32 = 0
        if unsafe file != nil { _ = unsafe EGifCloseFile(file, &code) }
    }

    func add(_ part: Part) {
        var control = GraphicsControlBlock(
            DisposalMode: DISPOSE_DO_NOT, UserInputFlag: false, DelayTime: Int32(clamping: part.delay),
            TransparentColor: Int32(Self.asBefore))
        var block = [UInt8](repeating: 0, count: 4)
        _ = unsafe EGifGCBToExtension(&control, &block)
        unsafe note(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, block))
        unsafe note(
            EGifPutImageDesc(
                file, Int32(part.x), Int32(part.y), Int32(part.width), Int32(part.height), false, nil))
        for y in 0..<part.height {
            // giflib masks the numbers in place, hence a copy of its own.
            var row = Array(part.indexes[y * part.width..<(y + 1) * part.width])
            unsafe note(EGifPutLine(file, &row, Int32(part.width)))
        }
    }

    mutating func finished() throws(CanvasError) -> [UInt8] {
        // The end of the file is written by closing it.
        var code: Int32 = 0
        let isClosed = unsafe EGifCloseFile(file, &code) == GIF_OK
        unsafe file = nil
        guard isClosed, !written.hasFailed else { throw .drawing("the GIF could not be written") }
        return written.bytes
    }

    private func note(_ code: Int32) {
        if code != GIF_OK { written.hasFailed = true }
    }
}
