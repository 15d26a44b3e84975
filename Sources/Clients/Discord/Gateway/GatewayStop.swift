// Why the gateway gave up for good: Discord said that trying again can only fail the same way (the bold rows of the
// sheet's table of close codes). Each text tells the owner what to do.

package enum GatewayStop: Error, Equatable, Sendable, CustomStringConvertible {
    case tokenRefused
    /// The portal's names of the privileged intents that were asked for.
    case intentsRefused([String])
    case intentsInvalid
    case shardRefused(Shard)
    case shardingRequired
    case versionRefused

    package var description: String {
        switch self {
        case .tokenRefused:
            "Discord refused DISCORD_TOKEN: copy the bot's token again from the developer portal"
                + " (https://discord.com/developers/applications → your application → Bot → Reset Token)"
                + " and put it into DISCORD_TOKEN, without quotes and without \"Bot \" in front"
        case .intentsRefused(let switches):
            "Discord refused the intents (4014): switch on "
                + (switches.isEmpty ? "the privileged intents" : switches.joined(separator: " and "))
                + " in the developer portal (https://discord.com/developers/applications → your application → Bot →"
                + " Privileged Gateway Intents), save, and start Autoplex again"
        case .intentsInvalid:
            "Discord does not know the intents asked for (4013): this Autoplex is too old or has a bug, please update it"
        case .shardRefused(let shard):
            "Discord refused shard \(shard) (4010): check the shard settings"
        case .shardingRequired:
            "Discord demands more shards for this bot (4011): it is in too many servers for one connection"
        case .versionRefused:
            "Discord no longer serves this version of its gateway (4012): please update Autoplex"
        }
    }
}
