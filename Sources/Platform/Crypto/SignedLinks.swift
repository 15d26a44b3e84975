// Addresses with a signed word at their end, for one feature: HOME/room/purpose/token. Each purpose signs with a key of
// its own.

package import Runtime

package struct SignedLinks<Purpose>: Sendable
where Purpose: RawRepresentable<String> & CaseIterable & Hashable & Sendable {
    private let room: String
    private let signers: [Purpose: TokenSigner]
    /// "https://plex.example.org", no slash at its end; nil: letters hold no links of ours.
    package let home: String?

    /// `room` is the first word of the path: "newsletter". It names the keys too, so it never changes.
    package init(_ key: SealingKey, room: String, home: String?) {
        self.room = room
        signers = Dictionary(
            uniqueKeysWithValues: Purpose.allCases.map {
                ($0, TokenSigner(key, for: "\(room) link: \($0.rawValue)"))
            })
        var home = home
        while home?.hasSuffix("/") == true { home?.removeLast() }
        self.home = home?.isEmpty == true ? nil : home
    }

    package func text(_ purpose: Purpose, _ token: SignedToken) -> String {
        signers[purpose]?.text(of: token) ?? ""
    }

    package func token(
        _ text: String, _ purpose: Purpose, at now: Instant
    ) throws(SignedToken.Refused) -> SignedToken {
        guard let signer = signers[purpose] else { throw .broken }
        return try signer.token(text, at: now)
    }

    /// From page to page a path is enough, whatever name the server goes by.
    package func path(_ purpose: Purpose, _ token: SignedToken) -> String {
        "/\(room)/\(purpose.rawValue)/\(text(purpose, token))"
    }

    /// Nil without a public address.
    package func address(_ purpose: Purpose, _ token: SignedToken) -> String? {
        home.map { $0 + path(purpose, token) }
    }
}
