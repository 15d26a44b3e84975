// Columns along time: plays per hour of a day, per day of a month, with the period before as a line behind them.

package import Canvas

package struct ColumnChart: Formatted, Hashable, Sendable {
    package struct Column: Hashable, Sendable {
        package var label: String
        /// Nil where nothing is known, or not yet: the hours of today that are still to come.
        package var value: Double?

        package init(_ label: String, _ value: Double?) {
            self.label = label
            self.value = value
        }
    }

    package var title: String
    package var subtitle: String?
    package var columns: [Column]
    package var measure: Measure
    /// The same places in the period before; shorter or longer than the columns does no harm.
    package var previous: [Double]?
    package var name = "This period"
    package var previousName = "Before"
    package var format = Format.wide
    package var emptySentence = "Nothing was played in this time."

    package static let mostColumns = 92

    package init(
        title: String, subtitle: String? = nil, columns: [Column], measure: Measure = .plays,
        previous: [Double]? = nil, name: String = "This period", previousName: String = "Before"
    ) {
        self.title = title
        self.subtitle = subtitle
        self.columns = columns
        self.measure = measure
        self.previous = previous
        self.name = name
        self.previousName = previousName
    }

    package func picture(named name: String = "columns.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: subtitle, format: format)
        // The latest are what is asked for.
        let shown = Array(columns.suffix(Self.mostColumns))
        guard !shown.isEmpty else { return try sheet.empty(named: name, emptySentence) }
        let before = previous.map {
            Array($0.suffix(max(0, $0.count - (columns.count - shown.count))).prefix(shown.count))
        }
        return try sheet.picture(
            named: name, height: format.isNarrow ? 220 : 240, alternativeText: alternativeText(shown, before)
        ) { (canvas, inner) throws(CanvasError) in
            draw(shown, before, on: canvas, in: inner)
        }
    }

    private func alternativeText(_ columns: [Column], _ before: [Double]?) -> String {
        let known = columns.compactMap { column in Self.drawable(column.value).map { (column.label, $0) } }
        let total = known.reduce(0) { $0 + $1.1 }
        var items = ["\(measure.words(total)) in all"]
        if let before { items.append("\(previousName) \(measure.words(before.reduce(0, +)))") }
        if let peak = known.max(by: { $0.1 < $1.1 }), peak.1 > 0 {
            items.append("most at \(peak.0) with \(measure.words(peak.1))")
        }
        items += known.filter { $0.1 > 0 }.map { "\($0.0) \(measure.text($0.1))" }
        return AlternativeText.write(title, subtitle, items)
    }

    private func draw(_ columns: [Column], _ before: [Double]?, on canvas: borrowing Canvas, in inner: Rect) {
        var area = inner
        if before != nil {
            Legend.draw([(name, .block(Ink.sky)), (previousName, .dashes(Ink.before))], on: canvas, in: inner)
            area.y += 26
            area.height -= 26
        }
        area.height -= 22
        let values = columns.map { Self.drawable($0.value) ?? 0 }
        let before = before?.map { Self.drawable($0) ?? 0 }
        let most = max(values.max() ?? 0, before?.max() ?? 0)
        let axis = Axis(upTo: most, measure: measure)
        let plot = axis.draw(on: canvas, in: area, measure: measure)
        let slot = plot.width / Double(columns.count)
        let width = min(40, max(2, slot * (columns.count > 40 ? 0.8 : 0.68)))
        let places = columns.indices.map { plot.x + slot * (Double($0) + 0.5) }
        let peak = values.max() ?? 0
        for (place, value) in zip(places, values) where value > 0 {
            let height = max(2, plot.height * axis.share(of: value))
            let form = Rect(x: place - width / 2, y: plot.maxY - height, width: width, height: height)
            let color = value == peak ? Ink.sky : Ink.sky.mixed(with: Ink.card, 0.3)
            canvas.fill(.rect(form, topLeft: min(4, width / 3), topRight: min(4, width / 3)), color)
        }
        if let before {
            let points = zip(places, before).map { Point($0, plot.maxY - plot.height * axis.share(of: $1)) }
            // Under the line its own shadow, so that it shows upon the columns as well.
            canvas.stroke(.polyline(points), Ink.card.withAlpha(0.7), width: 3.5, isRound: true)
            canvas.stroke(.polyline(points), Ink.before, width: 1.75, dashes: [5, 4])
            if let only = points.first, points.count == 1 {
                canvas.fill(.circle(center: only, radius: 3), Ink.before)
            }
        }
        if let index = values.firstIndex(of: peak), peak > 0 {
            axis.drawPeak(measure.text(peak), value: peak, at: places[index], on: canvas, in: plot)
        } else if most == 0 {
            canvas.draw(emptySentence, Type.label.colored(Ink.quiet), in: plot, .center)
        }
        Axis.drawLabels(columns.map(\.label), at: places, on: canvas, y: plot.maxY + 7, within: inner)
    }

    private static func drawable(_ value: Double?) -> Double? {
        guard let value, value.isFinite else { return nil }
        return max(0, value)
    }
}
