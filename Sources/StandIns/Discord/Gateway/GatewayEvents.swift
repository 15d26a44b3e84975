// From what has happened in the world to the gateway's events: who gets them by intent, and what is blanked without
// MESSAGE_CONTENT (sheet §1, Intents; §2).

import Runtime

struct GatewayEvent: Sendable {
    var name: String
    var guild: DiscordID?
    /// The intent bit that subscribes to it; 0: none needed.
    var intent = 0
    var data: JSON
    /// Sessions without MESSAGE_CONTENT get it without its content.
    var isBlankable = false
}

extension DiscordWorld {
    func events(for happening: Happening) -> [GatewayEvent] {
        switch happening {
        case .messageCreated(let id): return messageEvent("MESSAGE_CREATE", id)
        case .messageEdited(let id): return messageEvent("MESSAGE_UPDATE", id)
        case .messageDeleted(let message):
            guard can(bot, Permission.viewChannel, in: message.channel) else { return [] }
            var data: JSON = ["id": .id(message.id), "channel_id": .id(message.channel)]
            let guild = message.onlyFor == nil ? channels[message.channel]?.guild : nil
            if let guild { data["guild_id"] = .id(guild) }
            return [
                GatewayEvent(
                    name: "MESSAGE_DELETE", guild: channels[message.channel]?.guild,
                    intent: guild == nil ? GatewayIntent.directMessages : GatewayIntent.guildMessages, data: data)
            ]
        case .typing(let user, let channel): return typingEvent(user, channel)
        case .reaction(let added, let message, let user, let emoji):
            return reactionEvent(added, message, user, emoji)
        case .memberJoined(let guild, let user), .memberChanged(let guild, let user):
            guard let member = guilds[guild]?.members[user] else { return [] }
            var isUpdate = false
            if case .memberChanged = happening { isUpdate = true }
            // The bot's own membership is told by GUILD_CREATE, its own changes need no intent.
            if user == bot, !isUpdate { return [] }
            return [
                GatewayEvent(
                    name: isUpdate ? "GUILD_MEMBER_UPDATE" : "GUILD_MEMBER_ADD", guild: guild,
                    intent: user == bot ? 0 : GatewayIntent.members,
                    data: payload(member: member).with("guild_id", .id(guild)))
            ]
        case .memberLeft(let guild, let user):
            return [
                GatewayEvent(
                    name: "GUILD_MEMBER_REMOVE", guild: guild, intent: GatewayIntent.members,
                    data: ["guild_id": .id(guild), "user": payload(user: user)])
            ]
        case .guildJoined(let id):
            // The members depend on the session's intents: the hub writes this one.
            return guilds[id].map { [guildCreate($0, intents: 0)] } ?? []
        case .guildLeft(let id):
            return [
                GatewayEvent(name: "GUILD_DELETE", guild: id, intent: GatewayIntent.guilds, data: ["id": .id(id)])
            ]
        case .interaction(let id): return interactionEvent(id)
        case .answered, .commandsChanged: return []
        }
    }

    func guildCreate(_ guild: Guild, intents: Int) -> GatewayEvent {
        if guild.isUnavailable {
            return GatewayEvent(
                name: "GUILD_DELETE", guild: guild.id, intent: GatewayIntent.guilds,
                data: ["id": .id(guild.id), "unavailable": true])
        }
        let showsMembers = intents & GatewayIntent.presences != 0 && intents & GatewayIntent.members != 0
        return GatewayEvent(
            name: "GUILD_CREATE", guild: guild.id, intent: GatewayIntent.guilds,
            data: gatewayPayload(guild: guild, showsMembers: showsMembers))
    }

