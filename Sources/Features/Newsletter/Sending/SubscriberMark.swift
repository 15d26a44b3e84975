// How an address or an account is known again without being kept: after its person's row is gone, a refusal must still
// hold. Plain SHA-256, not keyed: a lost key would turn every "no" into a "yes".

internal import Crypto
internal import Domain
internal import Mail

package struct SubscriberMark: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(kept text: String) { description = text }

    private init(_ kind: String, _ text: String) {
        description = Digest.sha256(Array("autoplex newsletter \(kind): \(text)".utf8)).hexadecimal
    }

    /// Nil where there is no address. One that nothing can be sent to has a mark too.
    package static func address(_ text: String) -> SubscriberMark? {
        guard !text.isEmpty else { return nil }
        return SubscriberMark("address", (try? MailAddress(text).key) ?? text.lowercased())
    }

    /// They may come back with another address.
    package static func account(_ plexID: Int) -> SubscriberMark { SubscriberMark("plex.tv account", "\(plexID)") }
    package static func jellyfin(_ id: String) -> SubscriberMark { SubscriberMark("Jellyfin account", id.lowercased()) }
}

extension Person {
    /// The address's, the accounts'.
    var subscriberMarks: [SubscriberMark] {
        [
            SubscriberMark.address(email), plexID.map(SubscriberMark.account), jellyfinID.map(SubscriberMark.jellyfin),
        ].compactMap(\.self)
    }
}
