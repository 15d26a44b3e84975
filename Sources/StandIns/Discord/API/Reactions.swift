// Reactions and pins (sheet §3 Endpoints, §4: twenty kinds of reactions).

import Runtime

extension DiscordAPI {
    /// A plain emoji, or `name:id`. Letters alone are what a forgotten percent-encoding leaves.
    private func emoji(_ call: Call) throws(APIError) -> String {
        let emoji = call.places[2]
        if emoji.isEmpty || emoji.unicodeScalars.allSatisfy({ $0.isASCII && !":".unicodeScalars.contains($0) }) {
            throw .unknownEmoji
        }
        return emoji
    }

    mutating func react(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        try require(Permission.readHistory, in: channel.id)
        let message = try ordinaryMessage(try call.id(1), in: channel.id)
        let emoji = try emoji(call)
        if !message.reactions.contains(where: { $0.emoji == emoji }) {
            try require(Permission.addReactions, in: channel.id)
            if message.reactions.count >= 20 { throw .tooManyReactions }
        }
        world.react(world.bot, emoji, on: message.id)
        return .noContent
    }

    mutating func unreact(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        let message = try ordinaryMessage(try call.id(1), in: channel.id)
        let user = call.places[3] == "@me" ? world.bot : try call.id(3)
        if user != world.bot { try require(Permission.manageMessages, in: channel.id) }
        world.unreact(user, try emoji(call), on: message.id)
        return .noContent
    }

    func reactions(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        let message = try ordinaryMessage(try call.id(1), in: channel.id)
        let emoji = try emoji(call)
        let users = message.reactions.first { $0.emoji == emoji }?.users ?? []
        return .ok(.array(users.map(world.payload(user:))))
    }

    mutating func pin(_ call: Call, _ isPinned: Bool) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        // Since February 2026 this no longer follows from MANAGE_MESSAGES (sheet §5).
        try require(Permission.pinMessages, in: channel.id)
        var message = try ordinaryMessage(try call.id(1), in: channel.id)
        if isPinned, !message.isPinned, world.history(of: channel.id).count(where: \.isPinned) >= 250 {
            throw APIError(400, 30003, "Maximum number of pinned messages reached (250)")
        }
        if message.isPinned != isPinned {
            message.isPinned = isPinned
            world.update(message)
        }
        return .noContent
    }

    func pins(_ call: Call) throws(APIError) -> APIAnswer {
        let channel = try visibleChannel(call)
        let pinned = world.history(of: channel.id).filter(\.isPinned).reversed()
        let items = pinned.map { message -> JSON in
            ["pinned_at": .time(message.editedAt ?? message.at), "message": world.payload(message: message)]
        }
        return .ok(["items": .array(items), "has_more": false])
    }
}

extension DiscordWorld {
    package mutating func react(_ user: DiscordID, _ emoji: String, on id: DiscordID) {
        guard var message = messages[id] else { return }
        if let index = message.reactions.firstIndex(where: { $0.emoji == emoji }) {
            if message.reactions[index].users.contains(user) { return }
            message.reactions[index].users.append(user)
        } else {
            message.reactions.append((emoji, [user]))
        }
        messages[id] = message
        outbox.append(.reaction(added: true, message: id, user: user, emoji: emoji))
    }

    package mutating func unreact(_ user: DiscordID, _ emoji: String, on id: DiscordID) {
        guard var message = messages[id], let index = message.reactions.firstIndex(where: { $0.emoji == emoji }),
            let place = message.reactions[index].users.firstIndex(of: user)
        else { return }
        message.reactions[index].users.remove(at: place)
        if message.reactions[index].users.isEmpty { message.reactions.remove(at: index) }
        messages[id] = message
        outbox.append(.reaction(added: false, message: id, user: user, emoji: emoji))
    }
}
