// Makes Discord know our slash commands, and only when it does not know them already: new registrations are counted, 200
// a day (sheet: Commands).

internal import Bot
internal import Discord
internal import Runtime

struct SlashRegistration: Sendable {
    let rest: DiscordREST
    let definitions: [CommandDefinition]
    /// One server only, or (nil) everywhere.
    let guild: Snowflake?
    let log: Log

    func register(application: Snowflake) async {
        do {
            let known = try await rest.commands(of: application, in: guild)
            if CommandDefinition.isSame(definitions, known) {
                log.debug("slash commands are up to date")
            } else {
                try await rest.replaceCommands(definitions, of: application, in: guild)
                log.info("slash commands registered", ["where": guild.map { "server \($0)" } ?? "everywhere"])
            }
            if guild != nil { try await forgetEverywhere(application) }
        } catch {
            log.error("slash commands could not be registered: \(error)")
        }
    }

    /// Registered for one server now: what an earlier setting registered everywhere would be offered twice.
    private func forgetEverywhere(_ application: Snowflake) async throws(DiscordError) {
        let names = Set(definitions.map(\.name))
        let known = try await rest.commands(of: application)
        guard known.contains(where: { names.contains($0.name) }) else { return }
        try await rest.replaceCommands(known.filter { !names.contains($0.name) }, of: application)
    }
}
