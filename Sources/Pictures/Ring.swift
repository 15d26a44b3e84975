// One share as a ring: how much of something is done.

package import Canvas

package struct RingChart: Hashable, Sendable {
    package var title: String
    /// Of a person or a library, in a sentence: "148 of 239 tracks".
    package var caption: String
    /// 0…1. Nil where there is nothing to have a share of.
    package var share: Double?

    package init(title: String, caption: String, share: Double?) {
        self.title = title
        self.caption = caption
        self.share = share
    }

    /// A total of zero has no share.
    package init(title: String, caption: String, done: Int, total: Int) {
        self.init(title: title, caption: caption, share: total > 0 ? Double(done) / Double(total) : nil)
    }

    package func picture(named name: String = "share.png") throws(CanvasError) -> Picture {
        let share = share.flatMap { $0.isFinite ? min(1, max(0, $0)) : nil }
        let sheet = Sheet(title: "", subtitle: nil, width: 460)
        let number = share.map { "\(Measure.percent($0))%" } ?? "–"
        let text = AlternativeText.write(title, nil, [number == "–" ? "no share" : number, caption])
        return try sheet.picture(named: name, height: 132, alternativeText: text) {
            (canvas, inner) throws(CanvasError) in
            let ring = Rect(x: inner.x, y: inner.y, width: 132, height: 132)
            RingChart.draw(share, thickness: 15, on: canvas, in: ring)
            canvas.draw(number, TextStyle(28, .bold, Ink.strong), in: ring, .center)
            let words = Rect(x: ring.maxX + 26, y: inner.y, width: inner.maxX - ring.maxX - 26, height: 132)
            let titleSize = canvas.measure(title, Type.title, maxWidth: words.width, lines: 2)
            let style = Type.subtitle
            let captionSize = canvas.measure(caption, style, maxWidth: words.width, lines: 3)
            var y = words.midY - (titleSize.height + 4 + captionSize.height) / 2
            canvas.draw(
                title, Type.title, in: Rect(x: words.x, y: y, width: words.width, height: titleSize.height), lines: 2)
            y += titleSize.height + 4
            canvas.draw(
                caption, style, in: Rect(x: words.x, y: y, width: words.width, height: captionSize.height), lines: 3)
        }
    }

    static func draw(_ share: Double?, thickness: Double, on canvas: borrowing Canvas, in rect: Rect) {
        let radius = min(rect.width, rect.height) / 2 - thickness / 2
        canvas.stroke(.circle(center: rect.center, radius: radius), Ink.hollow, width: thickness)
        guard let share, share > 0 else { return }
        let color = share >= 1 ? Ink.green : Ink.amber
        guard share < 1 else {
            canvas.stroke(.circle(center: rect.center, radius: radius), color, width: thickness)
            return
        }
        // Round ends reach over the line's own: near the full circle they would close the ring before it is done.
        let cap = thickness / 2 / (2 * .pi * radius)
        let isNearlyDone = share > 1 - 2.5 * cap
        let end = max(0.0005, min(share, 0.99))
        canvas.stroke(
            .arc(center: rect.center, radius: radius, turns: 0...end), color, width: thickness,
            isRound: !isNearlyDone)
    }
}
