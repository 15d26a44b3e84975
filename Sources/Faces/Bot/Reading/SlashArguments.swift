// A slash command's options as the same arguments a typed line gives.

import Discord
import Domain

enum SlashArguments {
    static func arguments(
        of invocation: Interaction.Invocation, for options: [Option], caller: Caller
    ) throws(Complaint) -> Arguments {
        var values: [String: Arguments.Value] = [:]
        for option in options {
            guard let given = invocation.arguments.first(where: { $0.name == option.name }), let value = given.value
            else { continue }
            values[option.name] = try self.value(value, for: option, invocation, caller)
        }
        return try ArgumentReader.complete(values, options)
    }

    /// For completions: what is half typed or missing is left out.
    static func lenient(
        _ invocation: Interaction.Invocation, for options: [Option], caller: Caller
    ) -> Arguments {
        var values: [String: Arguments.Value] = [:]
        for option in options {
            let given = invocation.arguments.first { $0.name == option.name && !$0.isFocused }
            if let value = given?.value {
                values[option.name] = try? self.value(value, for: option, invocation, caller)
            }
        }
        return Arguments(values)
    }

    private static func value(
        _ value: OptionValue, for option: Option, _ invocation: Interaction.Invocation, _ caller: Caller
    ) throws(Complaint) -> Arguments.Value {
        switch (option.kind, value.id) {
        case (.person, let id?):
            let name = invocation.resolved.members[id]?.nick ?? invocation.resolved.users[id]?.name
            return .person(PersonMention(discord: id.rawValue, name: name ?? String(id.rawValue)))
        case (.channel, let id?): return .channel(id.rawValue)
        default:
            let names = MentionNames(caller: PersonMention(discord: caller.id.rawValue, name: caller.name))
            return try ValueReader.value(of: value.typed, for: option, names: names)
        }
    }
}
