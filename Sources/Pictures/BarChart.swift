// Horizontal bars: who or what comes first, and by how much.

package import Canvas

package struct BarChart: Formatted, Hashable, Sendable {
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

    package enum CoverShape: Hashable, Sendable {
        case poster, square

        var size: Size { self == .poster ? Size(30, 45) : Size(40, 40) }
    }

    package var title: String
    package var subtitle: String?
    package var bars: [Bar]
    package var measure: Measure
    /// Stands above the changes where bars know their `before`: "since May".
    package var changeCaption: String?
    package var coverShape = CoverShape.poster
    package var format = Format.wide
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
        let sheet = Sheet(title: title, subtitle: subtitle, format: format)
        guard !bars.isEmpty else { return try sheet.empty(named: name, emptySentence) }
        let rows = BarRows(self, bars: Array(bars.prefix(Self.mostBars)))
        let rest = bars.count - rows.bars.count
        let height = rows.height + (rest > 0 ? 24 : 0)
        let text = AlternativeText.write(title, subtitle, bars.map(inWords))
        return try sheet.picture(named: name, height: height, alternativeText: text) {
            (canvas, inner) throws(CanvasError) in
            rows.draw(on: canvas, in: inner)
            if rest > 0 {
                let line = Rect(x: inner.x, y: inner.maxY - 16, width: inner.width, height: 16)
                canvas.draw("and \(rest) more", Type.detail, in: line)
            }
        }
    }

    private func inWords(_ bar: Bar) -> String {
        let detail = bar.detail.map { " (\($0))" } ?? ""
        let change = Change(from: bar.before, to: bar.value, measure: measure).map { ", \($0.words)" } ?? ""
        return "\(bar.label)\(detail) \(measure.words(bar.value))\(change)"
    }
}
