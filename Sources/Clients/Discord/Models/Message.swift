// A message as MESSAGE_CREATE and the REST answers bring it (sheet §2). Without the MESSAGE_CONTENT intent the content,
// embeds and components of other people's messages arrive empty.

package struct Message: Hashable, Sendable, Decodable {
    package struct Kind: OpenKind {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let plain = Kind(rawValue: 0)
        package static let reply = Kind(rawValue: 19)
        package static let slashAnswer = Kind(rawValue: 20)
    }

    package struct Reference: Hashable, Sendable, Decodable {
        package var messageID: Snowflake?
        package var channelID: Snowflake?
        package var guildID: Snowflake?

        package init(messageID: Snowflake?, channelID: Snowflake? = nil, guildID: Snowflake? = nil) {
            self.messageID = messageID
            self.channelID = channelID
            self.guildID = guildID
        }

        private enum Key: String, CodingKey { case message_id, channel_id, guild_id }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            messageID = values.maybe(.message_id)
            channelID = values.maybe(.channel_id)
            guildID = values.maybe(.guild_id)
        }
    }

    package var id: Snowflake
    package var channelID: Snowflake
    /// Absent in direct messages.
    package var guildID: Snowflake?
    package var author: User
    /// The author's place in the guild, without its `user`.
    package var member: Member?
    package var content: String
    package var mentions: [User]
    package var mentionedRoles: [Snowflake]
    package var mentionsEveryone: Bool
    /// Present: the author's id is the webhook's, not a person's.
    package var webhookID: Snowflake?
    package var kind: Kind
    package var embeds: [Embed]
    package var components: [Component]
    package var reference: Reference?
    package var flags: Int

    package init(
        id: Snowflake, channelID: Snowflake, guildID: Snowflake? = nil, author: User, member: Member? = nil,
        content: String, mentions: [User] = [], mentionedRoles: [Snowflake] = [], mentionsEveryone: Bool = false,
        webhookID: Snowflake? = nil, kind: Kind = .plain, embeds: [Embed] = [], components: [Component] = [],
        reference: Reference? = nil, flags: Int = 0
    ) {
        self.id = id
        self.channelID = channelID
        self.guildID = guildID
        self.author = author
        self.member = member
        self.content = content
        self.mentions = mentions
        self.mentionedRoles = mentionedRoles
        self.mentionsEveryone = mentionsEveryone
        self.webhookID = webhookID
        self.kind = kind
        self.embeds = embeds
        self.components = components
        self.reference = reference
        self.flags = flags
    }

    package var isEphemeral: Bool { flags & MessageDraft.Flags.ephemeral != 0 }

    /// Somebody wrote it: not a bot, not a webhook, not one of Discord's own notices. Only such messages are answered.
    package var isFromPerson: Bool { !author.isBot && webhookID == nil && (kind == .plain || kind == .reply) }

    private enum Key: String, CodingKey {
        case id, channel_id, guild_id, author, member, content, mentions, mention_roles, mention_everyone, webhook_id
        case type, embeds, components, message_reference, flags
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        id = try values.decode(Snowflake.self, forKey: .id)
        channelID = try values.decode(Snowflake.self, forKey: .channel_id)
        author = try values.decode(User.self, forKey: .author)
        guildID = values.maybe(.guild_id)
        member = values.maybe(.member)
        content = values.text(.content)
        mentions = values.list(.mentions)
        mentionedRoles = values.list(.mention_roles)
        mentionsEveryone = values.flag(.mention_everyone)
        webhookID = values.maybe(.webhook_id)
        kind = values.maybe(.type) ?? .plain
        embeds = values.list(.embeds)
        components = values.list(.components)
        reference = values.maybe(.message_reference)
        flags = values.maybe(.flags) ?? 0
    }
}
