// A report with something to choose. The choice comes back as the card's kind and the choice's value, from whichever
// face it was shown on, even after a restart: a card is data, not a waiting closure.

package struct Card: Hashable, Sendable {
    package enum Weight: String, Hashable, Sendable, Codable {
        case normal, main, danger
    }

    package struct Choice: Hashable, Sendable, Codable {
        package var label: String
        /// What comes back when it is chosen.
        package var value: String
        package var weight: Weight
        /// A second line where the face has one (menus).
        package var detail: String

        package init(_ label: String, value: String, weight: Weight = .normal, detail: String = "") {
            self.label = label
            self.value = value
            self.weight = weight
            self.detail = detail
        }
    }

    package enum Layout: Hashable, Sendable, Codable {
        case buttons
        case menu(prompt: String)
    }

    package var report: Report
    /// Which handler answers, such as "prune.approval".
    package var kind: String
    /// What the handler needs to act: ids, not prose. JSON text.
    package var subject: String
    package var choices: [Choice]
    package var layout: Layout
    /// After this the choices no longer act and say so. Nil: they stay.
    package var lasts: Duration?

    package init(
        _ report: Report, kind: String, subject: String = "", choices: [Choice], layout: Layout = .buttons,
        lasts: Duration? = nil
    ) {
        self.report = report
        self.kind = kind
        self.subject = subject
        self.choices = choices
        self.layout = layout
        self.lasts = lasts
    }
}
