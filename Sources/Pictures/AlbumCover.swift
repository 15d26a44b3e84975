// An album's cover and bar, at whatever size: the picture the server has, or a plain tile with the title's initials.

internal import Canvas

enum AlbumCover {
    static func draw(_ album: CollectionPicture.Album, on canvas: borrowing Canvas, in place: Rect) {
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

    private static func draw(_ cover: [UInt8], on canvas: borrowing Canvas, in place: Rect) throws(ImageRefusal) {
        let image = try Image(cover, need: Int(place.width * canvas.scale))
        canvas.draw(image, in: place, fit: .cover, radius: 6)
    }

    private static func drawPlainTile(
        _ album: CollectionPicture.Album, on canvas: borrowing Canvas, in place: Rect
    ) {
        let tints: [UInt32] = [0x34506B, 0x4A4470, 0x5B4257, 0x3B5A52, 0x5A4F38, 0x45505F]
        // Of the title, so that an album keeps its colour (Swift's own hash differs from start to start).
        let number = album.title.unicodeScalars.reduce(UInt32(7)) { $0 &* 31 &+ $1.value }
        let tint = Color(tints[Int(number % UInt32(tints.count))])
        let fade = album.played > 0 ? 0 : 0.4
        canvas.fill(
            .rect(place, radius: 6), from: tint.mixed(with: Ink.card, fade), at: place.y,
            to: tint.mixed(with: Ink.card, 0.35 + fade), at: place.maxY)
        let ink = Ink.strong.withAlpha(0.55 - fade / 2)
        let initials = initials(of: album.title)
        if initials.isEmpty {
            // A record.
            canvas.stroke(.circle(center: place.center, radius: place.width * 0.24), ink, width: place.width * 0.05)
            canvas.fill(.circle(center: place.center, radius: place.width * 0.06), ink)
        } else {
            canvas.draw(initials, TextStyle(place.width * 0.3, .semibold, ink), in: place, .center)
        }
    }

    static func initials(of title: String) -> String {
        let words = title.split(separator: " ").filter { $0.contains { $0.isLetter || $0.isNumber } }
        let telling = words.filter { !["a", "an", "and", "in", "of", "on", "the"].contains($0.lowercased()) }
        return (telling.isEmpty ? words : telling).prefix(2)
            .compactMap { $0.first { $0.isLetter || $0.isNumber } }.map { $0.uppercased() }.joined()
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
