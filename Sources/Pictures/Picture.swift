// A finished picture, ready to be attached to a message, a page or a mail.

package struct Picture: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case png, gif, jpeg

        package var mediaType: String { "image/\(rawValue)" }
    }

    /// The file's name, such as "top-people.png".
    package let name: String
    package let kind: Kind
    package let bytes: [UInt8]
    /// In pixels.
    package let width: Int
    package let height: Int
    /// In points: what a page or a mail says as the width of the image, for a picture has more pixels than that.
    package let shownWidth: Int
    /// What the picture says, numbers included, for those who cannot see it. Within Discord's 1,024 characters.
    package let alternativeText: String

    package var shownHeight: Int { width > 0 ? (height * shownWidth + width / 2) / width : 0 }
}
