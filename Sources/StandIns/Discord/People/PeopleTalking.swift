// What people do in the world: write, type, change and delete what they wrote, react. Discord's app stops them where
// they lack the right; so does this, with a sentence for whoever wrote the test or clicked on the page.

package import Runtime

package enum ControlError: Error, Sendable, CustomStringConvertible {
    /// There is no such person, channel, message or command.
    case unknown(String)
    /// Discord's app would not let this person do it.
    case refused(String)

    package var description: String {
        switch self {
        case .unknown(let what): "there is no \(what)"
        case .refused(let why): why
        }
    }
}

extension DiscordWorld {
    func user(_ id: DiscordID) throws(ControlError) -> User {
        guard let user = users[id] else { throw .unknown("person \(id)") }
        return user
    }

    func require(_ right: UInt64, of id: DiscordID, in channel: DiscordID, to act: String) throws(ControlError) {
        let user = try user(id)
        guard let room = channels[channel] else { throw .unknown("channel \(channel)") }
        guard can(id, right, in: channel) else {
            throw .refused(
                "\(user.shownName) may not \(act) in \(room.kind == .direct ? "that chat" : "#\(room.name)")")
        }
    }

    /// A message that person sees.
    func visibleMessage(_ id: DiscordID, to viewer: DiscordID) throws(ControlError) -> Message {
        guard let message = messages[id], message.onlyFor == nil || message.onlyFor == viewer,
            can(viewer, Permission.viewChannel, in: message.channel)
        else { throw .unknown("message \(id) that they can see") }
        return message
    }

    package mutating func say(
        _ text: String, as author: DiscordID, in channel: DiscordID, replyingTo target: DiscordID? = nil,
        files: [UploadedFile] = []
    ) throws(ControlError) -> DiscordID {
        try require(Permission.sendMessages, of: author, in: channel, to: "write")
        var body: JSON = ["content": .string(text)]
        if let target { body["message_reference"] = ["message_id": .id(target)] }
        let form: MessageForm
        do throws(APIError) {
            form = try MessageForm(body, files: files)
        } catch {
            throw .refused(error.body.description)
        }
        if form.isEmpty { throw .refused("a message needs some text") }
        var message = compose(form, by: author, in: channel)
        if let target, messages[target]?.channel == channel {
            message.kind = .reply
            message.repliesTo = target
        }
        insert(message)
        return message.id
    }

    package mutating func edit(_ id: DiscordID, to text: String, as author: DiscordID) throws(ControlError) {
        var message = try visibleMessage(id, to: author)
        guard message.author == author, message.webhook == nil else {
            throw .refused("only its author changes a message")
        }
        guard let form = try? MessageForm(["content": .string(text)], files: []) else {
            throw .refused("that text does not fit into a message")
        }
        apply(form, to: &message)
        message.editedAt = now
        update(message)
    }

    package mutating func delete(_ id: DiscordID, as user: DiscordID) throws(ControlError) {
        let message = try visibleMessage(id, to: user)
        if message.author != user {
            // Whoever got an ephemeral message may dismiss it.
            if message.onlyFor != user {
                try require(Permission.manageMessages, of: user, in: message.channel, to: "delete messages")
            }
        }
        delete(id)
    }

    package mutating func type(as user: DiscordID, in channel: DiscordID) throws(ControlError) {
        try require(Permission.sendMessages, of: user, in: channel, to: "write")
        outbox.append(.typing(user, channel: channel))
    }

    // MARK: Changing the world

    package mutating func timeOut(_ user: DiscordID, in guild: DiscordID, until: Instant?) {
        guilds[guild]?.members[user]?.timedOutUntil = until
        outbox.append(.memberChanged(guild: guild, user: user))
    }

    package mutating func allowMessages(_ isAllowed: Bool, of user: DiscordID) {
        users[user]?.acceptsMessages = isAllowed
    }

    package mutating func setOverwrites(_ overwrites: [Overwrite], of channel: DiscordID) {
        channels[channel]?.overwrites = overwrites
    }

    package mutating func setAvailable(_ isAvailable: Bool, _ guild: DiscordID) {
        guilds[guild]?.isUnavailable = !isAvailable
        // Both ways the payload is made of the server's state: GUILD_CREATE or GUILD_DELETE with `unavailable`.
        outbox.append(.guildJoined(guild))
    }
}
