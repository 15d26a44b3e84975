// Answers to interactions (sheet §3). They carry their own token, are exempt from the global limit, and are worth only
// the seconds Discord waits for them.

internal import HTTP
internal import Runtime

extension DiscordREST {
    /// The first answer, due within three seconds and exactly once. `alreadyAnswered` means that another copy of the bot
    /// runs with the same token, or (rarely) that this answer arrived though its receipt was lost.
    package func respond(to interaction: Interaction, _ response: InteractionResponse) async throws(DiscordError) {
        let response = response.fitted
        var call = Endpoint(
            "POST", "/interactions/{}/{}/callback", [interaction.id, interaction.token.reveal()],
            major: .interaction(interaction.token.reveal()), purpose: "answer")
        call.repetition = .refused
        call.patience = .seconds(4)
        call.limits.connect = .seconds(3)
        call.limits.total = response.draft?.files.isEmpty == false ? .seconds(15) : .seconds(4)
        try call.carry(response, files: response.draft?.files ?? [])
        try await send(call)
    }

    @discardableResult
    package func editOriginal(
        of interaction: Interaction, _ draft: MessageDraft
    ) async throws(DiscordError) -> Message {
        let draft = draft.fitted()
        var call = Self.original("PATCH", of: interaction, purpose: "edit its answer")
        try call.carry(MessagePayload(draft: draft, purpose: .edit), files: draft.files)
        return try await fetch(call)
    }

    package func original(of interaction: Interaction) async throws(DiscordError) -> Message {
        try await fetch(Self.original("GET", of: interaction, purpose: "read its answer"))
    }

    package func deleteOriginal(of interaction: Interaction) async throws(DiscordError) {
        try await send(Self.original("DELETE", of: interaction, purpose: "delete its answer"))
    }

    /// A further message. Not repeated after a lost answer: these routes know no nonce, and it might appear twice.
    @discardableResult
    package func followUp(
        to interaction: Interaction, _ draft: MessageDraft
    ) async throws(DiscordError) -> Message {
        let draft = draft.fitted()
        var call = Endpoint(
            "POST", "/webhooks/{}/{}", [interaction.applicationID, interaction.token.reveal()],
            major: .interaction(interaction.token.reveal()), purpose: "answer")
        call.repetition = .harmful
        try call.carry(MessagePayload(draft: draft, purpose: .answer), files: draft.files)
        return try await fetch(call)
    }

    private static func original(_ method: String, of interaction: Interaction, purpose: String) -> Endpoint {
        Endpoint(
            method, "/webhooks/{}/{}/messages/@original", [interaction.applicationID, interaction.token.reveal()],
            major: .interaction(interaction.token.reveal()), purpose: purpose)
    }
}

extension InteractionResponse {
    fileprivate var fitted: InteractionResponse {
        switch self {
        case .message(let draft): .message(draft.fitted())
        case .update(let draft): .update(draft.fitted())
        default: self
        }
    }
}
