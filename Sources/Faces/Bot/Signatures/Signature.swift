// What a command is called, takes and allows, written once. Text commands, slash commands, help, autocompletion and the
// tests all read the same value, so the ways to call a command cannot drift apart.

import Runtime

/// Who may use a command. Each level may do what the ones before it may.
package enum Level: Int, Comparable, Sendable, CaseIterable {
    case member, trusted, admin

    package static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }

    package var name: String {
        switch self {
        case .member: "everyone"
        case .trusted: "trusted members"
        case .admin: "admins"
        }
    }
}

package struct Signature: Sendable {
    package enum Privacy: Int, Comparable, Sendable {
        /// Answered where it was asked.
        case shared
        /// Answered so that only the caller sees it: ephemeral (slash) or by direct message (text). What is for admins is
        /// answered among them where it was asked.
        case privately
        /// Likewise, and not among the admins either: it opens something in the caller's name.
        case secretly

        package static func < (a: Privacy, b: Privacy) -> Bool { a.rawValue < b.rawValue }
    }

    /// A line a person might type, without the prefix, and what it does. Help shows it; tests parse and play it.
    package struct Example: Sendable {
        package var typed: String
        package var meaning: String

        package init(_ typed: String, _ meaning: String) {
            self.typed = typed
            self.meaning = meaning
        }
    }

    package var name: String
    /// Other names for text commands. Slash shows the first name only.
    package var aliases: [String]
    package var summary: String
    package var options: [Option]
    /// `jobs list`, `jobs run`: a command has either verbs or options of its own.
    package var verbs: [Signature]
    /// The verb meant when none is typed. Slash has no bare groups, so it is always a verb with a name.
    package var bareVerb: String?
    package var level: Level
    package var privacy: Privacy
    package var cooldown: Duration?
    /// Known to take longer than a second: the caller sees "thinking" at once.
    package var isSlow: Bool
    package var examples: [Example]

    package init(
        _ name: String, _ summary: String, aliases: [String] = [], options: [Option] = [], verbs: [Signature] = [],
        bareVerb: String? = nil, level: Level = .member, privacy: Privacy = .shared, cooldown: Duration? = nil,
        isSlow: Bool = false, examples: [Example] = []
    ) {
        self.name = name
        self.summary = summary
        self.aliases = aliases
        self.options = options
        self.verbs = verbs
        self.bareVerb = bareVerb
        self.level = level
        self.privacy = privacy
        self.cooldown = cooldown
        self.isSlow = isSlow
        self.examples = examples
    }

    package func verb(named name: String) -> Signature? {
        verbs.first { $0.answers(to: name) }
    }

    /// One of its verbs with what it has from the command around it: never less closed than that.
    package func whole(_ verb: Signature) -> Signature {
        var verb = verb
        verb.level = max(level, verb.level)
        verb.privacy = max(privacy, verb.privacy)
        verb.cooldown = verb.cooldown ?? cooldown
        verb.isSlow = isSlow || verb.isSlow
        return verb
    }

    /// Whether a person who typed `word` meant this.
    package func answers(to word: String) -> Bool {
        let word = Likeness.folded(word)
        return Likeness.folded(name) == word || aliases.contains { Likeness.folded($0) == word }
    }

    /// What follows the command's name in a usage line.
    package var usageOfOptions: String {
        options.map(\.usage).joined(separator: " ")
    }
}
