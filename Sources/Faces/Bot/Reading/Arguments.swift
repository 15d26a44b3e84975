// What a call brings along, already checked against the signature: a command asks by name and never parses.

package struct PersonMention: Hashable, Sendable {
    package var discord: UInt64
    /// As the message or interaction gave it; the id in digits when it gave none.
    package var name: String

    package init(discord: UInt64, name: String) {
        self.discord = discord
        self.name = name
    }
}

package struct Arguments: Hashable, Sendable {
    package enum Value: Hashable, Sendable {
        case text(String)
        case number(Int)
        case decimal(Double)
        case flag(Bool)
        case person(PersonMention)
        case channel(UInt64)
    }

    package var values: [String: Value]

    package init(_ values: [String: Value] = [:]) { self.values = values }

    package func has(_ name: String) -> Bool { values[name] != nil }

    /// Texts and the values of choices.
    package func text(_ name: String) -> String? {
        if case .text(let text) = values[name] { text } else { nil }
    }
    package func number(_ name: String) -> Int? {
        if case .number(let number) = values[name] { number } else { nil }
    }
    package func decimal(_ name: String) -> Double? {
        switch values[name] {
        case .decimal(let number): number
        case .number(let number): Double(number)
        default: nil
        }
    }
    /// A flag that is not given is no.
    package func flag(_ name: String) -> Bool {
        if case .flag(let isOn) = values[name] { isOn } else { false }
    }
    package func person(_ name: String) -> PersonMention? {
        if case .person(let person) = values[name] { person } else { nil }
    }
    package func channel(_ name: String) -> UInt64? {
        if case .channel(let channel) = values[name] { channel } else { nil }
    }
}
