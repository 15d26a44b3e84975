// Definitions of slash, user and message commands (sheet §3 Commands, §4). Checked as strictly as Discord does it when
// they are registered, and given back the way Discord gives them back: what is default is left out, so that comparing
// before a PUT is put to the test.

extension FormReader {
    /// The definition as it will be served, without ids.
    mutating func command(_ json: JSON, _ path: [String]) -> JSON? {
        guard let json = object(json, path) else { return nil }
        let type = json["type"] == nil ? 1 : choice(json["type"], path + ["type"], of: [1, 2, 3]) ?? 1
        let name = text(json["name"], path + ["name"], max: 32, min: 1, isRequired: true) ?? ""
        var shown: JSON = ["type": .int(Int64(type)), "name": .string(name), "name_localizations": .null]
        if type == 1 {
            checkName(name, path)
            let words = text(json["description"], path + ["description"], max: 100, min: 1, isRequired: true)
            shown["description"] = .text(words)
        } else {
            if let words = json["description"]?.string, !words.isEmpty {
                errors.add(
                    path + ["description"], "APPLICATION_COMMAND_INVALID_DESCRIPTION",
                    "Context menu commands cannot have description")
            }
            shown["description"] = ""
        }
        shown["description_localizations"] = nil
        if type == 1, json["options"] != nil {
            let options = options(json["options"], path + ["options"], depth: 0)
            if !options.isEmpty { shown["options"] = .array(options) }
        }
        switch json["default_member_permissions"] {
        case .none, .some(.null): shown["default_member_permissions"] = .null
        case .some(let value):
            if let bits = value.id {
                shown["default_member_permissions"] = .string(String(bits))
            } else {
                errors.add(
                    path + ["default_member_permissions"], "APPLICATION_COMMAND_INVALID_PERMISSIONS",
                    "Invalid permissions")
            }
        }
        shown["nsfw"] = .bool(flag(json["nsfw"], path + ["nsfw"]))
        shown["dm_permission"] = .bool(json["dm_permission"]?.bool ?? true)
        shown["integration_types"] = json["integration_types"].flatMap { $0.isNull ? nil : $0 } ?? [0]
        shown["contexts"] = json["contexts"] ?? .null
        if Self.size(json) > 8000 {
            errors.add(path, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (8000)")
        }
        return shown
    }

    private mutating func checkName(_ name: String, _ path: [String]) {
        let allowed = name.unicodeScalars.allSatisfy { scalar in
            if "-_'".unicodeScalars.contains(scalar) { return true }
            if 0x0900...0x097F ~= scalar.value || 0x0E00...0x0E7F ~= scalar.value { return true }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber:
                return true
            default: return false
            }
        }
        if !allowed || name != name.lowercased() {
            errors.add(
                path + ["name"], "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid, or is not in lower case")
        }
    }

    private mutating func options(_ json: JSON?, _ path: [String], depth: Int) -> [JSON] {
        var names: Set<String> = []
        var sawOptional = false
        var kinds: Set<Bool> = []
        return list(json, path, max: 25).enumerated().compactMap { index, item -> JSON? in
            let at = path + ["\(index)"]
            guard let item = object(item, at) else { return nil }
            // Groups only at the top, subcommands at the top or in a group, plain options below.
            let allowed = depth == 0 ? Array(1...11) : depth == 1 ? [1] + Array(3...11) : Array(3...11)
            guard let type = choice(item["type"], at + ["type"], of: allowed) else { return nil }
            kinds.insert(type <= 2)
            if kinds.count > 1 {
                errors.add(
                    at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                    "Sub-command and sub-command group option types are mutually exclusive to all other types")
            }
            let name = text(item["name"], at + ["name"], max: 32, min: 1, isRequired: true) ?? ""
            checkName(name, at)
            if !names.insert(name).inserted {
                errors.add(
                    at + ["name"], "APPLICATION_COMMAND_OPTIONS_NAME_INVALID",
                    "Option name \(name) is used more than once")
            }
            let isRequired = flag(item["required"], at + ["required"])
            if isRequired, sawOptional {
                errors.add(
                    at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                    "Required options must be placed before non-required options")
            }
            if !isRequired { sawOptional = true }
            return option(item, at, type: type, name: name, depth: depth)
        }
    }

    private mutating func option(_ item: JSON, _ at: [String], type: Int, name: String, depth: Int) -> JSON {
        var shown: JSON = [
            "type": .int(Int64(type)), "name": .string(name), "name_localizations": .null,
            "description": .text(text(item["description"], at + ["description"], max: 100, min: 1, isRequired: true)),
            "description_localizations": .null,
        ]
        if item["required"]?.bool == true { shown["required"] = true }
        if type <= 2 {
            let below = options(item["options"], at + ["options"], depth: type == 2 ? 1 : 2)
            if type == 2, below.contains(where: { $0["type"]?.int != 1 }) {
                errors.add(
                    at + ["options"], "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                    "A sub-command group may only hold sub-commands")
            }
            if !below.isEmpty { shown["options"] = .array(below) }
            return shown
        }
        let choices = choices(item["choices"], at + ["choices"], type: type)
        if !choices.isEmpty { shown["choices"] = .array(choices) }
        if flag(item["autocomplete"], at + ["autocomplete"]) {
            shown["autocomplete"] = true
            if !choices.isEmpty || ![3, 4, 10].contains(type) {
                errors.add(
                    at + ["autocomplete"], "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID",
                    "Autocomplete is for string, integer and number options without choices")
            }
        }
        for (key, kinds) in [
            ("min_value", [4, 10]), ("max_value", [4, 10]), ("min_length", [3]), ("max_length", [3]),
            ("channel_types", [7]),
        ] {
            guard let value = item[key], !value.isNull, value.array?.isEmpty != true else { continue }
            if kinds.contains(type) {
                shown[key] = value
            } else {
                errors.add(at + [key], "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "\(key) is not for this option type")
            }
        }
        if type == 3 {
            _ = int(item["min_length"], at + ["min_length"], in: 0...6000)
            _ = int(item["max_length"], at + ["max_length"], in: 1...6000)
        }
        return shown
    }

    private mutating func choices(_ json: JSON?, _ path: [String], type: Int) -> [JSON] {
        let all = list(json, path, max: 25)
        if !all.isEmpty, ![3, 4, 10].contains(type) {
            errors.add(path, "APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID", "Choices are not for this option type")
        }
        return all.enumerated().map { index, item in
            let at = path + ["\(index)"]
            let name = text(item["name"], at + ["name"], max: 100, min: 1, isRequired: true)
            switch type {
            case 3: _ = text(item["value"], at + ["value"], max: 100, min: 1, isRequired: true)
            case 4: _ = int(item["value"], at + ["value"], in: -(1 << 53)...(1 << 53), isRequired: true)
            default:
                if item["value"]?.number == nil {
                    errors.add(at + ["value"], "NUMBER_TYPE_COERCE", "Value is not float.")
                }
            }
            return ["name": .text(name), "name_localizations": .null, "value": item["value"] ?? .null]
        }
    }

    /// Names, descriptions and values together count against 8000.
    private static func size(_ json: JSON) -> Int {
        func length(_ json: JSON?) -> Int { json?.string?.unicodeScalars.count ?? 0 }
        var sum = length(json["name"]) + length(json["description"]) + length(json["value"])
        for key in ["options", "choices"] { for item in json[key]?.array ?? [] { sum += size(item) } }
        return sum
    }
}
