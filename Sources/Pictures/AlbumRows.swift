// One to three albums, one below the other: tiles would leave most of the card empty.

internal import Canvas

enum AlbumRows {
    static let most = 3
    private static let side = 92.0
    private static let gap = 18.0

    static func height(of count: Int) -> Double { Double(count) * (side + gap) - gap }

    static func place(of index: Int, in inner: Rect, below y: Double) -> Rect {
        Rect(x: inner.x, y: y + Double(index) * (side + gap), width: inner.width, height: side)
    }

    static func draw(_ album: CollectionPicture.Album, on canvas: borrowing Canvas, in row: Rect) {
        AlbumCover.draw(album, on: canvas, in: Rect(x: row.x, y: row.y, width: side, height: side))
        let words = Rect(x: row.x + side + 20, y: row.y, width: row.width - side - 20, height: row.height)
        let title = TextStyle(16, .semibold, album.played > 0 ? Ink.strong : Ink.normal)
        let line = Rect(x: words.x, y: words.midY - 36, width: words.width, height: title.lineHeight)
        let count = TextStyle(14, .medium, album.isDone ? Ink.green : Ink.normal)
        let taken = canvas.draw(album.count, count, in: line, .right).width
        var rest = line
        rest.width -= taken + 16
        canvas.draw(album.shownTitle, title, in: rest)
        let quiet = Rect(x: words.x, y: line.maxY + 2, width: words.width, height: Type.subtitle.lineHeight)
        let share = album.total > 0 ? "\(Measure.percent(album.share))% listened to" : "no tracks"
        canvas.draw(
            [album.year.map { String($0) }, share].compactMap(\.self).joined(separator: " · "), Type.subtitle, in: quiet
        )
        AlbumBar.draw(album, on: canvas, in: Rect(x: words.x, y: words.midY + 18, width: words.width, height: 8))
    }
}
