// Hexadecimal and base64 (RFC 4648, both alphabets) for keys in settings. Foundation's base64 refuses the URL alphabet
// and missing padding, which is how half of the key makers of the world write.

extension [UInt8] {
    package var hexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    package init?(hexadecimal text: some StringProtocol) {
        let digits = text.utf8.map { Self.value(ofDigit: $0) }
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        let values = digits.compactMap(\.self)
        self = stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }

    private static func value(ofDigit byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// In the alphabet of addresses, without padding.
    package var base64URL: String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var (bits, waiting): (UInt32, UInt32) = (0, 0)
        for byte in self {
            bits = bits << 8 | UInt32(byte)
            waiting += 8
            while waiting >= 6 {
                waiting -= 6
                text.append(digits[Int(bits >> waiting & 63)])
            }
        }
        if waiting > 0 { text.append(digits[Int(bits << (6 - waiting) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }

    /// Either alphabet; padding may be missing, but not be wrong.
    package init?(base64 text: some StringProtocol) {
        let digits = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        let padding = text.utf8.count - digits.count
        guard digits.count % 4 != 1, padding == 0 || text.utf8.count.isMultiple(of: 4) && padding < 3,
            text.utf8.dropFirst(digits.count).allSatisfy({ $0 == UInt8(ascii: "=") })
        else { return nil }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var waiting = 0
        for digit in digits {
            guard let value = Self.value(ofBase64: digit) else { return nil }
            bits = bits << 6 | UInt32(value)
            waiting += 6
            if waiting >= 8 {
                waiting -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(waiting)))
            }
        }
        self = bytes
    }

    private static func value(ofBase64 byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
