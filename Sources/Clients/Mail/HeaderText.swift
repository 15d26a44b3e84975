// Words in headers: plain where they may be, else as encoded words (RFC 2047) that fold at 76 columns. Nothing that could
// end a header line gets in: a title with a line break in it would otherwise write headers of its own.

enum HeaderText {
    private static let width = 76

    /// "Subject: …" and other free text.
    static func line(_ name: String, text: String) throws(MailError) -> String {
        try check(text, in: name)
        let plain = "\(name): \(text)"
        return isPlain(text) && plain.utf8.count <= width
            ? plain : "\(name): " + encoded(text, column: name.utf8.count + 2)
    }

    /// "To: Ann <ann@example.org>"
    static func line(_ name: String, _ mailbox: Mailbox) throws(MailError) -> String {
        try check(mailbox.name, in: name)
        guard !mailbox.name.isEmpty else { return "\(name): \(mailbox.address)" }
        return joined("\(name): " + phrase(mailbox.name, column: name.utf8.count + 2), "<\(mailbox.address)>")
    }

    /// The name of a person or list before what stands in angle brackets.
    static func phrase(_ text: String, column: Int) -> String {
        guard isPlain(text), column + text.utf8.count + 2 <= width else { return encoded(text, column: column) }
        let isAtoms = text.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
                || " !#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
        }
        if isAtoms, !text.hasPrefix(" "), !text.hasSuffix(" "), !text.contains("  ") { return text }
        let quoted = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "\"\(String(quoted))\""
    }

    /// On one line where it fits, else on the next.
    static func joined(_ start: String, _ end: String) -> String {
        let last = start.utf8.split(separator: 10).last?.count ?? 0
        return start + (last + 1 + end.utf8.count <= width ? " " : "\r\n ") + end
    }

    static func check(_ text: String, in name: String) throws(MailError) {
        guard text.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw .invalid("a line break or other control character in \(name)")
        }
    }

    /// Printable ASCII that nobody takes for an encoded word.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { (32...126).contains($0) } && !text.contains("=?")
    }

    /// At most 75 letters a word; none ends within a letter, so that each is good UTF-8 by itself.
    private static func encoded(_ text: String, column: Int) -> String {
        var words: [String] = []
        var bytes: [UInt8] = []
        var room = bytesThatFit(width - column)
        func end() {
            words.append("=?UTF-8?B?\(base64(bytes))?=")
            bytes = []
            room = bytesThatFit(width - 1)
        }
        for scalar in text.unicodeScalars {
            let next = Array(String(Character(scalar)).utf8)
            if bytes.count + next.count > room, !bytes.isEmpty { end() }
            bytes += next
        }
        if !bytes.isEmpty { end() }
        return words.joined(separator: "\r\n ")
    }

    private static func bytesThatFit(_ columns: Int) -> Int { max(4, (min(columns, 75) - 12) / 4 * 3) }

    static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for place in 0..<4 {
                text.append(
                    place <= group.count ? digits[Int(bits >> UInt32(18 - 6 * place) & 63)] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
