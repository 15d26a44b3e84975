// Small readings of mail's text: addresses, base64, quoted-printable and encoded words (RFC 5321, RFC 2045, RFC 2047).

internal import FoundationEssentials

enum MailText {
    static func isAddress(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, text.utf8.count <= 254, text.utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
            return false
        }
        let isDomain = halves[1].split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        }
        return !halves[0].isEmpty && !halves[0].contains { "<>()[]\\,;:\"".contains($0) } && isDomain
    }

    static func base64(_ text: String) -> String? {
        if text == "=" { return "" }
        guard let data = Data(base64Encoded: text) else { return nil }
        return String(validating: data, as: UTF8.self)
    }

    /// Nil where something stands in it that does not belong there.
    static func quotedPrintable(_ bytes: some Sequence<UInt8>) -> [UInt8]? {
        let bytes = Array(bytes)
        var plain: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            guard byte == UInt8(ascii: "=") else {
                guard byte == 9 || byte == 10 || byte == 13 || (32...126).contains(byte) else { return nil }
                plain.append(byte)
                place += 1
                continue
            }
            guard place + 2 < bytes.count else { return nil }
            if bytes[place + 1] == 13, bytes[place + 2] == 10 {
                place += 3
                continue
            }
            let digits = String(decoding: bytes[place + 1...place + 2], as: UTF8.self)
            guard digits == digits.uppercased(), let value = UInt8(digits, radix: 16) else { return nil }
            plain.append(value)
            place += 3
        }
        return plain
    }

    /// A header's text with its encoded words read. Between two of them the space is not text.
    static func decoded(_ text: String) -> String {
        var bytes: [UInt8] = []
        var rest = text[...]
        var followsWord = false
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            let parts = rest[start.upperBound...].split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 4, parts[3].hasPrefix("="), let word = word(parts[0], parts[1], parts[2]) else {
                break
            }
            if !(followsWord && before.allSatisfy { $0 == " " || $0 == "\t" }) { bytes += before.utf8 }
            bytes += word
            followsWord = true
            rest = parts[3].dropFirst()
        }
        return String(decoding: bytes + Array(rest.utf8), as: UTF8.self)
    }

    private static func word(_ set: Substring, _ kind: Substring, _ text: Substring) -> [UInt8]? {
        guard set.uppercased() == "UTF-8" else { return nil }
        if kind.uppercased() == "B" { return Data(base64Encoded: String(text)).map { Array($0) } }
        guard kind.uppercased() == "Q" else { return nil }
        return quotedPrintable(text.replacing("_", with: " ").utf8)
    }
}
