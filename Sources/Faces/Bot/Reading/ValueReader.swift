// One word against one option: the value, or what is wrong with it. Slash values pass through the same checks, since
// autocompleted options arrive unchecked (sheet, section 3).

import Domain
import Runtime

/// What a reader may know about the people in a message.
struct MentionNames: Sendable {
    var caller: PersonMention
    var names: [UInt64: String] = [:]

    func person(_ id: UInt64) -> PersonMention {
        PersonMention(discord: id, name: id == caller.discord ? caller.name : names[id] ?? String(id))
    }
}

enum ValueReader {
    static func value(
        of text: String, for option: Option, names: MentionNames
    ) throws(Complaint) -> Arguments.Value {
        switch option.kind {
        case .text(let longest):
            try checkLength(text, longest, option)
            return .text(text)
        case .number(let range):
            guard let number = Int(text) else {
                throw Complaint("\(code: option.name) must be a whole number, not \(quoted: text).")
            }
            return .number(try checked(number, in: range, option))
        case .decimal(let range):
            guard let number = Double(String(text.map { $0 == "," ? "." : $0 })), number.isFinite else {
                throw Complaint("\(code: option.name) must be a number, not \(quoted: text).")
            }
            return .decimal(try checked(number, in: range, option))
        case .flag:
            guard let isOn = yesOrNo(text) else {
                throw Complaint("\(code: option.name) must be yes or no, not \(quoted: text).")
            }
            return .flag(isOn)
        case .person:
            if text.lowercased() == "me" || text.lowercased() == "@me" { return .person(names.caller) }
            guard let id = mentioned(text, marks: ["<@!", "<@"]) else {
                throw Complaint(
                    "\(code: option.name) must be a person, not \(quoted: text).",
                    advice: ["Mention them with @, or write \(code: "me") for yourself."])
            }
            return .person(names.person(id))
        case .channel:
            guard let id = mentioned(text, marks: ["<#"]) else {
                throw Complaint(
                    "\(code: option.name) must be a channel, not \(quoted: text).",
                    advice: ["Mention it with #."])
            }
            return .channel(id)
        case .choice(let choices):
            return .text(try choice(text, among: choices, option))
        }
    }

    static func yesOrNo(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "yes", "y", "true", "on", "1": true
        case "no", "n", "false", "off", "0": false
        default: nil
        }
    }

    private static func checkLength(_ text: String, _ longest: Int, _ option: Option) throws(Complaint) {
        if text.allSatisfy(\.isWhitespace) { throw Complaint("\(code: option.name) must not be empty.") }
        let length = text.unicodeScalars.count
        if length > longest {
            throw Complaint("\(code: option.name) may have at most \(longest) characters, not \(length).")
        }
    }

    private static func checked<Number: Comparable & Sendable>(
        _ number: Number, in range: ClosedRange<Number>, _ option: Option
    ) throws(Complaint) -> Number {
        guard range.contains(number) else {
            throw Complaint(
                "\(code: option.name) must be between \("\(range.lowerBound)") and \("\(range.upperBound)").")
        }
        return number
    }

    /// The id in a mention, or bare digits long enough to be an id.
    private static func mentioned(_ text: String, marks: [String]) -> UInt64? {
        for mark in marks where text.hasPrefix(mark) && text.hasSuffix(">") {
            return UInt64(text.dropFirst(mark.count).dropLast())
        }
        return (15...20).contains(text.utf8.count) ? UInt64(text) : nil
    }

    private static func choice(
        _ text: String, among choices: [Option.Choice], _ option: Option
    ) throws(Complaint) -> String {
        let folded = Likeness.folded(text)
        let exact = choices.first { Likeness.folded($0.value) == folded || Likeness.folded($0.label) == folded }
        if let exact { return exact.value }
        let beginning = choices.filter { Likeness.folded($0.value).hasPrefix(folded) }
        if beginning.count == 1, !folded.isEmpty { return beginning[0].value }
        var advice: [Prose] = []
        if let meant = Likeness.closest(to: text, among: choices.map(\.value)) {
            advice.append("Did you mean \(code: meant)?")
        }
        let shown = choices.prefix(12).map { Prose(parts: [.code($0.value)]) }.joined(by: ", ")
        advice.append("It can be \(shown)\(choices.count > 12 ? " and \(choices.count - 12) more" : "").")
        throw Complaint("\(code: option.name) cannot be \(quoted: text).", advice: advice)
    }
}

extension Prose.Interpolation {
    /// Somebody's word, short and in quotes.
    mutating func appendInterpolation(quoted text: String) {
        let short = text.unicodeScalars.count > 60 ? String(text.prefix(60)) + "…" : text
        appendInterpolation("“\(short)”" as String)
    }
}
