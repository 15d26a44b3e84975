// A message as the stand-in keeps it. Embeds and components stay JSON: they were checked on the way in and are given
// out again unchanged.

package import Runtime

extension DiscordWorld {
    package struct Message: Sendable {
        package enum Kind: Int, Sendable { case ordinary = 0, pinNotice = 6, reply = 19, command = 20 }

        package var id: DiscordID
        package var channel: DiscordID
        package var author: DiscordID
        /// Name and id of the webhook that wrote it, when one did; then `author` is no user.
        package var webhookName: String?
        package var webhook: DiscordID?
        package var kind: Kind = .ordinary
        package var content = ""
        package var at: Instant
        package var editedAt: Instant?
        package var flags = 0
        package var embeds: [JSON] = []
        package var components: [JSON] = []
        package var attachments: [JSON] = []
        package var mentions: [DiscordID] = []
        package var mentionedRoles: [DiscordID] = []
        package var mentionsEveryone = false
        package var nonce: JSON?
        package var isSpoken = false
        package var isPinned = false
        package var repliesTo: DiscordID?
        /// The interaction it answers, with who asked.
        package var interaction: JSON?
        /// Set for an ephemeral message: the only person who sees it.
        package var onlyFor: DiscordID?
        package var reactions: [(emoji: String, users: [DiscordID])] = []

        package var isEphemeral: Bool { flags & MessageFlag.ephemeral != 0 }
        /// "Autoplex is thinking…": deferred and not yet filled in.
        package var isThinking: Bool { flags & MessageFlag.loading != 0 }
    }

    package enum MessageFlag {
        package static let suppressEmbeds = 1 << 2
        package static let ephemeral = 1 << 6
        package static let loading = 1 << 7
        package static let silent = 1 << 12
        package static let componentsV2 = 1 << 15
    }

    package func message(_ id: DiscordID) -> Message? { messages[id] }

    /// A channel's messages, oldest first. With a viewer, as that person sees it: others' ephemeral messages are not
    /// there, and a channel they may not read is empty.
    package func history(of channel: DiscordID, seenBy viewer: DiscordID? = nil) -> [Message] {
        let all = (timelines[channel] ?? []).compactMap { messages[$0] }
        guard let viewer else { return all }
        guard can(viewer, Permission.viewChannel, in: channel) else { return [] }
        return all.filter { $0.onlyFor == nil || $0.onlyFor == viewer }
    }

    mutating func insert(_ message: Message) {
        messages[message.id] = message
        timelines[message.channel, default: []].append(message.id)
        // In slabs, because removing from the front moves everything.
        if timelines[message.channel, default: []].count > Self.timelineLimit + 500 {
            for old in timelines[message.channel, default: []].prefix(500) { messages[old] = nil }
            timelines[message.channel]?.removeFirst(500)
        }
        outbox.append(.messageCreated(message.id))
    }

    mutating func update(_ message: Message) {
        messages[message.id] = message
        outbox.append(.messageEdited(message.id))
    }

    mutating func delete(_ id: DiscordID) {
        guard let message = messages.removeValue(forKey: id) else { return }
        timelines[message.channel]?.removeAll { $0 == id }
        outbox.append(.messageDeleted(message))
    }
}

/// What has happened in the world, told once to the gateway's sessions and to the control feed.
package enum Happening: Sendable {
    case messageCreated(DiscordID)
    case messageEdited(DiscordID)
    case messageDeleted(DiscordWorld.Message)
    case typing(DiscordID, channel: DiscordID)
    case reaction(added: Bool, message: DiscordID, user: DiscordID, emoji: String)
    case memberJoined(guild: DiscordID, user: DiscordID)
    case memberLeft(guild: DiscordID, user: DiscordID)
    case memberChanged(guild: DiscordID, user: DiscordID)
    case guildJoined(DiscordID)
    case guildLeft(DiscordID)
    case interaction(DiscordID)
    /// The bot's first answer to an interaction has come.
    case answered(DiscordID)
    case commandsChanged
}
