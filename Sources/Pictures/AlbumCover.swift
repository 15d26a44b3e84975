// An album's cover and bar, at whatever size: the picture the server has, or a plain tile with the title's initials.

internal import Canvas

enum AlbumCover {
    static func draw(_ album: CollectionPicture.Album, on canvas: borrowing Canvas, in place: Rect) {
        if let cover = album.cover, (try? draw(cover, on: canvas, in: place)) != nil {
            // What was not played stands back a little.
            if album.played == 0 { canvas.fill(place, radius: 6, Ink.card.withAlpha(0.45)) }
        } else {
            Tile.draw(album.title, on: canvas, in: place, radius: 6, fade: album.played > 0 ? 0 : 0.4)
        }
        // A thin edge, or a dark cover would melt into the card.
        canvas.stroke(place.inset(by: 0.5), radius: 5.5, Color(0xFFFFFF, alpha: 0.08), width: 1)
        if album.isDone { drawTick(on: canvas, at: Point(place.maxX - 15, place.y + 15)) }
    }

    private static func draw(_ cover: [UInt8], on canvas: borrowing Canvas, in place: Rect) throws(ImageRefusal) {
        let image = try Image(cover, need: Int(place.width * canvas.scale))
        canvas.draw(image, in: place, fit: .cover, radius: 6)
    }

    private static func drawTick(on canvas: borrowing Canvas, at center: Point) {
        canvas.fill(.circle(center: center, radius: 9.5), Ink.card)
        canvas.fill(.circle(center: center, radius: 8), Ink.green)
        let tick = Path.polyline([
            Point(center.x - 3.6, center.y + 0.2), Point(center.x - 1, center.y + 2.8),
            Point(center.x + 3.8, center.y - 2.6),
        ])
        canvas.stroke(tick, Ink.card, width: 2, isRound: true)
    }
}

enum AlbumBar {
    static func draw(_ album: CollectionPicture.Album, on canvas: borrowing Canvas, in track: Rect) {
        let radius = track.height / 2
        canvas.fill(track, radius: radius, Ink.hollow)
        guard album.share > 0 else { return }
        var done = track
        done.width = max(track.height, track.width * album.share)
        canvas.fill(done, radius: radius, album.isDone ? Ink.green : Ink.amber)
    }
}
