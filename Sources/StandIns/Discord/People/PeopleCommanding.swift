// Slash commands as a person types them: found among what is registered and offered to that person, options checked by
// the registered definition and laid out as INTERACTION_CREATE carries them (sheet §2, §3 Commands).

import Runtime

extension DiscordWorld {
    /// A registered command with the subcommand that was meant.
    struct ChosenCommand {
        var command: CommandBook.Command
        /// Group and subcommand, outermost first.
        var steps: [JSON]
        /// The options of the innermost step.
        var options: [JSON]
    }

    /// The commands that person may choose in that channel.
    package func commands(for user: DiscordID, in channel: DiscordID) -> [CommandBook.Command] {
        let guild = channels[channel]?.guild
        return commands.offered(in: guild).filter { command in
            if guild == nil {
                let contexts = command.definition["contexts"]?.array?.compactMap(\.int)
                return contexts?.contains(1) ?? (command.definition["dm_permission"]?.bool != false)
            }
            if let contexts = command.definition["contexts"]?.array?.compactMap(\.int), !contexts.contains(0) {
                return false
            }
            guard let needed = command.definition["default_member_permissions"]?.id else { return true }
            let rights = permissions(of: user, in: channel)
            // "0" is: nobody but administrators, until a server's settings say otherwise.
            return needed == 0 ? rights == Permission.all : rights & needed == needed
        }
    }

    func find(_ path: String, for user: DiscordID, in channel: DiscordID) throws(ControlError) -> ChosenCommand {
        let words = path.split(separator: " ").map(String.init)
        guard let first = words.first,
            let command = commands(for: user, in: channel).first(where: { $0.name == first && $0.type == 1 })
        else { throw .unknown("command /\(path) for this person here") }
        var chosen = ChosenCommand(command: command, steps: [], options: command.definition["options"]?.array ?? [])
        for word in words.dropFirst() {
            guard
                let step = chosen.options.first(where: {
                    $0["name"]?.string == word && ($0["type"]?.int ?? 9) <= 2
                })
            else { throw .unknown("subcommand '\(word)' in /\(path)") }
            chosen.steps.append(step)
            chosen.options = step["options"]?.array ?? []
        }
        if chosen.options.contains(where: { ($0["type"]?.int ?? 9) <= 2 }) {
            throw .refused("/\(path) needs one of its subcommands")
        }
        return chosen
    }

    package mutating func slash(
        _ path: String, options given: [String: JSON], as user: DiscordID, in channel: DiscordID
    ) throws(ControlError) -> DiscordID {
        try require(Permission.useCommands | Permission.viewChannel, of: user, in: channel, to: "use commands")
        let chosen = try find(path, for: user, in: channel)
        var resolved = Resolved()
        var values: [JSON] = []
        for option in chosen.options {
            let name = option["name"]?.string ?? ""
            guard let value = given[name] else {
                if option["required"]?.bool == true { throw .refused("/\(path) needs the option '\(name)'") }
                continue
            }
            let checked = try check(value, for: option, in: channel, &resolved)
            values.append(["name": .string(name), "type": option["type"] ?? 3, "value": checked])
        }
        try refuseUnknown(given, chosen, path)
        var data = payload(chosen, values)
        if !resolved.isEmpty { data["resolved"] = resolved.json }
        return open(.command, name: path, data: data, by: user, in: channel, source: nil)
    }

    /// Asks for suggestions while the option `name` is being typed.
    package mutating func complete(
        _ path: String, option name: String, typed: String, others: [String: JSON], as user: DiscordID,
        in channel: DiscordID
    ) throws(ControlError) -> DiscordID {
        try require(Permission.useCommands | Permission.viewChannel, of: user, in: channel, to: "use commands")
        let chosen = try find(path, for: user, in: channel)
        guard let option = chosen.options.first(where: { $0["name"]?.string == name }) else {
            throw .unknown("option '\(name)' of /\(path)")
        }
        guard option["autocomplete"]?.bool == true else { throw .refused("'\(name)' has no suggestions") }
        var values: [JSON] = []
        for other in chosen.options {
            guard let key = other["name"]?.string else { continue }
            if key == name {
                // Whatever has been typed so far, as text, unchecked.
                values.append([
                    "name": .string(key), "type": other["type"] ?? 3, "value": .string(typed), "focused": true,
                ])
            } else if let value = others[key] {
                values.append(["name": .string(key), "type": other["type"] ?? 3, "value": value])
            }
        }
        return open(.autocomplete, name: path, data: payload(chosen, values), by: user, in: channel, source: nil)
    }

    private func refuseUnknown(_ given: [String: JSON], _ chosen: ChosenCommand, _ path: String) throws(ControlError) {
        let known = Set(chosen.options.compactMap { $0["name"]?.string })
        if let stranger = given.keys.sorted().first(where: { !known.contains($0) }) {
            throw .unknown("option '\(stranger)' of /\(path)")
        }
    }

