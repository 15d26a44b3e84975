// The webhook routes: follow-ups of interactions under the application's id, and ordinary webhooks under their own. The
// token in the path is the only right asked for; neither Authorization nor User-Agent is looked at (sheet §3, §7).

import Runtime

extension DiscordAPI {
    /// Whose webhook the path names.
    private enum Owner {
        case interaction(InteractionBook.Interaction)
        case webhook(DiscordWorld.Webhook)
    }

    private func owner(_ call: Call) throws(APIError) -> Owner {
        let id = try call.id(0)
        if id == world.application {
            guard let interaction = try world.interactions.answered(token: call.places[1], now: call.now) else {
                throw .invalidToken
            }
            return .interaction(interaction)
        }
        guard let webhook = world.webhooks[id] else { throw .unknownWebhook }
        guard webhook.token == call.places[1] else { throw .invalidToken }
        return .webhook(webhook)
    }

    mutating func createWebhook(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        try require(Permission.manageWebhooks, in: channel.id)
        var form = FormReader()
        let name = form.webhookName(call.form["name"], ["name"], isRequired: true) ?? ""
        try form.errors.check()
        return .ok(payload(webhook: world.addWebhook(named: name, in: channel.id)))
    }

    func webhook(_ call: Call) throws(APIError) -> APIAnswer {
        guard let webhook = world.webhooks[try call.id(0)] else { throw .unknownWebhook }
        if call.places.count > 1, webhook.token != call.places[1] { throw .invalidToken }
        return .ok(payload(webhook: webhook))
    }

    private func payload(webhook: DiscordWorld.Webhook) -> JSON {
        [
            "id": .id(webhook.id), "type": 1, "token": .string(webhook.token), "name": .string(webhook.name),
            "avatar": .null, "channel_id": .id(webhook.channel),
            "guild_id": .id(world.channels[webhook.channel]?.guild),
            "application_id": .null,
        ]
    }

    mutating func executeWebhook(_ call: Call) throws(APIError) -> APIAnswer {
        let owner = try owner(call)
        let form = try MessageForm(call.form, files: call.request.files, absentMentions: .onlyUsers)
        if form.isEmpty { throw .empty }
        switch owner {
        case .interaction(let interaction): return .ok(world.payload(message: try followUp(interaction, form, call)))
        case .webhook(let webhook):
            var reader = FormReader()
            let name = reader.webhookName(call.form["username"], ["username"], isRequired: false)
            try reader.errors.check()
            var message = world.compose(form, by: webhook.id, in: webhook.channel)
            message.webhook = webhook.id
            message.webhookName = name ?? webhook.name
            message.flags =
                form.flags & (DiscordWorld.MessageFlag.suppressEmbeds | DiscordWorld.MessageFlag.silent)
            world.insert(message)
            return call.request.isSet("wait") ? .ok(world.payload(message: message)) : .noContent
        }
    }

    private mutating func followUp(
        _ interaction: InteractionBook.Interaction, _ form: MessageForm, _ call: Call
    ) throws(APIError) -> DiscordWorld.Message {
        // Right after a deferral the first follow-up fills the loading message (legacy, sheet §3).
        if let original = interaction.original.flatMap({ world.message($0) }), original.isThinking {
            return try edit(original, with: call, absentMentions: .onlyUsers)
        }
        var message = world.compose(form, by: world.bot, in: interaction.channel)
        message.flags = form.flags & ~DiscordWorld.MessageFlag.loading
        if form.flags & DiscordWorld.MessageFlag.ephemeral != 0 { message.onlyFor = interaction.user }
        message.webhook = world.application
        message.interaction = metadata(interaction)
        if let original = interaction.original {
            message.kind = .reply
            message.repliesTo = original
        }
        world.insert(message)
        return message
    }

    /// The message of the path: `@original`, or one this very webhook has written.
    private func message(of owner: Owner, _ call: Call) throws(APIError) -> DiscordWorld.Message {
        switch owner {
        case .interaction(let interaction):
            let id = call.places[2] == "@original" ? interaction.original : try call.id(2)
            guard let id, let message = world.message(id), message.channel == interaction.channel,
                message.author == world.bot
            else { throw .unknownMessage }
            return message
        case .webhook(let webhook):
            guard let message = world.message(try call.id(2)), message.webhook == webhook.id else {
                throw .unknownMessage
            }
            return message
        }
    }

    func webhookMessage(_ call: Call) throws(APIError) -> APIAnswer {
        .ok(world.payload(message: try message(of: try owner(call), call)))
    }

    mutating func editWebhookMessage(_ call: Call) throws(APIError) -> APIAnswer {
        let message = try message(of: try owner(call), call)
        return .ok(world.payload(message: try edit(message, with: call, absentMentions: .onlyUsers)))
    }

    mutating func deleteWebhookMessage(_ call: Call) throws(APIError) -> APIAnswer {
        world.delete(try message(of: try owner(call), call).id)
        return .noContent
    }
}

extension DiscordStandIn {
    /// As somebody makes one in a channel's settings; its address, which is all that anybody needs to post there.
    package func makeWebhook(named name: String, in channel: DiscordID) async -> String {
        let webhook = await core.change { api in api.world.addWebhook(named: name, in: channel) }
        return "http://127.0.0.1:\(port)/api/webhooks/\(webhook.id)/\(webhook.token)"
    }
}

extension DiscordWorld {
    package mutating func addWebhook(named name: String, in channel: DiscordID) -> Webhook {
        let id = snowflake()
        let webhook = Webhook(id: id, token: "webhook-token-\(id)", channel: channel, name: name)
        webhooks[id] = webhook
        return webhook
    }
}

extension FormReader {
    fileprivate mutating func webhookName(_ json: JSON?, _ path: [String], isRequired: Bool) -> String? {
        guard let name = text(json, path, max: 80, min: 1, isRequired: isRequired) else { return nil }
        for word in ["clyde", "discord"] where name.lowercased().contains(word) {
            errors.add(path, "USERNAME_INVALID_CONTAINS", "Username cannot contain \"\(word)\"")
        }
        return name
    }
}
