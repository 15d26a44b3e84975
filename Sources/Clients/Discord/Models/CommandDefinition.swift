// A slash command as registered (sheet §3, Commands). New registrations count to 200 a day and guild, so what Discord
// has is compared first: `isSame` looks at what we say about a command and ignores what Discord adds to it.

package struct CommandDefinition: Hashable, Sendable {
    package var name: String
    package var summary: String
    package var options: [CommandOption]
    /// What a member needs to see it; nil: everybody may, empty: administrators only. Server admins can override it.
    package var neededPermissions: Permissions?
    /// Where it is offered; nil: everywhere.
    package var contexts: [Interaction.Context]?

    package init(
        _ name: String, _ summary: String, options: [CommandOption] = [], neededPermissions: Permissions? = nil,
        contexts: [Interaction.Context]? = nil
    ) {
        self.name = name
        self.summary = summary
        self.options = options
        self.neededPermissions = neededPermissions
        self.contexts = contexts
    }

    /// Whether registering `ours` over `theirs` would change nothing.
    package static func isSame(_ ours: [CommandDefinition], _ theirs: [CommandDefinition]) -> Bool {
        ours.count == theirs.count
            && zip(ours.sorted { $0.name < $1.name }, theirs.sorted { $0.name < $1.name })
                .allSatisfy { $0.canonical == $1.canonical }
    }

    /// The same command in the one form that can be compared: the order of contexts means nothing.
    private var canonical: CommandDefinition {
        var copy = self
        copy.contexts = contexts?.sorted { $0.rawValue < $1.rawValue }
        copy.options = options.map(\.canonical)
        return copy
    }
}

extension CommandDefinition: Codable {
    private enum Key: String, CodingKey {
        case type, name, description, options, default_member_permissions, contexts
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        name = try values.decode(String.self, forKey: .name)
        summary = values.text(.description)
        options = values.list(.options)
        neededPermissions = values.maybe(.default_member_permissions)
        contexts = values.maybe(.contexts)
        // A user or message command is none of ours and must never pass for one of the same name.
        if let type: Int = values.maybe(.type), type != 1 { name = "\(name) (type \(type))" }
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(1, forKey: .type)
        try values.encode(name, forKey: .name)
        try values.encode(summary, forKey: .description)
        if !options.isEmpty { try values.encode(options, forKey: .options) }
        // Named even when nil: null takes an earlier restriction back.
        try values.encode(neededPermissions, forKey: .default_member_permissions)
        try values.encodeIfPresent(contexts, forKey: .contexts)
    }
}

package struct CommandOption: Hashable, Sendable {
    package struct Kind: OpenKind {
        package let rawValue: Int
        package init(rawValue: Int) { self.rawValue = rawValue }

        package static let subcommand = Kind(rawValue: 1)
        package static let group = Kind(rawValue: 2)
        package static let text = Kind(rawValue: 3)
        package static let integer = Kind(rawValue: 4)
        package static let flag = Kind(rawValue: 5)
        package static let user = Kind(rawValue: 6)
        package static let channel = Kind(rawValue: 7)
        package static let role = Kind(rawValue: 8)
        package static let mentionable = Kind(rawValue: 9)
        package static let number = Kind(rawValue: 10)
        package static let attachment = Kind(rawValue: 11)
    }

    /// Offered instead of free input, or as a completion.
    package struct Choice: Hashable, Sendable {
        package var name: String
        package var value: OptionValue

        package init(_ name: String, value: OptionValue) {
            self.name = name
            self.value = value
        }
        package init(_ name: String) { self.init(name, value: .text(name)) }
    }

    package var kind: Kind
    package var name: String
    package var summary: String
    /// Required ones must come first.
    package var isRequired: Bool
    /// At most 25, and not together with completions.
    package var choices: [Choice]
    package var completes: Bool
    /// Smallest and greatest number.
    package var least: Double?
    package var most: Double?
    /// Shortest and longest text.
    package var shortest: Int?
    package var longest: Int?
    package var channelKinds: [Channel.Kind]
    /// Of a sub command or group.
    package var options: [CommandOption]

    package init(
        _ name: String, _ summary: String, kind: Kind, required isRequired: Bool = false, choices: [Choice] = [],
        completes: Bool = false, least: Double? = nil, most: Double? = nil, shortest: Int? = nil, longest: Int? = nil,
        channelKinds: [Channel.Kind] = [], options: [CommandOption] = []
    ) {
        self.kind = kind
        self.name = name
        self.summary = summary
        self.isRequired = isRequired
        self.choices = choices
        self.completes = completes
        self.least = least
        self.most = most
        self.shortest = shortest
        self.longest = longest
        self.channelKinds = channelKinds
        self.options = options
    }

    fileprivate var canonical: CommandOption {
        var copy = self
        copy.channelKinds.sort { $0.rawValue < $1.rawValue }
        copy.options = options.map(\.canonical)
        copy.choices = choices.map(\.canonical)
        return copy
    }
}
