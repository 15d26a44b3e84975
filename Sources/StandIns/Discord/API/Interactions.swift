// The first answer to an interaction (sheet §3, Callback types): what may answer what, and what it does.

import Runtime

extension DiscordAPI {
    mutating func respond(_ call: Call) throws(APIError) -> APIAnswer {
        // A malformed id is as unknown as any other.
        let id = DiscordID(call.places[0]) ?? 0
        let interaction = try world.interactions.waiting(id, token: call.places[1], now: call.now)
        guard let type = call.form["type"]?.int, Self.answers(to: interaction).contains(type) else {
            var errors = FormErrors()
            errors.add(
                ["type"], "INTERACTION_APPLICATION_COMMAND_INVALID_RESPONSE_TYPE",
                "This type of answer does not fit this interaction.")
            throw errors.error
        }
        let data = call.form["data"] ?? [:]
        var message: DiscordWorld.Message?
        switch type {
        case 4, 5: message = try answerWithMessage(interaction, type, data, call)
        case 6: world.interactions.change(id) { $0.original = interaction.source }
        case 7: message = try updateSource(interaction, data, call)
        case 8:
            let choices = try choices(data)
            world.interactions.change(id) { $0.choices = choices }
        case 9:
            let modal = try modal(data)
            world.interactions.change(id) { $0.modal = modal }
        default: break
        }
        world.interactions.change(id) { $0.state = .answered(type) }
        world.outbox.append(.answered(id))
        guard call.request.isSet("with_response") else { return .noContent }
        return .ok(callbackPayload(interaction, type, message))
    }

    private static func answers(to interaction: InteractionBook.Interaction) -> [Int] {
        switch interaction.kind {
        case .command: [4, 5, 9]
        case .component: [4, 5, 6, 7, 9]
        case .autocomplete: [8]
        // A form opened from a button may update the button's message; no form after a form.
        case .modal: interaction.source == nil ? [4, 5] : [4, 5, 6, 7]
        }
    }

    private mutating func answerWithMessage(
        _ interaction: InteractionBook.Interaction, _ type: Int, _ data: JSON, _ call: Call
    ) throws(APIError) -> DiscordWorld.Message {
        let form = try MessageForm(data, files: call.request.files, absentMentions: .onlyUsers)
        var message: DiscordWorld.Message
        if type == 5 {
            // Of a deferral only the ephemeral flag counts.
            message = DiscordWorld.Message(
                id: world.snowflake(), channel: interaction.channel, author: world.bot, at: call.now)
            message.flags = DiscordWorld.MessageFlag.loading
        } else {
            if form.isEmpty { throw .empty }
            message = world.compose(form, by: world.bot, in: interaction.channel)
            message.flags =
                form.flags
                & (DiscordWorld.MessageFlag.suppressEmbeds | DiscordWorld.MessageFlag.silent
                    | DiscordWorld.MessageFlag.componentsV2)
        }
        let isEphemeral = form.flags & DiscordWorld.MessageFlag.ephemeral != 0
        if isEphemeral {
            message.flags |= DiscordWorld.MessageFlag.ephemeral
            message.onlyFor = interaction.user
        }
        message.kind = interaction.kind == .command ? .command : .ordinary
        if let source = interaction.source {
            message.kind = .reply
            message.repliesTo = source
        }
        message.interaction = metadata(interaction)
        message.webhook = world.application
        world.insert(message)
        let id = message.id
        world.interactions.change(interaction.id) {
            $0.original = id
            $0.isEphemeral = isEphemeral
        }
        return message
    }

    private mutating func updateSource(
        _ interaction: InteractionBook.Interaction, _ data: JSON, _ call: Call
    ) throws(APIError) -> DiscordWorld.Message {
        guard let source = interaction.source, let old = world.message(source) else { throw .unknownMessage }
        var inner = call
        inner.request.form = data
        let message = try edit(old, with: inner, absentMentions: .onlyUsers)
        world.interactions.change(interaction.id) {
            $0.original = source
            $0.isEphemeral = old.isEphemeral
        }
        return message
    }

    private func choices(_ data: JSON) throws(APIError) -> [JSON] {
        var form = FormReader()
        let all = form.list(data["choices"], ["data", "choices"], max: 25)
        for (index, choice) in all.enumerated() {
            let at = ["data", "choices", "\(index)"]
            _ = form.text(choice["name"], at + ["name"], max: 100, min: 1, isRequired: true)
            if let text = choice["value"]?.string {
                _ = form.text(.string(text), at + ["value"], max: 100, min: 1)
            } else if choice["value"]?.number == nil {
                form.errors.add(at + ["value"], "BASE_TYPE_REQUIRED", "This field is required")
            }
        }
        try form.errors.check()
        return all
    }

    private func modal(_ data: JSON) throws(APIError) -> JSON {
        var form = FormReader()
        _ = form.text(data["custom_id"], ["data", "custom_id"], max: 100, min: 1, isRequired: true)
        _ = form.text(data["title"], ["data", "title"], max: 45, min: 1, isRequired: true)
        var ids: Set<String> = []
        for (index, row) in form.list(data["components"], ["data", "components"], max: 5, min: 1).enumerated() {
            let at = ["data", "components", "\(index)"]
            // An old row holds one text input, a label holds one input of any kind.
            let isLabel = form.choice(row["type"], at + ["type"], of: [1, 10, 18]) == 18
            let input = isLabel ? row["component"] : row["components"]?[0]
            let inside = at + (isLabel ? ["component"] : ["components", "0"])
            if row["type"]?.int == 10 { continue }
            if isLabel { _ = form.text(row["label"], at + ["label"], max: 45, min: 1, isRequired: true) }
            guard let id = form.text(input?["custom_id"], inside + ["custom_id"], max: 100, min: 1, isRequired: true)
            else { continue }
            if !ids.insert(id).inserted {
                form.errors.add(
                    inside + ["custom_id"], "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
                )
            }
            _ = form.text(input?["placeholder"], inside + ["placeholder"], max: 100)
            _ = form.text(input?["value"], inside + ["value"], max: 4000)
        }
        try form.errors.check()
        return data
    }

    private func callbackPayload(
        _ interaction: InteractionBook.Interaction, _ type: Int, _ message: DiscordWorld.Message?
    ) -> JSON {
        var inner: JSON = [
            "id": .id(interaction.id), "type": .int(Int64(interaction.kind.rawValue)),
            "response_message_loading": .bool(type == 5),
        ]
        var resource: JSON = ["type": .int(Int64(type))]
        if let message {
            inner["response_message_id"] = .id(message.id)
            inner["response_message_ephemeral"] = .bool(message.isEphemeral)
            resource["message"] = world.payload(message: message)
        }
        return ["interaction": inner, "resource": resource]
    }

    /// What a message tells about the interaction it answers.
    func metadata(_ interaction: InteractionBook.Interaction) -> JSON {
        var json: JSON = [
            "id": .id(interaction.id), "type": .int(Int64(interaction.kind.rawValue)),
            "user": world.payload(user: interaction.user), "authorizing_integration_owners": [:],
        ]
        if let guild = interaction.guild { json["authorizing_integration_owners"] = ["0": .id(guild)] }
        if interaction.kind == .command {
            json["name"] = .string(interaction.name)
        } else if let source = interaction.source {
            json["interacted_message_id"] = .id(source)
        }
        return json
    }
}
