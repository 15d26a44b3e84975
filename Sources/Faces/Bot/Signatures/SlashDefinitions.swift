// The slash side of the signatures: one root command (`/plex`) with a sub command per command and a group per command
// with verbs. Discord wants required options first; text calls keep the order of the signature.

package import Discord

package enum SlashDefinitions {
    package static func definitions(
        of list: CommandList, root: String, summary: String = "Everything about our Plex server",
        allowsDirectMessages: Bool
    ) -> [CommandDefinition] {
        let options = list.commands.map(\.signature).map { signature in
            signature.verbs.isEmpty
                ? subcommand(signature)
                : CommandOption(
                    signature.name, signature.summary, kind: .group, options: signature.verbs.map(subcommand))
        }
        let contexts: [Interaction.Context] = allowsDirectMessages ? [.guild, .botDirect] : [.guild]
        return [CommandDefinition(root, summary, options: options, contexts: contexts)]
    }

    private static func subcommand(_ signature: Signature) -> CommandOption {
        let options = signature.options.filter(\.isRequired) + signature.options.filter { !$0.isRequired }
        return CommandOption(
            signature.name, signature.summary, kind: .subcommand, options: options.map(option))
    }

    private static func option(_ option: Option) -> CommandOption {
        var slash = CommandOption(option.name, option.summary, kind: .text, required: option.isRequired)
        slash.completes = option.completesWhileTyping
        switch option.kind {
        case .text(let longest): slash.longest = min(longest, 6000)
        case .number(let range):
            slash.kind = .integer
            // Beyond 2^53 JavaScript, and so Discord, cannot count.
            slash.least = Double(max(range.lowerBound, -(1 << 53)))
            slash.most = Double(min(range.upperBound, 1 << 53))
        case .decimal(let range):
            slash.kind = .number
            slash.least = range.lowerBound
            slash.most = range.upperBound
        case .flag: slash.kind = .flag
        case .person: slash.kind = .user
        case .channel: slash.kind = .channel
        case .choice(let choices) where !option.completesWhileTyping:
            slash.choices = choices.map { CommandOption.Choice($0.label, value: .text($0.value)) }
        case .choice: break
        }
        return slash
    }

    /// Discord counts names, summaries and values of a command together (sheet, section 4).
    static func size(_ definition: CommandDefinition) -> Int {
        DiscordLimits.count(definition.name) + DiscordLimits.count(definition.summary)
            + definition.options.reduce(0) { $0 + size($1) }
    }

    private static func size(_ option: CommandOption) -> Int {
        DiscordLimits.count(option.name) + DiscordLimits.count(option.summary)
            + option.choices.reduce(0) { $0 + DiscordLimits.count($1.name) + DiscordLimits.count($1.value.typed) }
            + option.options.reduce(0) { $0 + size($1) }
    }
}
