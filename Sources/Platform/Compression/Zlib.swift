// zlib-stream (zlib.h, "Advanced functions"; sheet discord.md §1): one context for the life of a connection, a message
// ends where the data so far ends 00 00 FF FF, the mark Z_SYNC_FLUSH leaves.

internal import CZlib

/// zlib keeps a pointer back to its z_stream, so the struct must not move: it lives on the heap, owned by one holder.
@safe private struct ZlibStream: ~Copyable, @unchecked Sendable {
    let pointer: UnsafeMutablePointer<z_stream>
    let scratch: UnsafeMutableBufferPointer<UInt8>

    init() {
        unsafe pointer = .allocate(capacity: 1)
        unsafe pointer.initialize(to: z_stream())
        unsafe scratch = .allocate(capacity: 32 * 1024)
    }

    /// Runs `step` (inflate or deflate) over all of `input`, appending what comes out, until a step leaves room in the
    /// scratch buffer: then nothing more is waiting inside. Returns zlib's last code; stops when `limit` is passed.
    func run(
        _ input: [UInt8], into output: inout [UInt8], limit: Int,
        step: (UnsafeMutablePointer<z_stream>) -> Int32
    ) -> Int32 {
        unsafe input.withUnsafeBufferPointer { input in
            // next_in is not const in zlib's older headers; zlib never writes through it.
            unsafe pointer.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            unsafe pointer.pointee.avail_in = UInt32(input.count)
            defer { unsafe pointer.pointee.next_in = nil }
            var code = Z_OK
            repeat {
                unsafe pointer.pointee.next_out = scratch.baseAddress
                unsafe pointer.pointee.avail_out = UInt32(scratch.count)
                code = unsafe step(pointer)
                let made = unsafe scratch.count - Int(pointer.pointee.avail_out)
                unsafe output.append(contentsOf: UnsafeBufferPointer(rebasing: scratch[..<made]))
            } while unsafe code == Z_OK && pointer.pointee.avail_out == 0 && output.count <= limit
            return code
        }
    }

    var unreadInput: Int { unsafe Int(pointer.pointee.avail_in) }

    deinit {
        unsafe scratch.deallocate()
        unsafe pointer.deallocate()
    }
}

struct Inflater: ~Copyable, Sendable {
    private let stream = ZlibStream()
    private let largest: Int
    /// What the unfinished message has come to so far.
    private var message: [UInt8] = []
    /// The last four bytes fed, newest lowest: the end mark may itself be cut in two by frames.
    private var tail: UInt32 = 0xFFFF_FFFF
    private var failure: CompressionError?

    init(largest: Int) {
        self.largest = largest
        let code = unsafe inflateInit_(stream.pointer, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "zlib could not be set up: \(code)")
    }

    deinit { unsafe inflateEnd(stream.pointer) }

    mutating func feed(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8]? {
        if let failure { throw failure }
        guard !bytes.isEmpty else { return nil }
        // Text of JSON packs about 1:6; a right guess saves the growing.
        if message.isEmpty { message.reserveCapacity(min(largest, bytes.count * 6)) }
        let code = unsafe stream.run(bytes, into: &message, limit: largest) { unsafe inflate($0, Z_SYNC_FLUSH) }
        // Z_BUF_ERROR only says that there was nothing left to do. Z_STREAM_END says that the peer closed a stream
        // which never closes: what would follow could not be read, so it counts as damage.
        if message.count > largest {
            throw fail(.tooLarge(limit: largest))
        }
        guard code == Z_OK || code == Z_BUF_ERROR, stream.unreadInput == 0 else { throw fail(.corrupt) }
        for byte in bytes.suffix(4) { tail = tail << 8 | UInt32(byte) }
        guard tail == 0x0000_FFFF else { return nil }
        defer { message = [] }
        return message
    }

    private mutating func fail(_ error: CompressionError) -> CompressionError {
        failure = error
        message = []
        return error
    }
}

struct Deflater: ~Copyable, Sendable {
    private let stream = ZlibStream()

    init() {
        let code = unsafe deflateInit_(
            stream.pointer, Z_DEFAULT_COMPRESSION, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(code == Z_OK, "zlib could not be set up: \(code)")
    }

    deinit { unsafe deflateEnd(stream.pointer) }

    mutating func compress(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        _ = unsafe stream.run(bytes, into: &packed, limit: .max) { unsafe deflate($0, Z_SYNC_FLUSH) }
        return packed
    }
}
