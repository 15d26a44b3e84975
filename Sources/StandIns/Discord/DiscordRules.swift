// What a test may turn: the portal's switches (privileged intents, token), the session limits and the clock's bounds.
// The defaults are Discord's own (sheet §1, §3).

import Runtime

package struct DiscordRules: Sendable {
    package var token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.stand-in.not-a-real-token"
    /// Privileged intents switched on in the portal. MESSAGE_CONTENT is, as the bot's owner is told to do.
    package var grantedIntents = GatewayIntent.messageContent
    package var heartbeatInterval = Duration.milliseconds(41_250)
    /// Close 4009 when no heartbeat came for one and a half intervals.
    package var endsSilentSessions = true
    package var advisedShards = 1
    package var maxConcurrency = 1
    package var identifySpacing = Duration.seconds(5)
    package var identifyLimit = 1000
    package var sendsPerMinute = 120
    package var payloadLimit = 4096
    /// A session without a connection is kept this long, and so many of its events.
    package var resumeWindow = Duration.seconds(180)
    package var replayLimit = 20_000
    package var guildsPerShard = 2500
    /// Cloudflare's block of strange clients, on routes that need the bot's token.
    package var checksUserAgent = true
    /// How many entries the journal keeps.
    package var journalLimit = 20_000

    package init() {}
    package static let standard = DiscordRules()
}

package enum GatewayIntent {
    package static let guilds = 1 << 0
    package static let members = 1 << 1
    package static let presences = 1 << 8
    package static let guildMessages = 1 << 9
    package static let guildReactions = 1 << 10
    package static let guildTyping = 1 << 11
    package static let directMessages = 1 << 12
    package static let directReactions = 1 << 13
    package static let directTyping = 1 << 14
    package static let messageContent = 1 << 15
    package static let privileged = members | presences | messageContent
    /// Bits 0–16, 20, 21, 24, 25.
    package static let known = 0x1FFFF | 0x30_0000 | 0x300_0000
}
