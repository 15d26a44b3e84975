// zstd-stream (zstd.h, "Streaming"; sheet discord.md §1): one context for the life of a connection, whose zstd frame
// never ends; every WebSocket message is flushed and so holds one whole message of the gateway.

internal import CZstd

@safe struct ZstdReader: ~Copyable, @unchecked Sendable {
    private let context: OpaquePointer
    private let scratch: UnsafeMutableRawBufferPointer
    private let largest: Int
    private var failure: CompressionError?

    init(largest: Int) {
        guard let context = unsafe ZSTD_createDStream() else { preconditionFailure("zstd could not be set up") }
        unsafe self.context = context
        unsafe scratch = .allocate(byteCount: 32 * 1024, alignment: 16)
        self.largest = largest
    }

    deinit {
        unsafe scratch.deallocate()
        unsafe ZSTD_freeDStream(context)
    }

    mutating func feed(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8]? {
        if let failure { throw failure }
        var message: [UInt8] = []
        message.reserveCapacity(min(largest, bytes.count * 6))
        let isSound = unsafe bytes.withUnsafeBytes { bytes in
            var input = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
            while true {
                var output = unsafe ZSTD_outBuffer(dst: scratch.baseAddress, size: scratch.count, pos: 0)
                // The result is only a hint of how much to feed next; 0 (frame ended) is no reason to stop.
                let code = unsafe ZSTD_decompressStream(context, &output, &input)
                if ZSTD_isError(code) != 0 { return false }
                unsafe message.append(contentsOf: UnsafeRawBufferPointer(rebasing: scratch[..<output.pos]))
                // A full scratch buffer may mean that more is waiting inside, even with all input eaten.
                let isDrained = unsafe input.pos == input.size && output.pos < output.size
                if isDrained || message.count > largest { return true }
            }
        }
        guard isSound else { throw fail(.corrupt) }
        guard message.count <= largest else { throw fail(.tooLarge(limit: largest)) }
        return message.isEmpty ? nil : message
    }

    private mutating func fail(_ error: CompressionError) -> CompressionError {
        failure = error
        return error
    }
}

@safe struct ZstdWriter: ~Copyable, @unchecked Sendable {
    private let context: OpaquePointer
    private let scratch: UnsafeMutableRawBufferPointer

    init() {
        guard let context = unsafe ZSTD_createCStream() else { preconditionFailure("zstd could not be set up") }
        unsafe self.context = context
        unsafe scratch = .allocate(byteCount: 32 * 1024, alignment: 16)
    }

    deinit {
        unsafe scratch.deallocate()
        unsafe ZSTD_freeCStream(context)
    }

    mutating func compress(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        unsafe bytes.withUnsafeBytes { bytes in
            var input = unsafe ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
            while true {
                var output = unsafe ZSTD_outBuffer(dst: scratch.baseAddress, size: scratch.count, pos: 0)
                // 0: everything is flushed. It cannot fail with valid buffers; an error would loop, so it stops too.
                let left = unsafe ZSTD_compressStream2(context, &output, &input, ZSTD_e_flush)
                unsafe packed.append(contentsOf: UnsafeRawBufferPointer(rebasing: scratch[..<output.pos]))
                if left == 0 || ZSTD_isError(left) != 0 { return }
            }
        }
        return packed
    }
}
