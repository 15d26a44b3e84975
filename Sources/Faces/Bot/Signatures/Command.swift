// What a command is and what it is handed. It returns words and choices; how they are sent, edited, hidden or cut to
// size is the Router's business, so one handler serves text, mention and slash alike.

package import Discord
package import Domain
package import Runtime

package protocol Command: Sendable {
    var signature: Signature { get }
    func run(_ call: Call) async throws -> Answer
}

package enum Answer: Sendable {
    case report(Report)
    case card(Card)
    /// Turned over by buttons; a single one is shown like a report.
    case pages([Report])
    /// Nothing to say: only for commands that have posted elsewhere.
    case nothing
}

/// Who calls, as Discord vouches for it.
package struct Caller: Hashable, Sendable {
    package var id: Snowflake
    package var name: String
    package var level: Level
    /// Nil in direct messages.
    package var guild: Snowflake?
    package var channel: Snowflake

    package init(id: Snowflake, name: String, level: Level, guild: Snowflake?, channel: Snowflake) {
        self.id = id
        self.name = name
        self.level = level
        self.guild = guild
        self.channel = channel
    }

    /// As the Ledger writes who asked.
    package var actor: String { "discord:\(id)" }
    package var person: Prose { Prose(parts: [.person(discord: id.rawValue, name: name)]) }
}

/// How this caller writes commands: `!plex` or `/plex` stands before everything.
package struct Spelling: Hashable, Sendable {
    package var start: String

    package init(_ start: String) { self.start = start }

    package func callAsFunction(_ command: String) -> String {
        command.isEmpty ? start : start + (start.last?.isLetter == false ? "" : " ") + command
    }
}

package struct Call: Sendable {
    package enum Source: Hashable, Sendable { case text, mention, slash }

    /// The command's name, and the verb's where it has verbs.
    package var path: [String]
    /// Of the innermost part called, with what it inherits.
    package var signature: Signature
    package var arguments: Arguments
    package var caller: Caller
    package var source: Source
    package var spelling: Spelling
    package var commands: CommandList
    package var asked: Instant
    package var clock: any Clock
    package var log: Log
    /// Shows how far a long job has come, in the place where the answer will stand.
    package var progress: @Sendable (Report) async -> Void

    package init(
        path: [String], signature: Signature, arguments: Arguments, caller: Caller, source: Source,
        spelling: Spelling, commands: CommandList, asked: Instant, clock: any Clock, log: Log = .silent,
        progress: @escaping @Sendable (Report) async -> Void = { _ in }
    ) {
        self.path = path
        self.signature = signature
        self.arguments = arguments
        self.caller = caller
        self.source = source
        self.spelling = spelling
        self.commands = commands
        self.asked = asked
        self.clock = clock
        self.log = log
        self.progress = progress
    }

    package var verb: String? { path.count > 1 ? path[1] : nil }
}

/// What somebody has typed so far of one option.
package struct Completion: Sendable {
    package var partial: String
    /// The other options filled in so far; unchecked ones are left out.
    package var arguments: Arguments
    package var caller: Caller
    package var commands: CommandList
    package var clock: any Clock

    package init(
        partial: String, arguments: Arguments = Arguments(), caller: Caller, commands: CommandList, clock: any Clock
    ) {
        self.partial = partial
        self.arguments = arguments
        self.caller = caller
        self.commands = commands
        self.clock = clock
    }

    /// The usual way to narrow a list: what begins with the typed text first, then what contains it.
    package func narrowing(_ choices: [Option.Choice]) -> [Option.Choice] {
        let typed = Likeness.folded(partial)
        if typed.isEmpty { return choices }
        let beginning = choices.filter { Likeness.folded($0.label).hasPrefix(typed) }
        let containing = choices.filter {
            let label = Likeness.folded($0.label)
            return !label.hasPrefix(typed) && label.contains(typed)
        }
        return beginning + containing
    }
}
