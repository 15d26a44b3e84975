// A message to be written (sheet §3). It pings nobody unless ids are named, replies survive the deletion of what they
// answer, and the limits are met before it leaves (see DiscordLimits).

package struct MessageDraft: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        package var name: String
        package var type: String
        package var bytes: [UInt8]
        /// What a reader who cannot see the picture is told.
        package var alternative: String

        package init(name: String, type: String = "application/octet-stream", bytes: [UInt8], alternative: String = "")
        {
            self.name = name
            self.type = type
            self.bytes = bytes
            self.alternative = alternative
        }

        /// How an embed shows this file.
        package var url: String { "attachment://\(name)" }
    }

    /// Who may be pinged: exactly those named. Naming a kind in `parse` and listing its ids at once is an error at
    /// Discord; this shape cannot say it.
    package struct AllowedMentions: Hashable, Sendable {
        package var users: [Snowflake]
        package var roles: [Snowflake]
        package var everyone: Bool
        /// The author of the message that is replied to.
        package var repliedUser: Bool

        package init(
            users: [Snowflake] = [], roles: [Snowflake] = [], everyone: Bool = false, repliedUser: Bool = false
        ) {
            self.users = users
            self.roles = roles
            self.everyone = everyone
            self.repliedUser = repliedUser
        }

        package static let none = AllowedMentions()
    }

    package enum Flags {
        package static let suppressEmbeds = 1 << 2
        package static let ephemeral = 1 << 6
    }

    package var content: String
    package var embeds: [Embed]
    package var components: [Component]
    package var files: [File]
    package var allowedMentions: AllowedMentions
    package var replyTo: Snowflake?
    /// Seen by the caller only; in answers to interactions, and fixed by the first one.
    package var isEphemeral: Bool
    /// No previews under links.
    package var suppressesEmbeds: Bool
    /// At most 25 characters. Nil: the client makes one, so that a retry can never post twice.
    package var nonce: String?

    package init(
        _ content: String = "", embeds: [Embed] = [], components: [Component] = [], files: [File] = [],
        allowedMentions: AllowedMentions = .none, replyTo: Snowflake? = nil, ephemeral isEphemeral: Bool = false,
        suppressesEmbeds: Bool = false, nonce: String? = nil
    ) {
        self.content = content
        self.embeds = embeds
        self.components = components
        self.files = files
        self.allowedMentions = allowedMentions
        self.replyTo = replyTo
        self.isEphemeral = isEphemeral
        self.suppressesEmbeds = suppressesEmbeds
        self.nonce = nonce
    }
}
