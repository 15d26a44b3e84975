// What must be known of guilds to tell an admin in a text message: MESSAGE_CREATE brings roles but no permissions. Only
// the roles that matter are kept, so that a thousand guilds cost little.

import Discord

struct GuildBook {
    private static let deciding: Permissions = [.administrator, .manageServer]

    private var guilds: [Snowflake: Guild] = [:]
    private var parents: [Snowflake: Snowflake] = [:]
    /// Threads are only looked up where channels are restricted.
    let keepsThreads: Bool

    init(keepsThreads: Bool) { self.keepsThreads = keepsThreads }

    mutating func enter(_ guild: Guild) {
        let roles = guild.roles.filter { !$0.permissions.isDisjoint(with: Self.deciding) }
        guilds[guild.id] = Guild(
            id: guild.id, name: guild.name, ownerID: guild.ownerID,
            roles: roles.map { Role(id: $0.id, name: "", permissions: $0.permissions) })
        if keepsThreads {
            for channel in guild.channels where channel.kind.isThread { enter(channel) }
        }
    }

    mutating func enter(_ channel: Channel) {
        if keepsThreads, channel.kind.isThread, let parent = channel.parentID { parents[channel.id] = parent }
    }

    mutating func enter(_ role: Role, in guild: Snowflake) {
        guard var known = guilds[guild] else { return }
        known.roles.removeAll { $0.id == role.id }
        if !role.permissions.isDisjoint(with: Self.deciding) { known.roles.append(role) }
        guilds[guild] = known
    }

    mutating func forget(role: Snowflake, in guild: Snowflake) {
        guilds[guild]?.roles.removeAll { $0.id == role }
    }

    mutating func forget(_ guild: Snowflake) { guilds[guild] = nil }

    func parent(of channel: Snowflake) -> Snowflake? { parents[channel] }

    /// Of a guild that is not known yet: none, since unknown must not mean admin.
    func permissions(of member: Snowflake, roles: [Snowflake], in guild: Snowflake?) -> Permissions {
        guard let guild, let known = guilds[guild] else { return [] }
        return Permissions.of(member: member, roles: roles, in: known)
    }
}
