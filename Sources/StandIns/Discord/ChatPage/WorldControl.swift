// What stands beside the chat in the demo: buttons that do something to the world instead of saying something in it (a day
// passes, somebody comes, a service goes down), and a tour that leads through them.

/// A button, with what can be chosen before it is pressed.
package struct WorldControl: Sendable {
    /// Under which heading it stands.
    package enum Group: String, Sendable, CaseIterable {
        case time = "Time"
        case watching = "Watching"
        case music = "Music"
        case people = "People"
        case services = "Services"
    }

    package struct Option: Sendable {
        package let value: String
        package let label: String

        package init(_ value: String, _ label: String) {
            self.value = value
            self.label = label
        }
    }

    package struct Choice: Sendable {
        let name: String
        let label: String
        let options: @Sendable () -> [Option]

        /// `options` is asked each time the page is shown; the first is chosen already.
        package init(_ name: String, _ label: String, _ options: @escaping @Sendable () -> [Option]) {
            self.name = name
            self.label = label
            self.options = options
        }
    }

    package let label: String
    /// How the page calls it.
    package let name: String
    let group: Group
    let choices: [Choice]
    private let perform: @Sendable ([String: String]) async throws -> String

    /// `act` returns when it is over, with a sentence about it.
    package init(
        _ name: String, _ label: String, in group: Group = .time, _ act: @escaping @Sendable () async throws -> String
    ) {
        self.init(name, label, in: group, choosing: []) { _ in try await act() }
    }

    /// `act` is given what was chosen, by the choices' names.
    package init(
        _ name: String, _ label: String, in group: Group, choosing choices: [Choice],
        _ act: @escaping @Sendable ([String: String]) async throws -> String
    ) {
        self.name = name
        self.label = label
        self.group = group
        self.choices = choices
        perform = act
    }

    /// What nobody has chosen is the first there is.
    package func act(_ chosen: [String: String] = [:]) async throws -> String {
        var values: [String: String] = [:]
        for choice in choices {
            let options = choice.options()
            guard let value = chosen[choice.name] ?? options.first?.value,
                options.contains(where: { $0.value == value })
            else { throw ControlError.unknown("such \(choice.label.lowercased())") }
            values[choice.name] = value
        }
        return try await perform(values)
    }

    var json: JSON {
        [
            "name": .string(name), "label": .string(label), "group": .string(group.rawValue),
            "choices": .array(
                choices.map { choice in
                    [
                        "name": .string(choice.name), "label": .string(choice.label),
                        "options": .array(
                            choice.options().map { ["value": .string($0.value), "label": .string($0.label)] }),
                    ]
                }),
        ]
    }
}

/// One step of the tour: what it shows, and the one button that does it.
package struct TourStep: Sendable {
    package enum Deed: Sendable {
        /// Typed as the tour's person in that channel; slash commands too. Done when it is answered.
        case say(String, channel: String)
        /// A button of the world, with what is chosen before. Done when it is over.
        case press(String, [String: String] = [:])
        /// Another page of the demo. Done when it has been opened.
        case open(String)
    }

    let title: String
    let text: String
    let button: String
    package let deed: Deed

    package init(_ title: String, _ text: String, _ button: String, _ deed: Deed) {
        self.title = title
        self.text = text
        self.button = button
        self.deed = deed
    }

    var json: JSON {
        var json: JSON = ["title": .string(title), "text": .string(text), "button": .string(button)]
        switch deed {
        case .say(let words, let channel):
            json["say"] = .string(words)
            json["channel"] = .string(channel)
        case .press(let name, let chosen):
            json["press"] = .string(name)
            json["chosen"] = .object(
                JSON.Fields(chosen.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
        case .open(let address): json["open"] = .string(address)
        }
        return json
    }
}

/// What the chat page offers besides the chat.
package struct ChatExtras: Sendable {
    /// Offered to click at first sight: commands, or beginnings of them that end with a space. Nil: the usual ones.
    package var examples: [String]?
    package var controls: [WorldControl]
    package var tour: [TourStep]
    /// The demo's other pages; empty: the chat stands alone.
    package var pages: [DemoPage]
    /// Addresses that lead elsewhere, and where the demo serves the same under its own port.
    package var served: [(from: String, to: String)]

    package init(
        examples: [String]? = nil, controls: [WorldControl] = [], tour: [TourStep] = [], pages: [DemoPage] = [],
        served: [(from: String, to: String)] = []
    ) {
        self.served = served
        self.examples = examples
        self.controls = controls
        self.tour = tour
        self.pages = pages
    }
}
