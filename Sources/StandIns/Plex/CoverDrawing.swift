// A picture told from a number: a gradient, a disc and a band in colours of its own, in squares of eight pixels, because
// then JPEG (ITU T.81) needs but one coefficient of each and this encoder no transform.

struct CoverDrawing {
    let number: Int
    let width: Int
    let height: Int

    private struct Color {
        var red: Int
        var green: Int
        var blue: Int
    }

    private var columns: Int { (width + 7) / 8 }
    private var rows: Int { (height + 7) / 8 }

    private func hue(_ degrees: Int, _ light: Int) -> Color {
        let sector = degrees % 360 / 60, rise = degrees % 60 * light / 60
        switch sector {
        case 0: return Color(red: light, green: rise, blue: 0)
        case 1: return Color(red: light - rise, green: light, blue: 0)
        case 2: return Color(red: 0, green: light, blue: rise)
        case 3: return Color(red: 0, green: light - rise, blue: light)
        case 4: return Color(red: rise, green: 0, blue: light)
        default: return Color(red: light, green: 0, blue: light - rise)
        }
    }

    private func color(_ column: Int, _ row: Int) -> Color {
        let seed = number &* 2_654_435_761 & 0xFFFF
        let x = column * 100 / columns, y = row * 100 / rows
        let dx = x - 30 - seed % 40, dy = y - 30 - seed / 40 % 40
        let base: Color
        if dx * dx + dy * dy < 500 {
            base = hue(seed + 180, 220)
        } else if abs(y - 75 - seed % 15) < 6 {
            base = hue(seed + 60, 240)
        } else {
            base = hue(seed + x / 3, 70 + y)
        }
        // Never wholly without the other colours: covers, not traffic lights.
        return Color(red: base.red / 2 + 50, green: base.green / 2 + 50, blue: base.blue / 2 + 50)
    }

    // MARK: JPEG

    var jpeg: [UInt8] {
        var out: [UInt8] = [0xFF, 0xD8]
        func segment(_ marker: UInt8, _ bytes: [UInt8]) {
            let length = bytes.count + 2
            out += [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + bytes
        }
        segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
        segment(0xDB, [0] + [UInt8](repeating: 8, count: 64))
        segment(
            0xC0,
            [
                8, UInt8(height >> 8), UInt8(height & 255), UInt8(width >> 8), UInt8(width & 255), 3, 1, 0x11, 0, 2,
                0x11,
                0, 3, 0x11, 0,
            ])
        // Differences of the means: T.81 table K.3. The rest: one code, "nothing more", a single 0.
        segment(0xC4, [0x00, 0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0] + (0...11))
        segment(0xC4, [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        segment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0])
        var bits = BitWriter()
        var last = [0, 0, 0]
        for row in 0..<rows {
            for column in 0..<columns {
                let color = color(column, row)
                // JFIF's YCbCr, less 128.
                let means = [
                    (299 * color.red + 587 * color.green + 114 * color.blue) / 1000 - 128,
                    (500 * color.blue - 169 * color.red - 331 * color.green) / 1000,
                    (500 * color.red - 419 * color.green - 81 * color.blue) / 1000,
                ]
                for (plane, mean) in means.enumerated() {
                    bits.writeDifference(mean - last[plane])
                    bits.write(0, 1)
                    last[plane] = mean
                }
            }
        }
        return out + bits.finished + [0xFF, 0xD9]
    }

    private struct BitWriter {
        private var bytes: [UInt8] = []
        private var waiting: UInt32 = 0
        private var count = 0

        mutating func write(_ value: Int, _ length: Int) {
            for bit in stride(from: length - 1, through: 0, by: -1) {
                waiting = waiting << 1 | UInt32(value >> bit & 1)
                count += 1
                if count == 8 { flush() }
            }
        }

        private mutating func flush() {
            bytes.append(UInt8(waiting & 255))
            // A marker begins with 0xFF: in data a zero says that it is none.
            if waiting & 255 == 255 { bytes.append(0) }
            waiting = 0
            count = 0
        }

        private static let codes: [(Int, Int)] = [
            (0b00, 2), (0b010, 3), (0b011, 3), (0b100, 3), (0b101, 3), (0b110, 3), (0b1110, 4), (0b11110, 5),
            (0b111110, 6), (0b1111110, 7),
        ]

        mutating func writeDifference(_ difference: Int) {
            let size = Int.bitWidth - difference.magnitude.leadingZeroBitCount
            write(Self.codes[size].0, Self.codes[size].1)
            if size > 0 { write(difference > 0 ? difference : difference + (1 << size) - 1, size) }
        }

        var finished: [UInt8] {
            var copy = self
            while copy.count != 0 { copy.write(1, 1) }
            return copy.bytes
        }
    }

    // MARK: PNG

    var png: [UInt8] {
        var raw: [UInt8] = []
        raw.reserveCapacity((width * 3 + 1) * height)
        for row in 0..<rows {
            var line: [UInt8] = [0]
            for column in 0..<columns {
                let color = color(column, row)
                for _ in 0..<min(8, width - column * 8) {
                    line += [UInt8(color.red), UInt8(color.green), UInt8(color.blue)]
                }
            }
            for _ in 0..<min(8, height - row * 8) { raw += line }
        }
        let head = word(width) + word(height) + [8, 2, 0, 0, 0]
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", head) + chunk("IDAT", Self.stored(raw))
            + chunk("IEND", [])
    }

    private func word(_ number: Int) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(number >> $0 & 255) }
    }

    private func chunk(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + bytes
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in body { crc = Self.crcTable[Int((crc ^ UInt32(byte)) & 255)] ^ (crc >> 8) }
        return word(bytes.count) + body + word(Int(crc ^ 0xFFFF_FFFF))
    }

    private static let crcTable: [UInt32] = (0..<256).map { number in
        (0..<8).reduce(UInt32(number)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }

    /// zlib (RFC 1950) without compressing.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x78, 0x01]
        var at = 0
        repeat {
            let size = min(65_535, bytes.count - at)
            let low = UInt8(size & 255), high = UInt8(size >> 8)
            out += [at + size == bytes.count ? 1 : 0, low, high, ~low, ~high]
            out += bytes[at..<(at + size)]
            at += size
        } while at < bytes.count
        var a: UInt32 = 1, b: UInt32 = 0
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return out + stride(from: 24, through: 0, by: -8).map { UInt8((b << 16 | a) >> UInt32($0) & 255) }
    }
}
