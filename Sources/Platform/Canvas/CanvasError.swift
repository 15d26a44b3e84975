// What can go wrong in drawing. Pictures of people's posters come from outside, so a bad one is a refusal the caller
// answers with a placeholder; a canvas itself fails only when it is absurdly large or memory is gone.

package enum CanvasError: Error, Equatable, Sendable, CustomStringConvertible {
    /// In pixels.
    case size(width: Int, height: Int)
    /// cairo's own words.
    case drawing(String)

    package var description: String {
        switch self {
        case .size(let width, let height): "A picture of \(width) × \(height) pixels cannot be drawn."
        case .drawing(let words): "The picture could not be drawn: \(words)."
        }
    }
}

package enum ImageRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// Neither PNG nor JPEG.
    case unknownFormat
    case tooManyBytes(Int)
    case tooLarge(width: Int, height: Int)
    case damaged(String)

    package var description: String {
        switch self {
        case .unknownFormat: "The image is neither JPEG nor PNG."
        case .tooManyBytes(let count): "The image has \(count) bytes, more than any poster needs."
        case .tooLarge(let width, let height): "The image is \(width) × \(height) pixels, too large to open safely."
        case .damaged(let words): "The image is damaged: \(words)."
        }
    }
}
