// One thing a command takes. The kinds are those Discord knows as slash options (sheet, section 3), so that a text
// argument and a slash option can mean the same.

package struct Option: Sendable {
    package struct Choice: Hashable, Sendable {
        package var label: String
        package var value: String

        package init(_ label: String, value: String) {
            self.label = label
            self.value = value
        }
        package init(_ value: String) { self.init(value, value: value) }
    }

    package enum Kind: Sendable {
        case text(longest: Int)
        case number(ClosedRange<Int>)
        case decimal(ClosedRange<Double>)
        /// Yes or no; in text `--name` is yes.
        case flag
        case person
        case channel
        case choice([Choice])
    }

    /// Proposes values while somebody types. It must be quick: Discord waits three seconds.
    package typealias Completer = @Sendable (Completion) async throws -> [Choice]

    package var name: String
    package var summary: String
    package var kind: Kind
    package var isRequired: Bool
    /// In text it takes all words that are left, so that titles need no quotes.
    package var takesRest: Bool
    package var complete: Completer?
    /// In text it is only ever given as `--name value`: plain words belong to another option.
    package var isOnlyNamed = false

    package func onlyNamed() -> Option {
        var option = self
        option.isOnlyNamed = true
        return option
    }

    package static func text(
        _ name: String, _ summary: String, required: Bool = false, rest: Bool = false, longest: Int = 200,
        complete: Completer? = nil
    ) -> Option {
        Option(
            name: name, summary: summary, kind: .text(longest: longest), isRequired: required, takesRest: rest,
            complete: complete)
    }

    package static func number(
        _ name: String, _ summary: String, _ range: ClosedRange<Int>, required: Bool = false
    ) -> Option {
        Option(name: name, summary: summary, kind: .number(range), isRequired: required, takesRest: false)
    }

    package static func decimal(
        _ name: String, _ summary: String, _ range: ClosedRange<Double>, required: Bool = false
    ) -> Option {
        Option(name: name, summary: summary, kind: .decimal(range), isRequired: required, takesRest: false)
    }

    package static func flag(_ name: String, _ summary: String) -> Option {
        Option(name: name, summary: summary, kind: .flag, isRequired: false, takesRest: false)
    }

    package static func person(_ name: String, _ summary: String, required: Bool = false) -> Option {
        Option(name: name, summary: summary, kind: .person, isRequired: required, takesRest: false)
    }

    package static func channel(_ name: String, _ summary: String, required: Bool = false) -> Option {
        Option(name: name, summary: summary, kind: .channel, isRequired: required, takesRest: false)
    }

    package static func choice(
        _ name: String, _ summary: String, _ choices: [Choice], required: Bool = false
    ) -> Option {
        Option(name: name, summary: summary, kind: .choice(choices), isRequired: required, takesRest: false)
    }

    /// As help and complaints show it: `<needed>`, `[optional]`, `<takes rest…>`, `[--flag]`.
    package var usage: String {
        let inside =
            switch kind {
            case .flag: "--\(name)"
            case .person: "@\(name)"
            case .channel: "#\(name)"
            case .choice(let choices) where choices.count <= 5: choices.map(\.value).joined(separator: "|")
            default: (isOnlyNamed ? "--\(name) " : "") + (takesRest ? "\(name)…" : name)
            }
        return isRequired ? "<\(inside)>" : "[\(inside)]"
    }

    /// Discord offers at most 25 fixed choices; longer lists are offered while typing.
    var mostFixedChoices: Int { 25 }

    var completesWhileTyping: Bool {
        if complete != nil { return true }
        if case .choice(let choices) = kind { return choices.count > mostFixedChoices }
        return false
    }
}
