// What the gateway tells the rest of the program, in the order Discord said it (sheet discord.md §2).

package enum GatewayEvent: Equatable, Sendable {
    /// A new session: whatever happened since the last one was not delivered.
    case ready(Ready)
    /// The old session goes on; everything missed has been delivered before this.
    case resumed
    case messageCreate(Message)
    case interactionCreate(Interaction)
    /// A guild at the session's start, after an outage, or newly joined.
    case guildCreate(Guild)
    /// Name, owner or roles changed. Without channels and members.
    case guildUpdate(Guild)
    /// In an outage, or (not `isUnavailable`) the bot was removed.
    case guildDelete(GuildStub)
    case roleSaved(Role, guild: Snowflake)
    case roleDeleted(Snowflake, guild: Snowflake)
    /// The line was lost, for the reason given; the gateway is already at work on a new one.
    case disconnected(String)
    /// Discord refused MESSAGE_CONTENT; the next session runs without it, by slash and mention.
    case contentIntentRefused
}

extension GatewayEvent {
    /// Discord's names of the events somebody here can listen to.
    package enum Name: String, CaseIterable, Sendable {
        case messageCreate = "MESSAGE_CREATE"
        case interactionCreate = "INTERACTION_CREATE"
        case guildCreate = "GUILD_CREATE"
        case guildUpdate = "GUILD_UPDATE"
        case guildDelete = "GUILD_DELETE"
        case roleCreate = "GUILD_ROLE_CREATE"
        case roleUpdate = "GUILD_ROLE_UPDATE"
        case roleDelete = "GUILD_ROLE_DELETE"
    }

    init(_ name: Name, _ envelope: Envelope, from bytes: [UInt8]) throws {
        switch name {
        case .messageCreate: self = .messageCreate(try envelope.decode(from: bytes))
        case .interactionCreate: self = .interactionCreate(try envelope.decode(from: bytes))
        case .guildCreate: self = .guildCreate(try envelope.decode(from: bytes))
        case .guildUpdate: self = .guildUpdate(try envelope.decode(from: bytes))
        case .guildDelete: self = .guildDelete(try envelope.decode(from: bytes))
        case .roleCreate, .roleUpdate:
            let change = try envelope.decode(RoleSaved.self, from: bytes)
            self = .roleSaved(change.role, guild: change.guild_id)
        case .roleDelete:
            let change = try envelope.decode(RoleDeleted.self, from: bytes)
            self = .roleDeleted(change.role_id, guild: change.guild_id)
        }
    }

    private struct RoleSaved: Decodable {
        let guild_id: Snowflake
        let role: Role
    }

    private struct RoleDeleted: Decodable {
        let guild_id: Snowflake
        let role_id: Snowflake
    }

    /// What a message or interaction is known by when Discord sends it twice.
    var repeatableID: Snowflake? {
        switch self {
        case .messageCreate(let message): message.id
        case .interactionCreate(let interaction): interaction.id
        default: nil
        }
    }
}
