// Reads fields of a form with Discord's own checks and words. Lengths count Unicode code points (sheet §4): a flag emoji
// is two, whatever a language's notion of a character.

struct FormReader {
    var errors = FormErrors()

    mutating func text(
        _ json: JSON?, _ path: [String], max: Int, min: Int = 0, isRequired: Bool = false, trims: Bool = false
    ) -> String? {
        guard let json, !json.isNull else {
            if isRequired { errors.add(path, "BASE_TYPE_REQUIRED", "This field is required") }
            return nil
        }
        // Numbers and booleans are taken for text, as the real one does; lists and objects are not.
        var value: String
        switch json {
        case .string(let text): value = text
        case .int, .double, .bool: value = json.description
        default:
            errors.add(path, "STRING_TYPE_CONVERT", "Could not interpret \"\(json)\" as string.")
            return nil
        }
        if trims { value = value.trimmed }
        let length = value.unicodeScalars.count
        if isRequired, length == 0, min > 0 {
            errors.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        } else if min > 0, length < min || length > max {
            errors.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between \(min) and \(max) in length.")
        } else if length > max {
            errors.add(path, "BASE_TYPE_MAX_LENGTH", "Must be \(max) or fewer in length.")
        }
        return value
    }

    mutating func int(_ json: JSON?, _ path: [String], in range: ClosedRange<Int>, isRequired: Bool = false) -> Int? {
        guard let json, !json.isNull else {
            if isRequired { errors.add(path, "BASE_TYPE_REQUIRED", "This field is required") }
            return nil
        }
        guard let value = json.int ?? json.string.flatMap({ Int($0) }) else {
            errors.add(path, "NUMBER_TYPE_COERCE", "Value \"\(json.string ?? json.description)\" is not int.")
            return nil
        }
        if value < range.lowerBound {
            errors.add(
                path, "NUMBER_TYPE_MIN", "int value should be greater than or equal to \(range.lowerBound).")
        } else if value > range.upperBound {
            errors.add(path, "NUMBER_TYPE_MAX", "int value should be less than or equal to \(range.upperBound).")
        }
        return value
    }

    mutating func choice(_ json: JSON?, _ path: [String], of allowed: [Int], isRequired: Bool = true) -> Int? {
        guard let value = int(json, path, in: Int.min...Int.max, isRequired: isRequired) else { return nil }
        if !allowed.contains(value) {
            let list = allowed.map(String.init).joined(separator: ", ")
            errors.add(path, "BASE_TYPE_CHOICES", "Value must be one of {\(list)}.")
            return nil
        }
        return value
    }

    mutating func flag(_ json: JSON?, _ path: [String]) -> Bool {
        guard let json, !json.isNull else { return false }
        if let value = json.bool { return value }
        errors.add(path, "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return false
    }

    /// Null counts as an empty list, as in edits that clear.
    mutating func list(_ json: JSON?, _ path: [String], max: Int, min: Int = 0) -> [JSON] {
        guard let json, !json.isNull else { return [] }
        guard let items = json.array else {
            errors.add(path, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return []
        }
        if items.count > max || items.count < min {
            if min > 0 {
                errors.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between \(min) and \(max) in length.")
            } else {
                errors.add(path, "BASE_TYPE_MAX_LENGTH", "Must be \(max) or fewer in length.")
            }
        }
        return items
    }

    mutating func object(_ json: JSON?, _ path: [String]) -> JSON? {
        guard let json, !json.isNull else { return nil }
        guard json.fields != nil else {
            errors.add(path, "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            return nil
        }
        return json
    }

    mutating func url(
        _ json: JSON?, _ path: [String], max: Int = 2048, schemes: [String] = ["http", "https"],
        isRequired: Bool = false
    ) -> String? {
        guard let value = text(json, path, max: max, isRequired: isRequired) else { return nil }
        guard let mark = value.firstRange(of: "://"), mark.upperBound < value.endIndex, !value.contains(" ") else {
            errors.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
            return nil
        }
        let scheme = String(value[..<mark.lowerBound])
        if !schemes.contains(scheme.lowercased()) {
            let list = schemes.map { "'\($0)'" }.joined(separator: ", ")
            errors.add(
                path, "URL_TYPE_INVALID_SCHEME",
                "Scheme \"\(scheme)\" is not supported. Scheme must be one of (\(list)).")
        }
        return value
    }
}

extension String {
    var trimmed: String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace || $0.isNewline }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}
