// Buttons beside the chat that do something to the world instead of saying something in it: a day passes, somebody comes.

package struct WorldControl: Sendable {
    package let label: String
    /// How the page calls it.
    let name: String
    package let act: @Sendable () async throws -> String

    /// `act` returns when it is over, with a sentence about it.
    package init(_ name: String, _ label: String, _ act: @escaping @Sendable () async throws -> String) {
        self.name = name
        self.label = label
        self.act = act
    }

    var json: JSON { ["name": .string(name), "label": .string(label)] }
}
