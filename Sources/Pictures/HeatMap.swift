// When people watch: a cell for each hour of each weekday.

package import Canvas

package struct HeatMap: Formatted, Hashable, Sendable {
    package var title: String
    package var subtitle: String?
    /// Seven rows, the first being `days[0]`, of 24 hours. Missing ones count as zero.
    package var values: [[Double]]
    package var days: [String]
    package var measure: Measure
    package var format = Format.wide
    package var emptySentence = "Nothing was played in this time."

    package static let fromMonday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

    package init(
        title: String, subtitle: String? = nil, values: [[Double]], days: [String] = HeatMap.fromMonday,
        measure: Measure = .plays
    ) {
        self.title = title
        self.subtitle = subtitle
        self.values = values
        self.days = days
        self.measure = measure
    }

    private func value(_ day: Int, _ hour: Int) -> Double {
        guard values.indices.contains(day), values[day].indices.contains(hour) else { return 0 }
        let value = values[day][hour]
        return value.isFinite ? max(0, value) : 0
    }

    package func picture(named name: String = "hours.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: subtitle, format: format)
        let cells = days.indices.flatMap { day in (0..<24).map { (day: day, hour: $0, value: value(day, $0)) } }
        guard let peak = cells.max(by: { $0.value < $1.value }), peak.value > 0 else {
            return try sheet.empty(named: name, emptySentence)
        }
        let total = cells.reduce(0) { $0 + $1.value }
        var items = ["\(measure.words(total)) in all"]
        items.append("most on \(days[peak.day]) at \(Self.hour(peak.hour)) with \(measure.words(peak.value))")
        for day in days.indices {
            items.append("\(days[day]) \(measure.text((0..<24).reduce(0) { $0 + value(day, $1) }))")
        }
        let height = Self.gridTop + Double(days.count) * Self.rowHeight + (format.isNarrow ? 54 : 34)
        return try sheet.picture(
            named: name, height: height, alternativeText: AlternativeText.write(title, subtitle, items)
        ) { (canvas, inner) throws(CanvasError) in
            draw(peak: (peak.day, peak.hour, peak.value), on: canvas, in: inner)
        }
    }

    private static let gridTop = 20.0
    private static let rowHeight = 22.0

    private static func hour(_ hour: Int) -> String { "\(hour < 10 ? "0" : "")\(hour):00" }

    private func draw(peak: (day: Int, hour: Int, value: Double), on canvas: borrowing Canvas, in inner: Rect) {
        var labels = 0.0
        for day in days { labels = max(labels, canvas.measure(day, Type.axis, maxWidth: 90).width) }
        let left = inner.x + labels.rounded(.up) + 10
        let cell = (inner.maxX - left) / 24
        let gap = 2.0
        let step = format.isNarrow ? 6 : 3
        for hour in stride(from: 0, to: 24, by: step) {
            let place = Rect(x: left + Double(hour) * cell, y: inner.y, width: Double(step) * cell, height: 14)
            canvas.draw(Self.hour(hour), Type.axis, in: place)
        }
        for day in days.indices {
            let y = inner.y + Self.gridTop + Double(day) * Self.rowHeight
            canvas.draw(
                days[day], Type.axis,
                in: Rect(x: inner.x, y: y, width: labels + 1, height: Self.rowHeight - gap))
            for hour in 0..<24 {
                let value = value(day, hour)
                let form = Rect(
                    x: left + Double(hour) * cell, y: y, width: cell - gap, height: Self.rowHeight - gap)
                // The root, or one busy evening would leave all other hours in the dark.
                canvas.fill(form, radius: 3, value > 0 ? Ink.heat((value / peak.value).squareRoot()) : Ink.hollow)
                if (day, hour) == (peak.day, peak.hour) {
                    canvas.stroke(form.inset(by: 0.5), radius: 3, Ink.strong, width: 1.5)
                }
            }
        }
        drawScale(peak, on: canvas, in: inner)
    }

    private func drawScale(_ peak: (day: Int, hour: Int, value: Double), on canvas: borrowing Canvas, in inner: Rect) {
        let row = Rect(x: inner.x, y: inner.maxY - 16, width: inner.width, height: 16)
        let sentence = "Most on \(days[peak.day]) at \(Self.hour(peak.hour)): \(measure.words(peak.value))"
        let most = measure.text(peak.value)
        let mostWidth = canvas.measure(most, Type.axis).width
        let blocks = 8
        var scale = Rect(x: row.maxX - mostWidth - 6 - 96, y: row.midY - 5, width: 96, height: 10)
        var words = Rect(x: row.x, y: row.y, width: scale.x - 36 - row.x, height: 16)
        if format.isNarrow {
            // Side by side there would be room for neither.
            words = Rect(x: row.x, y: row.y - 22, width: row.width, height: 16)
            scale.x = row.x + 16
        }
        canvas.draw("0", Type.axis, in: Rect(x: scale.x - 26, y: row.y, width: 20, height: 16), .right)
        for block in 0..<blocks {
            let width = scale.width / Double(blocks)
            let form = Rect(x: scale.x + Double(block) * width, y: scale.y, width: width - 1, height: scale.height)
            canvas.fill(form, radius: 2, block == 0 ? Ink.hollow : Ink.heat(Double(block) / Double(blocks - 1)))
        }
        canvas.draw(most, Type.axis, in: Rect(x: scale.maxX + 5, y: row.y, width: mostWidth + 2, height: 16))
        canvas.draw(sentence, Type.detail.colored(Ink.normal), in: words)
    }
}
