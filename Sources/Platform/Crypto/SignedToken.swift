// A word in a link that acts for its reader without a login: who, about what, until when, with an HMAC-SHA-256
// (RFC 2104) under a key of one use alone, so that a token made for one use opens nothing else.
//
//     1 (form) · 8 bytes person · 4 bytes number · 6 bytes last second (0: for good) · 16 bytes of the HMAC
//
// in base64 for addresses: 47 letters. Half an HMAC is what RFC 2104 §5 allows, and 128 bits are beyond guessing.
// Letters of years ago hold such words: the form never changes, a new one gets a new first byte.

package import Runtime

package struct SignedToken: Hashable, Sendable {
    package var person: Int64
    /// What else the token is about, by the use it is made for; 0: nothing in particular.
    package var number: Int
    /// Nil: good for ever.
    package var expires: Instant?

    package init(person: Int64, number: Int = 0, expires: Instant? = nil) {
        self.person = person
        self.number = number
        self.expires = expires
    }

    package enum Refused: Error, Hashable, Sendable {
        /// Not ours, changed, cut, or meant for something else.
        case broken
        /// It was good once.
        case expired(SignedToken)
    }
}

/// Writes and reads the tokens of one use.
package struct TokenSigner: Sendable {
    private static let form: UInt8 = 1
    private static let bodyLength = 19
    private static let tagLength = 16

    private let key: [UInt8]

    package init(_ key: SealingKey, for use: String) { self.key = key.key(for: use) }

    package func text(of token: SignedToken) -> String {
        var body = [Self.form]
        body += Self.bytes(UInt64(bitPattern: token.person), count: 8)
        body += Self.bytes(UInt64(UInt32(clamping: token.number)), count: 4)
        body += Self.bytes(UInt64(clamping: token.expires?.seconds ?? 0), count: 6)
        return (body + tag(body)).base64URL
    }

    package func token(_ text: String, at now: Instant) throws(SignedToken.Refused) -> SignedToken {
        guard text.utf8.count <= 64, let bytes = [UInt8](base64: text),
            bytes.count == Self.bodyLength + Self.tagLength, bytes[0] == Self.form,
            // Several texts decode to the same bytes; only the one we wrote is ours.
            bytes.base64URL == text
        else { throw .broken }
        let body = Array(bytes.prefix(Self.bodyLength))
        guard areEqualInConstantTime(Array(bytes.suffix(Self.tagLength)), tag(body)) else { throw .broken }
        let seconds = Self.number(body[13..<19])
        let token = SignedToken(
            person: Int64(bitPattern: Self.number(body[1..<9])), number: Int(Self.number(body[9..<13])),
            expires: seconds == 0 ? nil : Instant(seconds: Int64(seconds)))
        if let expires = token.expires, now > expires { throw .expired(token) }
        return token
    }

    private func tag(_ body: [UInt8]) -> [UInt8] {
        Array(Digest.hmacSHA256(body, key: key).prefix(Self.tagLength))
    }

    private static func bytes(_ number: UInt64, count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
