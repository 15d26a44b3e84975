// Whom a letter goes to, and the ways back they have.

package import Mail
package import Newsletter

package struct Recipient: Sendable, Hashable {
    /// Ours (`Person.id`).
    package var id: Int64
    package var mailbox: Mailbox
    /// What they do not want.
    package var without: Set<NewsletterSection>
    package var links: LetterLinks
    /// Where sending has one for it; else the number and the person's.
    package var messageID: String?

    var sections: Set<NewsletterSection> { Set(NewsletterSection.allCases).subtracting(without) }

    package init(
        id: Int64, _ mailbox: Mailbox, without: Set<NewsletterSection> = [], links: LetterLinks = LetterLinks(),
        messageID: String? = nil
    ) {
        self.id = id
        self.mailbox = mailbox
        self.without = without
        self.links = links
        self.messageID = messageID
    }
}

/// Whole addresses, signed for this person. What is not http or https is left out.
package struct LetterLinks: Sendable, Hashable {
    /// A POST there unsubscribes by one click, a GET asks (RFC 8058).
    package var unsubscribe: String?
    package var preferences: String?
    /// This issue as a page.
    package var web: String?
    /// All issues.
    package var archive: String?
    /// Where there is no public address: a letter to there unsubscribes.
    package var unsubscribeMail: MailingList.UnsubscribeMail?

    package init(
        unsubscribe: String? = nil, preferences: String? = nil, web: String? = nil, archive: String? = nil,
        unsubscribeMail: MailingList.UnsubscribeMail? = nil
    ) {
        self.unsubscribe = unsubscribe
        self.preferences = preferences
        self.web = web
        self.archive = archive
        self.unsubscribeMail = unsubscribeMail
    }
}
