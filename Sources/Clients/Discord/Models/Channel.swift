// Where messages go: guild channels, threads and direct messages.

package struct Channel: Hashable, Sendable, Decodable {
    package struct Kind: OpenKind {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let text = Kind(rawValue: 0)
        package static let direct = Kind(rawValue: 1)
        package static let voice = Kind(rawValue: 2)
        package static let groupDirect = Kind(rawValue: 3)
        package static let category = Kind(rawValue: 4)
        package static let announcement = Kind(rawValue: 5)
        package static let announcementThread = Kind(rawValue: 10)
        package static let publicThread = Kind(rawValue: 11)
        package static let privateThread = Kind(rawValue: 12)
        package static let stage = Kind(rawValue: 13)
        package static let forum = Kind(rawValue: 15)

        package var isThread: Bool { (10...12).contains(rawValue) }
    }

    /// What one role or member is given or denied in one channel.
    package struct Overwrite: Hashable, Sendable, Decodable {
        package var id: Snowflake
        package var isForMember: Bool
        package var allow: Permissions
        package var deny: Permissions

        package init(id: Snowflake, isForMember: Bool, allow: Permissions = [], deny: Permissions = []) {
            self.id = id
            self.isForMember = isForMember
            self.allow = allow
            self.deny = deny
        }

        private enum Key: String, CodingKey { case id, type, allow, deny }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            id = try values.decode(Snowflake.self, forKey: .id)
            isForMember = values.maybe(.type, as: Int.self) == 1
            allow = values.maybe(.allow) ?? []
            deny = values.maybe(.deny) ?? []
        }
    }

    package var id: Snowflake
    package var kind: Kind
    package var guildID: Snowflake?
    /// The channel a thread hangs on, or a channel's category.
    package var parentID: Snowflake?
    /// Empty in direct messages.
    package var name: String
    package var overwrites: [Overwrite]

    package init(
        id: Snowflake, kind: Kind = .text, guildID: Snowflake? = nil, parentID: Snowflake? = nil, name: String = "",
        overwrites: [Overwrite] = []
    ) {
        self.id = id
        self.kind = kind
        self.guildID = guildID
        self.parentID = parentID
        self.name = name
        self.overwrites = overwrites
    }

    private enum Key: String, CodingKey { case id, type, guild_id, parent_id, name, permission_overwrites }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        id = try values.decode(Snowflake.self, forKey: .id)
        kind = values.maybe(.type) ?? .text
        guildID = values.maybe(.guild_id)
        parentID = values.maybe(.parent_id)
        name = values.text(.name)
        overwrites = values.list(.permission_overwrites)
    }
}
