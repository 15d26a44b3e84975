// "I'm still here" as an address in a letter, for who has no Discord beside it: signed for one person and one lapse, and
// good for some time only (SignedToken). It is opened by Faces/Web/Prune.

package import Crypto
package import Runtime

package struct PruneLinks: Sendable {
    package enum Purpose: String, Hashable, Sendable, CaseIterable { case here }

    package struct Bearer: Hashable, Sendable {
        package var person: Int64
        /// When the lapse began that the letter was about (`Baseline.at`, to the second); nil: whichever it is.
        package var lapse: Instant?
        package var expires: Instant?

        package init(person: Int64, lapse: Instant? = nil, expires: Instant? = nil) {
            self.person = person
            self.lapse = lapse
            self.expires = expires
        }

        /// The date the letter told, or that of the letter itself.
        package var stated: Instant? { expires.map { $0 - PruneLinks.lasts } }

        /// Whether the time counts from where it did when the letter was written.
        package func isOfLapse(from baseline: Instant) -> Bool {
            lapse == nil || lapse == Instant(seconds: baseline.seconds)
        }
    }

    private let links: SignedLinks<Purpose>
    package var home: String? { links.home }

    package init(_ key: SealingKey, home: String?) { links = SignedLinks(key, room: "prune", home: home) }

    /// How long after the date of the letter its link is good. Who is gone by then is told so.
    fileprivate static let lasts = Duration.days(30)

    /// The address for a letter; nil without a public address, and for letters that need none.
    package func here(for notice: PruneNotice) -> String? {
        guard notice.kind == .reminder || notice.kind == .warning else { return nil }
        let expires = max(notice.removalAt ?? notice.at, notice.at) + Self.lasts
        return links.address(.here, Self.signed(Bearer(person: notice.person, lapse: notice.lapse, expires: expires)))
    }

    package func token(for bearer: Bearer) -> String { links.text(.here, Self.signed(bearer)) }

    package func bearer(of token: String, at now: Instant) throws(SignedToken.Refused) -> Bearer {
        let token = try links.token(token, .here, at: now)
        let lapse = token.number == 0 ? nil : Instant(seconds: Int64(token.number))
        return Bearer(person: token.person, lapse: lapse, expires: token.expires)
    }

    private static func signed(_ bearer: Bearer) -> SignedToken {
        SignedToken(
            person: bearer.person, number: Int(clamping: bearer.lapse?.seconds ?? 0), expires: bearer.expires)
    }
}
