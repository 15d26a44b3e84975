// Which colour is whom, in a row from the left.

internal import Canvas

enum Legend {
    enum Sign {
        case block(Color)
        case line(Color)
        case dashes(Color)
        case dot(Color)
    }

    static func draw(_ entries: [(name: String, sign: Sign)], on canvas: borrowing Canvas, in rect: Rect) {
        var x = rect.x
        let style = Type.detail.colored(Ink.normal)
        // Each as long as it is where there is room for all of them.
        let whole = entries.reduce(-20) { $0 + 43 + canvas.measure($1.name, style).width }
        let most = whole <= rect.width ? rect.width : rect.width / Double(max(1, entries.count)) - 40
        for entry in entries {
            let middle = rect.y + 8
            let line = Path.line(from: Point(x + 1.5, middle), to: Point(x + 15.5, middle))
            switch entry.sign {
            case .block(let color): canvas.fill(Rect(x: x, y: middle - 5, width: 16, height: 10), radius: 3, color)
            case .dot(let color): canvas.fill(.circle(center: Point(x + 8.5, middle), radius: 6), color)
            case .line(let color): canvas.stroke(line, color, width: 3, isRound: true)
            case .dashes(let color): canvas.stroke(line, color, width: 2, dashes: [4, 3])
            }
            let width = canvas.measure(entry.name, style, maxWidth: most).width
            canvas.draw(entry.name, style, in: Rect(x: x + 23, y: rect.y, width: width + 1, height: 16))
            x += 23 + width + 20
        }
    }
}
