// The stand-in's handle for tests: people act, the bot's answers are waited for, troubles are ordered.

import Runtime

extension DiscordStandIn {
    // MARK: People act

    @discardableResult
    package func say(
        _ text: String, as author: DiscordID, in channel: DiscordID, replyingTo target: DiscordID? = nil,
        files: [UploadedFile] = []
    ) async throws(ControlError) -> DiscordID {
        try await core.change { api throws(ControlError) in
            try api.world.say(text, as: author, in: channel, replyingTo: target, files: files)
        }
    }

    package func edit(_ message: DiscordID, to text: String, as author: DiscordID) async throws(ControlError) {
        try await core.change { api throws(ControlError) in try api.world.edit(message, to: text, as: author) }
    }

    package func delete(_ message: DiscordID, as user: DiscordID) async throws(ControlError) {
        try await core.change { api throws(ControlError) in try api.world.delete(message, as: user) }
    }

    package func react(_ emoji: String, to message: DiscordID, as user: DiscordID) async {
        await core.change { api in api.world.react(user, emoji, on: message) }
    }

    /// `path` is the command with its subcommands: "plex jobs run". Returns the interaction.
    @discardableResult
    package func slash(
        _ path: String, options: [String: JSON] = [:], as user: DiscordID, in channel: DiscordID
    ) async throws(ControlError) -> DiscordID {
        try await core.change { api throws(ControlError) in
            try api.world.slash(path, options: options, as: user, in: channel)
        }
    }

    /// What the bot suggests for an option while it is typed.
    package func complete(
        _ path: String, option: String, typed: String, others: [String: JSON] = [:], as user: DiscordID,
        in channel: DiscordID
    ) async throws -> [JSON] {
        try await core.complete(path, option: option, typed: typed, others: others, as: user, in: channel)
    }

    @discardableResult
    package func press(_ customID: String, on message: DiscordID, as user: DiscordID) async throws(ControlError)
        -> DiscordID
    {
        try await core.change { api throws(ControlError) in try api.world.press(customID, on: message, as: user) }
    }

    @discardableResult
    package func choose(
        _ values: [String], in customID: String, on message: DiscordID, as user: DiscordID
    ) async throws(ControlError) -> DiscordID {
        try await core.change { api throws(ControlError) in
            try api.world.choose(values, in: customID, on: message, as: user)
        }
    }

    @discardableResult
    package func submit(
        _ values: [String: String], modalOf interaction: DiscordID, as user: DiscordID
    ) async throws(ControlError) -> DiscordID {
        try await core.change { api throws(ControlError) in
            try api.world.submit(values, modalOf: interaction, as: user)
        }
    }

    package func directChannel(with user: DiscordID) async -> DiscordID {
        await core.change { api in api.world.directChannel(with: user) }
    }

    /// Any other change of the world: members, roles, rights, outages.
    package func changeWorld(_ body: @Sendable (inout DiscordWorld) -> Void) async {
        await core.change { api in body(&api.world) }
    }

    package var world: DiscordWorld { get async { await core.api.world } }

    // MARK: What the bot did

    /// The answer to an interaction, once it is there in full ("thinking…" is not).
    package func answer(to interaction: DiscordID) async throws -> ShownMessage {
        try await core.wait { world in
            guard let asked = world.interactions[interaction], asked.state != .waiting,
                let message = asked.original.flatMap({ world.message($0) }), !message.isThinking
            else { return nil }
            return ShownMessage(message, in: world)
        }
    }

    /// Waits until the interaction has got its first answer of whatever kind, and gives its callback type.
    package func firstAnswer(to interaction: DiscordID) async throws -> Int {
        try await core.wait { world in
            guard case .answered(let type) = world.interactions[interaction]?.state else { return nil }
            return type
        }
    }

    /// The form the bot opened in answer to an interaction.
    package func modal(of interaction: DiscordID) async throws -> JSON {
        try await core.wait { world in world.interactions[interaction]?.modal }
    }

    /// The bot's first message in the channel after message `mark` (0: from the beginning) that matches.
    package func nextMessage(
        in channel: DiscordID, after mark: DiscordID = 0,
        where matches: @escaping @Sendable (ShownMessage) -> Bool = { _ in true }
    ) async throws -> ShownMessage {
        try await core.wait { world in
            world.history(of: channel).lazy
                .filter { $0.id > mark && $0.author == world.bot && !$0.isThinking }
                .map { ShownMessage($0, in: world) }.first(where: matches)
        }
    }

    /// The message once it looks as wanted: for answers that are edited.
    package func message(
        _ id: DiscordID, where matches: @escaping @Sendable (ShownMessage) -> Bool = { _ in true }
    ) async throws -> ShownMessage {
        try await core.wait { world in
            world.message(id).map { ShownMessage($0, in: world) }.flatMap { matches($0) ? $0 : nil }
        }
    }

    package func messages(in channel: DiscordID, seenBy viewer: DiscordID? = nil) async -> [ShownMessage] {
        let world = await core.api.world
        return world.history(of: channel, seenBy: viewer).map { ShownMessage($0, in: world) }
    }

    package func commands(for user: DiscordID, in channel: DiscordID) async -> [JSON] {
        let world = await core.api.world
        return world.commands(for: user, in: channel).map(\.definition)
    }

    /// The first request on the route, past or future.
    package func request(
        _ route: String, from: Int = 0, where matches: @escaping @Sendable (APIEntry) -> Bool = { _ in true }
    ) async throws -> APIEntry {
        try await requests.first(from: from) { $0.route == route && matches($0) }
    }

    /// Waits until that many sessions have been started by Identify.
    package func identified(times: Int = 1) async throws {
        try await core.gatewayReady(identifies: times)
    }
}
