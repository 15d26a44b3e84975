// What is probably a slip in a template, though it can be rendered: for the preview, never a reason not to send.

package struct TemplateWarning: Sendable, Hashable, CustomStringConvertible {
    package enum Slip: Sendable, Hashable {
        /// The data has nothing of this name; `within` is the part of a dotted name that was found.
        case unknownName(String, within: String?, meant: String?)
        /// `{{name}}` where the value is a list or an object: it prints nothing.
        case notPrintable(String)
        /// A block given to a parent that has none of this name: it is shown nowhere.
        case unknownBlock(String, parent: String, meant: String?)
    }

    package let place: TemplatePlace
    package let slip: Slip

    package var description: String { "\(place): \(sentence)" }

    private var sentence: String {
        switch slip {
        case .unknownName(let name, let within, let meant):
            let owner = within.map { "\"\($0)\" has nothing" } ?? "nothing is"
            return "\(owner) called \"\(name)\"" + question(meant)
        case .notPrintable(let name):
            return "\"\(name)\" is more than one value and prints nothing: go through it with "
                + "{{#\(name)}} … {{/\(name)}}"
        case .unknownBlock(let name, let parent, let meant):
            return "\"\(parent)\" has no block called \"\(name)\", so this is shown nowhere" + question(meant)
        }
    }

    private func question(_ meant: String?) -> String { meant.map { ": did you mean \"\($0)\"?" } ?? "" }
}
