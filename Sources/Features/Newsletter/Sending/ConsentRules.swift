// Who gets the newsletter (docs/newsletter-sending.md). Pure. Being on the server comes first, then what was forbidden,
// then what they chose; where nothing was chosen the owner's mode decides.

package import Domain
package import Mail
package import Runtime

package enum ConsentMode: String, Hashable, Sendable, CaseIterable {
    /// Only who asked for it.
    case optIn = "opt-in"
    /// Everybody who did not refuse it.
    case optOut = "opt-out"
}

package struct NewsletterChoice: Hashable, Sendable {
    package enum Wish: String, Hashable, Sendable {
        case subscribed, unsubscribed
    }

    /// By which way somebody said it.
    package enum Way: String, Hashable, Sendable {
        case discord, link, mail, admin
    }

    package var person: Int64
    /// Nil: never said.
    package var wish: Wish?
    package var way: Way?
    /// "discord:123", "person:7".
    package var by: String
    package var at: Instant?
    package var without: Set<NewsletterSection>
    /// Whether others may read their name.
    package var isNamed: Bool

    package init(
        person: Int64, wish: Wish? = nil, way: Way? = nil, by: String = "", at: Instant? = nil,
        without: Set<NewsletterSection> = [], isNamed: Bool = true
    ) {
        self.person = person
        self.wish = wish
        self.way = way
        self.by = by
        self.at = at
        self.without = without
        self.isNamed = isNamed
    }
}

/// What a person may leave out of their letters.
package enum NewsletterSection: String, Codable, Hashable, Sendable, CaseIterable {
    case added, popular, together, people, charts, you, suggestions

    package var title: String {
        switch self {
        case .added: "New on the server"
        case .popular: "Most watched"
        case .together: "Watched by several"
        case .people: "Who watched most"
        case .charts: "Charts"
        case .you: "Your own numbers"
        case .suggestions: "What others of your taste watched"
        }
    }
}

/// An address, or an account, that nothing is sent to.
package struct Suppression: Hashable, Sendable {
    package enum Why: String, Hashable, Sendable {
        /// They said so. They alone may take it back.
        case unsubscribed
        /// The mailbox refuses letters for good.
        case bounced
        case admin
    }

    package var mark: SubscriberMark
    package var why: Why
    package var detail: String
    package var by: String
    package var at: Instant

    package init(_ mark: SubscriberMark, _ why: Why, detail: String = "", by: String, at: Instant) {
        self.mark = mark
        self.why = why
        self.detail = detail
        self.by = by
        self.at = at
    }
}

package enum Standing: Hashable, Sendable {
    case sends(to: MailAddress)
    case not(NoLetter)
}

package enum ConsentRules {
    /// `suppressions` are those of the person's own marks.
    package static func standing(
        of person: Person, choice: NewsletterChoice?, suppressions: [Suppression], mode: ConsentMode
    ) -> Standing {
        switch person.access {
        case .member: break
        case .invited: return .not(.invited)
        case .former: return .not(.left)
        case .unknown: return .not(.accessUnknown)
        }
        if person.email.isEmpty { return .not(person.isManaged ? .managed : .noAddress) }
        let address: MailAddress
        do { address = try MailAddress(person.email) } catch { return .not(.badAddress(error.description)) }
        if let why = forbidden(by: suppressions) { return .not(why) }
        switch (choice?.wish, mode) {
        case (.unsubscribed, _): return .not(.unsubscribed)
        case (.subscribed, _), (nil, .optOut): return .sends(to: address)
        case (nil, .optIn): return .not(.notSubscribed)
        }
    }

    /// Of several reasons the one that takes most to change.
    private static func forbidden(by suppressions: [Suppression]) -> NoLetter? {
        if let admin = suppressions.first(where: { $0.why == .admin }) { return .barred(admin.detail) }
        if let bounced = suppressions.first(where: { $0.why == .bounced }) { return .bounced(bounced.detail) }
        return suppressions.isEmpty ? nil : .unsubscribed
    }

    /// Other refusals than "there is nobody" may be about this letter or us: they count only when the next issue meets
    /// them too.
    package static func suppresses(_ reply: MailReply, refusedBefore: Int) -> Bool {
        saysNobodyIsThere(reply) || refusedBefore >= 1
    }

    /// RFC 3463 §3.2, 3.3: no such mailbox or host, or it is closed.
    package static func saysNobodyIsThere(_ reply: MailReply) -> Bool {
        ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"].contains(reply.status)
    }
}
