// Users, servers, the application and the way to the gateway (sheet §1, §3 Endpoints).

import Runtime

extension DiscordAPI {
    var applicationPayload: JSON {
        // The flags tell in advance which privileged intents the portal grants (sheet §1, Intents); the "limited"
        // bits are what an app in few servers gets.
        var flags = 0
        if rules.grantedIntents & GatewayIntent.presences != 0 { flags |= 1 << 13 }
        if rules.grantedIntents & GatewayIntent.members != 0 { flags |= 1 << 15 }
        if rules.grantedIntents & GatewayIntent.messageContent != 0 { flags |= 1 << 19 }
        return [
            "id": .id(world.application), "name": "Autoplex", "icon": .null, "description": "", "summary": "",
            "bot_public": false, "bot_require_code_grant": false,
            "verify_key": .string(String(repeating: "0f", count: 32)), "flags": .int(Int64(flags)),
            "owner": world.payload(user: world.guilds.values.map(\.owner).min() ?? world.bot), "team": .null,
            "bot": world.payload(user: world.bot), "approximate_guild_count": .int(Int64(world.guilds.count)),
            "integration_types_config": ["0": [:]], "hook": true, "type": .null,
            "flags_new": .string(String(flags)), "redirect_uris": [], "interactions_endpoint_url": .null,
            "role_connections_verification_url": .null, "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
        ]
    }

    mutating func gatewayBot(_ call: Call) -> APIAnswer {
        let (left, resetAfter) = identifies.remaining(limit: rules.identifyLimit, now: call.now)
        return .ok([
            "url": .string(gatewayURL), "shards": .int(Int64(rules.advisedShards)),
            "session_start_limit": [
                "total": .int(Int64(rules.identifyLimit)), "remaining": .int(Int64(left)),
                "reset_after": .int(resetAfter.milliseconds), "max_concurrency": .int(Int64(rules.maxConcurrency)),
            ],
        ])
    }

    func ownGuilds() -> APIAnswer {
        let mine = world.guilds.values.filter { $0.members[world.bot] != nil }.sorted { $0.id < $1.id }
        return .ok(
            .array(
                mine.prefix(200).map { guild in
                    [
                        "id": .id(guild.id), "name": .string(guild.name), "icon": .null, "banner": .null,
                        "owner": .bool(guild.owner == world.bot), "features": [],
                        "permissions": .string(String(world.permissions(of: world.bot, in: guild))),
                    ]
                }))
    }

    func user(_ call: Call) throws(APIError) -> APIAnswer {
        let id = try call.id(0)
        guard world.users[id] != nil else { throw .unknownUser }
        return .ok(world.payload(user: id))
    }

    mutating func openDirectChannel(_ call: Call) throws(APIError) -> APIAnswer {
        guard let recipient = call.form["recipient_id"]?.id else {
            var errors = FormErrors()
            errors.add(["recipient_id"], "BASE_TYPE_REQUIRED", "This field is required")
            throw errors.error
        }
        guard let user = world.users[recipient] else { throw .unknownUser }
        // Bots cannot write to themselves or to one another.
        if user.isBot { throw .cannotMessage }
        let channel = world.directChannel(with: recipient)
        return .ok(world.channels[channel].map(world.payload(channel:)) ?? .null)
    }

    /// A server the bot is in; from others it gets 10004, as if they did not exist.
    private func joined(_ call: Call) throws(APIError) -> DiscordWorld.Guild {
        guard let guild = world.guilds[try call.id(0)], guild.members[world.bot] != nil else { throw .unknownGuild }
        return guild
    }

    func guild(_ call: Call) throws(APIError) -> APIAnswer {
        let guild = try joined(call)
        var json = world.payload(guild: guild)
        if call.request.isSet("with_counts") {
            json["approximate_member_count"] = .int(Int64(guild.members.count))
            json["approximate_presence_count"] = .int(Int64(guild.members.count))
        }
        return .ok(json)
    }

    func guildChannels(_ call: Call) throws(APIError) -> APIAnswer {
        let guild = try joined(call)
        return .ok(.array(guild.channels.compactMap { world.channels[$0] }.map(world.payload(channel:))))
    }

    func guildRoles(_ call: Call) throws(APIError) -> APIAnswer {
        .ok(.array(try joined(call).roles.map(world.payload(role:))))
    }

    func guildMembers(_ call: Call) throws(APIError) -> APIAnswer {
        let guild = try joined(call)
        // The whole list takes the privileged intent; a single member does not.
        if rules.grantedIntents & GatewayIntent.members == 0 { throw .missingAccess }
        let limit = min(1000, max(1, Int(call.request.queryValue("limit") ?? "") ?? 1))
        let after = DiscordID(call.request.queryValue("after") ?? "") ?? 0
        let members = guild.members.values.filter { $0.user > after }.sorted { $0.user < $1.user }
        return .ok(.array(members.prefix(limit).map(world.payload(member:))))
    }

    func guildMember(_ call: Call) throws(APIError) -> APIAnswer {
        let guild = try joined(call)
        let user = try call.id(1)
        guard world.users[user] != nil else { throw .unknownUser }
        guard let member = guild.members[user] else { throw .unknownMember }
        return .ok(world.payload(member: member))
    }

    func channel(_ call: Call) throws(APIError) -> APIAnswer {
        .ok(world.payload(channel: try visibleChannel(call)))
    }
}
