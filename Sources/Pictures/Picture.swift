// A finished picture, ready to be attached to a message, a page or a mail.

package struct Picture: Hashable, Sendable {
    /// The file's name, such as "top-people.png".
    package let name: String
    /// PNG.
    package let bytes: [UInt8]
    /// In pixels: twice the points.
    package let width: Int
    package let height: Int
    /// What the picture says, numbers included, for those who cannot see it. Within Discord's 1,024 characters.
    package let alternativeText: String
}
