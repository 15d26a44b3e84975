// What others may add to an issue: an introduction and a banner, made elsewhere and checked there. None is needed.

package import Pictures

package struct LetterExtras: Sendable, Hashable {
    /// Paragraphs.
    package var introduction: [String]
    package var banner: Pictures.Picture?

    package init(introduction: [String] = [], banner: Pictures.Picture? = nil) {
        self.introduction = introduction
        self.banner = banner
    }

    package static let none = LetterExtras()
}
