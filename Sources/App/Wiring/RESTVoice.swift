// The bot's voice is Discord's REST client: each closure of BotVoice is one call.

internal import Bot
internal import Discord

extension BotVoice {
    init(_ rest: DiscordREST) {
        self.init(
            post: { try await rest.createMessage(in: $0, $1).id },
            edit: { try await rest.editMessage($1, in: $0, $2) },
            delete: { try await rest.deleteMessage($1, in: $0) },
            typing: { try await rest.typing(in: $0) },
            respond: { try await rest.respond(to: $0, $1) },
            editOriginal: { try await rest.editOriginal(of: $0, $1) },
            followUp: { try await rest.followUp(to: $0, $1) },
            openDM: { try await rest.openDM(with: $0) })
    }
}
