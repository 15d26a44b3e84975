// Every notice, for foreign judges of mail: as an owner would have it, and with names and words that want to break it.
// `postbox notices` prints a line of JSON each.

internal import FoundationEssentials
internal import Letters
internal import Mail
internal import Prune
internal import Runtime

enum NoticePrinting {
    private struct Printed: Encodable {
        var name: String
        var subject: String
        var to: String
        var key: String
        var here: String?
        var text: String
        var html: String
        /// Base64 of the .eml file.
        var mail: Data
    }

    private static let date = Instant(seconds: 1_796_212_800)
    static let names = [
        "Ann Whitfield", "<b>Ann</b>", "Ann \"Bee\" O'Lee", "👩‍👩‍👧‍👦 Zoë 🏳️‍🌈", String(repeating: "A", count: 300), "מיכל כהן",
        "Line\r\nBcc: everybody@example.org", "ann@example.org", "", "{{server}}",
    ]

    static func printAll() throws {
        let mailbox = Mailbox("Ann Whitfield", try MailAddress("ann@example.net"))
        let press = try press("The Household")
        for sample in NoticeSample.allCases {
            let proof = try press.sample(sample, to: mailbox, here: here, date: date)
            try print(sample.rawValue, proof, mailbox, key: "sample:\(sample.rawValue)")
        }
        for (number, name) in names.enumerated() {
            let odd = try self.press(name.isEmpty ? "Plex" : name, isOdd: true)
            for kind in PruneNotice.Kind.allCases {
                let notice = PruneNotice(
                    kind, person: Int64(number), name: name, at: date, removalAt: date + .days(3), idleDays: 27,
                    daysLeft: 3, warnDays: 27, kickDays: 30, graceHours: 24, lastSeenAt: date - .days(27),
                    lastTitle: name, hereLeft: 2, hereDays: 14, key: "prune.mail:\(kind.rawValue):\(number).ü")
                let box = Mailbox(name, mailbox.address)
                let proof = try odd.proof(notice, to: box, here: here, date: date)
                try print("\(kind.rawValue)-\(number)", proof, box, key: notice.key)
            }
        }
    }

    private static let here = "https://plex.example.org/prune/here/AQAAAAAAAAAHAAAAAAAAac0IwERHlvCgNjiw6yC58_oE4GI"

    private static func press(_ server: String, isOdd: Bool = false) throws -> NoticePress {
        let words =
            isOdd ? [server, server + server] : ["Films and series for friends and family, on a small server at home."]
        return NoticePress(
            NoticeSettings(
                from: Mailbox(isOdd ? "" : server, try MailAddress("plex@example.org")), domain: "plex.example.org",
                place: LocalTime(zone: "Europe/Berlin") ?? .utc, server: server, about: words,
                rules: isOdd
                    ? words
                    : [
                        "Be kind to the upload: one stream at a time.",
                        "Your account is yours: please do not share it.",
                    ],
                links: try NoticeLink.read(
                    "Ask for a film=https://requests.example.org/?a=1&b=2 | Is it up?=https://status.example.org"),
                contact: try NoticeContact(isOdd ? server : "Robin <robin@example.org>"), removesIdle: true),
            try LetterTemplates(.notices))
    }

    private static func print(_ name: String, _ proof: LetterProof, _ mailbox: Mailbox, key: String) throws {
        guard proof.notes.isEmpty else { throw Noted(name: name, notes: proof.notes) }
        let printed = Printed(
            name: name, subject: proof.letter.subject, to: mailbox.name, key: key, here: here, text: proof.letter.text,
            html: proof.letter.html, mail: Data(try proof.letter.printed().bytes))
        StandardOutput.writeLine(String(decoding: try JSONEncoder().encode(printed), as: UTF8.self))
    }

    private struct Noted: Error, CustomStringConvertible {
        var name: String
        var notes: [LetterNote]
        var description: String { "\(name): \(notes.map(\.description).joined(separator: "; "))" }
    }
}
