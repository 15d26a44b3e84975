// The links in a letter that act for its reader without a login. A token is who, what for, which issue and until when,
// with an HMAC-SHA-256 (RFC 2104) under a key of that purpose alone: one for the archive opens nothing else.
//
//     1 (form) · 8 bytes person · 4 bytes issue · 6 bytes last second (0: for good) · 16 bytes of the HMAC
//
// in base64 for addresses: 47 letters. Half an HMAC is what RFC 2104 §5 allows, and 128 bits are beyond guessing.

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

        var lasts: Duration? {
            switch self {
            case .unsubscribe: nil
            case .preferences, .archive: .days(90)
            case .preview: .days(1)
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

    private static let form: UInt8 = 1
    private static let bodyLength = 19
    private static let tagLength = 16

    private let keys: [Purpose: [UInt8]]
    /// "https://plex.example.org", no slash at its end; nil: letters hold no links of ours.
    package let home: String?

    package init(_ key: SealingKey, home: String?) {
        keys = Dictionary(
            uniqueKeysWithValues: Purpose.allCases.map { ($0, key.key(for: "newsletter link: \($0.rawValue)")) })
        var home = home
        while home?.hasSuffix("/") == true { home?.removeLast() }
        self.home = home?.isEmpty == true ? nil : home
    }

    // MARK: Tokens

    package func token(_ purpose: Purpose, for bearer: Bearer) -> String {
        var body = [Self.form]
        body += Self.bytes(UInt64(bitPattern: bearer.person), count: 8)
        body += Self.bytes(UInt64(clamping: bearer.issue), count: 4)
        body += Self.bytes(UInt64(clamping: bearer.expires?.seconds ?? 0), count: 6)
        return (body + tag(body, purpose)).base64URL
    }

    package func bearer(of token: String, _ purpose: Purpose, at now: Instant) throws(Refused) -> Bearer {
        guard token.utf8.count <= 64, let bytes = [UInt8](base64: token),
            bytes.count == Self.bodyLength + Self.tagLength, bytes[0] == Self.form,
            // Several texts decode to the same bytes; only the one we wrote is ours.
            bytes.base64URL == token
        else { throw .broken }
        let body = Array(bytes.prefix(Self.bodyLength))
        guard areEqualInConstantTime(Array(bytes.suffix(Self.tagLength)), tag(body, purpose)) else { throw .broken }
        let seconds = Self.number(body[13..<19])
        let bearer = Bearer(
            person: Int64(bitPattern: Self.number(body[1..<9])), issue: Int(Self.number(body[9..<13])),
            expires: seconds == 0 ? nil : Instant(seconds: Int64(seconds)))
        if let expires = bearer.expires, now > expires { throw .expired(bearer) }
        return bearer
    }

    private func tag(_ body: [UInt8], _ purpose: Purpose) -> [UInt8] {
        Array(Digest.hmacSHA256(body, key: keys[purpose] ?? []).prefix(Self.tagLength))
    }

    private static func bytes(_ number: UInt64, count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }

    // MARK: Addresses

    /// Nil without a public address.
    package func address(_ purpose: Purpose, person: Int64, issue: Int = 0, at now: Instant) -> String? {
        guard let home else { return nil }
        let bearer = Bearer(person: person, issue: issue, expires: purpose.lasts.map { now + $0 })
        return "\(home)/newsletter/\(purpose.rawValue)/\(token(purpose, for: bearer))"
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
