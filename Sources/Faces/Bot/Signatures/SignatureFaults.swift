// What is wrong with a list of commands, found before Discord or a user finds it. A test walks every command through
// this; limits are the sheet's, section 3 and 4.

import Discord
import Runtime

extension CommandList {
    /// One sentence per fault; empty when all is well.
    package func faults(root: String = "plex") -> [String] {
        var faults = Self.duplicates(commands.map(\.signature), in: "the list")
        if commands.count > 25 { faults.append("\(commands.count) commands: Discord takes 25 under one name") }
        for command in commands { faults += self.faults(of: command.signature, path: []) }
        for definition in SlashDefinitions.definitions(of: self, root: root, allowsDirectMessages: true) {
            let size = SlashDefinitions.size(definition)
            if size > DiscordLimits.commandSize {
                faults.append("/\(root) has \(size) characters: Discord takes \(DiscordLimits.commandSize)")
            }
        }
        return faults
    }

    private func faults(of signature: Signature, path: [String]) -> [String] {
        let path = path + [signature.name]
        let whole = path.joined(separator: " ")
        var faults = Self.nameAndSummary(signature.name, signature.summary, whole)
        if signature.verbs.isEmpty {
            faults += Self.optionFaults(signature.options, whole)
            faults += exampleFaults(signature, path)
        } else {
            if path.count > 1 { faults.append("\(whole): verbs may not have verbs") }
            if !signature.options.isEmpty { faults.append("\(whole): has verbs and options of its own") }
            if signature.verbs.count > 25 { faults.append("\(whole): more than 25 verbs") }
            if let bare = signature.bareVerb, signature.verb(named: bare) == nil {
                faults.append("\(whole): the bare verb \(bare) does not exist")
            }
            faults += Self.duplicates(signature.verbs, in: whole)
            for verb in signature.verbs { faults += self.faults(of: verb, path: path) }
        }
        return faults
    }

    private static func duplicates(_ signatures: [Signature], in place: String) -> [String] {
        var seen: Set<String> = []
        return signatures.flatMap { [$0.name] + $0.aliases }
            .filter { !seen.insert(Likeness.folded($0)).inserted }
            .map { "\(place): two are called \($0)" }
    }

    private static func nameAndSummary(_ name: String, _ summary: String, _ place: String) -> [String] {
        var faults: [String] = []
        let isFine = name.unicodeScalars.allSatisfy {
            "-_'".unicodeScalars.contains($0) || $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        if !isFine || name != name.lowercased() || !(1...DiscordLimits.commandName).contains(DiscordLimits.count(name))
        {
            faults.append("\(place): a name has 1 to 32 small letters, digits, - or _")
        }
        if !(1...DiscordLimits.commandSummary).contains(DiscordLimits.count(summary)) {
            faults.append("\(place): a summary has 1 to 100 characters, not \(DiscordLimits.count(summary))")
        }
        return faults
    }

    private static func optionFaults(_ options: [Option], _ place: String) -> [String] {
        var faults: [String] = []
        var seen: Set<String> = []
        if options.count > 25 { faults.append("\(place): more than 25 options") }
        for option in options {
            let place = "\(place) \(option.name)"
            faults += nameAndSummary(option.name, option.summary, place)
            if !seen.insert(Likeness.folded(option.name)).inserted {
                faults.append("\(place): two options of that name")
            }
            if case .choice(let choices) = option.kind { faults += choiceFaults(choices, place) }
        }
        let positional = options.filter(\.isPositional)
        if positional.dropLast().contains(where: \.takesRest) {
            faults.append("\(place): what takes the rest must come last")
        }
        return faults
    }

    private static func choiceFaults(_ choices: [Option.Choice], _ place: String) -> [String] {
        var faults: [String] = []
        var seen: Set<String> = []
        if choices.isEmpty { faults.append("\(place): no choices") }
        for choice in choices {
            for text in [choice.label, choice.value]
            where !(1...DiscordLimits.choiceName).contains(DiscordLimits.count(text)) {
                faults.append("\(place): a choice has 1 to 100 characters, unlike “\(text)”")
            }
            if !seen.insert(Likeness.folded(choice.value)).inserted {
                faults.append("\(place): the choice \(choice.value) is there twice")
            }
        }
        return faults
    }

    /// Examples are promises: each must be read as exactly this command.
    private func exampleFaults(_ signature: Signature, _ path: [String]) -> [String] {
        let whole = path.joined(separator: " ")
        if signature.examples.isEmpty { return ["\(whole): no example"] }
        let names = MentionNames(caller: PersonMention(discord: 1, name: "somebody"))
        return signature.examples.compactMap { example in
            do throws(Complaint) {
                let call = try TypedCall.read(
                    example.typed, from: self, for: .admin, names: names, spelling: Spelling("!plex"))
                let landed = call.found.path.joined(separator: " ")
                return landed == whole ? nil : "\(whole): the example “\(example.typed)” calls \(landed)"
            } catch {
                return "\(whole): the example “\(example.typed)” is not understood (\(error.plain))"
            }
        }
    }
}

extension Complaint {
    /// The sentence alone, for logs and tests.
    package var plain: String { ProseWriter().write(sentence, on: .bare).text }
}