    private func payload(_ chosen: ChosenCommand, _ values: [JSON]) -> JSON {
        var options = values
        for step in chosen.steps.reversed() {
            options = [["name": step["name"] ?? "", "type": step["type"] ?? 1, "options": .array(options)]]
        }
        var data: JSON = ["id": .id(chosen.command.id), "name": .string(chosen.command.name), "type": 1]
        if !options.isEmpty { data["options"] = .array(options) }
        if let guild = chosen.command.guild { data["guild_id"] = .id(guild) }
        return data
    }

    mutating func open(
        _ kind: InteractionBook.Kind, name: String, data: JSON, by user: DiscordID, in channel: DiscordID,
        source: DiscordID?
    ) -> DiscordID {
        let id = snowflake()
        interactions.open(
            InteractionBook.Interaction(
                id: id, token: "aW50ZXJhY3Rpb24.\(id).stand-in-interaction-token", kind: kind, user: user,
                guild: channels[channel]?.guild, channel: channel, at: now, name: name, source: source, data: data))
        outbox.append(.interaction(id))
        return id
    }

    // MARK: Values

    /// The people, channels and roles that options name, sent along with them.
    struct Resolved {
        var users: JSON = [:]
        var members: JSON = [:]
        var channels: JSON = [:]
        var roles: JSON = [:]

        var isEmpty: Bool { json.fields?.members.isEmpty ?? true }
        var json: JSON {
            var all: JSON = [:]
            for (key, part) in [("users", users), ("members", members), ("channels", channels), ("roles", roles)]
            where part.fields?.members.isEmpty == false { all[key] = part }
            return all
        }
    }

    private func check(
        _ value: JSON, for option: JSON, in channel: DiscordID, _ resolved: inout Resolved
    ) throws(ControlError) -> JSON {
        let name = option["name"]?.string ?? ""
        let text = value.string ?? value.description
        switch option["type"]?.int ?? 3 {
        case 3:
            let choices = option["choices"]?.array ?? []
            if !choices.isEmpty {
                guard let choice = choices.first(where: { $0["value"]?.string == text || $0["name"]?.string == text })
                else { throw .refused("'\(text)' is none of the choices of '\(name)'") }
                return choice["value"] ?? .string(text)
            }
            let length = text.unicodeScalars.count
            guard length <= option["max_length"]?.int ?? 6000, length >= option["min_length"]?.int ?? 0 else {
                throw .refused("'\(name)' is too long or too short")
            }
            return .string(text)
        case 4, 10:
            let isWhole = option["type"]?.int == 4
            guard let number = value.number ?? Double(text), !isWhole || number == number.rounded() else {
                throw .refused("'\(name)' takes a number, not '\(text)'")
            }
            guard number >= option["min_value"]?.number ?? -9e15, number <= option["max_value"]?.number ?? 9e15 else {
                throw .refused("'\(name)' does not go as far as \(text)")
            }
            return isWhole ? .int(Int64(number)) : .double(number)
        case 5:
            guard let flag = value.bool ?? Bool(text.lowercased()) else {
                throw .refused("'\(name)' takes true or false, not '\(text)'")
            }
            return .bool(flag)
        default:
            return try resolve(text, kind: option["type"]?.int ?? 0, name: name, in: channel, &resolved)
        }
    }

    /// A person, channel or role, by id, mention or name.
    func resolve(
        _ text: String, kind: Int, name: String, in channel: DiscordID, _ resolved: inout Resolved
    ) throws(ControlError) -> JSON {
        let plain = text.filter { !"<@!&#>".contains($0) }
        let guild = channels[channel]?.guild.flatMap { guilds[$0] }
        if kind == 6 || kind == 9,
            let user = users.values.first(where: { String($0.id) == plain || $0.name == plain.lowercased() })
        {
            resolved.users[String(user.id)] = payload(user: user.id)
            if let member = guild?.members[user.id] {
                resolved.members[String(user.id)] = payload(partialMember: member).with(
                    "permissions", .string(String(permissions(of: user.id, in: channel))))
            }
            return .id(user.id)
        }
        if kind == 7,
            let room = guild?.channels.compactMap({ channels[$0] }).first(where: {
                String($0.id) == plain || $0.name == plain
            })
        {
            resolved.channels[String(room.id)] = payload(channel: room)
            return .id(room.id)
        }
        if kind == 8 || kind == 9,
            let role = guild?.roles.first(where: {
                String($0.id) == plain || $0.name.lowercased() == plain.lowercased()
            })
        {
            resolved.roles[String(role.id)] = payload(role: role)
            return .id(role.id)
        }
        throw .unknown("'\(text)' to choose for '\(name)'")
    }
}
