// Messages: sending, reading, changing, deleting, typing (sheet §3 Endpoints, §5 Permissions).

import Runtime

extension DiscordAPI {
    /// The channel of the path, if the bot may see it: 10003 unknown, 50001 hidden.
    func visibleChannel(_ call: Call) throws(APIError) -> DiscordWorld.Channel {
        guard let channel = world.channels[try call.id(0)] else { throw .unknownChannel }
        guard world.can(world.bot, Permission.viewChannel, in: channel.id) else { throw .missingAccess }
        return channel
    }

    func require(_ right: UInt64, in channel: DiscordID) throws(APIError) {
        guard world.can(world.bot, right, in: channel) else { throw .missingPermissions }
    }

    /// A message of that channel; ephemeral ones do not exist on these routes.
    func ordinaryMessage(_ id: DiscordID, in channel: DiscordID) throws(APIError) -> DiscordWorld.Message {
        guard let message = world.message(id), message.channel == channel, message.onlyFor == nil else {
            throw .unknownMessage
        }
        return message
    }

    mutating func createMessage(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        try require(Permission.sendMessages, in: channel.id)
        if let person = channel.recipient, world.users[person]?.acceptsMessages != true { throw .cannotMessage }
        let form = try MessageForm(call.form, files: call.request.files)
        // Only these three may be set by a bot.
        let settable =
            DiscordWorld.MessageFlag.suppressEmbeds | DiscordWorld.MessageFlag.silent
            | DiscordWorld.MessageFlag.componentsV2
        if form.isEmpty { throw .empty }
        if !(form.embeds ?? []).isEmpty { try require(Permission.embedLinks, in: channel.id) }
        if !form.files.isEmpty { try require(Permission.attachFiles, in: channel.id) }

        if form.enforcesNonce, let nonce = form.nonce, let first = world.message(withNonce: nonce, in: channel.id) {
            return .ok(world.payload(message: first))
        }
        var message = world.compose(form, by: world.bot, in: channel.id)
        message.flags = form.flags & settable
        if let target = form.repliesTo {
            try require(Permission.readHistory, in: channel.id, or: .needsHistory)
            if world.message(target)?.channel == channel.id {
                message.kind = .reply
                message.repliesTo = target
            } else if form.failsWithoutTarget {
                var errors = FormErrors()
                errors.add(["message_reference"], "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
                throw errors.error
            }
        }
        if form.enforcesNonce, let nonce = form.nonce { world.remember(nonce, message.id, in: channel.id) }
        world.insert(message)
        // The nonce comes back in this answer and in MESSAGE_CREATE, not when the message is read later.
        return .ok(world.payload(message: message))
    }

    private func require(_ right: UInt64, in channel: DiscordID, or error: APIError) throws(APIError) {
        guard world.can(world.bot, right, in: channel) else { throw error }
    }

    func messages(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        let limit = Int(call.request.queryValue("limit") ?? "50") ?? 0
        guard 1...100 ~= limit else {
            var errors = FormErrors()
            errors.add(["limit"], "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.")
            throw errors.error
        }
        guard world.can(world.bot, Permission.readHistory, in: channel.id) else { return .ok([]) }
        var all = world.history(of: channel.id).filter { $0.onlyFor == nil }
        func bound(_ name: String) -> DiscordID? { call.request.queryValue(name).flatMap { DiscordID($0) } }
        if let before = bound("before") {
            all = Array(all.filter { $0.id < before }.suffix(limit))
        } else if let after = bound("after") {
            all = Array(all.filter { $0.id > after }.prefix(limit))
        } else if let around = bound("around") {
            all =
                all.filter { $0.id < around }.suffix(limit / 2)
                + all.filter { $0.id >= around }.prefix(limit - limit / 2)
        } else {
            all = Array(all.suffix(limit))
        }
        return .ok(.array(all.reversed().map { world.payload(message: $0).with("nonce", nil) }))
    }

    func message(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        try require(Permission.readHistory, in: channel.id)
        let message = try ordinaryMessage(try call.id(1), in: channel.id)
        return .ok(world.payload(message: message).with("nonce", nil))
    }

    mutating func editMessage(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        let message = try ordinaryMessage(try call.id(1), in: channel.id)
        guard message.author == world.bot, message.webhook == nil else { throw .notYours }
        return .ok(world.payload(message: try edit(message, with: call)))
    }

    /// What an edit names is replaced, null clears, the rest stays; the message must not become empty. Shared with the
    /// webhook routes.
    mutating func edit(
        _ old: DiscordWorld.Message, with call: Call, absentMentions: AllowedMentions = .everything
    ) throws(APIError) -> DiscordWorld.Message {
        let form = try MessageForm(
            call.form, files: call.request.files, absentMentions: absentMentions, currentFlags: old.flags)
        var message = old
        world.apply(form, to: &message)
        let settable = DiscordWorld.MessageFlag.suppressEmbeds | DiscordWorld.MessageFlag.componentsV2
        if call.form["flags"] != nil {
            // Layout components can be switched on by an edit, never off.
            message.flags =
                message.flags & ~DiscordWorld.MessageFlag.suppressEmbeds | form.flags & settable
        }
        message.flags &= ~DiscordWorld.MessageFlag.loading
        if message.content.isEmpty, message.embeds.isEmpty, message.components.isEmpty, message.attachments.isEmpty {
            throw .empty
        }
        // Filling in a deferred answer is no edit in the eyes of people.
        message.editedAt = old.isThinking ? nil : call.now
        world.update(message)
        return message
    }

    mutating func deleteMessage(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        let message = try ordinaryMessage(try call.id(1), in: channel.id)
        if message.author != world.bot {
            // In a direct-message channel nobody deletes the other's messages.
            if channel.kind == .direct { throw APIError(403, 50003, "Cannot execute action on a DM channel") }
            try require(Permission.manageMessages, in: channel.id)
        }
        world.delete(message.id)
        return .noContent
    }

    mutating func bulkDelete(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        try require(Permission.manageMessages, in: channel.id)
        let ids = (call.form["messages"]?.array ?? []).compactMap(\.id)
        guard 2...100 ~= ids.count else { throw .badDeletion }
        let oldest = DiscordWorld.snowflake(at: call.now - .days(14))
        if ids.contains(where: { $0 < oldest }) { throw .tooOldToDelete }
        for id in ids where world.message(id)?.channel == channel.id { world.delete(id) }
        return .noContent
    }

    mutating func typing(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        try require(Permission.sendMessages, in: channel.id)
        world.outbox.append(.typing(world.bot, channel: channel.id))
        return .noContent
    }
}
