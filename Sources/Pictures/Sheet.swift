// What all pictures share: the card, its margins, its heading, and the sentence a card without data shows.

internal import Canvas

struct Sheet {
    let title: String
    let subtitle: String?
    let format: Format
    let width: Double

    init(title: String, subtitle: String?, format: Format = .wide, width: Double? = nil) {
        self.title = title
        self.subtitle = subtitle
        self.format = format
        self.width = width ?? format.width
    }

    private var titleLines: Double { title.isEmpty ? 0 : format.title.lineHeight }

    /// Where the content begins.
    var top: Double {
        let heading = titleLines + (subtitle == nil ? 0 : Type.subtitle.lineHeight + 2)
        return format.margin - 2 + heading + (heading > 0 ? 16 : 0)
    }

    /// Draws the card and hands the canvas and the content's rectangle on.
    func picture(
        named name: String, height: Double, alternativeText: String,
        _ content: (borrowing Canvas, Rect) throws(CanvasError) -> Void
    ) throws(CanvasError) -> Picture {
        let total = top + height + format.margin
        let canvas = try Canvas(width: width, height: total, scale: format.scale, background: Ink.card)
        let inner = drawHeading(on: canvas, height: height)
        try content(canvas, inner)
        return Picture(
            name: name, kind: .png, bytes: try canvas.png(), width: Int((width * format.scale).rounded(.up)),
            height: Int((total * format.scale).rounded(.up)), shownWidth: format.shownWidth(of: width),
            alternativeText: alternativeText)
    }

    /// Title and subtitle; returns the rectangle below them.
    func drawHeading(on canvas: borrowing Canvas, height: Double) -> Rect {
        let inner = Rect(x: format.margin, y: top, width: width - 2 * format.margin, height: height)
        var y = format.margin - 2
        if !title.isEmpty {
            let line = Rect(x: inner.x, y: y, width: inner.width, height: titleLines)
            canvas.draw(title, format.title, in: line)
            y = line.maxY + 2
        }
        if let subtitle {
            let line = Rect(x: inner.x, y: y, width: inner.width, height: Type.subtitle.lineHeight)
            canvas.draw(subtitle, Type.subtitle, in: line)
        }
        return inner
    }

    /// A card that says why there is nothing on it.
    func empty(named name: String, _ sentence: String) throws(CanvasError) -> Picture {
        let text = AlternativeText.write(title, subtitle, [sentence])
        return try picture(named: name, height: 96, alternativeText: text) { (canvas, inner) throws(CanvasError) in
            canvas.fill(inner, radius: 8, Ink.hollow.withAlpha(0.5))
            canvas.draw(sentence, Type.label.colored(Ink.quiet), in: inner.inset(by: 16), .center)
        }
    }
}

enum AlternativeText {
    /// Discord's limit for an attachment's description.
    static let limit = 1024

    /// "Title, subtitle: item, item, item and 3 more."
    static func write(_ title: String, _ subtitle: String?, _ items: [String]) -> String {
        let heading = [title, subtitle ?? ""].map { clean($0).prefix(200) }.filter { !$0.isEmpty }
        var text = heading.joined(separator: ", ")
        if !text.isEmpty, !items.isEmpty { text += ": " }
        for (index, item) in items.enumerated() {
            let item = (index == 0 ? "" : "; ") + clean(item).prefix(200)
            let rest = items.count - index
            // Discord counts UTF-16 units at worst, and the rest must still be told.
            guard text.utf16.count + item.utf16.count + 20 <= limit else { return text + " and \(rest) more." }
            text += item
        }
        return text.last.map { ".!?…".contains($0) } == true ? text : text + "."
    }

    private static func clean(_ text: String) -> String {
        String(
            text.map { $0.isNewline ? " " : $0 }.filter { letter in
                !letter.unicodeScalars.allSatisfy { $0.properties.generalCategory == .control || turns($0) }
            })
    }

    /// The invisible ones that turn the direction of what follows.
    private static func turns(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }
}
