// A feature that needs settings which may not be there. Its command is listed all the same, and says what is missing:
// an owner finds out what the program could do from the program.

internal import Domain

package enum Configured<Value: Sendable>: Sendable {
    case ready(Value)
    /// Names of settings.
    case missing([String])

    package func get() throws(Complaint) -> Value {
        switch self {
        case .ready(let value): return value
        case .missing(let names):
            let list = names.map { "\(code: $0)" as Prose }.joined(by: " and ")
            throw Complaint(
                "This needs \(list), not set yet.",
                advice: ["Whoever runs the bot can set it; \(code: "autoplex check") tells whether it works."])
        }
    }

    /// Both, or all that is missing.
    package func and<Other>(_ other: Configured<Other>) -> Configured<(Value, Other)> {
        switch (self, other) {
        case (.ready(let a), .ready(let b)): .ready((a, b))
        case (.missing(let a), .missing(let b)): .missing(a + b)
        case (.missing(let names), _), (_, .missing(let names)): .missing(names)
        }
    }

    package func map<New>(_ change: (Value) -> New) -> Configured<New> {
        switch self {
        case .ready(let value): .ready(change(value))
        case .missing(let names): .missing(names)
        }
    }

    package var value: Value? { if case .ready(let value) = self { value } else { nil } }
}
