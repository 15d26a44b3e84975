// Discord compresses a whole connection as one endless stream (sheet discord.md §1 "Compression"). Both directions are
// here: the bot reads, the stand-in writes. Each connection needs a fresh pair, because a message can only be read with
// all that came before it.

internal import Synchronization

/// How the messages of one gateway connection are packed. The raw value is what goes into `compress=` of the URL.
package enum TransportCompression: String, Sendable, CaseIterable {
    case none
    case zlib = "zlib-stream"
    case zstd = "zstd-stream"

    /// `largest`: what one message may unpack to. A big guild's GUILD_CREATE is tens of MB; beyond this it is a bomb.
    package func makeDecompressor(largest: Int = 256 << 20) -> StreamDecompressor {
        StreamDecompressor(self, largest: largest)
    }

    package func makeCompressor() -> StreamCompressor { StreamCompressor(self) }
}

package enum CompressionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What came is no continuation of the stream. Nothing after it can be read either: a new connection is needed.
    case corrupt
    case tooLarge(limit: Int)

    package var description: String {
        switch self {
        case .corrupt: "the compressed stream is damaged"
        case .tooLarge(let limit): "a compressed message unpacks to more than \(limit / 1024) KiB"
        }
    }
}

/// Unpacks the messages of one connection.
package final class StreamDecompressor: Sendable {
    private enum Method: ~Copyable, Sendable {
        case none
        case zlib(Inflater)
        case zstd(ZstdReader)
    }

    private let method: Mutex<Method>
    private let largest: Int

    init(_ compression: TransportCompression, largest: Int) {
        self.largest = largest
        switch compression {
        case .none: method = Mutex(.none)
        case .zlib: method = Mutex(.zlib(Inflater(largest: largest)))
        case .zstd: method = Mutex(.zstd(ZstdReader(largest: largest)))
        }
    }

    /// Takes the bytes of one frame; returns the message they complete, or nil when more frames belong to it.
    /// After an error every further call fails the same way.
    package func feed(_ bytes: [UInt8]) throws(CompressionError) -> [UInt8]? {
        try method.withLock { method throws(CompressionError) -> [UInt8]? in
            switch consume method {
            case .none:
                method = .none
                guard bytes.count <= largest else { throw .tooLarge(limit: largest) }
                return bytes
            case .zlib(var inflater):
                let result = Result { () throws(CompressionError) in try inflater.feed(bytes) }
                method = .zlib(inflater)
                return try result.get()
            case .zstd(var reader):
                let result = Result { () throws(CompressionError) in try reader.feed(bytes) }
                method = .zstd(reader)
                return try result.get()
            }
        }
    }
}

/// Packs the messages of one connection: what the stand-in of Discord sends with.
package final class StreamCompressor: Sendable {
    private enum Method: ~Copyable, Sendable {
        case none
        case zlib(Deflater)
        case zstd(ZstdWriter)
    }

    private let method: Mutex<Method>

    init(_ compression: TransportCompression) {
        switch compression {
        case .none: method = Mutex(.none)
        case .zlib: method = Mutex(.zlib(Deflater()))
        case .zstd: method = Mutex(.zstd(ZstdWriter()))
        }
    }

    /// One whole message, flushed so that the other side can read all of it at once: with zlib it ends 00 00 FF FF.
    package func compress(_ message: [UInt8]) -> [UInt8] {
        method.withLock { method in
            switch consume method {
            case .none:
                method = .none
                return message
            case .zlib(var deflater):
                let packed = deflater.compress(message)
                method = .zlib(deflater)
                return packed
            case .zstd(var writer):
                let packed = writer.compress(message)
                method = .zstd(writer)
                return packed
            }
        }
    }
}
