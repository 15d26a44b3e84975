// A small picture of one's own for every item, so that what shows a poster has one to show: PNG (ISO/IEC 15948) with
// blocks stored as they are, which needs no compressor.

enum TautulliPicture {
    /// Two colours running into each other, told from the number.
    static func png(of number: Int, width: Int, height: Int) -> [UInt8] {
        var dice = SeededDice(seed: UInt64(bitPattern: Int64(number)))
        let (first, second) = (dice.next(), dice.next())
        func channel(_ index: Int, _ row: Int) -> UInt8 {
            let from = Int(UInt8(truncatingIfNeeded: first >> UInt64(8 * index)))
            let to = Int(UInt8(truncatingIfNeeded: second >> UInt64(8 * index)))
            return UInt8(from + (to - from) * row / max(1, height - 1))
        }
        var lines: [UInt8] = []
        for row in 0..<height {
            // Each line begins with its filter: none.
            lines.append(0)
            let colour = [channel(0, row), channel(1, row), channel(2, row)]
            for _ in 0..<width { lines += colour }
        }
        var png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        png += chunk("IHDR", bytes(width) + bytes(height) + [8, 2, 0, 0, 0])
        png += chunk("IDAT", zlib(lines))
        return png + chunk("IEND", [])
    }

    private static func bytes(_ number: Int) -> [UInt8] {
        [24, 16, 8, 0].map { shift in UInt8(truncatingIfNeeded: number >> shift) }
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        return bytes(content.count) + body + bytes(Int(crc(body)))
    }

    /// RFC 1950 around stored blocks (RFC 1951 §3.2.4).
    private static func zlib(_ content: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var rest = content[...]
        repeat {
            let block = rest.prefix(65_535)
            rest = rest.dropFirst(block.count)
            let length = UInt16(block.count)
            out.append(rest.isEmpty ? 1 : 0)
            for word in [length, ~length] { out += [UInt8(word & 0xFF), UInt8(word >> 8)] }
            out += block
        } while !rest.isEmpty
        var (low, high) = (1, 0)
        for byte in content {
            low = (low + Int(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return out + bytes(high << 16 | low)
    }

    private static func crc(_ content: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in content {
            crc ^= UInt32(byte)
            for _ in 0..<8 {
                let isOdd = crc & 1 == 1
                crc >>= 1
                if isOdd { crc ^= 0xEDB8_8320 }
            }
        }
        return ~crc
    }
}
