// The small Discord behind the stand-in: users, servers, channels, messages, commands. Plain data with the invariants
// Discord keeps (ids are snowflakes of the clock, a direct-message channel exists once per person); what the API makes
// of it stands in API/, who may do what in DiscordPermissions.

package import Runtime

/// A snowflake. Plain, because the client's own type must stay unknown here.
package typealias DiscordID = UInt64

package struct DiscordWorld: Sendable {
    package struct User: Sendable {
        package var id: DiscordID
        package var name: String
        package var displayName: String?
        package var isBot = false
        /// False: the person refuses direct messages from this server (50007).
        package var acceptsMessages = true

        package var shownName: String { displayName ?? name }

        package init(id: DiscordID, name: String, displayName: String? = nil, isBot: Bool = false) {
            self.id = id
            self.name = name
            self.displayName = displayName
            self.isBot = isBot
        }
    }

    package struct Role: Sendable {
        package var id: DiscordID
        package var name: String
        package var permissions: UInt64
        package var color = 0
        package var position = 1

        package init(id: DiscordID, name: String, permissions: UInt64, color: Int = 0, position: Int = 1) {
            self.id = id
            self.name = name
            self.permissions = permissions
            self.color = color
            self.position = position
        }
    }

    package struct Member: Sendable {
        package var user: DiscordID
        package var roles: [DiscordID] = []
        package var nick: String?
        package var joinedAt: Instant
        package var timedOutUntil: Instant?
    }

    package struct Overwrite: Sendable {
        package enum Subject: Int, Sendable { case role = 0, member = 1 }
        package var subject: Subject
        package var id: DiscordID
        package var allow: UInt64 = 0
        package var deny: UInt64 = 0

        package init(subject: Subject, id: DiscordID, allow: UInt64 = 0, deny: UInt64 = 0) {
            self.subject = subject
            self.id = id
            self.allow = allow
            self.deny = deny
        }
    }

    package struct Channel: Sendable {
        package enum Kind: Int, Sendable { case text = 0, direct = 1, category = 4 }
        package var id: DiscordID
        package var kind: Kind
        package var guild: DiscordID?
        package var name: String
        package var topic: String?
        package var position = 0
        package var overwrites: [Overwrite] = []
        /// The person on the other side of a direct-message channel.
        package var recipient: DiscordID?

        package init(
            id: DiscordID, kind: Kind, guild: DiscordID?, name: String, topic: String? = nil, position: Int = 0,
            overwrites: [Overwrite] = [], recipient: DiscordID? = nil
        ) {
            self.id = id
            self.kind = kind
            self.guild = guild
            self.name = name
            self.topic = topic
            self.position = position
            self.overwrites = overwrites
            self.recipient = recipient
        }
    }

    package struct Guild: Sendable {
        package var id: DiscordID
        package var name: String
        package var owner: DiscordID
        package var roles: [Role]
        package var members: [DiscordID: Member] = [:]
        package var channels: [DiscordID] = []
        /// In outage: READY names it, GUILD_DELETE with `unavailable` follows instead of GUILD_CREATE.
        package var isUnavailable = false

        package init(id: DiscordID, name: String, owner: DiscordID, roles: [Role]) {
            self.id = id
            self.name = name
            self.owner = owner
            self.roles = roles
        }
    }

    package struct Webhook: Sendable {
        package var id: DiscordID
        package var token: String
        package var channel: DiscordID
        package var name: String
    }

    package struct File: Sendable {
        package var name: String
        package var type: String
        package var bytes: [UInt8]
    }

    package var bot: DiscordID
    package var application: DiscordID
    package var users: [DiscordID: User] = [:]
    package var guilds: [DiscordID: Guild] = [:]
    package var channels: [DiscordID: Channel] = [:]
    package var webhooks: [DiscordID: Webhook] = [:]
    package var commands = CommandBook()
    package var interactions = InteractionBook()
    var messages: [DiscordID: Message] = [:]
    /// Ids of each channel's messages, oldest first.
    var timelines: [DiscordID: [DiscordID]] = [:]
    /// What the CDN serves, by attachment id.
    var files: [DiscordID: File] = [:]
    /// Where the CDN is, known once the server listens.
    var cdn = "http://127.0.0.1"

    /// What has happened since the owner last looked: for the gateway's sessions and the control feed.
    var outbox: [Happening] = []
    package var now = Instant(milliseconds: 0)
    private var lastSnowflake: DiscordID = 0
    /// Nonces of the last minutes, for `enforce_nonce`.
    var nonces: [String: (message: DiscordID, at: Instant)] = [:]

    /// A channel keeps this many messages; the oldest fall out, so that a flood does not fill the memory.
    static let timelineLimit = 5000

    package init(bot: User, application: DiscordID) {
        self.bot = bot.id
        self.application = application
        users[bot.id] = bot
    }

    /// The next id: milliseconds since 2015 in the upper 42 bits, strictly rising.
    package mutating func snowflake() -> DiscordID {
        let fresh = DiscordWorld.snowflake(at: now)
        lastSnowflake = max(fresh, lastSnowflake + 1)
        return lastSnowflake
    }

    package static func snowflake(at instant: Instant, number: UInt64 = 0) -> DiscordID {
        let age = max(0, instant.milliseconds - 1_420_070_400_000)
        return DiscordID(age) << 22 | number
    }

    package mutating func takeOutbox() -> [Happening] {
        defer { outbox = [] }
        return outbox
    }

    // MARK: Building a world

    package mutating func add(_ user: User) { users[user.id] = user }

    package mutating func add(_ guild: Guild) { guilds[guild.id] = guild }

    package mutating func add(_ channel: Channel) {
        channels[channel.id] = channel
        if let guild = channel.guild { guilds[guild]?.channels.append(channel.id) }
    }

    package mutating func addMember(_ user: DiscordID, to guild: DiscordID, roles: [DiscordID] = []) {
        let member = Member(user: user, roles: roles, joinedAt: now)
        guilds[guild]?.members[user] = member
        outbox.append(.memberJoined(guild: guild, user: user))
    }

    package mutating func removeMember(_ user: DiscordID, from guild: DiscordID) {
        guard guilds[guild]?.members.removeValue(forKey: user) != nil else { return }
        outbox.append(.memberLeft(guild: guild, user: user))
    }

    package mutating func setRoles(_ roles: [DiscordID], of user: DiscordID, in guild: DiscordID) {
        guilds[guild]?.members[user]?.roles = roles
        outbox.append(.memberChanged(guild: guild, user: user))
    }

    /// The one direct-message channel between the bot and a person.
    package mutating func directChannel(with user: DiscordID) -> DiscordID {
        if let known = directChannels[user] { return known }
        let channel = Channel(id: snowflake(), kind: .direct, guild: nil, name: "", recipient: user)
        channels[channel.id] = channel
        directChannels[user] = channel.id
        return channel.id
    }

    private(set) var directChannels: [DiscordID: DiscordID] = [:]
}
