// What is offered while somebody types: within Discord's limits, and nothing at all when the completer fails, because
// an error would only show as a dead menu.

import Discord
import Runtime

enum Completions {
    static func choices(of option: Option, _ completion: Completion, log: Log) async -> [CommandOption.Choice] {
        var choices: [Option.Choice] = []
        if let complete = option.complete {
            do { choices = try await complete(completion) } catch {
                log.debug("no completions", ["option": option.name, "why": "\(error)"])
            }
        } else if case .choice(let all) = option.kind {
            choices = completion.narrowing(all)
        }
        return fitted(choices)
    }

    static func fitted(_ choices: [Option.Choice]) -> [CommandOption.Choice] {
        choices.lazy
            // A shortened value would be another value: such a choice is not offered.
            .filter { (1...DiscordLimits.choiceName).contains(DiscordLimits.count($0.value)) && !$0.label.isEmpty }
            .prefix(DiscordLimits.commandChoices)
            .map {
                CommandOption.Choice(DiscordLimits.cut($0.label, to: DiscordLimits.choiceName), value: .text($0.value))
            }
    }
}
