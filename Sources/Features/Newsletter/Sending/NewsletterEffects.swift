// Everything sending can do to the world; wiring fills it, a test opens one closure at a time. Each letter goes through
// the one door (LetterDoor).

package import Domain
package import Mail

/// The letter somebody is to get.
package struct LetterOrder: Hashable, Sendable {
    package enum Purpose: Hashable, Sendable {
        case issue
        /// To an admin, before anybody else; numbered.
        case test(Int64)
    }

    package var issue: Int
    package var person: Person
    package var address: MailAddress
    package var purpose: Purpose
    package var without: Set<NewsletterSection>

    package var isTest: Bool { purpose != .issue }

    package init(
        issue: Int, person: Person, address: MailAddress, purpose: Purpose = .issue,
        without: Set<NewsletterSection> = []
    ) {
        self.issue = issue
        self.person = person
        self.address = address
        self.purpose = purpose
        self.without = without
    }

    /// The same however often the same letter is made, and never another's: mail programs hide a second letter with an
    /// id they know. The first day tells issues of a database that was begun anew from those before.
    package func messageID(firstDay: Day, host: String) -> String {
        var name = "newsletter.\(issue).\(firstDay).person-\(person.id)"
        if case .test(let number) = purpose { name += ".test-\(number)" }
        return "\(name)@\(host)"
    }
}

package struct NewsletterEffects: Sendable {
    /// Returns when the server took it; throws MailError.
    package var send: @Sendable (PrintedLetter) async throws -> Void
    /// After the last letter of a while.
    package var hangUp: @Sendable () async -> Void

    package init(
        send: @escaping @Sendable (PrintedLetter) async throws -> Void = { _ in
            throw MailError.unreachable("no mail server is set: EMAIL_ADDRESS or SMTP_HOST")
        },
        hangUp: @escaping @Sendable () async -> Void = {}
    ) {
        self.send = send
        self.hangUp = hangUp
    }
}
