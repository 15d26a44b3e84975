// Buttons, menus and forms as a person uses them: only what the message shows them, not disabled, within the menu's
// bounds (sheet §2, component and modal data).

import Runtime

extension DiscordWorld {
    package mutating func press(_ customID: String, on message: DiscordID, as user: DiscordID) throws(ControlError)
        -> DiscordID
    {
        let shown = try visibleMessage(message, to: user)
        let button = try component(customID, of: shown)
        guard button["type"]?.int == 2 else { throw .refused("'\(customID)' is not a button") }
        return open(
            .component, name: customID,
            data: ["custom_id": .string(customID), "component_type": 2, "id": button["id"] ?? 1], by: user,
            in: shown.channel, source: message)
    }

    package mutating func choose(
        _ values: [String], in customID: String, on message: DiscordID, as user: DiscordID
    ) throws(ControlError) -> DiscordID {
        let shown = try visibleMessage(message, to: user)
        let menu = try component(customID, of: shown)
        let type = menu["type"]?.int ?? 0
        guard type == 3 || 5...8 ~= type else { throw .refused("'\(customID)' is not a menu") }
        let most = menu["max_values"]?.int ?? 1
        let least = menu["min_values"]?.int ?? 1
        guard least...max(least, most) ~= values.count else {
            throw .refused("'\(customID)' takes \(least) to \(most) choices, not \(values.count)")
        }
        var data: JSON = [
            "custom_id": .string(customID), "component_type": .int(Int64(type)), "id": menu["id"] ?? 1,
        ]
        if type == 3 {
            let offered = (menu["options"]?.array ?? []).compactMap { $0["value"]?.string }
            if let stranger = values.first(where: { !offered.contains($0) }) {
                throw .unknown("choice '\(stranger)' in '\(customID)'")
            }
            data["values"] = .array(values.map(JSON.string))
        } else {
            var resolved = Resolved()
            var ids: [JSON] = []
            // User, role, mentionable and channel menus carry the numbers 5–8, the options 6, 8, 9 and 7.
            let kind = [5: 6, 6: 8, 7: 9, 8: 7][type] ?? 6
            for value in values {
                ids.append(try resolve(value, kind: kind, name: customID, in: shown.channel, &resolved))
            }
            data["values"] = .array(ids)
            data["resolved"] = resolved.json
        }
        return open(.component, name: customID, data: data, by: user, in: shown.channel, source: message)
    }

    /// Sends off the form that an interaction's answer opened.
    package mutating func submit(
        _ values: [String: String], modalOf interaction: DiscordID, as user: DiscordID
    ) throws(ControlError) -> DiscordID {
        guard let opened = interactions[interaction], let modal = opened.modal, opened.user == user else {
            throw .unknown("form open before this person")
        }
        interactions.change(interaction) { $0.modal = nil }
        var rows: [JSON] = []
        for row in modal["components"]?.array ?? [] {
            guard let input = row["component"] ?? row["components"]?[0] else { continue }
            let id = input["custom_id"]?.string ?? ""
            let value = values[id] ?? input["value"]?.string ?? ""
            if value.isEmpty, input["required"]?.bool != false {
                throw .refused("the form's field '\(id)' is required")
            }
            let length = value.unicodeScalars.count
            if length > input["max_length"]?.int ?? 4000 || length < input["min_length"]?.int ?? 0 {
                throw .refused("the form's field '\(id)' is too long or too short")
            }
            let filled: JSON = [
                "type": input["type"] ?? 4, "custom_id": .string(id), "id": input["id"] ?? 2, "value": .string(value),
            ]
            rows.append(
                row["component"] != nil
                    ? ["type": 18, "id": 1, "component": filled] : ["type": 1, "id": 1, "components": [filled]]
            )
        }
        return open(
            .modal, name: modal["custom_id"]?.string ?? "",
            data: ["custom_id": modal["custom_id"] ?? "", "components": .array(rows)], by: user, in: opened.channel,
            source: opened.source)
    }

    private func component(_ customID: String, of message: Message) throws(ControlError) -> JSON {
        guard let found = Self.search(.array(message.components), for: customID) else {
            throw .unknown("button or menu '\(customID)' on that message")
        }
        if found["disabled"]?.bool == true { throw .refused("'\(customID)' is disabled") }
        return found
    }

    /// Layout components nest; a component can stand anywhere inside.
    private static func search(_ json: JSON, for customID: String) -> JSON? {
        if json["custom_id"]?.string == customID { return json }
        for item in json.array ?? [] {
            if let found = search(item, for: customID) { return found }
        }
        for key in ["components", "accessory"] {
            if let below = json[key], let found = search(below, for: customID) { return found }
        }
        return nil
    }
}
