// All commands there are, and finding the one that was meant.

import Domain
import Runtime

package struct CommandList: Sendable {
    package let commands: [any Command]

    package init(_ commands: [any Command]) { self.commands = commands }

    /// A command, and how far into it the words led.
    package struct Found: Sendable {
        package var command: any Command
        package var path: [String]
        /// Of the command or the verb, with what it inherits from its command.
        package var signature: Signature
    }

    /// What this person may use, in the order of the list.
    package func usable(by level: Level) -> [any Command] {
        commands.filter { $0.signature.level <= level }
    }

    package func command(named name: String) -> (any Command)? {
        commands.first { $0.signature.answers(to: name) }
    }

    /// The command and verb by their names, as slash gives them; nil when there is none such.
    package func find(_ path: [String]) -> Found? {
        guard let name = path.first, let command = command(named: name) else { return nil }
        let signature = command.signature
        if path.count > 1 {
            guard let verb = signature.verb(named: path[1]), path.count == 2 else { return nil }
            return found(command, verb)
        }
        if signature.verbs.isEmpty { return found(command, nil) }
        return signature.bareVerb.flatMap(signature.verb).map { found(command, $0) }
    }

    /// The command a typed line means, and the words left for its options.
    func find(
        in words: [Word], for level: Level, spelling: Spelling
    ) throws(Complaint) -> (found: Found, rest: ArraySlice<Word>) {
        var rest = words[...]
        guard let name = rest.popFirst()?.text, let command = command(named: name) else {
            throw unknownCommand(words.first?.text ?? "", level, spelling)
        }
        let signature = command.signature
        if signature.verbs.isEmpty { return (found(command, nil), rest) }
        if let word = rest.first, !word.isQuoted, let verb = signature.verb(named: word.text) {
            return (found(command, verb), rest.dropFirst())
        }
        let bare = signature.bareVerb.flatMap(signature.verb)
        // `tracker Severance` may mean the bare verb with an option; `jobs pasue` can only be a slip.
        if let bare, rest.isEmpty || !bare.options.isEmpty { return (found(command, bare), rest) }
        throw unknownVerb(rest.first?.text, signature, spelling)
    }

    private func found(_ command: any Command, _ verb: Signature?) -> Found {
        let whole = command.signature
        guard let verb else { return Found(command: command, path: [whole.name], signature: whole) }
        return Found(command: command, path: [whole.name, verb.name], signature: whole.whole(verb))
    }

    private func unknownCommand(_ name: String, _ level: Level, _ spelling: Spelling) -> Complaint {
        var advice: [Prose] = []
        // Only what this person may use is proposed: a guess must not reveal what is closed to them.
        let known = usable(by: level).flatMap { [$0.signature.name] + $0.signature.aliases }
        if let meant = Likeness.closest(to: name, among: known) {
            advice.append("Did you mean \(code: spelling(meant))?")
        }
        advice.append("\(code: spelling("help")) lists all commands.")
        return Complaint("There is no command \(quoted: name).", advice: advice)
    }

    private func unknownVerb(_ word: String?, _ signature: Signature, _ spelling: Spelling) -> Complaint {
        let verbs = signature.verbs.map { Prose(parts: [.code($0.name)]) }.joined(by: ", ")
        guard let word else {
            return Complaint("\(code: spelling(signature.name)) needs one of: \(verbs).")
        }
        var advice: [Prose] = []
        let known = signature.verbs.flatMap { [$0.name] + $0.aliases }
        if let meant = Likeness.closest(to: word, among: known) {
            advice.append("Did you mean \(code: spelling("\(signature.name) \(meant)"))?")
        }
        advice.append("It can be: \(verbs).")
        return Complaint("\(code: spelling(signature.name)) has no \(quoted: word).", advice: advice)
    }
}

extension CommandList.Found {
    /// `!plex jobs run <name…>`
    package func usage(_ spelling: Spelling) -> String {
        spelling((path + [signature.usageOfOptions]).filter { !$0.isEmpty }.joined(separator: " "))
    }

    /// What is wrong, with the usage line beneath.
    func complaint(_ complaint: Complaint, _ spelling: Spelling) -> Complaint {
        var whole = complaint
        whole.advice.append("Usage: \(code: usage(spelling))")
        return whole
    }
}
