// What the owner decides about all letters.

package import Mail
package import Runtime

package struct LetterSettings: Sendable, Hashable {
    package var from: Mailbox
    package var replyTo: Mailbox?
    /// What Message-IDs and the List-ID end in: "plex.example.org".
    package var domain: String
    package var names: NamesPolicy
    /// For times of day; the days of a period are the period's own.
    package var place: LocalTime
    /// "en": the built-in templates speak English, an owner's may speak something else and say so here.
    package var language: String
    /// Plex's own id of the server: with it titles lead to their page in Plex.
    package var machineIdentifier: String?
    package var budget: LetterBudget

    package init(
        from: Mailbox, replyTo: Mailbox? = nil, domain: String? = nil, names: NamesPolicy = .names,
        place: LocalTime = .utc, language: String = "en", machineIdentifier: String? = nil,
        budget: LetterBudget = .standard
    ) {
        self.from = from
        self.replyTo = replyTo
        self.domain = domain ?? from.address.domain
        self.names = names
        self.place = place
        self.language = language
        self.machineIdentifier = machineIdentifier
        self.budget = budget
    }
}

package struct LetterBudget: Sendable, Hashable {
    /// Of the HTML in UTF-8. Gmail cuts letters off at 102 KB, and encoding for the way adds some.
    package var html: Int
    /// Of all pictures together, before base64.
    package var pictures: Int

    package init(html: Int = 90_000, pictures: Int = 1_000_000) {
        self.html = html
        self.pictures = pictures
    }

    package static let standard = LetterBudget()
}

/// How people are called towards others. Who does not want to be named never is.
package enum NamesPolicy: String, Sendable, Hashable, Codable, CaseIterable {
    case names
    case firstNames = "first-names"
    case initials
    case nobody
}
