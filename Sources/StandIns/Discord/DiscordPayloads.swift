// How users, members, servers, channels and messages look on the wire (sheet §2, and the keys §7 found necessary).

package import Runtime

extension DiscordWorld {
    package func payload(user id: DiscordID) -> JSON {
        guard let user = users[id] else {
            return person(id, "deleted_user", discriminator: "0")
        }
        let json = person(user.id, user.name, discriminator: "0").with("global_name", .text(user.displayName))
        return user.isBot ? json.with("bot", true) : json
    }

    private func person(_ id: DiscordID, _ name: String, discriminator: String) -> JSON {
        [
            "id": .id(id), "username": .string(name), "discriminator": .string(discriminator), "global_name": .null,
            "avatar": .null, "public_flags": 0, "flags": 0, "primary_guild": .null,
        ]
    }

    /// The bot about itself: `/users/@me` and READY show more.
    package var ownPayload: JSON {
        payload(user: bot).with("bot", true).with("verified", true).with("mfa_enabled", false).with("locale", "en-US")
    }

    /// Without its user, as in a message.
    package func payload(partialMember member: Member) -> JSON {
        [
            "roles": .array(member.roles.map(JSON.id)), "nick": .text(member.nick), "avatar": .null, "banner": .null,
            "joined_at": .time(member.joinedAt), "premium_since": .null, "deaf": false, "mute": false, "flags": 0,
            "pending": false, "communication_disabled_until": member.timedOutUntil.map(JSON.time) ?? .null,
        ]
    }

    package func payload(member: Member) -> JSON {
        payload(partialMember: member).with("user", payload(user: member.user))
    }

    package func payload(role: Role) -> JSON {
        [
            "id": .id(role.id), "name": .string(role.name), "color": .int(Int64(role.color)), "hoist": false,
            "position": .int(Int64(role.position)), "permissions": .string(String(role.permissions)),
            "colors": [
                "primary_color": .int(Int64(role.color)), "secondary_color": .null, "tertiary_color": .null,
            ],
            "managed": false, "mentionable": false, "flags": 0, "icon": .null, "unicode_emoji": .null,
        ]
    }

    package func payload(channel: Channel) -> JSON {
        if channel.kind == .direct {
            return [
                "id": .id(channel.id), "type": 1, "flags": 0, "last_message_id": .id(timelines[channel.id]?.last),
                "recipients": .array([payload(user: channel.recipient ?? 0)]),
            ]
        }
        let overwrites = channel.overwrites.map { overwrite -> JSON in
            [
                "id": .id(overwrite.id), "type": .int(Int64(overwrite.subject.rawValue)),
                "allow": .string(String(overwrite.allow)), "deny": .string(String(overwrite.deny)),
            ]
        }
        return [
            "id": .id(channel.id), "type": .int(Int64(channel.kind.rawValue)), "guild_id": .id(channel.guild),
            "name": .string(channel.name), "topic": .text(channel.topic), "position": .int(Int64(channel.position)),
            "permission_overwrites": .array(overwrites), "nsfw": false, "rate_limit_per_user": 0, "parent_id": .null,
            "last_message_id": .id(timelines[channel.id]?.last), "flags": 0,
        ]
    }

    /// What `GET /guilds/{g}` and GUILD_CREATE have in common.
    package func payload(guild: Guild) -> JSON {
        [
            "id": .id(guild.id), "name": .string(guild.name), "icon": .null, "splash": .null, "banner": .null,
            "description": .null, "owner_id": .id(guild.owner), "roles": .array(guild.roles.map(payload(role:))),
            "emojis": [], "stickers": [], "features": [], "preferred_locale": "en-US", "afk_channel_id": .null,
            "afk_timeout": 300, "system_channel_id": .null, "system_channel_flags": 0, "rules_channel_id": .null,
            "verification_level": 1, "default_message_notifications": 1, "explicit_content_filter": 0,
            "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "premium_subscription_count": 0,
            "premium_progress_bar_enabled": false, "vanity_url_code": .null, "application_id": .null,
            "home_header": .null, "discovery_splash": .null, "region": "us-east", "widget_enabled": false,
            "widget_channel_id": .null, "max_presences": .null, "max_members": 500_000,
        ]
    }

    /// GUILD_CREATE. Without the presence intent only the bot stands in `members` (nobody here is in voice), and the
    /// channels lack `guild_id`, which the real ones may too.
    package func gatewayPayload(guild: Guild, showsMembers: Bool) -> JSON {
        let members = guild.members.values.filter { showsMembers || $0.user == bot }.sorted { $0.user < $1.user }
        var json = payload(guild: guild)
        json["joined_at"] = .time(guild.members[bot]?.joinedAt ?? now)
        json["large"] = false
        json["unavailable"] = false
        json["member_count"] = .int(Int64(guild.members.count))
        json["members"] = .array(members.map(payload(member:)))
        json["channels"] = .array(
            guild.channels.compactMap { channels[$0] }.map { payload(channel: $0).with("guild_id", nil) })
        for empty in ["threads", "voice_states", "presences", "stage_instances", "guild_scheduled_events"] {
            json[empty] = []
        }
        json["soundboard_sounds"] = []
        return json
    }

