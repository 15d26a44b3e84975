// The first answer to an interaction (sheet §3, callback types). Whatever may take longer than a second defers first
// and edits the original afterwards.

package enum InteractionResponse: Hashable, Sendable {
    /// To a ping.
    case pong
    case message(MessageDraft)
    /// "… is thinking"; whether the answer will be ephemeral is decided here.
    case deferred(ephemeral: Bool)
    /// A press is being worked on; the message stays as it is. Components only.
    case deferredUpdate
    /// The message of the pressed component becomes this. Components only.
    case update(MessageDraft)
    /// Completions, at most 25.
    case choices([CommandOption.Choice])

    package var draft: MessageDraft? {
        switch self {
        case .message(let draft), .update(let draft): draft
        default: nil
        }
    }
}

extension InteractionResponse: Encodable {
    private enum Key: String, CodingKey { case type, data }
    private struct Deferral: Encodable { let flags: Int }
    private struct Completions: Encodable { let choices: [CommandOption.Choice] }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch self {
        case .pong:
            try values.encode(1, forKey: .type)
        case .message(let draft):
            try values.encode(4, forKey: .type)
            try values.encode(MessagePayload(draft: draft, purpose: .answer), forKey: .data)
        case .deferred(let isEphemeral):
            try values.encode(5, forKey: .type)
            if isEphemeral { try values.encode(Deferral(flags: MessageDraft.Flags.ephemeral), forKey: .data) }
        case .deferredUpdate:
            try values.encode(6, forKey: .type)
        case .update(let draft):
            try values.encode(7, forKey: .type)
            try values.encode(MessagePayload(draft: draft, purpose: .edit), forKey: .data)
        case .choices(let choices):
            try values.encode(8, forKey: .type)
            try values.encode(Completions(choices: Array(choices.prefix(25))), forKey: .data)
        }
    }
}
