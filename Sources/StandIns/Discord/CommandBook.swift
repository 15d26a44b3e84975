// The commands an application has registered, for everybody and per server. A PUT replaces all of a scope; who keeps
// name and type keeps the id, who changes gets a new version; creating is counted, 200 a day and scope (sheet §3).

import Runtime

package struct CommandBook: Sendable {
    package struct Command: Sendable {
        package var id: DiscordID
        package var version: DiscordID
        package var guild: DiscordID?
        /// As served, without ids.
        package var definition: JSON

        package var name: String { definition["name"]?.string ?? "" }
        package var type: Int { definition["type"]?.int ?? 1 }
    }

    package private(set) var all: [Command] = []
    private var creations: [(guild: DiscordID?, at: Instant)] = []

    package init() {}

    package func registered(in guild: DiscordID?) -> [Command] { all.filter { $0.guild == guild } }

    package func command(_ id: DiscordID) -> Command? { all.first { $0.id == id } }

    /// What somebody in that server (or, with nil, in direct messages) may choose from.
    package func offered(in guild: DiscordID?) -> [Command] {
        all.filter { $0.guild == nil || $0.guild == guild }
    }

    mutating func replace(
        in guild: DiscordID?, with forms: [JSON], newID: () -> DiscordID, now: Instant
    ) throws(APIError) -> [Command] {
        var reader = FormReader()
        let shown = forms.enumerated().compactMap { reader.command($1, ["\($0)"]) }
        var names: Set<String> = []
        for (index, form) in shown.enumerated() {
            let key = "\(form["type"]?.int ?? 1) \(form["name"]?.string ?? "")"
            if !names.insert(key).inserted {
                reader.errors.add(
                    ["\(index)", "name"], "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique")
            }
        }
        for (type, most) in [1: 100, 2: 15, 3: 15] where shown.count(where: { $0["type"]?.int == type }) > most {
            throw APIError(400, 30032, "Maximum number of application commands reached (\(most))")
        }
        try reader.errors.check()
        let next = try shown.map { form throws(APIError) in
            try settle(form, in: guild, newID: newID, now: now)
        }
        all.removeAll { $0.guild == guild }
        all += next
        return next
    }

    /// POST: an upsert by name and type. True when it is new.
    mutating func upsert(
        in guild: DiscordID?, _ form: JSON, newID: () -> DiscordID, now: Instant
    ) throws(APIError) -> (Command, isNew: Bool) {
        var reader = FormReader()
        let shown = reader.command(form, [])
        try reader.errors.check()
        let command = try settle(shown ?? [:], in: guild, newID: newID, now: now)
        let isNew = !all.contains { $0.id == command.id }
        all.removeAll { $0.id == command.id }
        all.append(command)
        return (command, isNew)
    }

    mutating func remove(_ id: DiscordID) { all.removeAll { $0.id == id } }

    private mutating func settle(
        _ form: JSON, in guild: DiscordID?, newID: () -> DiscordID, now: Instant
    ) throws(APIError) -> Command {
        if var old = all.first(where: {
            $0.guild == guild && $0.name == form["name"]?.string && $0.type == form["type"]?.int
        }) {
            if old.definition != form {
                old.definition = form
                old.version = newID()
            }
            return old
        }
        creations.removeAll { now - $0.at >= .days(1) }
        if creations.count(where: { $0.guild == guild }) >= 200 { throw .tooManyCommandsToday }
        creations.append((guild, now))
        let id = newID()
        return Command(id: id, version: newID(), guild: guild, definition: form)
    }
}
