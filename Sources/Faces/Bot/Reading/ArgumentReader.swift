// From words to arguments. People name options the way they know it, from a shell (`--days 30`, `--days=30`,
// `--dry-run`), from slash commands (`days:30`), or just write the values in order; all three are understood, mixed.

import Domain
import Runtime

struct ArgumentReader {
    let options: [Option]
    let names: MentionNames

    private var found: [String: Arguments.Value] = [:]
    private var positional: [Word] = []

    static func arguments(
        of words: some Sequence<Word>, for options: [Option], names: MentionNames
    ) throws(Complaint) -> Arguments {
        var reader = ArgumentReader(options: options, names: names)
        try reader.read(Array(words))
        try reader.assignPositional()
        return try complete(reader.found, options)
    }

    /// The last check of every way to call: what is required is there.
    static func complete(
        _ values: [String: Arguments.Value], _ options: [Option]
    ) throws(Complaint) -> Arguments {
        if let missing = options.first(where: { $0.isRequired && values[$0.name] == nil }) {
            throw Complaint("\(code: missing.name) is missing: \(lowercasedStart(missing.summary)).")
        }
        return Arguments(values)
    }

    private init(options: [Option], names: MentionNames) {
        self.options = options
        self.names = names
    }

    // MARK: Options by name

    private mutating func read(_ words: [Word]) throws(Complaint) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if !word.isQuoted, word.text == "--" {
                positional += rest
                return
            }
            guard let marker = try marker(in: word) else {
                positional.append(word)
                continue
            }
            try take(marker, &rest)
        }
    }

    private struct Marker {
        var option: Option
        var value: String?
        var isNegated = false
    }

    private func marker(in word: Word) throws(Complaint) -> Marker? {
        if word.isQuoted { return nil }
        // Phones turn `--` into a dash of their own. Those also stand in titles, so an unknown name after one is text.
        let dash = ["--", "—", "–"].first { word.text.hasPrefix($0) }
        guard let dash else { return slashStyleMarker(in: word) }
        let body = word.text.dropFirst(dash.count)
        guard body.first?.isLetter == true else { return nil }
        let name = body.prefix { $0 != "=" }
        let value = name.endIndex == body.endIndex ? nil : String(body[name.endIndex...].dropFirst())
        if let option = option(named: name) { return Marker(option: option, value: value) }
        if name.lowercased().hasPrefix("no-"), let option = option(named: name.dropFirst(3)), case .flag = option.kind {
            return Marker(option: option, value: value, isNegated: true)
        }
        if dash != "--" { return nil }
        var advice: [Prose] = []
        if let meant = Likeness.closest(to: String(name), among: options.map(\.name)) {
            advice.append("Did you mean \(code: "--\(meant)")?")
        } else {
            advice.append("If it is part of a text, put the text in quotes.")
        }
        throw Complaint("There is no option \(code: "--\(name)") here.", advice: advice)
    }

    private func slashStyleMarker(in word: Word) -> Marker? {
        guard let colon = word.text.firstIndex(of: ":"), let option = option(named: word.text[..<colon]) else {
            return nil
        }
        let value = word.text[colon...].dropFirst()
        return Marker(option: option, value: value.isEmpty ? nil : String(value))
    }

    private func option(named name: some StringProtocol) -> Option? {
        let name = Likeness.folded(name)
        return options.first { Likeness.folded($0.name) == name }
    }

    private mutating func take(_ marker: Marker, _ rest: inout ArraySlice<Word>) throws(Complaint) {
        let option = marker.option
        guard found[option.name] == nil else { throw Complaint("\(code: option.name) is given twice.") }

        if case .flag = option.kind {
            var isOn = true
            if let value = marker.value {
                guard case .flag(let said) = try ValueReader.value(of: value, for: option, names: names) else { return }
                isOn = said
            }
            found[option.name] = .flag(isOn != marker.isNegated)
            return
        }

        var parts = marker.value.map { [$0] } ?? []
        if parts.isEmpty, let next = rest.first, next.isQuoted {
            // The quotes say where it ends, even where the rest of the line could belong to it.
            parts.append(next.text)
            rest.removeFirst()
        } else if option.takesRest {
            while let next = rest.first, next.text != "--" || next.isQuoted, try self.marker(in: next) == nil {
                parts.append(next.text)
                rest.removeFirst()
            }
        } else if parts.isEmpty, let next = rest.first, try self.marker(in: next) == nil {
            parts.append(next.text)
            rest.removeFirst()
        }
        guard !parts.isEmpty else { throw Complaint("\(code: option.name) needs a value.") }
        found[option.name] = try ValueReader.value(of: parts.joined(separator: " "), for: option, names: names)
    }

    // MARK: Values in order

    private mutating func assignPositional() throws(Complaint) {
        var open = options.filter { found[$0.name] == nil && $0.isPositional }
        var words = positional[...]
        while let word = words.first {
            guard !open.isEmpty else {
                throw Complaint("I do not know what to do with \(quoted: word.text).")
            }
            // An optional value that does not fit may have been left out: the word can belong to the next option.
            var complaint: Complaint?
            var taken: (index: Int, value: Arguments.Value)?
            // No optional value may take the words that the required ones need.
            let mustBeKept = open.count { $0.isRequired }
            for (index, option) in open.enumerated() where option.isRequired || words.count > mustBeKept {
                let text = option.takesRest ? words.map(\.text).joined(separator: " ") : word.text
                do {
                    taken = (index, try ValueReader.value(of: text, for: option, names: names))
                    break
                } catch {
                    // Where a text may stand the words were meant as text: what is wrong with them as such is worth most.
                    if case .text = option.kind { complaint = error } else { complaint = complaint ?? error }
                    if option.isRequired { break }
                }
            }
            guard let taken else { throw complaint ?? Complaint("\(quoted: word.text) does not fit here.") }
            let option = open.remove(at: taken.index)
            found[option.name] = taken.value
            words.removeFirst(option.takesRest ? words.count : 1)
        }
    }

    private static func lowercasedStart(_ text: String) -> String {
        text.prefix(1).lowercased() + text.dropFirst()
    }
}

extension Option {
    /// Flags are always named; a bare yes says nothing about which one is meant.
    var isPositional: Bool {
        if case .flag = kind { false } else { !isOnlyNamed }
    }
}