    private func messageEvent(_ name: String, _ id: DiscordID) -> [GatewayEvent] {
        guard let message = messages[id], can(bot, Permission.viewChannel, in: message.channel) else { return [] }
        let guild = channels[message.channel]?.guild
        // Ephemeral messages go straight to the two concerned and belong to the direct messages' intent.
        let isDirect = guild == nil || message.onlyFor != nil
        let data = gatewayPayload(message: message)
        let isExempt = guild == nil || message.author == bot || message.mentions.contains(bot)
        return [
            GatewayEvent(
                name: name, guild: guild, intent: isDirect ? GatewayIntent.directMessages : GatewayIntent.guildMessages,
                data: data, isBlankable: !isExempt)
        ]
    }

    func blank(_ message: JSON) -> JSON {
        var json = message
        json["content"] = ""
        for key in ["embeds", "attachments", "components"] { json[key] = [] }
        json["poll"] = nil
        if let target = message["referenced_message"], !target.isNull, target["author"]?["id"]?.id != bot {
            json["referenced_message"] = blank(target)
        }
        return json
    }

    private func typingEvent(_ user: DiscordID, _ channel: DiscordID) -> [GatewayEvent] {
        guard can(bot, Permission.viewChannel, in: channel) else { return [] }
        let guild = channels[channel]?.guild
        var data: JSON = ["channel_id": .id(channel), "user_id": .id(user), "timestamp": .int(now.seconds)]
        if let guild, let member = guilds[guild]?.members[user] {
            data["guild_id"] = .id(guild)
            data["member"] = payload(member: member)
        }
        return [
            GatewayEvent(
                name: "TYPING_START", guild: guild,
                intent: guild == nil ? GatewayIntent.directTyping : GatewayIntent.guildTyping, data: data)
        ]
    }

    private func reactionEvent(_ added: Bool, _ id: DiscordID, _ user: DiscordID, _ emoji: String) -> [GatewayEvent] {
        guard let message = messages[id], can(bot, Permission.viewChannel, in: message.channel) else { return [] }
        let guild = channels[message.channel]?.guild
        var data: JSON = [
            "user_id": .id(user), "channel_id": .id(message.channel), "message_id": .id(id),
            "emoji": ["id": .null, "name": .string(emoji)], "burst": false, "type": 0,
        ]
        if let guild {
            data["guild_id"] = .id(guild)
            if added, let member = guilds[guild]?.members[user] { data["member"] = payload(member: member) }
        }
        return [
            GatewayEvent(
                name: added ? "MESSAGE_REACTION_ADD" : "MESSAGE_REACTION_REMOVE", guild: guild,
                intent: guild == nil ? GatewayIntent.directReactions : GatewayIntent.guildReactions, data: data)
        ]
    }

    private func interactionEvent(_ id: DiscordID) -> [GatewayEvent] {
        guard let interaction = interactions[id], let channel = channels[interaction.channel] else { return [] }
        var data: JSON = [
            "id": .id(id), "application_id": .id(application), "type": .int(Int64(interaction.kind.rawValue)),
            "token": .string(interaction.token), "version": 1, "data": interaction.data, "channel_id": .id(channel.id),
            "channel": payload(channel: channel), "locale": "en-US", "entitlements": [],
            "authorizing_integration_owners": interaction.guild.map { ["0": .id($0)] } ?? ["1": .id(interaction.user)],
            "context": interaction.guild == nil ? 1 : 0, "attachment_size_limit": 10_485_760,
            "app_permissions": .string(String(permissions(of: bot, in: channel.id))),
        ]
        if let guild = interaction.guild.flatMap({ guilds[$0] }), let member = guild.members[interaction.user] {
            data["guild_id"] = .id(guild.id)
            data["guild_locale"] = "en-US"
            data["guild"] = ["id": .id(guild.id), "features": [], "locale": "en-US"]
            data["member"] = payload(member: member).with(
                "permissions", .string(String(permissions(of: interaction.user, in: channel.id))))
        } else {
            data["user"] = payload(user: interaction.user)
        }
        if let source = interaction.source.flatMap({ messages[$0] }) { data["message"] = payload(message: source) }
        return [GatewayEvent(name: "INTERACTION_CREATE", guild: interaction.guild, data: data)]
    }
}
