// Who may do what (sheet §5): the bits, and the effective set of a person in a server or channel.

import Runtime

package enum Permission {
    package static let administrator: UInt64 = 1 << 3
    package static let manageGuild: UInt64 = 1 << 5
    package static let addReactions: UInt64 = 1 << 6
    package static let viewChannel: UInt64 = 1 << 10
    package static let sendMessages: UInt64 = 1 << 11
    package static let manageMessages: UInt64 = 1 << 13
    package static let embedLinks: UInt64 = 1 << 14
    package static let attachFiles: UInt64 = 1 << 15
    package static let readHistory: UInt64 = 1 << 16
    package static let mentionEveryone: UInt64 = 1 << 17
    package static let manageWebhooks: UInt64 = 1 << 29
    package static let useCommands: UInt64 = 1 << 31
    package static let pinMessages: UInt64 = 1 << 51
    /// Every bit known when the sheet was written.
    package static let all: UInt64 = 1 << 53 - 1
    /// What @everyone has in a new server, as far as it matters here.
    package static let ordinary =
        viewChannel | sendMessages | embedLinks | attachFiles | readHistory | addReactions | useCommands
    /// In a direct-message channel both sides may talk, attach, react and pin.
    package static let inDirectMessages = ordinary | pinMessages
}

extension DiscordWorld {
    /// Server-wide rights: the owner all, else @everyone and the member's roles together.
    package func permissions(of user: DiscordID, in guild: Guild) -> UInt64 {
        if guild.owner == user { return Permission.all }
        guard let member = guild.members[user] else { return 0 }
        var rights: UInt64 = 0
        for role in guild.roles where role.id == guild.id || member.roles.contains(role.id) {
            rights |= role.permissions
        }
        return rights & Permission.administrator != 0 ? Permission.all : rights
    }

    package func permissions(of user: DiscordID, in channel: DiscordID) -> UInt64 {
        guard let channel = channels[channel] else { return 0 }
        guard let guildID = channel.guild, let guild = guilds[guildID] else {
            return user == bot || channel.recipient == user ? Permission.inDirectMessages : 0
        }
        guard let member = guild.members[user] else { return 0 }
        var rights = permissions(of: user, in: guild)
        if rights == Permission.all { return rights }

        func apply(_ overwrites: [Overwrite]) {
            rights &= ~overwrites.reduce(0) { $0 | $1.deny }
            rights |= overwrites.reduce(0) { $0 | $1.allow }
        }
        // Three steps in this order: @everyone, all roles together, the member.
        apply(channel.overwrites.filter { $0.subject == .role && $0.id == guild.id })
        apply(channel.overwrites.filter { $0.subject == .role && $0.id != guild.id && member.roles.contains($0.id) })
        apply(channel.overwrites.filter { $0.subject == .member && $0.id == user })

        if rights & Permission.viewChannel == 0 { return 0 }
        if let until = member.timedOutUntil, until > now { rights &= Permission.viewChannel | Permission.readHistory }
        if rights & Permission.sendMessages == 0 {
            rights &= ~(Permission.embedLinks | Permission.attachFiles | Permission.mentionEveryone)
        }
        return rights
    }

    package func can(_ user: DiscordID, _ right: UInt64, in channel: DiscordID) -> Bool {
        permissions(of: user, in: channel) & right == right
    }
}
