// A picture that somebody else painted, made fit for the head of a letter: three times as wide as high, no larger than
// needed, a JPEG of bounded size.

package import Canvas

package struct Banner: Hashable, Sendable {
    /// JPEG or PNG, as it came.
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package func picture(named name: String = "banner.jpg") throws(BannerRefusal) -> Picture {
        do throws(ImageRefusal) { _ = try Image(bytes, need: 400) } catch { throw .image(error) }
        throw .blank
    }
}

package enum BannerRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    case image(ImageRefusal)
    case canvas(CanvasError)
    /// In pixels.
    case tooSmall(width: Int, height: Int)
    /// One colour all over: what some servers answer instead of a picture their filter did not like.
    case blank

    package var description: String {
        switch self {
        case .image(let refusal): refusal.description
        case .canvas(let error): error.description
        case .tooSmall(let width, let height): "The picture is \(width) × \(height) pixels, too small for a banner."
        case .blank: "The picture is of one colour all over."
        }
    }
}
