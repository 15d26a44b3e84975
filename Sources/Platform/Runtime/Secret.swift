// A password, token or key. It prints as dots wherever it is printed by accident; who really needs it says `reveal()`,
// which is easy to find in a review.

package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let value: String

    package init(_ value: String) { self.value = value }

    package func reveal() -> String { value }
    package var isEmpty: Bool { value.isEmpty }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
