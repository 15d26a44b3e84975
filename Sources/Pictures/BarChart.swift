// Horizontal bars: who or what comes first, and by how much.

package import Canvas

package struct BarChart: Hashable, Sendable {
    package struct Bar: Hashable, Sendable {
        package var label: String
        /// A second, quieter line: the artist of an album.
        package var detail: String?
        package var value: Double
        /// In the period before: the bar then tells how much it rose or fell.
        package var before: Double?
        /// A poster or cover, as the server gave it.
        package var cover: [UInt8]?

        package init(
            _ label: String, _ value: Double, detail: String? = nil, before: Double? = nil, cover: [UInt8]? = nil
        ) {
            self.label = label
            self.detail = detail
            self.value = value
            self.before = before
            self.cover = cover
        }
    }

    package var title: String
    package var subtitle: String?
    package var bars: [Bar]
    package var measure: Measure
    /// What the card says when there are no bars.
    package var emptySentence = "Nothing was played in this time."

    /// More would be a list.
    package static let mostBars = 20

    package init(title: String, subtitle: String? = nil, bars: [Bar], measure: Measure = .plays) {
        self.title = title
        self.subtitle = subtitle
        self.bars = bars
        self.measure = measure
    }

    package func picture(named name: String = "top.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: subtitle)
        guard !bars.isEmpty else { return try sheet.empty(named: name, emptySentence) }
        let shown = Array(bars.prefix(Self.mostBars))
        let rest = bars.count - shown.count
        let rowHeight = shown.contains { $0.detail != nil } ? 42.0 : 30.0
        let height = Double(shown.count) * rowHeight + (rest > 0 ? 24 : 0)
        let text = AlternativeText.write(title, subtitle, bars.map(inWords))
        return try sheet.picture(named: name, height: height, alternativeText: text) {
            (canvas, inner) throws(CanvasError) in
            draw(shown, rest: rest, rowHeight: rowHeight, on: canvas, in: inner)
        }
    }

    private func inWords(_ bar: Bar) -> String {
        let detail = bar.detail.map { " (\($0))" } ?? ""
        return "\(bar.label)\(detail) \(measure.words(bar.value))"
    }

    private func draw(_ bars: [Bar], rest: Int, rowHeight: Double, on canvas: borrowing Canvas, in inner: Rect) {
        let mostLabel = inner.width * 0.38
        var labels = 0.0
        var values = 0.0
        for bar in bars {
            labels = max(labels, canvas.measure(bar.label, Type.label, maxWidth: mostLabel).width)
            if let detail = bar.detail {
                labels = max(labels, canvas.measure(detail, Type.detail, maxWidth: mostLabel).width)
            }
            values = max(values, canvas.measure(measure.text(bar.value), Type.value).width)
        }
        let start = inner.x + max(60, labels.rounded(.up)) + 14
        let longest = inner.maxX - start - values.rounded(.up) - 8
        let top = max(bars.map { $0.value.isFinite ? $0.value : 0 }.max() ?? 0, 0)
        for (index, bar) in bars.enumerated() {
            let row = Rect(
                x: inner.x, y: inner.y + Double(index) * rowHeight, width: inner.width, height: rowHeight)
            drawLabel(bar, on: canvas, in: Rect(x: row.x, y: row.y, width: start - 14 - row.x, height: row.height))
            // Even the smallest is there; nothing is nothing.
            let share = top > 0 && bar.value > 0 ? min(1, bar.value / top) : 0
            let width = share > 0 ? max(3, longest * share) : 0
            let thickness = 16.0
            let form = Rect(x: start, y: row.midY - thickness / 2, width: width, height: thickness)
            let color = index == 0 && share > 0 ? Ink.amber : Ink.amber.mixed(with: Ink.card, 0.22)
            canvas.fill(.rect(form, topLeft: 2, topRight: 4, bottomRight: 4, bottomLeft: 2), color)
            let value = Rect(x: form.maxX + 8, y: row.y, width: values + 4, height: row.height)
            canvas.draw(measure.text(bar.value), share > 0 ? Type.value : Type.value.colored(Ink.quiet), in: value)
        }
        if rest > 0 {
            let line = Rect(x: inner.x, y: inner.maxY - 16, width: inner.width, height: 16)
            canvas.draw("and \(rest) more", Type.detail, in: line)
        }
    }

    private func drawLabel(_ bar: Bar, on canvas: borrowing Canvas, in place: Rect) {
        guard let detail = bar.detail else {
            canvas.draw(bar.label, Type.label, in: place)
            return
        }
        canvas.draw(bar.label, Type.label, in: Rect(x: place.x, y: place.midY - 17, width: place.width, height: 18))
        canvas.draw(detail, Type.detail, in: Rect(x: place.x, y: place.midY + 1, width: place.width, height: 15))
    }
}
