// What a template may show. A plain value: nothing in it can run, so a template can do nothing but print what it was
// given.

package enum TemplateValue: Sendable, Equatable {
    case text(String)
    /// Printed as people write it: `3`, not `3.0`; `0.3`, not `0.30000000000000004`; never with an exponent.
    case number(Double)
    /// For what a Double cannot hold exactly: ids, bytes.
    case whole(Int)
    case flag(Bool)
    case list([TemplateValue])
    case object([String: TemplateValue])
    /// Known to be missing: prints nothing, and nobody is warned of a misspelt name.
    case absent
}

extension TemplateValue {
    package static func text(orAbsent text: String?) -> TemplateValue { text.map { .text($0) } ?? .absent }

    /// A section over it shows nothing, an inverted section shows its content. The public specification leaves 0 and
    /// the empty text open; here "0 plays" and an empty headline are nothing to show, as they are in JavaScript.
    package var isNothing: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .number(let number): number == 0 || !number.isFinite
        case .whole(let number): number == 0
        case .flag(let isSet): !isSet
        case .list(let items): items.isEmpty
        case .object: false
        case .absent: true
        }
    }

    /// As it is printed by `{{name}}`; nil for what cannot be printed in one piece.
    package var printed: String? {
        switch self {
        case .text(let text): text
        case .number(let number): NumberText.plain(number)
        case .whole(let number): String(number)
        case .flag(let isSet): isSet ? "true" : "false"
        case .absent: ""
        case .list, .object: nil
        }
    }

    package subscript(key: String) -> TemplateValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }
}

extension TemplateValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int) { self = .whole(value) }
    package init(floatLiteral value: Double) { self = .number(value) }
    package init(booleanLiteral value: Bool) { self = .flag(value) }
    package init(arrayLiteral elements: TemplateValue...) { self = .list(elements) }

    package init(dictionaryLiteral elements: (String, TemplateValue)...) {
        self = .object(Dictionary(elements) { _, last in last })
    }
}
