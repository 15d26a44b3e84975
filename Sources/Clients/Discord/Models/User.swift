// People and their place in a guild (sheet §2).

package struct User: Hashable, Sendable, Decodable {
    package var id: Snowflake
    /// The unique handle; `name` is what people see.
    package var username: String
    package var globalName: String?
    package var avatar: String?
    package var isBot: Bool

    package init(
        id: Snowflake, username: String, globalName: String? = nil, avatar: String? = nil, isBot: Bool = false
    ) {
        self.id = id
        self.username = username
        self.globalName = globalName
        self.avatar = avatar
        self.isBot = isBot
    }

    package var name: String { globalName ?? username }

    private enum Key: String, CodingKey { case id, username, global_name, avatar, bot }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        id = try values.decode(Snowflake.self, forKey: .id)
        username = values.text(.username)
        globalName = values.maybe(.global_name)
        avatar = values.maybe(.avatar)
        isBot = values.flag(.bot)
    }
}

package struct Member: Hashable, Sendable, Decodable {
    /// Absent inside MESSAGE_CREATE, where the message's author says it.
    package var user: User?
    package var nick: String?
    package var roles: [Snowflake]
    /// Worked out by Discord for the channel of an interaction; absent elsewhere.
    package var permissions: Permissions?
    /// As Discord wrote it; in the past, or nil: not timed out.
    package var timedOutUntil: String?

    package init(
        user: User? = nil, nick: String? = nil, roles: [Snowflake] = [], permissions: Permissions? = nil,
        timedOutUntil: String? = nil
    ) {
        self.user = user
        self.nick = nick
        self.roles = roles
        self.permissions = permissions
        self.timedOutUntil = timedOutUntil
    }

    private enum Key: String, CodingKey { case user, nick, roles, permissions, communication_disabled_until }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        user = values.maybe(.user)
        nick = values.maybe(.nick)
        roles = values.list(.roles)
        permissions = values.maybe(.permissions)
        timedOutUntil = values.maybe(.communication_disabled_until)
    }
}
