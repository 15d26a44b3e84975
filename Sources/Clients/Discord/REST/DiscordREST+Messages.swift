// Messages in channels (sheet §3, Endpoints).

extension DiscordREST {
    /// Safe to repeat: a nonce always goes along, and Discord gives the first message back for the second try.
    @discardableResult
    package func createMessage(in channel: Snowflake, _ draft: MessageDraft) async throws(DiscordError) -> Message {
        let draft = draft.fitted()
        var call = Endpoint(
            "POST", "/channels/{}/messages", [channel], major: .channel(channel), purpose: "write",
            needs: Self.needs(of: draft))
        // The system's chance, not ours: two runs of a test's fixed chance must not share a nonce.
        let nonce = draft.nonce ?? String(UInt64.random(in: 0...UInt64(Int64.max)), radix: 36)
        try call.carry(MessagePayload(draft: draft, purpose: .post(nonce: nonce)), files: draft.files)
        return try await fetch(call)
    }

    /// The message becomes what the draft says; what the draft lacks is cleared.
    @discardableResult
    package func editMessage(
        _ message: Snowflake, in channel: Snowflake, _ draft: MessageDraft
    ) async throws(DiscordError) -> Message {
        let draft = draft.fitted()
        var call = Endpoint(
            "PATCH", "/channels/{}/messages/{}", [channel, message], major: .channel(channel),
            purpose: "edit its message", needs: Self.needs(of: draft))
        try call.carry(MessagePayload(draft: draft, purpose: .edit), files: draft.files)
        return try await fetch(call)
    }

    package func deleteMessage(
        _ message: Snowflake, in channel: Snowflake, reason: String? = nil
    ) async throws(DiscordError) {
        var call = Endpoint(
            "DELETE", "/channels/{}/messages/{}", [channel, message], major: .channel(channel),
            purpose: "delete messages", needs: [.viewChannel, .manageMessages])
        call.reason = reason
        try await send(call)
    }

    package func message(_ message: Snowflake, in channel: Snowflake) async throws(DiscordError) -> Message {
        try await fetch(
            Endpoint(
                "GET", "/channels/{}/messages/{}", [channel, message], major: .channel(channel), purpose: "read",
                needs: [.viewChannel, .readMessageHistory]))
    }

    /// Newest first, at most 100.
    package func messages(
        in channel: Snowflake, after: Snowflake? = nil, limit: Int = 50
    ) async throws(DiscordError) -> [Message] {
        var call = Endpoint(
            "GET", "/channels/{}/messages", [channel], major: .channel(channel), purpose: "read",
            needs: [.viewChannel, .readMessageHistory])
        call.query = [("limit", "\(min(max(limit, 1), 100))")]
        if let after { call.query.append(("after", "\(after)")) }
        let messages: Readable<Message> = try await fetch(call)
        return messages.elements
    }

    /// Shows "… is typing" for ten seconds, or until a message comes.
    package func typing(in channel: Snowflake) async throws(DiscordError) {
        var call = Endpoint(
            "POST", "/channels/{}/typing", [channel], major: .channel(channel), purpose: "write",
            needs: [.viewChannel, .sendMessages])
        // Later than that nobody cares.
        call.patience = .seconds(5)
        try await send(call)
    }

    /// A Unicode emoji, or `name:id` of one of the server's own.
    package func react(_ emoji: String, to message: Snowflake, in channel: Snowflake) async throws(DiscordError) {
        try await send(
            Endpoint(
                "PUT", "/channels/{}/messages/{}/reactions/{}/@me", [channel, message, emoji], major: .channel(channel),
                purpose: "react", needs: [.viewChannel, .readMessageHistory, .addReactions]))
    }

    private struct Recipient: Encodable { let recipient_id: Snowflake }

    /// The channel of direct messages with a person; the same one each time.
    package func openDM(with user: Snowflake) async throws(DiscordError) -> Snowflake {
        var call = Endpoint("POST", "/users/@me/channels", purpose: "open direct messages")
        try call.carry(Recipient(recipient_id: user))
        let channel: Channel = try await fetch(call)
        return channel.id
    }

    private static func needs(of draft: MessageDraft) -> Permissions {
        var needs: Permissions = [.viewChannel, .sendMessages]
        if !draft.embeds.isEmpty { needs.insert(.embedLinks) }
        if !draft.files.isEmpty { needs.insert(.attachFiles) }
        if draft.replyTo != nil { needs.insert(.readMessageHistory) }
        return needs
    }
}
