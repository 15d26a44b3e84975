// What a gateway connection's compression must hold, whichever of the two streams Discord and we agree on.

import Compression
import Testing

@Suite("Compression")
struct CompressionTests {
    static let messages: [[UInt8]] = [
        Array(#"{"op":10,"d":{"heartbeat_interval":41250}}"#.utf8),
        Array(#"{"op":11}"#.utf8),
        Array("{\"op\":0,\"d\":\"".utf8) + Array(repeating: 0xC3, count: 200_000),
        (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 11) },
        Array("{}".utf8),
    ]

    @Test(arguments: TransportCompression.allCases)
    func `messages come out as they went in, one after the other`(compression: TransportCompression) throws {
        let writer = compression.makeCompressor()
        let reader = compression.makeDecompressor()
        for message in Self.messages + Self.messages {
            #expect(try reader.feed(writer.compress(message)) == message)
        }
    }

    @Test func `every zlib message ends with the flush mark`() {
        let writer = TransportCompression.zlib.makeCompressor()
        for message in Self.messages {
            #expect(writer.compress(message).suffix(4) == [0, 0, 0xFF, 0xFF])
        }
    }

    @Test(arguments: [1, 2, 3, 5, 1000])
    func `a zlib message may be cut into frames anywhere`(size: Int) throws {
        let writer = TransportCompression.zlib.makeCompressor()
        let reader = TransportCompression.zlib.makeDecompressor()
        for message in Self.messages {
            let packed = writer.compress(message)
            var whole: [[UInt8]] = []
            for start in stride(from: 0, to: packed.count, by: size) {
                if let done = try reader.feed(Array(packed[start..<min(start + size, packed.count)])) {
                    whole.append(done)
                }
            }
            #expect(whole.count >= 1)
            #expect(whole.flatMap(\.self) == message)
        }
    }

    /// Made with Python's zlib, so that reader and writer cannot be wrong together.
    @Test func `what another program packed can be read`() throws {
        let first: [UInt8] = [
            0x78, 0x9c, 0xaa, 0x56, 0xca, 0x2f, 0x50, 0xb2, 0x32, 0x34, 0xa8, 0x05, 0x00, 0x00, 0x00, 0xff, 0xff,
        ]
        let second: [UInt8] = [0xaa, 0x86, 0x30, 0x0c, 0x6b, 0x01, 0x00, 0x00, 0x00, 0xff, 0xff]
        let reader = TransportCompression.zlib.makeDecompressor()
        #expect(try reader.feed(first) == Array(#"{"op":10}"#.utf8))
        #expect(try reader.feed(second) == Array(#"{"op":11}"#.utf8))
    }

    @Test(arguments: [TransportCompression.zlib, .zstd])
    func `damaged data is an error, and stays one`(compression: TransportCompression) throws {
        let reader = compression.makeDecompressor()
        let garbage: [UInt8] = [0x12, 0x34, 0x56, 0x78, 0, 0, 0xFF, 0xFF]
        #expect(throws: CompressionError.corrupt) { try reader.feed(garbage) }
        let sound = compression.makeCompressor().compress(Self.messages[0])
        #expect(throws: CompressionError.corrupt) { try reader.feed(sound) }
    }

    @Test(arguments: [TransportCompression.zlib, .zstd])
    func `a message whose stream began elsewhere is an error`(compression: TransportCompression) throws {
        let writer = compression.makeCompressor()
        _ = writer.compress(Self.messages[0])
        let second = writer.compress(Self.messages[3])
        #expect(throws: CompressionError.corrupt) { try compression.makeDecompressor().feed(second) }
    }

    @Test func `a zlib stream that ends is an error`() throws {
        // zlib.compress(b"{}"): complete with checksum, which Discord never sends.
        let ended: [UInt8] = [0x78, 0x9c, 0xab, 0xae, 0x05, 0x00, 0x01, 0x75, 0x00, 0xf9]
        #expect(throws: CompressionError.corrupt) {
            try TransportCompression.zlib.makeDecompressor().feed(ended + [0, 0, 0xFF, 0xFF])
        }
    }

    @Test(arguments: TransportCompression.allCases)
    func `a bomb is refused before it unpacks`(compression: TransportCompression) throws {
        let bomb = compression.makeCompressor().compress([UInt8](repeating: 32, count: 10 << 20))
        let reader = compression.makeDecompressor(largest: 1 << 20)
        #expect(throws: CompressionError.tooLarge(limit: 1 << 20)) { try reader.feed(bomb) }
    }

    @Test func `a bomb in many frames is refused too`() throws {
        let bomb = TransportCompression.zlib.makeCompressor().compress([UInt8](repeating: 32, count: 10 << 20))
        let reader = TransportCompression.zlib.makeDecompressor(largest: 1 << 20)
        #expect(throws: CompressionError.tooLarge(limit: 1 << 20)) {
            for byte in bomb { _ = try reader.feed([byte]) }
        }
    }

    @Test(arguments: TransportCompression.allCases)
    func `a message of exactly the limit passes`(compression: TransportCompression) throws {
        let message = [UInt8](repeating: 32, count: 1 << 20)
        let reader = compression.makeDecompressor(largest: 1 << 20)
        #expect(try reader.feed(compression.makeCompressor().compress(message)) == message)
    }

    @Test(arguments: [TransportCompression.zlib, .zstd])
    func `an empty frame completes nothing`(compression: TransportCompression) throws {
        let reader = compression.makeDecompressor()
        #expect(try reader.feed([]) == nil)
        #expect(try reader.feed(compression.makeCompressor().compress(Self.messages[0])) == Self.messages[0])
    }
}
