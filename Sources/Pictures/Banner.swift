// A picture that somebody else painted, made fit for the head of a letter: three times as wide as high, no larger than
// needed, a JPEG of bounded size.

package import Canvas

package struct Banner: Hashable, Sendable {
    /// In pixels: twice the letter's 600 points.
    static let mostWidth = 1200
    static let leastWidth = 300
    static let mostBytes = 120_000

    /// JPEG or PNG, as it came.
    package var bytes: [UInt8]

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// What lies above and below the middle is cut off; nothing is enlarged.
    package func picture(named name: String = "banner.jpg") throws(BannerRefusal) -> Picture {
        let image: Image
        do throws(ImageRefusal) { image = try Image(bytes) } catch { throw .image(error) }
        var width = min(Self.mostWidth, image.width, image.height * 3) / 3 * 3
        guard width >= Self.leastWidth else { throw .tooSmall(width: image.width, height: image.height) }
        guard !Self.isBlank(image) else { throw .blank }
        do throws(CanvasError) {
            var jpeg = try Self.drawn(image, width: width)
            while jpeg.count > Self.mostBytes, width > Self.leastWidth {
                width = max(Self.leastWidth, width * 3 / 4 / 3 * 3)
                jpeg = try Self.drawn(image, width: width)
            }
            return Picture(
                name: name, kind: .jpeg, bytes: jpeg, width: width, height: width / 3, shownWidth: 600,
                alternativeText: "An illustration painted by a model, for decoration")
        } catch { throw .canvas(error) }
    }

    /// The best quality that is small enough, else the least.
    private static func drawn(_ image: borrowing Image, width: Int) throws(CanvasError) -> [UInt8] {
        let canvas = try Canvas(width: Double(width), height: Double(width / 3), scale: 1)
        canvas.draw(image, in: Rect(x: 0, y: 0, width: Double(width), height: Double(width / 3)), fit: .cover)
        var jpeg: [UInt8] = []
        for quality in [82, 72, 62, 52, 42] {
            jpeg = try canvas.jpeg(quality: quality)
            if jpeg.count <= mostBytes { break }
        }
        return jpeg
    }

    private static func isBlank(_ image: borrowing Image) -> Bool {
        let first = image.color(x: 0, y: 0)
        let (columns, rows) = (24, 16)
        for row in 0..<rows {
            for column in 0..<columns {
                let color = image.color(
                    x: column * (image.width - 1) / (columns - 1), y: row * (image.height - 1) / (rows - 1))
                let difference = max(
                    abs(color.red - first.red), abs(color.green - first.green), abs(color.blue - first.blue),
                    abs(color.alpha - first.alpha))
                if difference > 0.02 { return false }
            }
        }
        return true
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
