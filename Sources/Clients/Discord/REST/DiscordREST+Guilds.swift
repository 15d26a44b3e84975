// The bot itself, its commands and its guilds (sheet §3, Endpoints).

extension DiscordREST {
    package func currentUser() async throws(DiscordError) -> User {
        try await fetch(Endpoint("GET", "/users/@me", purpose: "log in"))
    }

    package func application() async throws(DiscordError) -> Application {
        try await fetch(Endpoint("GET", "/applications/@me", purpose: "read its own settings"))
    }

    package func gatewayBot() async throws(DiscordError) -> GatewayInfo {
        try await fetch(Endpoint("GET", "/gateway/bot", purpose: "connect"))
    }

    /// Registered commands: of one guild, or (nil) everywhere.
    package func commands(
        of application: Snowflake, in guild: Snowflake? = nil
    ) async throws(DiscordError) -> [CommandDefinition] {
        let commands: Readable<CommandDefinition> = try await fetch(Self.commands("GET", application, guild))
        return commands.elements
    }

    /// Puts these in the place of all others. Compare first (`CommandDefinition.isSame`): new ones count to 200 a day.
    @discardableResult
    package func replaceCommands(
        _ commands: [CommandDefinition], of application: Snowflake, in guild: Snowflake? = nil
    ) async throws(DiscordError) -> [CommandDefinition] {
        var call = Self.commands("PUT", application, guild)
        try call.carry(commands)
        let registered: Readable<CommandDefinition> = try await fetch(call)
        return registered.elements
    }

    package func guild(_ guild: Snowflake) async throws(DiscordError) -> Guild {
        var call = Endpoint("GET", "/guilds/{}", [guild], major: .guild(guild), purpose: "read the server")
        call.query = [("with_counts", "true")]
        return try await fetch(call)
    }

    package func channels(of guild: Snowflake) async throws(DiscordError) -> [Channel] {
        let channels: Readable<Channel> = try await fetch(
            Endpoint("GET", "/guilds/{}/channels", [guild], major: .guild(guild), purpose: "read the channels"))
        return channels.elements
    }

    package func roles(of guild: Snowflake) async throws(DiscordError) -> [Role] {
        let roles: Readable<Role> = try await fetch(
            Endpoint("GET", "/guilds/{}/roles", [guild], major: .guild(guild), purpose: "read the roles"))
        return roles.elements
    }

    package func member(_ user: Snowflake, of guild: Snowflake) async throws(DiscordError) -> Member {
        try await fetch(
            Endpoint("GET", "/guilds/{}/members/{}", [guild, user], major: .guild(guild), purpose: "read members"))
    }

    package func channel(_ channel: Snowflake) async throws(DiscordError) -> Channel {
        try await fetch(
            Endpoint(
                "GET", "/channels/{}", [channel], major: .channel(channel), purpose: "see what is",
                needs: [.viewChannel]))
    }

    private static func commands(_ method: String, _ application: Snowflake, _ guild: Snowflake?) -> Endpoint {
        if let guild {
            Endpoint(
                method, "/applications/{}/guilds/{}/commands", [application, guild], major: .guild(guild),
                purpose: "register commands")
        } else {
            Endpoint(method, "/applications/{}/commands", [application], purpose: "register commands")
        }
    }
}
