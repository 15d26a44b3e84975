// How the bot behaves, as its owner set it.

package import Discord

package struct Manners: Sendable {
    /// Before text commands. Case does not matter.
    package var prefix: String
    /// The slash command that holds all others.
    package var slashName: String
    package var access: AccessRules
    /// Where notices for the admins go.
    package var adminChannel: Snowflake?
    /// Commands that run at the same moment; more wait their turn.
    package var mostAtOnce: Int
    /// Running and waiting together. Whoever comes on top is told to ask again, so that memory stays bounded.
    package var mostOpen: Int
    /// The same for one person; admins are exempt.
    package var mostPerPerson: Int
    /// Between two uses of one command by one person, where the command itself does not say. Admins do not wait.
    package var cooldown: Duration?
    /// How long running commands may go on when the bot has to stop.
    package var grace: Duration

    package init(
        prefix: String = "!plex", slashName: String = "plex", access: AccessRules = AccessRules(),
        adminChannel: Snowflake? = nil, mostAtOnce: Int = 32, mostOpen: Int = 1024, mostPerPerson: Int = 64,
        cooldown: Duration? = nil, grace: Duration = .seconds(4)
    ) {
        self.prefix = prefix
        self.slashName = slashName
        self.access = access
        self.adminChannel = adminChannel
        self.mostAtOnce = mostAtOnce
        self.mostOpen = mostOpen
        self.mostPerPerson = mostPerPerson
        self.cooldown = cooldown
        self.grace = grace
    }
}
