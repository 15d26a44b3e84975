// Everything prune can do to the world; wiring fills it, a test opens one closure at a time. Each goes through the one
// door. A closure that throws `Storage.Uncertain` does not know whether it happened; anything else it throws means that
// it did not.

package import Domain

package struct PruneEffects: Sendable {
    /// Returns when the mail server took it.
    package var mail: @Sendable (PruneNotice, Person) async throws -> Void
    /// Returns when Discord took it.
    package var directMessage: @Sendable (PruneNotice, Person, _ discord: UInt64) async throws -> Void
    package var tell: @Sendable (PruneWord) async throws -> Void
    /// This share, of this server, and nothing else. A share that is gone already is no error.
    package var removeShare: @Sendable (ShareSnapshot) async throws -> Void
    package var endStream: @Sendable (PruneStream, Person) async throws -> Void
    package var invite: @Sendable (ShareSnapshot, Person) async throws -> Void
    /// Nil unless the owner asked for it.
    package var forgetInTautulli: (@Sendable (Person) async throws -> Void)?

    package init(
        mail: @escaping @Sendable (PruneNotice, Person) async throws -> Void = { _, _ in throw NotWired("mail") },
        directMessage: @escaping @Sendable (PruneNotice, Person, UInt64) async throws -> Void = { _, _, _ in
            throw NotWired("direct messages")
        },
        tell: @escaping @Sendable (PruneWord) async throws -> Void = { _ in throw NotWired("words to admins") },
        removeShare: @escaping @Sendable (ShareSnapshot) async throws -> Void = { _ in
            throw NotWired("removing shares")
        },
        endStream: @escaping @Sendable (PruneStream, Person) async throws -> Void = { _, _ in
            throw NotWired("ending streams")
        },
        invite: @escaping @Sendable (ShareSnapshot, Person) async throws -> Void = { _, _ in
            throw NotWired("invitations")
        },
        forgetInTautulli: (@Sendable (Person) async throws -> Void)? = nil
    ) {
        self.mail = mail
        self.directMessage = directMessage
        self.tell = tell
        self.removeShare = removeShare
        self.endStream = endStream
        self.invite = invite
        self.forgetInTautulli = forgetInTautulli
    }

    package struct NotWired: Error, CustomStringConvertible {
        package let description: String
        package init(_ what: String) { description = "\(what): not set up" }
    }
}

/// The kinds of effects, as the door, its caps and its verifies know them.
package enum PruneKind {
    package static let mail = "prune.mail"
    package static let message = "prune.message"
    package static let tell = "prune.tell"
    package static let remove = "prune.remove"
    package static let end = "prune.end"
    package static let invite = "prune.invite"
    package static let forget = "prune.forget"
    // Welcomes are a wish of their own: DRY_RUN keeps them too, PRUNE=dry does not. Their keys begin as ever
    // ("prune.mail:welcome:…"), since databases hold them: whoever was welcomed under the older kinds is not again.
    package static let welcomeMail = "welcome.mail"
    package static let welcomeMessage = "welcome.message"
    package static let arrival = "welcome.tell"
    /// What the door must leave undone with PRUNE=dry.
    package static let dryPrefixes = ["prune."]
    /// How the actions of all of them begin, in the ledger.
    static let actions = ["prune.", "welcome."]

    static func letter(_ notice: PruneNotice.Kind, by way: PruneWay) -> String {
        if case .discord = way { return notice == .welcome ? welcomeMessage : message }
        return notice == .welcome ? welcomeMail : mail
    }
}
