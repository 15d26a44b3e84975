// A few posters side by side, numbered, for whoever has to say which of them is meant.

package import Canvas

package struct PosterRow: Sendable {
    package struct Entry: Sendable {
        package var name: String
        package var year: Int?
        /// As it was sent; nil: there is none, and a tile stands there.
        package var poster: [UInt8]?

        package init(_ name: String, year: Int? = nil, poster: [UInt8]? = nil) {
            self.name = name
            self.year = year
            self.poster = poster
        }
    }

    package static let most = 5

    package var title: String
    package var entries: [Entry]

    package init(title: String, entries: [Entry]) {
        self.title = title
        self.entries = Array(entries.prefix(Self.most))
    }

    private static let gap = 14.0
    private static let name = TextStyle(12, .medium, Ink.normal)
    private static let year = TextStyle(12, .regular, Ink.quiet)

    package func picture(named file: String = "candidates.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: nil)
        guard !entries.isEmpty else { return try sheet.empty(named: file, "There is none.") }
        let inner = Format.wide.width - 2 * Format.wide.margin
        let width = (inner - Self.gap * Double(Self.most - 1)) / Double(Self.most)
        let height = width * 1.5
        let words = entries.enumerated().map { place, entry in
            "\(place + 1): \(entry.name)" + (entry.year.map { " (\($0))" } ?? "")
        }
        return try sheet.picture(
            named: file, height: height + 8 + Self.name.lineHeight + Self.year.lineHeight,
            alternativeText: AlternativeText.write(title, nil, words)
        ) { (canvas, inner) throws(CanvasError) in
            for (place, entry) in entries.enumerated() {
                let x = inner.x + Double(place) * (width + Self.gap)
                Self.draw(entry, place + 1, on: canvas, in: Rect(x: x, y: inner.y, width: width, height: height))
            }
        }
    }

    private static func draw(_ entry: Entry, _ number: Int, on canvas: borrowing Canvas, in place: Rect) {
        if let poster = entry.poster, let image = try? Image(poster, need: Int(place.height * canvas.scale)) {
            canvas.draw(image, in: place, fit: .cover, radius: 6)
        } else {
            Tile.draw(entry.name, on: canvas, in: place, radius: 6)
        }
        canvas.stroke(place.inset(by: 0.5), radius: 5.5, Color(0xFFFFFF, alpha: 0.08), width: 1)
        let mark = Point(place.x + 15, place.y + 15)
        canvas.fill(.circle(center: mark, radius: 10), Ink.card)
        canvas.draw(
            "\(number)", TextStyle(12, .semibold, Ink.strong),
            in: Rect(x: mark.x - 10, y: mark.y - 9, width: 20, height: 18), .center)
        let line = Rect(x: place.x, y: place.maxY + 8, width: place.width, height: name.lineHeight)
        canvas.draw(entry.name, name, in: line)
        if let year = entry.year {
            canvas.draw(
                "\(year)", Self.year,
                in: Rect(x: place.x, y: line.maxY, width: place.width, height: Self.year.lineHeight))
        }
    }
}