    package func payload(message: Message) -> JSON {
        var json = payload(plainMessage: message)
        guard let target = message.repliesTo else { return json }
        json["message_reference"] = [
            "type": 0, "message_id": .id(target), "channel_id": .id(message.channel),
            "guild_id": .id(channels[message.channel]?.guild),
        ]
        // Null says: it has been deleted.
        if message.kind == .reply { json["referenced_message"] = messages[target].map(payload(plainMessage:)) ?? .null }
        return json
    }

    private func payload(plainMessage message: Message) -> JSON {
        var author = payload(user: message.author)
        if let webhook = message.webhook, let name = message.webhookName {
            // A webhook's author carries the webhook's id and is nobody's user; answers to interactions come through
            // the application's webhook too, but show the bot itself and have no name of their own.
            author = person(webhook, name, discriminator: "0000").with("bot", true)
        }
        var json: JSON = [
            "id": .id(message.id), "channel_id": .id(message.channel), "author": author,
            "content": .string(message.content), "timestamp": .time(message.at),
            "edited_timestamp": message.editedAt.map(JSON.time) ?? .null, "tts": .bool(message.isSpoken),
            "mention_everyone": .bool(message.mentionsEveryone),
            "mentions": .array(message.mentions.map { mention($0, in: message.channel) }),
            "mention_roles": .array(message.mentionedRoles.map(JSON.id)), "attachments": .array(message.attachments),
            "embeds": .array(message.flags & MessageFlag.suppressEmbeds == 0 ? message.embeds : []),
            "pinned": .bool(message.isPinned), "type": .int(Int64(message.kind.rawValue)),
            "flags": .int(Int64(message.flags)), "components": .array(message.components),
        ]
        if let nonce = message.nonce { json["nonce"] = nonce }
        if let webhook = message.webhook { json["webhook_id"] = .id(webhook) }
        if message.interaction != nil {
            json["application_id"] = .id(application)
        }
        if let interaction = message.interaction { json["interaction_metadata"] = interaction }
        if !message.reactions.isEmpty {
            json["reactions"] = .array(
                message.reactions.map { reaction in
                    [
                        "emoji": ["id": .null, "name": .string(reaction.emoji)],
                        "count": .int(Int64(reaction.users.count)), "me": .bool(reaction.users.contains(bot)),
                        "me_burst": false, "burst_colors": [],
                        "count_details": ["burst": 0, "normal": .int(Int64(reaction.users.count))],
                    ]
                })
        }
        return json
    }

    private func mention(_ user: DiscordID, in channel: DiscordID) -> JSON {
        guard let guild = channels[channel]?.guild, let member = guilds[guild]?.members[user] else {
            return payload(user: user)
        }
        return payload(user: user).with("member", payload(partialMember: member))
    }

    /// MESSAGE_CREATE and MESSAGE_UPDATE: the message, where it was written, and the author as a member.
    package func gatewayPayload(message: Message) -> JSON {
        var json = payload(message: message)
        json["channel_type"] = .int(Int64(channels[message.channel]?.kind.rawValue ?? 0))
        // Neither stands in direct messages nor in ephemeral ones; webhooks are no members.
        guard let guild = channels[message.channel]?.guild, message.onlyFor == nil else { return json }
        json["guild_id"] = .id(guild)
        if message.webhook == nil, let member = guilds[guild]?.members[message.author] {
            json["member"] = payload(partialMember: member)
        }
        return json
    }
}

extension JSON {
    /// Discord's way to write a time: microseconds and a numeric zone.
    package static func time(_ instant: Instant) -> JSON {
        let (days, rest) = instant.milliseconds.flooredDivision(by: 86_400_000)
        // Civil date from a day number, after Howard Hinnant's public description of the algorithm.
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        let date = "\(pad(year + era * 400 + (month <= 2 ? 1 : 0), 4))-\(pad(month, 2))-\(pad(day, 2))"
        let time = "\(pad(rest / 3_600_000, 2)):\(pad(rest / 60_000 % 60, 2)):\(pad(rest / 1000 % 60, 2))"
        return .string("\(date)T\(time).\(pad(rest % 1000, 3))000+00:00")
    }

    private static func pad(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Int64 {
    fileprivate func flooredDivision(by divisor: Int64) -> (Int64, Int64) {
        let remainder = self % divisor
        return remainder < 0 ? (self / divisor - 1, remainder + divisor) : (self / divisor, remainder)
    }
}
