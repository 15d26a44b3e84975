// From a notice's facts to its letter. Nothing is decided here: whether, when and to whom is Prune's business, and the same
// facts make the same letter, so that one sent again after a crash is the same one.

package import Domain
package import Mail
package import Prune
package import Runtime
internal import Templates

package struct NoticePress: Sendable {
    package let settings: NoticeSettings
    package let templates: LetterTemplates

    /// `templates` of the kind `.notices`.
    package init(_ settings: NoticeSettings, _ templates: LetterTemplates) {
        precondition(templates.kind == .notices, "the newsletter's templates know nothing of notices")
        self.settings = settings
        self.templates = templates
    }

    /// `here` is the signed address at which they say "I'm still here"; nil without a public address.
    package func proof(
        _ notice: PruneNotice, to mailbox: Mailbox, here: String? = nil, date: Instant
    ) throws -> LetterProof {
        let data = NoticeData(notice: notice, settings: settings, here: here, date: date)
        return try set(
            Page(template: notice.kind.rawValue, subject: data.subject, value: data.value, key: notice.key, date: date),
            mailbox)
    }

    /// For admins: what was done, or is asked (`asks`: the buttons are elsewhere). `key` is the effect's.
    package func proof(
        _ report: Report, asks: Bool = false, to mailbox: Mailbox, key: String, date: Instant
    ) throws -> LetterProof {
        let data = ReportData(report: report, settings: settings, asks: asks, date: date)
        return try set(
            Page(template: "report", subject: data.subject, value: data.value, key: key, date: date), mailbox)
    }

    package func proof(_ word: PruneWord, to mailbox: Mailbox, key: String, date: Instant) throws -> LetterProof {
        let asks = if case .card = word.body { true } else { false }
        return try proof(word.report, asks: asks, to: mailbox, key: key, date: date)
    }

    /// Names in the owner's templates that a notice does not have, and the like: for a preview while they write.
    package func slips(_ notice: PruneNotice, here: String? = nil, date: Instant) -> [LetterNote] {
        let value = NoticeData(notice: notice, settings: settings, here: here, date: date).value
        return templates.problems + slips(notice.kind.rawValue, value)
    }

    package func slips(_ report: Report, asks: Bool = false, date: Instant) -> [LetterNote] {
        templates.problems
            + slips("report", ReportData(report: report, settings: settings, asks: asks, date: date).value)
    }

    // MARK: Setting

    private struct Page {
        var template: String
        var subject: String
        var value: TemplateValue
        var key: String
        var date: Instant
    }

    private func set(_ page: Page, _ mailbox: Mailbox) throws -> LetterProof {
        let shelf = templates.shelf
        let html = try shelf.renderOrFallBack(page.template, with: page.value)
        let text = try shelf.renderOrFallBack("text-\(page.template)", with: page.value, escaping: .none)
        let letter = Letter(
            from: settings.from, to: Self.shown(mailbox), replyTo: settings.replyTo, subject: page.subject,
            date: page.date, messageID: "notice.\(Self.atom(page.key))@\(settings.domain)",
            language: settings.language, text: Self.tidy(text.text), html: html.text)
        return LetterProof(letter: letter, notes: templates.problems + LetterNote.fallBacks(html, text))
    }

    private func slips(_ template: String, _ value: TemplateValue) -> [LetterNote] {
        do throws(TemplateError) {
            return LetterNote.slips(
                try templates.shelf.preview(template, with: value),
                try templates.shelf.preview("text-\(template)", with: value, escaping: .none))
        } catch { return [LetterNote(error)] }
    }

    /// A name that breaks its line would stop the letter, and one of 300 letters helps nobody.
    private static func shown(_ mailbox: Mailbox) -> Mailbox {
        Mailbox(Shown.cut(Shown.onOneLine(mailbox.name), to: 60), mailbox.address)
    }

    /// What is left out leaves empty lines behind: never two of them.
    private static func tidy(_ text: String) -> String {
        var lines: [Substring] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false)
        where !line.isEmpty || lines.last?.isEmpty == false {
            lines.append(line)
        }
        while lines.last?.isEmpty == true { lines.removeLast() }
        return lines.joined(separator: "\n") + "\n"
    }

    /// An effect's key as part of a Message-ID (RFC 5322 §3.6.4): two keys never become the same.
    static func atom(_ key: String) -> String {
        var atom = ""
        for byte in key.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                atom.unicodeScalars.append(UnicodeScalar(byte))
            // What parts a key's words reads well as a plus.
            case UInt8(ascii: ":"): atom += "+"
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                atom += "=" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return atom.isEmpty ? "none" : atom
    }
}
