// Which kinds of events the session asks for (sheet discord.md §1 "Identify"). The privileged ones must be switched on
// in the developer portal, or Discord closes with 4014.

package struct Intents: OptionSet, Hashable, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let guilds = Intents(rawValue: 1 << 0)
    package static let guildMembers = Intents(rawValue: 1 << 1)
    package static let presences = Intents(rawValue: 1 << 8)
    package static let guildMessages = Intents(rawValue: 1 << 9)
    package static let directMessages = Intents(rawValue: 1 << 12)
    package static let messageContent = Intents(rawValue: 1 << 15)

    /// What a bot needs that is spoken to in text, by mention and by slash.
    package static let textCommands: Intents = [.guilds, .guildMessages, .directMessages, .messageContent]

    package static let privileged: Intents = [.guildMembers, .presences, .messageContent]

    /// The portal's names of the privileged ones among these: what a person has to look for on that page.
    package var portalSwitches: [String] {
        var names: [String] = []
        if contains(.messageContent) { names.append("MESSAGE CONTENT INTENT") }
        if contains(.guildMembers) { names.append("SERVER MEMBERS INTENT") }
        if contains(.presences) { names.append("PRESENCE INTENT") }
        return names
    }
}
