// INTERACTION_CREATE (sheet §2): a slash command, a press on a component, a request for completions or a sent form.
// It must be answered within three seconds of its id's moment, exactly once; its token then serves fifteen minutes.

package import Runtime

package struct Interaction: Hashable, Sendable {
    package enum Content: Hashable, Sendable {
        case ping
        case command(Invocation)
        case autocomplete(Invocation)
        case component(Press)
        case form(Form)
        /// A kind Discord added later.
        case unknown(Int)
    }

    package struct Context: OpenKind {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let guild = Context(rawValue: 0)
        package static let botDirect = Context(rawValue: 1)
        package static let privateChannel = Context(rawValue: 2)
    }

    package var id: Snowflake
    package var applicationID: Snowflake
    /// Whoever holds it can answer in the bot's name: kept out of logs like any password.
    package var token: Secret
    package var content: Content
    package var guildID: Snowflake?
    package var channelID: Snowflake?
    package var channel: Channel?
    /// In a guild; it holds the user.
    package var member: Member?
    /// In direct messages only; `caller` knows both.
    package var user: User?
    /// The message whose component was pressed.
    package var message: Message?
    /// What the bot itself may do in that channel.
    package var appPermissions: Permissions?
    package var locale: String?
    package var context: Context?

    package init(
        id: Snowflake, applicationID: Snowflake, token: Secret, content: Content, guildID: Snowflake? = nil,
        channelID: Snowflake? = nil, channel: Channel? = nil, member: Member? = nil, user: User? = nil,
        message: Message? = nil, appPermissions: Permissions? = nil, locale: String? = nil, context: Context? = nil
    ) {
        self.id = id
        self.applicationID = applicationID
        self.token = token
        self.content = content
        self.guildID = guildID
        self.channelID = channelID
        self.channel = channel
        self.member = member
        self.user = user
        self.message = message
        self.appPermissions = appPermissions
        self.locale = locale
        self.context = context
    }

    package var caller: User? { member?.user ?? user }
    package var answerBy: Instant { id.instant + .seconds(3) }
    package var tokenLastsUntil: Instant { id.instant + .minutes(15) }
}

extension Interaction: Decodable {
    private enum Key: String, CodingKey {
        case id, application_id, type, token, data, guild_id, channel_id, channel, member, user, message
        case app_permissions, locale, context
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        id = try values.decode(Snowflake.self, forKey: .id)
        applicationID = try values.decode(Snowflake.self, forKey: .application_id)
        token = Secret(try values.decode(String.self, forKey: .token))
        let type = try values.decode(Int.self, forKey: .type)
        content =
            switch type {
            case 1: .ping
            case 2: .command(try values.decode(Invocation.self, forKey: .data))
            case 3: .component(try values.decode(Press.self, forKey: .data))
            case 4: .autocomplete(try values.decode(Invocation.self, forKey: .data))
            case 5: .form(try values.decode(Form.self, forKey: .data))
            default: .unknown(type)
            }
        channel = values.maybe(.channel)
        guildID = values.maybe(.guild_id)
        channelID = values.maybe(.channel_id) ?? channel?.id
        member = values.maybe(.member)
        user = values.maybe(.user)
        message = values.maybe(.message)
        appPermissions = values.maybe(.app_permissions)
        locale = values.maybe(.locale)
        context = values.maybe(.context)
    }
}
