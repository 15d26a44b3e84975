// One letter to one person: the same facts as text and as HTML, with the pictures the HTML shows (RFC 2046 §5.1.4, 2387).
// It is made into bytes once (`printed`); what is archived, previewed and sent are those bytes.

package import Runtime

package struct Letter: Sendable {
    package var from: Mailbox
    package var to: Mailbox
    package var replyTo: Mailbox?
    package var subject: String
    package var date: Instant
    /// Without its angle brackets, the same each time the same letter is made: "issue-12.person-7@plex.example.org".
    package var messageID: String
    /// Absent for what is no newsletter, such as a test letter to the owner.
    package var list: MailingList?
    /// "en", "pt-BR".
    package var language: String?
    package var text: String
    package var html: String
    package var pictures: [Picture]

    package init(
        from: Mailbox, to: Mailbox, replyTo: Mailbox? = nil, subject: String, date: Instant, messageID: String,
        list: MailingList? = nil, language: String? = nil, text: String, html: String, pictures: [Picture] = []
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.date = date
        self.messageID = messageID
        self.list = list
        self.language = language
        self.text = text
        self.html = html
        self.pictures = pictures
    }
}

/// A picture the HTML shows by `<img src="cid:…">`.
package struct Picture: Hashable, Sendable {
    /// Without its angle brackets; unique in the letter: "plays-by-day@autoplex".
    package var contentID: String
    /// "image/png"
    package var type: String
    /// What a reader who saves it gets: "plays-by-day.png".
    package var filename: String
    package var bytes: [UInt8]

    package init(contentID: String, type: String, filename: String, bytes: [UInt8]) {
        self.contentID = contentID
        self.type = type
        self.filename = filename
        self.bytes = bytes
    }
}

/// What makes a letter one of a list that can be left (RFC 2919, 2369, 8058).
package struct MailingList: Hashable, Sendable {
    package var name: String
    /// Like a host name: "newsletter.plex.example.org".
    package var id: String
    /// https, signed for this person: a POST there, without a login, unsubscribes.
    package var unsubscribeURL: String?
    package var unsubscribeMail: UnsubscribeMail?

    /// A letter to there, with this subject, unsubscribes.
    package struct UnsubscribeMail: Hashable, Sendable {
        package var address: MailAddress
        package var subject: String

        package init(_ address: MailAddress, subject: String) {
            self.address = address
            self.subject = subject
        }
    }

    package init(
        name: String, id: String, unsubscribeURL: String? = nil, unsubscribeMail: UnsubscribeMail? = nil
    ) {
        self.name = name
        self.id = id
        self.unsubscribeURL = unsubscribeURL
        self.unsubscribeMail = unsubscribeMail
    }
}

/// A letter as bytes, with its envelope: an .eml file, and all that sending needs. Up to a megabyte: keep it as bytes, not
/// as JSON.
package struct PrintedLetter: Hashable, Sendable {
    package let from: MailAddress
    package let to: MailAddress
    package let messageID: String
    package let bytes: [UInt8]

    package init(from: MailAddress, to: MailAddress, messageID: String, bytes: [UInt8]) {
        self.from = from
        self.to = to
        self.messageID = messageID
        self.bytes = bytes
    }
}
