// Registering commands, for everybody or for one server (sheet §3 Endpoints and Commands).

import Runtime

extension DiscordAPI {
    /// Checks the application in the path and gives the server, nil for the global scope. `rest` is how many places
    /// follow the scope.
    private func scope(_ call: Call, rest: Int = 0) throws(APIError) -> DiscordID? {
        guard try call.id(0) == world.application else { throw .unknownApplication }
        guard call.places.count > 1 + rest else { return nil }
        let guild = try call.id(1)
        guard world.guilds[guild]?.members[world.bot] != nil else { throw .missingAccess }
        return guild
    }

    func commands(_ call: Call) throws(APIError) -> APIAnswer {
        .ok(.array(world.commands.registered(in: try scope(call)).map(payload(command:))))
    }

    mutating func replaceCommands(_ call: Call) throws(APIError) -> APIAnswer {
        let guild = try scope(call)
        guard let forms = call.request.form?.array else {
            throw APIError(
                400, 50035, "Invalid Form Body",
                errors: [
                    "_errors": [
                        ["code": "LIST_TYPE_CONVERT", "message": "Only iterables may be used in a ListType"]
                    ]
                ])
        }
        // Set aside, so that the ids can come from the world meanwhile.
        var book = world.commands
        let commands = try book.replace(in: guild, with: forms, newID: { world.snowflake() }, now: call.now)
        world.commands = book
        world.outbox.append(.commandsChanged)
        return .ok(.array(commands.map(payload(command:))))
    }

    mutating func upsertCommand(_ call: Call) throws(APIError) -> APIAnswer {
        let guild = try scope(call)
        var book = world.commands
        let (command, isNew) = try book.upsert(in: guild, call.form, newID: { world.snowflake() }, now: call.now)
        world.commands = book
        world.outbox.append(.commandsChanged)
        return APIAnswer(isNew ? 201 : 200, .json(payload(command: command)))
    }

    mutating func removeCommand(_ call: Call) throws(APIError) -> APIAnswer {
        let guild = try scope(call, rest: 1)
        let id = try call.id(call.places.count - 1)
        guard let command = world.commands.command(id), command.guild == guild else { throw .unknownCommand }
        world.commands.remove(id)
        world.outbox.append(.commandsChanged)
        return .noContent
    }

    func payload(command: CommandBook.Command) -> JSON {
        var json: JSON = ["id": .id(command.id), "application_id": .id(world.application)]
        if let guild = command.guild { json["guild_id"] = .id(guild) }
        json["version"] = .id(command.version)
        for (key, value) in command.definition.fields?.members ?? [] { json[key] = value }
        return json
    }
}
