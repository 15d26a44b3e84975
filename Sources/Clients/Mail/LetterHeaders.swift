// The headers of a letter (RFC 5322 §3.6) and those that keep a newsletter welcome: List-ID (RFC 2919), unsubscribing by
// one click (RFC 2369, RFC 8058), and what keeps absence notes from answering it (RFC 3834; Microsoft's
// X-Auto-Response-Suppress).

internal import Runtime

struct LetterHeaders {
    let lines: [String]

    init(_ letter: Letter) throws(MailError) {
        var lines = [
            "Date: \(Self.date(letter.date))",
            try HeaderText.line("From", letter.from),
            try HeaderText.line("To", letter.to),
        ]
        if let replyTo = letter.replyTo { lines.append(try HeaderText.line("Reply-To", replyTo)) }
        lines.append(try HeaderText.line("Subject", text: letter.subject))
        lines.append("Message-ID: <\(try Self.messageID(letter.messageID))>")
        if let language = letter.language {
            let isTag = (2...35).contains(language.utf8.count) && language.utf8.allSatisfy(Self.isTagByte)
            guard isTag else { throw .invalid("'\(language)' is no language such as en or pt-BR") }
            lines.append("Content-Language: \(language)")
        }
        if let list = letter.list { lines += try Self.list(list) }
        lines += [
            "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: OOF, AutoReply", "MIME-Version: 1.0",
        ]
        // The longest that fit in a line of mail; ours fold long before, but for addresses.
        guard lines.allSatisfy({ $0.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 998 } }) else {
            throw .invalid("a header line is longer than 998 letters")
        }
        self.lines = lines
    }

    private static func list(_ list: MailingList) throws(MailError) -> [String] {
        try HeaderText.check(list.name, in: "List-ID")
        let isName = (1...255).contains(list.id.utf8.count) && list.id.utf8.allSatisfy { isTagByte($0) || $0 == 46 }
        guard isName, !list.id.hasPrefix("."), !list.id.hasSuffix("."), !list.id.contains("..") else {
            throw .invalid("'\(list.id)' is no list id such as newsletter.example.org")
        }
        let start = "List-ID: "
        var lines = [
            list.name.isEmpty
                ? "\(start)<\(list.id)>"
                : HeaderText.joined(start + HeaderText.phrase(list.name, column: start.utf8.count), "<\(list.id)>")
        ]
        var ways: [String] = []
        if let url = list.unsubscribeURL {
            let isGood = url.hasPrefix("https://") && url.utf8.allSatisfy { (33...126).contains($0) }
            guard isGood, !url.contains("<"), !url.contains(">"), !url.contains(","), url.utf8.count <= 900 else {
                throw .invalid("the address to unsubscribe at must begin with https:// and hold no spaces")
            }
            ways.append("<\(url)>")
        }
        if let mail = list.unsubscribeMail {
            try HeaderText.check(mail.subject, in: "the subject to unsubscribe with")
            ways.append("<mailto:\(escaped("\(mail.address)", but: "@"))?subject=\(escaped(mail.subject, but: ""))>")
        }
        if !ways.isEmpty { lines.append("List-Unsubscribe: " + ways.joined(separator: ",\r\n ")) }
        // Mail programs then show their own button, and a POST to the address must do it.
        if list.unsubscribeURL != nil { lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click") }
        return lines
    }

    /// Checked, as it stands: the caller must be able to find the letter by it again.
    private static func messageID(_ id: String) throws(MailError) -> String {
        let halves = id.split(separator: "@", omittingEmptySubsequences: false)
        let areAtoms = halves.allSatisfy { half in
            !half.isEmpty && !half.hasPrefix(".") && !half.hasSuffix(".") && !half.contains("..")
                && half.utf8.allSatisfy { isTagByte($0) || "._+=".utf8.contains($0) }
        }
        guard halves.count == 2, areAtoms, id.utf8.count <= 240 else {
            throw .invalid("'\(id)' is no Message-ID such as issue-12.person-7@example.org")
        }
        return id
    }

    static func isTagByte(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
    }

    private static func escaped(_ text: String, but allowed: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let bytes = text.utf8.flatMap { byte -> [UInt8] in
            isTagByte(byte) || "._".utf8.contains(byte) || allowed.utf8.contains(byte)
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// "Sat, 21 Nov 2026 09:46:07 +0000"
    static func date(_ instant: Instant) -> String {
        let parts = LocalTime.utc.parts(of: instant)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let wall = parts.wall
        return "\(days[parts.weekday]), \(two(wall.day)) \(months[wall.month - 1]) \(wall.year) "
            + "\(two(wall.hour)):\(two(wall.minute)):\(two(wall.second)) +0000"
    }
}
