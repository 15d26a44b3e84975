// Reads a GIF back as a mail program would: blocks, LZW, each frame laid over the one before (GIF89a specification).
// Own and plain, so that the writing is not judged by the library that wrote.

struct GIFReader {
    struct Frame {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
        var delay: Int
        /// The whole picture once this frame is laid over it, as 0x00RRGGBB.
        var shown: [UInt32]
    }

    struct Broken: Error {}

    private(set) var width = 0
    private(set) var height = 0
    /// How often it begins again; nil: never.
    private(set) var repeats: Int?
    private(set) var frames: [Frame] = []
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) throws {
        rest = bytes[...]
        guard try take(6) == Array("GIF89a".utf8) else { throw Broken() }
        (width, height) = (try number(), try number())
        let flags = try take(3)[0]
        guard flags & 0x80 != 0 else { throw Broken() }
        let map = try take(3 << (Int(flags & 7) + 1))
        let colors = stride(from: 0, to: map.count, by: 3).map { start in
            map[start..<start + 3].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        var canvas = [UInt32](repeating: 0, count: width * height)
        var (delay, transparent): (Int, Int?) = (0, nil)
        while true {
            switch try take(1)[0] {
            case 0x3B:
                guard rest.isEmpty else { throw Broken() }
                return
            case 0x21:
                let kind = try take(1)[0]
                let blocks = try blocks()
                if kind == 0xF9, let block = blocks.first, block.count == 4 {
                    delay = Int(block[1]) | Int(block[2]) << 8
                    transparent = block[0] & 1 == 1 ? Int(block[3]) : nil
                } else if kind == 0xFF, blocks.count == 2, blocks[0] == Array("NETSCAPE2.0".utf8) {
                    repeats = Int(blocks[1][1]) | Int(blocks[1][2]) << 8
                }
            case 0x2C:
                var frame = Frame(
                    x: try number(), y: try number(), width: try number(), height: try number(), delay: delay, shown: []
                )
                guard try take(1)[0] == 0 else { throw Broken() }
                let size = Int(try take(1)[0])
                let indexes = try Self.unpacked(Array(try blocks().joined()), size: size)
                guard indexes.count == frame.width * frame.height else { throw Broken() }
                for (place, index) in indexes.enumerated() where index != transparent {
                    let (x, y) = (frame.x + place % frame.width, frame.y + place / frame.width)
                    guard x < width, y < height, index < colors.count else { throw Broken() }
                    canvas[y * width + x] = colors[index]
                }
                frame.shown = canvas
                frames.append(frame)
            default: throw Broken()
            }
        }
    }

    private mutating func take(_ count: Int) throws -> [UInt8] {
        guard rest.count >= count else { throw Broken() }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    private mutating func number() throws -> Int {
        let bytes = try take(2)
        return Int(bytes[0]) | Int(bytes[1]) << 8
    }

    private mutating func blocks() throws -> [[UInt8]] {
        var blocks: [[UInt8]] = []
        while true {
            let count = Int(try take(1)[0])
            if count == 0 { return blocks }
            blocks.append(try take(count))
        }
    }

    private static func unpacked(_ bytes: [UInt8], size: Int) throws -> [Int] {
        let (clear, end) = (1 << size, (1 << size) + 1)
        var table: [[Int]] = []
        var last: [Int]?
        var (out, width, place): ([Int], Int, Int) = ([], size + 1, 0)
        while true {
            guard place + width <= bytes.count * 8 else { throw Broken() }
            var code = 0
            for bit in 0..<width where bytes[(place + bit) / 8] >> ((place + bit) % 8) & 1 == 1 { code |= 1 << bit }
            place += width
            if code == end { return out }
            if code == clear {
                table = (0..<clear).map { [$0] } + [[], []]
                (last, width) = (nil, size + 1)
                continue
            }
            guard code <= table.count, let first = code < table.count ? table[code].first : last?.first else {
                throw Broken()
            }
            let entry = code < table.count ? table[code] : (last ?? []) + [first]
            out += entry
            if let last, table.count < 4096 { table.append(last + [first]) }
            last = entry
            if table.count == 1 << width, width < 12 { width += 1 }
        }
    }
}
