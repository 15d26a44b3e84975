// How much of an artist's collection a person has heard: the albums with their covers, each with its bar.

package import Canvas

package struct CollectionPicture: Hashable, Sendable {
    package struct Album: Hashable, Sendable {
        package var title: String
        package var year: Int?
        /// JPEG or PNG as the server gave it. A missing or broken one becomes a plain tile.
        package var cover: [UInt8]?
        package var played: Int
        package var total: Int

        package init(_ title: String, year: Int? = nil, cover: [UInt8]? = nil, played: Int, total: Int) {
            self.title = title
            self.year = year
            self.cover = cover
            self.played = played
            self.total = total
        }

        var share: Double { total > 0 ? min(1, max(0, Double(played) / Double(total))) : 0 }
        var shownTitle: String { title.allSatisfy(\.isWhitespace) ? "Untitled" : title }
        /// Of none, nothing can be counted.
        var count: String { total > 0 ? "\(played)/\(total)" : "–" }
        var isDone: Bool { total > 0 && played >= total }
    }

    package var artist: String
    /// "You have listened to 62% (148/239) of this collection."
    package var subtitle: String
    package var albums: [Album]
    /// Of the whole collection; counted from the albums unless it is given (tracks may be on no album).
    package var played: Int
    package var total: Int
    package var emptySentence = "There is no album of this artist on the server."

    package static let mostAlbums = 24

    package init(artist: String, subtitle: String, albums: [Album], played: Int? = nil, total: Int? = nil) {
        self.artist = artist
        self.subtitle = subtitle
        self.albums = albums
        self.played = played ?? albums.reduce(0) { $0 + $1.played }
        self.total = total ?? albums.reduce(0) { $0 + $1.total }
    }

    package func picture(named name: String = "collection.png") throws(CanvasError) -> Picture {
        guard !albums.isEmpty else {
            return try Sheet(title: artist, subtitle: subtitle).empty(named: name, emptySentence)
        }
        let shown = Array(albums.prefix(Self.mostAlbums))
        let rest = albums.count - shown.count
        let grid = AlbumGrid(count: shown.count)
        let isList = shown.count <= AlbumRows.most
        let albumsHeight = isList ? AlbumRows.height(of: shown.count) : grid.height(of: shown.count)
        let height = Self.headHeight + albumsHeight + (rest > 0 ? 30 : 0)
        let text = AlternativeText.write(
            artist, subtitle, albums.map { "\($0.title) \($0.played)/\($0.total)" })
        return try Sheet(title: "", subtitle: nil).picture(
            named: name, height: height, alternativeText: text
        ) { (canvas, inner) throws(CanvasError) in
            drawHead(on: canvas, in: inner)
            for (index, album) in shown.enumerated() {
                let y = inner.y + Self.headHeight
                if isList {
                    AlbumRows.draw(album, on: canvas, in: AlbumRows.place(of: index, in: inner, below: y))
                } else {
                    grid.draw(album, on: canvas, in: grid.place(of: index, in: inner, below: y))
                }
            }
            if rest > 0 {
                let line = Rect(x: inner.x, y: inner.maxY - 18, width: inner.width, height: 18)
                canvas.draw("and \(rest) more \(rest == 1 ? "album" : "albums")", Type.subtitle, in: line, .center)
            }
        }
    }

    private static let headHeight = 88.0

    private func drawHead(on canvas: borrowing Canvas, in inner: Rect) {
        let ring = Rect(x: inner.maxX - 68, y: inner.y, width: 68, height: 68)
        let share = total > 0 ? min(1, max(0, Double(played) / Double(total))) : nil
        RingChart.draw(share, thickness: 8, on: canvas, in: ring)
        let number = share.map { "\(Measure.percent($0))%" } ?? "–"
        canvas.draw(number, TextStyle(15, .bold, Ink.strong), in: ring, .center)
        let width = ring.x - 20 - inner.x
        let name = TextStyle(24, .bold, Ink.strong)
        let lines = canvas.measure(subtitle, Type.subtitle, maxWidth: width, lines: 2).height
        var y = ring.midY - (name.lineHeight + 2 + lines) / 2
        canvas.draw(artist, name, in: Rect(x: inner.x, y: y, width: width, height: name.lineHeight))
        y += name.lineHeight + 2
        canvas.draw(subtitle, Type.subtitle, in: Rect(x: inner.x, y: y, width: width, height: lines), lines: 2)
    }
}
