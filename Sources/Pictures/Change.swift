// How far a number is from that of the period before. An arrow tells the direction, as its colour alone would not.

internal import Canvas

struct Change: Hashable {
    enum Direction: Hashable {
        case up, down, same, new
    }

    let direction: Direction
    /// "12", "1 h 20 min", "new"
    let text: String

    init?(from before: Double?, to value: Double, measure: Measure) {
        guard let before, before.isFinite, value.isFinite else { return nil }
        let (was, now) = (max(0, before), max(0, value))
        let difference = measure.brief(abs(now - was))
        if was == 0, now > 0 {
            direction = .new
            text = "new"
        } else if now == was || difference == measure.text(0) {
            direction = .same
            text = "same"
        } else {
            direction = now > was ? .up : .down
            text = difference
        }
    }

    /// For alternative texts.
    var words: String {
        switch direction {
        case .up: "up \(text)"
        case .down: "down \(text)"
        case .same: "as before"
        case .new: "new"
        }
    }

    private var color: Color {
        switch direction {
        case .up, .new: Ink.green
        case .down, .same: Ink.quiet
        }
    }

    private static let arrow = 12.0
    private var style: TextStyle { TextStyle(12, direction == .up || direction == .new ? .semibold : .regular, color) }
    private var hasArrow: Bool { direction == .up || direction == .down }

    func width(on canvas: borrowing Canvas) -> Double {
        canvas.measure(text, style).width + (hasArrow ? Self.arrow : 0)
    }

    /// In the middle of the rectangle's height.
    func draw(on canvas: borrowing Canvas, in place: Rect, _ alignment: TextAlignment = .left) {
        let width = min(place.width, width(on: canvas))
        var x = place.x
        if alignment == .right { x = place.maxX - width }
        if hasArrow {
            let (half, middle) = (3.6, place.midY)
            let tip = direction == .up ? middle - half : middle + half
            let base = direction == .up ? middle + half - 0.6 : middle - half + 0.6
            let arrow = Path.polyline(
                [Point(x, base), Point(x + 2 * half, base), Point(x + half, tip)], isClosed: true)
            canvas.fill(arrow, color)
            x += Self.arrow
        }
        canvas.draw(text, style, in: Rect(x: x, y: place.y, width: place.maxX - x + 1, height: place.height))
    }
}
