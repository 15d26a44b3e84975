// Options of a command as Discord's JSON, both ways. What equals Discord's own default is left out, so that what comes
// back from Discord decodes to what was sent.

extension CommandOption: Codable {
    private enum Key: String, CodingKey {
        case type, name, description, required, choices, autocomplete, min_value, max_value, min_length, max_length
        case channel_types, options
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(
            try values.decode(String.self, forKey: .name), values.text(.description),
            kind: try values.decode(Kind.self, forKey: .type), required: values.flag(.required),
            choices: values.list(.choices), completes: values.flag(.autocomplete),
            least: values.maybe(.min_value), most: values.maybe(.max_value), shortest: values.maybe(.min_length),
            longest: values.maybe(.max_length), channelKinds: values.list(.channel_types),
            options: values.list(.options))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(kind, forKey: .type)
        try values.encode(name, forKey: .name)
        try values.encode(summary, forKey: .description)
        if isRequired { try values.encode(true, forKey: .required) }
        if !choices.isEmpty { try values.encode(choices, forKey: .choices) }
        if completes { try values.encode(true, forKey: .autocomplete) }
        try encode(least, .min_value, into: &values)
        try encode(most, .max_value, into: &values)
        try values.encodeIfPresent(shortest, forKey: .min_length)
        try values.encodeIfPresent(longest, forKey: .max_length)
        if !channelKinds.isEmpty { try values.encode(channelKinds, forKey: .channel_types) }
        if !options.isEmpty { try values.encode(options, forKey: .options) }
    }

    /// Whole options refuse `1.0`, so a whole bound is written as an integer.
    private func encode(_ bound: Double?, _ key: Key, into values: inout KeyedEncodingContainer<Key>) throws {
        guard let bound else { return }
        if kind == .integer, let whole = Int64(exactly: bound) {
            try values.encode(whole, forKey: key)
        } else {
            try values.encode(bound, forKey: key)
        }
    }
}

extension CommandOption.Choice: Codable {
    private enum Key: String, CodingKey { case name, value }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        self.init(try values.decode(String.self, forKey: .name), value: try values.decode(forKey: .value))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(name, forKey: .name)
        try values.encode(value, forKey: .value)
    }

    /// JSON knows one kind of number: 2.0 comes back as 2.
    var canonical: CommandOption.Choice {
        guard case .number(let number) = value, let whole = Int64(exactly: number) else { return self }
        return CommandOption.Choice(name, value: .integer(whole))
    }
}

extension KeyedDecodingContainer {
    fileprivate func decode<Value: Decodable>(forKey key: Key) throws -> Value { try decode(Value.self, forKey: key) }
}
