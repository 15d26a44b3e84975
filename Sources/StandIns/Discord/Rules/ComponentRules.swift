// Buttons, menus and the newer layout components (sheet §3 Components, §4 Limits). A row is up to five buttons or one
// menu; every custom_id occurs once in a message.

extension FormReader {
    private static let selects = [3, 5, 6, 7, 8]

    /// - Parameter isV2: the message carries flag 32768: layout components at the top, text only in them.
    mutating func components(_ json: JSON?, _ path: [String], isV2: Bool) -> [JSON] {
        var walk = Walk()
        let all = list(json, path, max: isV2 ? 40 : 5).enumerated().compactMap { index, item -> JSON? in
            component(item, path + ["\(index)"], within: isV2 ? [1, 9, 10, 12, 13, 14, 17] : [1], &walk)
        }
        if walk.count > 40, isV2 {
            errors.add(path, "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED", "Total number of components cannot exceed 40.")
        }
        if walk.textLength > 4000 {
            errors.add(
                path, "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Displayable text cannot exceed 4000 characters.")
        }
        return all
    }

    /// What must be counted over the whole message.
    private struct Walk {
        var customIDs: Set<String> = []
        var count = 0
        var textLength = 0
    }

    private mutating func component(_ json: JSON, _ path: [String], within allowed: [Int], _ walk: inout Walk) -> JSON?
    {
        guard let json = object(json, path), let type = choice(json["type"], path + ["type"], of: allowed) else {
            return nil
        }
        walk.count += 1
        // Each component has a number; the real one fills in the missing ones.
        var shown = json.with("id", .int(Int64(json["id"]?.int ?? walk.count)))
        switch type {
        case 1:
            shown["components"] = .array(row(json, path, &walk))
        case 2:
            button(json, path, &walk)
        case 3, 5, 6, 7, 8:
            select(json, path, type, &walk)
            // What was left out comes back with its default, here and below.
            shown = shown.filled(["min_values": 1, "max_values": 1])
        case 9:
            shown["components"] = .array(children(json, path, within: [10], 1...3, &walk))
            if let accessory = json["accessory"] {
                shown["accessory"] = component(accessory, path + ["accessory"], within: [2, 11], &walk)
            } else {
                errors.add(path + ["accessory"], "BASE_TYPE_REQUIRED", "This field is required")
            }
        case 10:
            let words = text(json["content"], path + ["content"], max: 4000, min: 1, isRequired: true)
            walk.textLength += words?.unicodeScalars.count ?? 0
        case 14:
            shown = shown.filled(["spacing": 1, "divider": true])
        case 11, 13:
            shown = shown.filled(["description": .null, "spoiler": false])
            let key = type == 11 ? "media" : "file"
            let media = object(json[key], path + [key])
            _ = url(
                media?["url"], path + [key, "url"], schemes: ["http", "https", "attachment"], isRequired: true)
        case 12:
            for (index, item) in list(json["items"], path + ["items"], max: 10, min: 1).enumerated() {
                _ = url(
                    item["media"]?["url"], path + ["items", "\(index)", "media", "url"],
                    schemes: ["http", "https", "attachment"], isRequired: true)
            }
        case 17:
            shown["components"] = .array(children(json, path, within: [1, 9, 10, 12, 13, 14], 1...40, &walk))
            shown = shown.filled(["accent_color": .null, "spoiler": false])
        default: break
        }
        return shown
    }

    private mutating func children(
        _ json: JSON, _ path: [String], within allowed: [Int], _ count: ClosedRange<Int>, _ walk: inout Walk
    ) -> [JSON] {
        let at = path + ["components"]
        guard json["components"] != nil else {
            errors.add(at, "BASE_TYPE_REQUIRED", "This field is required")
            return []
        }
        var shown: [JSON] = []
        for (index, item) in list(json["components"], at, max: count.upperBound, min: count.lowerBound).enumerated() {
            if let child = component(item, at + ["\(index)"], within: allowed, &walk) { shown.append(child) }
        }
        return shown
    }

    private mutating func row(_ json: JSON, _ path: [String], _ walk: inout Walk) -> [JSON] {
        let shown = children(json, path, within: [2] + Self.selects, 1...5, &walk)
        // A menu takes the whole row.
        if shown.count > 1, shown.contains(where: { Self.selects.contains($0["type"]?.int ?? 0) }) {
            errors.add(
                path + ["components"], "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width")
        }
        return shown
    }

    private mutating func customID(_ json: JSON, _ path: [String], _ walk: inout Walk) {
        guard let id = text(json["custom_id"], path + ["custom_id"], max: 100, min: 1, isRequired: true) else { return }
        if !walk.customIDs.insert(id).inserted {
            errors.add(
                path + ["custom_id"], "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
        }
    }

    private mutating func button(_ json: JSON, _ path: [String], _ walk: inout Walk) {
        let style = choice(json["style"], path + ["style"], of: [1, 2, 3, 4, 5, 6])
        _ = flag(json["disabled"], path + ["disabled"])
        if style == 6 { return }
        let label = text(json["label"], path + ["label"], max: 80)
        if label?.isEmpty ?? true, json["emoji"] == nil {
            errors.add(path, "BUTTON_COMPONENT_MISSING_LABEL_OR_EMOJI", "A button must have a label or an emoji")
        }
        if style == 5 {
            _ = url(
                json["url"], path + ["url"], max: 512, schemes: ["http", "https", "discord"], isRequired: true)
            if json["custom_id"] != nil {
                errors.add(
                    path + ["custom_id"], "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified")
            }
        } else {
            customID(json, path, &walk)
            if json["url"] != nil {
                errors.add(
                    path + ["url"], "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                    "A custom id and url cannot both be specified")
            }
        }
    }

    private mutating func select(_ json: JSON, _ path: [String], _ type: Int, _ walk: inout Walk) {
        customID(json, path, &walk)
        _ = text(json["placeholder"], path + ["placeholder"], max: 150)
        _ = flag(json["disabled"], path + ["disabled"])
        let most = int(json["max_values"], path + ["max_values"], in: 1...25) ?? 1
        if let least = int(json["min_values"], path + ["min_values"], in: 0...25), least > most {
            errors.add(path + ["min_values"], "BASE_TYPE_MAX_LENGTH", "min_values must not be more than max_values.")
        }
        guard type == 3 else { return }
        let at = path + ["options"]
        guard json["options"] != nil else {
            errors.add(at, "BASE_TYPE_REQUIRED", "This field is required")
            return
        }
        var values: Set<String> = []
        for (index, option) in list(json["options"], at, max: 25, min: 1).enumerated() {
            let here = at + ["\(index)"]
            _ = text(option["label"], here + ["label"], max: 100, min: 1, isRequired: true)
            _ = text(option["description"], here + ["description"], max: 100)
            guard let value = text(option["value"], here + ["value"], max: 100, min: 1, isRequired: true) else {
                continue
            }
            if !values.insert(value).inserted {
                errors.add(
                    here + ["value"], "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used")
            }
        }
    }
}

extension JSON {
    fileprivate func filled(_ defaults: JSON) -> JSON {
        var copy = self
        for (key, value) in defaults.fields?.members ?? [] where copy[key] == nil { copy[key] = value }
        return copy
    }
}
