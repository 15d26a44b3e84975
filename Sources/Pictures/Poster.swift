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

    /// Twice as many pixels as points. The quality falls until it is at most `mostBytes` long.
    package func thumbnail(
        named name: String = "poster.jpg", width: Int = 92, height: Int = 138, mostBytes: Int = 12_000
    ) throws(CanvasError) -> Picture {
        try thumbnailOrStandIn(named: name, width: width, height: height, mostBytes: mostBytes).picture
    }

    /// And whether it is the server's picture or what stands in for it.
    package func thumbnailOrStandIn(
        named name: String, width: Int, height: Int, mostBytes: Int
    ) throws(CanvasError) -> (picture: Picture, isStandIn: Bool) {
        let canvas = try Canvas(width: Double(width), height: Double(height), scale: 2, background: Ink.card)
        let place = Rect(x: 0, y: 0, width: Double(width), height: Double(height))
        let isStandIn = (try? drawImage(on: canvas, in: place)) == nil
        if isStandIn { drawPlaceholder(on: canvas, in: place) }
        var jpeg: [UInt8] = []
        for quality in [76, 68, 58, 46, 34, 22, 10] {
            jpeg = try canvas.jpeg(quality: quality)
            if jpeg.count <= mostBytes { break }
        }
        return (thumbnail(of: jpeg, named: name, width: width, height: height), isStandIn)
    }

    /// One that was made before.
    package func thumbnail(of jpeg: [UInt8], named name: String, width: Int, height: Int) -> Picture {
        Picture(
            name: name, kind: .jpeg, bytes: jpeg, width: 2 * width, height: 2 * height, shownWidth: width,
            alternativeText: AlternativeText.write(shownTitle, nil, []))
    }

    private var shownTitle: String { title.allSatisfy(\.isWhitespace) ? "Untitled" : title }

    /// Smaller is no poster: servers answer a single pixel where they have none.
    private static let leastSide = 16

    private enum Unfit: Error {
        case missing, tiny
    }

    private func drawImage(on canvas: borrowing Canvas, in place: Rect) throws {
        guard let bytes, !bytes.isEmpty else { throw Unfit.missing }
        // Of a poster wider or narrower than the place, the shorter side decides.
        let image = try Image(bytes, need: Int(max(place.width, place.height) * canvas.scale))
        guard min(image.width, image.height) >= Self.leastSide else { throw Unfit.tiny }
        canvas.draw(image, in: place, fit: .cover)
    }

    private func drawPlaceholder(on canvas: borrowing Canvas, in place: Rect) {
        // The title itself stands beside every poster, in letters that can be read.
        Tile.fill(place, radius: 0, for: title, fade: 0, on: canvas)
        Tile.drawInitials(of: title, Ink.strong.withAlpha(0.6), on: canvas, in: place)
    }
}
