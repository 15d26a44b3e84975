// The links in a letter that act for its reader without a login: addresses with a signed token (SignedToken) of who, what
// for, which issue and until when. One for the archive opens nothing else.

package import Crypto
package import Runtime

package struct NewsletterLinks: Sendable {
    package enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// Works for ever: who finds a letter of years ago may still leave.
        case unsubscribe
        case preferences
        case archive
        /// An admin looking at somebody's letter.
        case preview
        /// An admin who writes templates looks at what comes of them.
        case templates

        var lasts: Duration? {
            switch self {
            case .unsubscribe: nil
            case .preferences, .archive: .days(90)
            case .preview, .templates: .days(1)
            }
        }
    }

    package struct Bearer: Hashable, Sendable {
        package var person: Int64
        /// 0: none in particular.
        package var issue: Int
        package var expires: Instant?

        package init(person: Int64, issue: Int = 0, expires: Instant? = nil) {
            self.person = person
            self.issue = issue
            self.expires = expires
        }

        init(_ token: SignedToken) { self.init(person: token.person, issue: token.number, expires: token.expires) }

        var signed: SignedToken { SignedToken(person: person, number: issue, expires: expires) }
    }

    package enum Refused: Error, Hashable, Sendable, CustomStringConvertible {
        /// Not ours, changed, cut, or meant for something else.
        case broken
        /// It was good once.
        case expired(Bearer)

        package var description: String {
            switch self {
            case .broken: "This link is not whole: copy all of it from the letter."
            case .expired: "This link has expired: use the one in the newest letter."
            }
        }
    }

    private let links: SignedLinks<Purpose>
    /// "https://plex.example.org", no slash at its end; nil: letters hold no links of ours.
    package var home: String? { links.home }

    package init(_ key: SealingKey, home: String?) { links = SignedLinks(key, room: "newsletter", home: home) }

    // MARK: Tokens

    package func token(_ purpose: Purpose, for bearer: Bearer) -> String { links.text(purpose, bearer.signed) }

    package func bearer(of token: String, _ purpose: Purpose, at now: Instant) throws(Refused) -> Bearer {
        do throws(SignedToken.Refused) {
            return Bearer(try links.token(token, purpose, at: now))
        } catch {
            switch error {
            case .broken: throw .broken
            case .expired(let token): throw .expired(Bearer(token))
            }
        }
    }

    // MARK: Addresses

    /// From page to page a path is enough, whatever name the server goes by.
    package func path(_ purpose: Purpose, for bearer: Bearer) -> String { links.path(purpose, bearer.signed) }

    /// For whoever sits at the machine itself.
    package func path(_ purpose: Purpose, person: Int64, at now: Instant) -> String {
        path(purpose, for: Bearer(person: person, expires: purpose.lasts.map { now + $0 }))
    }

    /// Nil without a public address.
    package func address(_ purpose: Purpose, person: Int64, issue: Int = 0, at now: Instant) -> String? {
        let bearer = Bearer(person: person, issue: issue, expires: purpose.lasts.map { now + $0 })
        return links.address(purpose, bearer.signed)
    }

    /// For List-Unsubscribe-Post (RFC 8058 §3.1): mail programs follow https only.
    package func oneClick(person: Int64, at now: Instant) -> String? {
        guard home?.hasPrefix("https://") == true else { return nil }
        return address(.unsubscribe, person: person, at: now)
    }

    /// The subject of a letter that unsubscribes: whoever reads the mailbox gives it to `unsubscribe`.
    package func mailSubject(person: Int64) -> String {
        "unsubscribe \(token(.unsubscribe, for: Bearer(person: person)))"
    }
}
