// The insides of an interaction: which command with which options, which component, which form fields.

extension Interaction {
    /// An option as it was filled in; sub commands and groups are options that hold options.
    package struct Option: Hashable, Sendable, Decodable {
        package var name: String
        package var kind: CommandOption.Kind
        package var value: OptionValue?
        package var options: [Option]
        /// The one being typed, in a request for completions; its value may be partial and unchecked.
        package var isFocused: Bool

        package init(
            _ name: String, kind: CommandOption.Kind, value: OptionValue? = nil, options: [Option] = [],
            focused isFocused: Bool = false
        ) {
            self.name = name
            self.kind = kind
            self.value = value
            self.options = options
            self.isFocused = isFocused
        }

        private enum Key: String, CodingKey { case name, type, value, options, focused }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            name = try values.decode(String.self, forKey: .name)
            kind = values.maybe(.type) ?? .text
            value = values.maybe(.value)
            options = values.list(.options)
            isFocused = values.flag(.focused)
        }
    }

    /// What the ids in the options stand for.
    package struct Resolved: Hashable, Sendable, Decodable {
        package var users: [Snowflake: User]
        package var members: [Snowflake: Member]
        package var roles: [Snowflake: Role]
        package var channels: [Snowflake: Channel]

        package init(
            users: [Snowflake: User] = [:], members: [Snowflake: Member] = [:], roles: [Snowflake: Role] = [:],
            channels: [Snowflake: Channel] = [:]
        ) {
            self.users = users
            self.members = members
            self.roles = roles
            self.channels = channels
        }

        private enum Key: String, CodingKey { case users, members, roles, channels }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            users = values.table(.users)
            members = values.table(.members)
            roles = values.table(.roles)
            channels = values.table(.channels)
        }
    }

    /// A command as called.
    package struct Invocation: Hashable, Sendable, Decodable {
        package var id: Snowflake?
        package var name: String
        package var options: [Option]
        package var resolved: Resolved

        package init(id: Snowflake? = nil, name: String, options: [Option] = [], resolved: Resolved = Resolved()) {
            self.id = id
            self.name = name
            self.options = options
            self.resolved = resolved
        }

        /// The command's name followed by the group's and sub command's: ["plex", "jobs", "run"].
        package var path: [String] {
            var path = [name]
            var level = options
            while let inner = level.first, inner.kind == .subcommand || inner.kind == .group {
                path.append(inner.name)
                level = inner.options
            }
            return path
        }

        /// The options of the innermost sub command.
        package var arguments: [Option] {
            var level = options
            while let inner = level.first, inner.kind == .subcommand || inner.kind == .group { level = inner.options }
            return level
        }

        package var focused: Option? { arguments.first(where: \.isFocused) }

        private enum Key: String, CodingKey { case id, name, options, resolved }

        package init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            id = values.maybe(.id)
            name = try values.decode(String.self, forKey: .name)
            options = values.list(.options)
            resolved = values.maybe(.resolved) ?? Resolved()
        }
    }

    /// A pressed button or a menu's selection.
    package struct Press: Hashable, Sendable, Decodable {
        package var customID: String
        /// The chosen values of a menu; empty for a button.
        package var values: [String]
        package var resolved: Resolved

        package init(customID: String, values: [String] = [], resolved: Resolved = Resolved()) {
            self.customID = customID
            self.values = values
            self.resolved = resolved
        }

        private enum Key: String, CodingKey { case custom_id, values, resolved }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            customID = try container.decode(String.self, forKey: .custom_id)
            values = container.list(.values)
            resolved = container.maybe(.resolved) ?? Resolved()
        }
    }

    /// A sent form (modal): what stands in each field, by the field's custom id.
    package struct Form: Hashable, Sendable, Decodable {
        package var customID: String
        package var fields: [String: [String]]

        package init(customID: String, fields: [String: [String]] = [:]) {
            self.customID = customID
            self.fields = fields
        }

        private enum Key: String, CodingKey { case custom_id, components }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            customID = try container.decode(String.self, forKey: .custom_id)
            fields = [:]
            for part in container.list(.components, of: Part.self) { part.collect(into: &fields) }
        }

        /// A row (old, `components`), a label (new, `component`) or a field.
        private final class Part: Decodable {
            let customID: String?
            let values: [String]
            let inner: [Part]

            private enum Key: String, CodingKey { case custom_id, value, values, component, components }

            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: Key.self)
                customID = container.maybe(.custom_id)
                let value: String? = container.maybe(.value)
                values = value.map { [$0] } ?? container.list(.values)
                let one: Part? = container.maybe(.component)
                inner = one.map { [$0] } ?? container.list(.components)
            }

            func collect(into fields: inout [String: [String]]) {
                if let customID { fields[customID] = values }
                for part in inner { part.collect(into: &fields) }
            }
        }
    }
}
