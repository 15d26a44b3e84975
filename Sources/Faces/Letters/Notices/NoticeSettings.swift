// What the owner decides about notices: the letters that welcome people and tell them what becomes of their access.

package import Mail
package import Runtime

package struct NoticeSettings: Sendable, Hashable {
    package var from: Mailbox
    package var replyTo: Mailbox?
    /// What Message-IDs end in: "plex.example.org".
    package var domain: String
    /// For dates: notices give them with the zone.
    package var place: LocalTime
    package var language: String
    /// As people know it.
    package var server: String
    /// What this server is, a paragraph each.
    package var about: [String]
    package var rules: [String]
    package var links: [NoticeLink]
    /// Nil: a reply to the letter, where somebody reads those.
    package var contact: NoticeContact?
    /// Whether people who watch nothing lose their access here: a welcome then says so.
    package var removesIdle: Bool

    package init(
        from: Mailbox, replyTo: Mailbox? = nil, domain: String? = nil, place: LocalTime = .utc,
        language: String = "en", server: String, about: [String] = [], rules: [String] = [], links: [NoticeLink] = [],
        contact: NoticeContact? = nil, removesIdle: Bool = false
    ) {
        self.from = from
        self.replyTo = replyTo
        self.domain = domain ?? from.address.domain
        self.place = place
        self.language = language
        self.server = server
        self.about = about
        self.rules = rules
        self.links = links
        self.contact = contact
        self.removesIdle = removesIdle
    }

    /// A list as settings hold one: "Be kind | One stream at a time".
    package static func list(_ text: String) -> [String] {
        text.split(separator: "|").map { Shown.onOneLine(String($0)) }.filter { !$0.isEmpty }
    }
}

/// A link the owner wants in letters.
package struct NoticeLink: Sendable, Hashable {
    package let title: String
    package let address: String

    package struct Mistake: Error, Hashable, Sendable, CustomStringConvertible {
        package let description: String
    }

    /// Of the web only: `javascript:` and the like are refused.
    package init(_ title: String, _ address: String) throws(Mistake) {
        let title = Shown.onOneLine(title)
        guard let address = LetterData.webAddress(Shown.onOneLine(address)), address.split(separator: "/").count > 1
        else { throw Mistake(description: "\"\(title)\" leads nowhere: an address begins with https:// or http://") }
        self.title = title.isEmpty ? address : title
        self.address = address
    }

    /// As settings hold them: "Requests=https://requests.example.org | Status=https://status.example.org".
    package static func read(_ text: String) throws(Mistake) -> [NoticeLink] {
        var links: [NoticeLink] = []
        for part in NoticeSettings.list(text) {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, !halves[0].contains("://") else {
                throw Mistake(description: "\"\(part)\" is no link: write name=https://…")
            }
            links.append(try NoticeLink(String(halves[0]), String(halves[1])))
        }
        return links
    }
}

/// Whom people turn to.
package struct NoticeContact: Sendable, Hashable {
    /// "Robin, in #help of our Discord"
    package let words: String
    /// https, http or mailto.
    package let address: String?

    /// "Robin", "Robin <robin@example.org>", "robin@example.org" or "Robin=https://example.org/robin".
    package init(_ text: String) throws(NoticeLink.Mistake) {
        let text = Shown.onOneLine(text)
        if let split = text.firstRange(of: "=http") {
            let link = try NoticeLink(
                String(text[..<split.lowerBound]), String(text[text.index(after: split.lowerBound)...]))
            (words, address) = (link.title, link.address)
            return
        }
        var name = text
        var mail = text
        if text.hasSuffix(">"), let start = text.lastIndex(of: "<") {
            name = Shown.onOneLine(String(text[..<start]))
            mail = String(text[text.index(after: start)...].dropLast())
        }
        guard let found = try? MailAddress(mail) else {
            (words, address) = (text, nil)
            return
        }
        (words, address) = (name.isEmpty ? "\(found)" : name, "mailto:\(found)")
    }
}
