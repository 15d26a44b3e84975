// A message as a person sees it, for tests: what to assert about an answer without digging through JSON.

package import Runtime

package struct ShownMessage: Sendable {
    package let id: DiscordID
    package let channel: DiscordID
    package let author: DiscordID
    package let content: String
    package let embeds: [JSON]
    package let components: [JSON]
    package let attachments: [JSON]
    package let isEphemeral: Bool
    /// "Autoplex is thinking…"
    package let isThinking: Bool
    package let isEdited: Bool
    package let repliesTo: DiscordID?
    package let at: Instant
    /// As the API gives it.
    package let json: JSON

    init(_ message: DiscordWorld.Message, in world: DiscordWorld) {
        id = message.id
        channel = message.channel
        author = message.author
        content = message.content
        embeds = message.embeds
        components = message.components
        attachments = message.attachments
        isEphemeral = message.isEphemeral
        isThinking = message.isThinking
        isEdited = message.editedAt != nil
        repliesTo = message.repliesTo
        at = message.at
        json = world.payload(message: message)
    }

    /// Every word a person can read in it, in the order of reading.
    package var allText: String {
        var parts = [content]
        for embed in embeds {
            parts += [embed["author"]?["name"], embed["title"], embed["description"]].compactMap { $0?.string }
            for field in embed["fields"]?.array ?? [] {
                parts += [field["name"], field["value"]].compactMap { $0?.string }
            }
            if let footer = embed["footer"]?["text"]?.string { parts.append(footer) }
        }
        return parts.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    /// Buttons and menus, however deep they stand.
    package var controls: [JSON] { Self.controls(in: .array(components)) }

    /// The custom_id of the button with that label.
    package func button(_ label: String) -> String? {
        controls.first { $0["type"]?.int == 2 && $0["label"]?.string == label }?["custom_id"]?.string
    }

    /// The custom_id of the only or first menu.
    package var menu: String? {
        controls.first { $0["type"]?.int != 2 }?["custom_id"]?.string
    }

    private static func controls(in json: JSON) -> [JSON] {
        if let items = json.array { return items.flatMap(controls(in:)) }
        let own = json["custom_id"] != nil || json["type"]?.int == 2 ? [json] : []
        return own + controls(in: json["components"] ?? []) + (json["accessory"].map(controls(in:)) ?? [])
    }
}
