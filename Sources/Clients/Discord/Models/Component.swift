// Buttons and menus under a message (sheet §3). Read and written; of the kinds we do not use only the number is kept.

package indirect enum Component: Hashable, Sendable {
    /// At most five buttons, or one menu.
    case row([Component])
    case button(Button)
    case select(Select)
    /// Some other kind: read, never written.
    case other(Int)

    package struct Button: Hashable, Sendable {
        package struct Style: OpenKind {
            package let rawValue: Int
            package init(rawValue: Int) { self.rawValue = rawValue }

            package static let primary = Style(rawValue: 1)
            package static let secondary = Style(rawValue: 2)
            package static let success = Style(rawValue: 3)
            package static let danger = Style(rawValue: 4)
            package static let link = Style(rawValue: 5)
        }

        package var style: Style
        package var label: String
        /// Comes back when it is pressed; every style but `link` has one.
        package var customID: String?
        package var url: String?
        /// A plain Unicode emoji.
        package var emoji: String?
        package var isDisabled: Bool

        package init(
            _ label: String, customID: String, style: Style = .secondary, emoji: String? = nil,
            disabled isDisabled: Bool = false
        ) {
            self.label = label
            self.customID = customID
            self.style = style
            self.emoji = emoji
            self.isDisabled = isDisabled
        }

        package init(_ label: String, link url: String) {
            self.label = label
            self.url = url
            style = .link
            isDisabled = false
        }
    }

    package struct Select: Hashable, Sendable {
        package struct Kind: OpenKind {
            package let rawValue: Int
            package init(rawValue: Int) { self.rawValue = rawValue }

            package static let strings = Kind(rawValue: 3)
            package static let users = Kind(rawValue: 5)
            package static let roles = Kind(rawValue: 6)
            package static let mentionables = Kind(rawValue: 7)
            package static let channels = Kind(rawValue: 8)
        }

        package struct Choice: Hashable, Sendable {
            package var label: String
            package var value: String
            package var detail: String?
            package var isChosen: Bool

            package init(_ label: String, value: String, detail: String? = nil, chosen isChosen: Bool = false) {
                self.label = label
                self.value = value
                self.detail = detail
                self.isChosen = isChosen
            }
        }

        package var kind: Kind
        package var customID: String
        package var choices: [Choice]
        package var placeholder: String?
        package var fewest: Int
        package var most: Int
        package var isDisabled: Bool

        package init(
            customID: String, choices: [Choice], placeholder: String? = nil, fewest: Int = 1, most: Int = 1,
            disabled isDisabled: Bool = false, kind: Kind = .strings
        ) {
            self.kind = kind
            self.customID = customID
            self.choices = choices
            self.placeholder = placeholder
            self.fewest = fewest
            self.most = most
            self.isDisabled = isDisabled
        }
    }

    /// Every custom id in it, in order.
    package var customIDs: [String] {
        switch self {
        case .row(let parts): parts.flatMap(\.customIDs)
        case .button(let button): button.customID.map { [$0] } ?? []
        case .select(let select): [select.customID]
        case .other: []
        }
    }
}

extension Component: Codable {
    private enum Key: String, CodingKey { case type, components }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        let type = try values.decode(Int.self, forKey: .type)
        switch type {
        case 1: self = .row(values.list(.components))
        case 2: self = .button(try Button(from: decoder))
        case 3, 5, 6, 7, 8: self = .select(try Select(from: decoder))
        default: self = .other(type)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        switch self {
        case .row(let parts):
            var values = encoder.container(keyedBy: Key.self)
            try values.encode(1, forKey: .type)
            try values.encode(parts, forKey: .components)
        case .button(let button): try button.encode(to: encoder)
        case .select(let select): try select.encode(to: encoder)
        case .other(let type):
            var values = encoder.container(keyedBy: Key.self)
            try values.encode(type, forKey: .type)
        }
    }
}

private struct Emoji: Codable { var name: String? }

extension Component.Button: Codable {
    private enum Key: String, CodingKey { case type, style, label, custom_id, url, emoji, disabled }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        style = values.maybe(.style) ?? .secondary
        label = values.text(.label)
        customID = values.maybe(.custom_id)
        url = values.maybe(.url)
        emoji = values.maybe(.emoji, as: Emoji.self)?.name
        isDisabled = values.flag(.disabled)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(2, forKey: .type)
        try values.encode(style, forKey: .style)
        if !label.isEmpty { try values.encode(label, forKey: .label) }
        try values.encodeIfPresent(customID, forKey: .custom_id)
        try values.encodeIfPresent(url, forKey: .url)
        try values.encodeIfPresent(emoji.map(Emoji.init), forKey: .emoji)
        if isDisabled { try values.encode(true, forKey: .disabled) }
    }
}

extension Component.Select: Codable {
    private enum Key: String, CodingKey {
        case type, custom_id, options, placeholder, min_values, max_values, disabled
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        kind = values.maybe(.type) ?? .strings
        customID = values.text(.custom_id)
        choices = values.list(.options)
        placeholder = values.maybe(.placeholder)
        fewest = values.maybe(.min_values) ?? 1
        most = values.maybe(.max_values) ?? 1
        isDisabled = values.flag(.disabled)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(kind, forKey: .type)
        try values.encode(customID, forKey: .custom_id)
        // Only string menus carry their own choices.
        if kind == .strings { try values.encode(choices, forKey: .options) }
        try values.encodeIfPresent(placeholder, forKey: .placeholder)
        try values.encode(fewest, forKey: .min_values)
        try values.encode(most, forKey: .max_values)
        if isDisabled { try values.encode(true, forKey: .disabled) }
    }
}

extension Component.Select.Choice: Codable {
    private enum Key: String, CodingKey { case label, value, description, `default` }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        label = values.text(.label)
        value = values.text(.value)
        detail = values.maybe(.description)
        isChosen = values.flag(.default)
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(label, forKey: .label)
        try values.encode(value, forKey: .value)
        if let detail, !detail.isEmpty { try values.encode(detail, forKey: .description) }
        if isChosen { try values.encode(true, forKey: .default) }
    }
}
