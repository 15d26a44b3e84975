// A press for notices with invented settings, for tests.

import Domain
import Letters
import Mail
import Newsletter
import Prune
import Runtime

enum Notary {
    /// Wednesday, 2 December 2026, 13:00 in Berlin.
    static let noon = Instant(seconds: 1_796_212_800)
    static let here = "https://plex.example.org/prune/here/abc"

    static func settings(_ server: String = "The Household") throws -> NoticeSettings {
        NoticeSettings(
            from: Mailbox(server, try MailAddress("plex@example.org")), domain: "plex.example.org",
            place: LocalTime(zone: "Europe/Berlin") ?? .utc, server: server,
            about: ["Films and series for friends and family."],
            rules: ["One stream at a time.", "Your account is yours."],
            links: try NoticeLink.read("Ask for a film=https://requests.example.org/?a=1&b=2"),
            contact: try NoticeContact("Robin <robin@example.org>"), removesIdle: true)
    }

    static func press(
        files: [String: String] = [:], _ change: (inout NoticeSettings) throws -> Void = { _ in }
    ) throws -> NoticePress {
        var settings = try settings()
        try change(&settings)
        return NoticePress(settings, try LetterTemplates(files: files, .notices))
    }

    static func mailbox(_ name: String = "Ann") throws -> Mailbox { Mailbox(name, try MailAddress("ann@example.net")) }

    static func notice(_ kind: PruneNotice.Kind, name: String = "Ann Whitfield", title: String = "Harbour Lights")
        -> PruneNotice
    {
        PruneNotice(
            kind, person: 7, name: name, at: noon, removalAt: noon + .days(3) + .hours(2), idleDays: 27, daysLeft: 3,
            warnDays: 27, kickDays: 30, graceHours: 24, lastSeenAt: noon - .days(27), lastTitle: title, hereLeft: 2,
            hereDays: 14, key: "prune.mail:\(kind.rawValue):7:1796212800")
    }

    static func proof(
        _ press: NoticePress, _ notice: PruneNotice, here: String? = here
    ) throws -> LetterProof {
        try press.proof(notice, to: mailbox(notice.name), here: here, date: noon)
    }

    static func headers(_ letter: Letter) throws -> [Substring] {
        let text = String(decoding: try letter.printed().bytes, as: UTF8.self)
        return (text.split(separator: "\r\n\r\n").first ?? "").split(separator: "\r\n")
    }
}
