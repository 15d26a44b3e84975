// A guild as GUILD_CREATE and GET /guilds bring it, cut down to what permissions and names need (sheet §2, §5).

package struct Role: Hashable, Sendable, Decodable {
    package var id: Snowflake
    package var name: String
    package var permissions: Permissions
    package var position: Int

    package init(id: Snowflake, name: String, permissions: Permissions = [], position: Int = 0) {
        self.id = id
        self.name = name
        self.permissions = permissions
        self.position = position
    }

    private enum Key: String, CodingKey { case id, name, permissions, position }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        id = try values.decode(Snowflake.self, forKey: .id)
        name = values.text(.name)
        permissions = values.maybe(.permissions) ?? []
        position = values.maybe(.position) ?? 0
    }
}

package struct Guild: Hashable, Sendable, Decodable {
    package var id: Snowflake
    package var name: String
    package var ownerID: Snowflake?
    package var roles: [Role]
    /// Threads are among them.
    package var channels: [Channel]
    /// Without the members intent: the bot itself and who is in voice.
    package var members: [Member]
    package var memberCount: Int?
    package var isUnavailable: Bool

    package init(
        id: Snowflake, name: String, ownerID: Snowflake? = nil, roles: [Role] = [], channels: [Channel] = [],
        members: [Member] = [], memberCount: Int? = nil, isUnavailable: Bool = false
    ) {
        self.id = id
        self.name = name
        self.ownerID = ownerID
        self.roles = roles
        self.channels = channels
        self.members = members
        self.memberCount = memberCount
        self.isUnavailable = isUnavailable
    }

    private enum Key: String, CodingKey {
        case id, name, owner_id, roles, channels, threads, members, member_count, approximate_member_count, unavailable
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let id = try values.decode(Snowflake.self, forKey: .id)
        self.id = id
        name = values.text(.name)
        ownerID = values.maybe(.owner_id)
        roles = values.list(.roles)
        var channels = values.list(.channels, of: Channel.self) + values.list(.threads)
        // Discord leaves guild_id out here, where it would be the same for all.
        for index in channels.indices { channels[index].guildID = id }
        self.channels = channels
        members = values.list(.members)
        memberCount = values.maybe(.member_count) ?? values.maybe(.approximate_member_count)
        isUnavailable = values.flag(.unavailable)
    }
}

/// READY's list and GUILD_DELETE: the guild is in an outage, or (not unavailable) the bot was removed.
package struct GuildStub: Hashable, Sendable, Decodable {
    package var id: Snowflake
    package var isUnavailable: Bool

    package init(id: Snowflake, isUnavailable: Bool) {
        self.id = id
        self.isUnavailable = isUnavailable
    }

    private enum Key: String, CodingKey { case id, unavailable }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        id = try values.decode(Snowflake.self, forKey: .id)
        isUnavailable = values.flag(.unavailable)
    }
}
