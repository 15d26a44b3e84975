// A draft as Discord's JSON. What is sent depends on where it goes: a new message leaves out what it has not, an edit
// names everything, because what an edit leaves out stays as it was (sheet §3, Edit Message).

struct MessagePayload: Encodable, Sendable {
    enum Purpose: Sendable {
        /// POST to a channel, made safe to repeat by its nonce.
        case post(nonce: String)
        /// The first answer to an interaction, or a follow-up: these know no replies and no nonce.
        case answer
        case edit
    }

    let draft: MessageDraft
    let purpose: Purpose

    private enum Key: String, CodingKey {
        case content, embeds, components, attachments, allowed_mentions, message_reference, flags, nonce, enforce_nonce
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        let isEdit = if case .edit = purpose { true } else { false }
        if isEdit || !draft.content.isEmpty { try values.encode(draft.content, forKey: .content) }
        if isEdit || !draft.embeds.isEmpty { try values.encode(draft.embeds, forKey: .embeds) }
        if isEdit || !draft.components.isEmpty { try values.encode(draft.components, forKey: .components) }
        if isEdit || !draft.files.isEmpty {
            try values.encode(draft.files.enumerated().map(Attachment.init), forKey: .attachments)
        }
        // Always, on edits too: left out, everything that looks like a mention pings.
        try values.encode(draft.allowedMentions, forKey: .allowed_mentions)

        var flags = draft.suppressesEmbeds ? MessageDraft.Flags.suppressEmbeds : 0
        if draft.isEphemeral, case .answer = purpose { flags |= MessageDraft.Flags.ephemeral }
        if flags != 0 { try values.encode(flags, forKey: .flags) }

        if case .post(let nonce) = purpose {
            try values.encode(nonce, forKey: .nonce)
            try values.encode(true, forKey: .enforce_nonce)
            try values.encodeIfPresent(draft.replyTo.map(Reply.init), forKey: .message_reference)
        }
    }

    private struct Attachment: Encodable {
        let id: Int
        let filename: String
        let description: String?

        init(offset: Int, element: MessageDraft.File) {
            id = offset
            filename = element.name
            description = element.alternative.isEmpty ? nil : element.alternative
        }
    }

    private struct Reply: Encodable {
        let message_id: Snowflake
        // A question deleted meanwhile must not cost the answer.
        let fail_if_not_exists = false

        init(_ id: Snowflake) { message_id = id }
    }
}

extension MessageDraft.AllowedMentions: Encodable {
    private enum Key: String, CodingKey { case parse, users, roles, replied_user }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(everyone ? ["everyone"] : [String](), forKey: .parse)
        if !users.isEmpty { try values.encode(users.prefix(100).map(\.self), forKey: .users) }
        if !roles.isEmpty { try values.encode(roles.prefix(100).map(\.self), forKey: .roles) }
        if repliedUser { try values.encode(true, forKey: .replied_user) }
    }
}
