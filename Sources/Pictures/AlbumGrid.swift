// The tiles of CollectionPicture: fewer albums, larger covers.

internal import Canvas

struct AlbumGrid {
    let columns: Int
    private let gap: Double
    private let side: Double

    init(count: Int) {
        columns = count <= 12 ? 4 : 6
        gap = columns == 4 ? 16 : 12
        side = (Format.wide.width - 2 * Format.wide.margin - gap * Double(columns - 1)) / Double(columns)
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
        AlbumCover.draw(album, on: canvas, in: Rect(x: tile.x, y: tile.y, width: side, height: side))
        var y = tile.y + side + 7
        let color = album.played > 0 ? Ink.normal : Ink.quiet
        canvas.draw(
            album.shownTitle, title.colored(color), in: Rect(x: tile.x, y: y, width: side, height: title.lineHeight))
        y += title.lineHeight + 1
        let line = Rect(x: tile.x, y: y, width: side, height: number.lineHeight)
        let taken = canvas.draw(album.count, number.colored(album.isDone ? Ink.green : Ink.normal), in: line, .right)
            .width
        if let year = album.year {
            var rest = line
            rest.width -= taken + 6
            canvas.draw(String(year), number, in: rest)
        }
        y += number.lineHeight + 4
        AlbumBar.draw(album, on: canvas, in: Rect(x: tile.x, y: y, width: side, height: 5))
    }
}
