// The world as one person sees it, in the shapes the chat page and scripts read: the household, the channels, a
// channel's messages, the commands offered, and the news.

import Runtime

extension DiscordWorld {
    func household(seenBy viewer: DiscordID, direct: DiscordID) -> JSON {
        let guild = guilds.values.filter { $0.members[viewer] != nil }.min { $0.id < $1.id }
        let people = (guild?.members.values.map(\.user) ?? []).sorted().map { person($0, in: guild) }
        let rooms = (guild?.channels ?? []).compactMap { channels[$0] }
            .filter { can(viewer, Permission.viewChannel, in: $0.id) }
            .sorted { $0.position < $1.position }
        let roles = (guild?.roles ?? []).map { role -> JSON in
            ["id": .id(role.id), "name": .string(role.name), "color": .int(Int64(role.color))]
        }
        return [
            "viewer": .id(viewer), "bot": .id(bot), "server": ["id": .id(guild?.id), "name": .text(guild?.name)],
            "people": .array(people), "roles": .array(roles),
            "channels": .array(
                rooms.map { room in
                    [
                        "id": .id(room.id), "name": .string(room.name), "topic": .text(room.topic),
                        "writable": .bool(can(viewer, Permission.sendMessages, in: room.id)),
                    ]
                }), "direct": .id(direct),
        ]
    }

    private func person(_ id: DiscordID, in guild: Guild?) -> JSON {
        let member = guild?.members[id]
        let roles = (guild?.roles ?? []).filter { member?.roles.contains($0.id) == true }
        // The highest role with a colour gives the name its colour.
        let color = roles.sorted { $0.position > $1.position }.first { $0.color != 0 }?.color ?? 0
        let rights = guild.map { permissions(of: id, in: $0) } ?? 0
        return [
            "id": .id(id), "name": .string(users[id]?.name ?? ""), "display": .string(users[id]?.shownName ?? ""),
            "bot": .bool(users[id]?.isBot == true), "color": .int(Int64(color)),
            "roles": .array(roles.map { .string($0.name) }), "owner": .bool(guild?.owner == id),
            "admin": .bool(rights & Permission.manageGuild != 0 && id != bot),
        ]
    }

    func view(of message: Message) -> JSON {
        payload(message: message).with("only_for", message.onlyFor.map(JSON.id) ?? .null)
            .with("thinking", .bool(message.isThinking))
    }

    /// Every command that person may use there, subcommands spelled out, with their options as registered.
    func commandViews(for user: DiscordID, in channel: DiscordID) -> [JSON] {
        commands(for: user, in: channel).filter { $0.type == 1 }.flatMap { commandViews($0.definition, "") }
            .sorted { $0["path"]?.string ?? "" < $1["path"]?.string ?? "" }
    }

    private func commandViews(_ step: JSON, _ before: String) -> [JSON] {
        let path = before + (step["name"]?.string ?? "")
        let options = step["options"]?.array ?? []
        let below = options.filter { ($0["type"]?.int ?? 9) <= 2 }
        if !below.isEmpty { return below.flatMap { commandViews($0, path + " ") } }
        return [["path": .string(path), "description": step["description"] ?? "", "options": .array(options)]]
    }

    /// What a happening means to that viewer's page; nil when it is none of their business.
    func news(of happening: Happening, for viewer: DiscordID) -> JSON? {
        switch happening {
        case .messageCreated(let id), .messageEdited(let id):
            guard let message = messages[id], sees(viewer, message) else { return nil }
            var isNew = false
            if case .messageCreated = happening { isNew = true }
            return ["kind": isNew ? "created" : "edited", "message": view(of: message)]
        case .messageDeleted(let message):
            guard sees(viewer, message) else { return nil }
            return ["kind": "deleted", "id": .id(message.id), "channel": .id(message.channel)]
        case .typing(let user, let channel):
            guard user != viewer, can(viewer, Permission.viewChannel, in: channel) else { return nil }
            return ["kind": "typing", "user": .id(user), "channel": .id(channel)]
        case .reaction(_, let id, _, _):
            guard let message = messages[id], sees(viewer, message) else { return nil }
            return ["kind": "edited", "message": view(of: message)]
        case .interaction(let id):
            guard let interaction = interactions[id], interaction.user == viewer, interaction.kind != .autocomplete
            else { return nil }
            return ["kind": "asked", "interaction": .id(id), "channel": .id(interaction.channel)]
        case .answered(let id):
            guard let interaction = interactions[id], interaction.user == viewer else { return nil }
            return ["kind": "answered", "interaction": .id(id), "modal": interaction.modal ?? .null]
        case .commandsChanged: return ["kind": "commands"]
        case .memberJoined, .memberLeft, .memberChanged, .guildJoined, .guildLeft: return ["kind": "household"]
        }
    }

    private func sees(_ viewer: DiscordID, _ message: Message) -> Bool {
        (message.onlyFor == nil || message.onlyFor == viewer)
            && can(viewer, Permission.viewChannel, in: message.channel)
    }
}
