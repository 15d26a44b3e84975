// The tiles of CollectionPicture: fewer albums, larger covers.

internal import Canvas

struct AlbumGrid {
    let columns: Int
    private let gap: Double
    private let side: Double

    init(count: Int) {
        columns = count <= 12 ? 4 : 6
        gap = columns == 4 ? 16 : 12
        side = (Sheet.width - 2 * Sheet.margin - gap * Double(columns - 1)) / Double(columns)
    }

    private var title: TextStyle { TextStyle(columns == 4 ? 12 : 10.5, .medium, Ink.normal) }
    private var number: TextStyle { TextStyle(columns == 4 ? 11 : 10, .regular, Ink.quiet) }
    private var tileHeight: Double { side + 7 + title.lineHeight + 1 + number.lineHeight + 4 + 5 }
    private var rowGap: Double { 18 }

    func height(of count: Int) -> Double {
        let rows = Double((count + columns - 1) / columns)
        return rows * tileHeight + (rows - 1) * rowGap
    }

    func place(of index: Int, in inner: Rect, below y: Double) -> Rect {
        let (row, column) = index.quotientAndRemainder(dividingBy: columns)
        return Rect(
            x: inner.x + Double(column) * (side + gap), y: y + Double(row) * (tileHeight + rowGap), width: side,
            height: tileHeight)
    }

    func draw(_ album: CollectionPicture.Album, on canvas: borrowing Canvas, in tile: Rect) {
        drawCover(album, on: canvas, in: Rect(x: tile.x, y: tile.y, width: side, height: side))
        var y = tile.y + side + 7
        let color = album.played > 0 ? Ink.normal : Ink.quiet
        canvas.draw(
            album.title, title.colored(color), in: Rect(x: tile.x, y: y, width: side, height: title.lineHeight))
        y += title.lineHeight + 1
        let line = Rect(x: tile.x, y: y, width: side, height: number.lineHeight)
        let count = "\(album.played)/\(album.total)"
        let taken = canvas.draw(count, number.colored(album.isDone ? Ink.green : Ink.normal), in: line, .right).width
        if let year = album.year {
            var rest = line
            rest.width -= taken + 6
            canvas.draw(String(year), number, in: rest)
        }
        y += number.lineHeight + 4
        let track = Rect(x: tile.x, y: y, width: side, height: 5)
        canvas.fill(track, radius: 2.5, Ink.hollow)
        guard album.share > 0 else { return }
        var done = track
        done.width = max(5, side * album.share)
        canvas.fill(done, radius: 2.5, album.isDone ? Ink.green : Ink.amber)
    }

    private func drawCover(_ album: CollectionPicture.Album, on canvas: borrowing Canvas, in place: Rect) {
        if let cover = album.cover, (try? draw(cover, on: canvas, in: place)) != nil {
            // What was not played stands back a little.
            if album.played == 0 { canvas.fill(place, radius: 6, Ink.card.withAlpha(0.45)) }
        } else {
            drawPlainTile(album, on: canvas, in: place)
        }
        // A thin edge, or a dark cover would melt into the card.
        canvas.stroke(place.inset(by: 0.5), radius: 5.5, Color(0xFFFFFF, alpha: 0.08), width: 1)
        if album.isDone { drawTick(on: canvas, at: Point(place.maxX - 15, place.y + 15)) }
    }

    private func draw(_ cover: [UInt8], on canvas: borrowing Canvas, in place: Rect) throws(ImageRefusal) {
        let image = try Image(cover, need: Int(side * canvas.scale))
        canvas.draw(image, in: place, fit: .cover, radius: 6)
    }

    private func drawPlainTile(_ album: CollectionPicture.Album, on canvas: borrowing Canvas, in place: Rect) {
        let tints: [UInt32] = [0x34506B, 0x4A4470, 0x5B4257, 0x3B5A52, 0x5A4F38, 0x45505F]
        // Of the title, so that an album keeps its colour (Swift's own hash differs from start to start).
        let number = album.title.unicodeScalars.reduce(UInt32(7)) { $0 &* 31 &+ $1.value }
        let tint = Color(tints[Int(number % UInt32(tints.count))])
        let share = album.played > 0 ? 0 : 0.4
        canvas.fill(
            .rect(place, radius: 6), from: tint.mixed(with: Ink.card, share), at: place.y,
            to: tint.mixed(with: Ink.card, 0.35 + share), at: place.maxY)
        let initials = album.title.split(separator: " ").filter { $0.first?.isPunctuation == false }.prefix(2)
            .compactMap(\.first).map { $0.uppercased() }.joined()
        canvas.draw(
            initials, TextStyle(side * 0.3, .semibold, Ink.strong.withAlpha(0.55 - share / 2)), in: place, .center)
    }

    private func drawTick(on canvas: borrowing Canvas, at center: Point) {
        canvas.fill(.circle(center: center, radius: 9.5), Ink.card)
        canvas.fill(.circle(center: center, radius: 8), Ink.green)
        let tick = Path.polyline([
            Point(center.x - 3.6, center.y + 0.2), Point(center.x - 1, center.y + 2.8),
            Point(center.x + 3.8, center.y - 2.6),
        ])
        canvas.stroke(tick, Ink.card, width: 2, isRound: true)
    }
}
