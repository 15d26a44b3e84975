// What stands where a cover or poster is missing: a tile in a colour of the title's own, with its initials.

internal import Canvas

enum Tile {
    static let tints: [UInt32] = [0x34506B, 0x4A4470, 0x5B4257, 0x3B5A52, 0x5A4F38, 0x45505F]

    /// Of the title, so that an album keeps its colour (Swift's own hash differs from start to start).
    static func tint(of title: String) -> Color {
        let number = title.unicodeScalars.reduce(UInt32(7)) { $0 &* 31 &+ $1.value }
        return Color(tints[Int(number % UInt32(tints.count))])
    }

    /// `fade`: 0…1, how far it stands back.
    static func fill(_ place: Rect, radius: Double, for title: String, fade: Double, on canvas: borrowing Canvas) {
        let tint = tint(of: title)
        canvas.fill(
            .rect(place, radius: radius), from: tint.mixed(with: Ink.card, fade), at: place.y,
            to: tint.mixed(with: Ink.card, 0.35 + fade), at: place.maxY)
    }

    static func draw(_ title: String, on canvas: borrowing Canvas, in place: Rect, radius: Double, fade: Double = 0) {
        fill(place, radius: radius, for: title, fade: fade, on: canvas)
        drawInitials(of: title, Ink.strong.withAlpha(0.55 - fade / 2), on: canvas, in: place)
    }

    static func drawInitials(of title: String, _ ink: Color, on canvas: borrowing Canvas, in place: Rect) {
        let initials = initials(of: title)
        if initials.isEmpty {
            // A record.
            canvas.stroke(.circle(center: place.center, radius: place.width * 0.24), ink, width: place.width * 0.05)
            canvas.fill(.circle(center: place.center, radius: place.width * 0.06), ink)
        } else {
            canvas.draw(initials, TextStyle(place.width * 0.3, .semibold, ink), in: place, .center)
        }
    }

    /// For those whose name has no letters: its first sign, or a question.
    static func mark(of name: String) -> String {
        let initials = initials(of: name)
        let sign = name.first { !$0.isWhitespace }.map(String.init)
        return initials.isEmpty ? sign ?? "?" : initials
    }

    static func initials(of title: String) -> String {
        let words = title.prefix(400).split(separator: " ").filter { $0.contains { $0.isLetter || $0.isNumber } }
        let telling = words.filter { !["a", "an", "and", "in", "of", "on", "the"].contains($0.lowercased()) }
        return (telling.isEmpty ? words : telling).prefix(2)
            .compactMap { $0.first { $0.isLetter || $0.isNumber } }.map { $0.uppercased() }.joined()
    }
}
