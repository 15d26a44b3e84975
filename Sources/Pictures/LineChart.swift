// Lines along time: up to four, with gaps where nothing is known.

package import Canvas

package struct LineChart: Hashable, Sendable {
    package struct Line: Hashable, Sendable {
        package var name: String
        /// One for each label; nil where nothing is known.
        package var values: [Double?]

        package init(_ name: String, _ values: [Double?]) {
            self.name = name
            self.values = values
        }
    }

    package var title: String
    package var subtitle: String?
    package var labels: [String]
    package var lines: [Line]
    package var measure: Measure
    package var emptySentence = "Nothing is known of this time yet."

    package static let mostLines = 4

    package init(
        title: String, subtitle: String? = nil, labels: [String], lines: [Line], measure: Measure = .plays
    ) {
        self.title = title
        self.subtitle = subtitle
        self.labels = labels
        self.lines = lines
        self.measure = measure
    }

    package func picture(named name: String = "lines.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: subtitle)
        let shown = lines.prefix(Self.mostLines).map { line in
            Line(line.name, line.values.prefix(labels.count).map { $0.flatMap { $0.isFinite ? max(0, $0) : nil } })
        }
        guard shown.contains(where: { $0.values.contains { $0 != nil } }) else {
            return try sheet.empty(named: name, emptySentence)
        }
        return try sheet.picture(
            named: name, height: 250, alternativeText: alternativeText(shown)
        ) { (canvas, inner) throws(CanvasError) in
            draw(shown, on: canvas, in: inner)
        }
    }

    private func alternativeText(_ lines: [Line]) -> String {
        let items = lines.map { line in
            let known = zip(labels, line.values).compactMap { label, value in value.map { (label, $0) } }
            guard let last = known.last, let most = known.max(by: { $0.1 < $1.1 }) else {
                return "\(line.name): nothing known"
            }
            return "\(line.name): \(measure.words(last.1)) at \(last.0), most \(measure.words(most.1)) at \(most.0)"
        }
        let numbers =
            lines.count == 1
            ? zip(labels, lines[0].values).compactMap { label, value in value.map { "\(label) \(measure.text($0))" } }
            : []
        let more = self.lines.count > lines.count ? ["\(self.lines.count - lines.count) more lines are not shown"] : []
        return AlternativeText.write(title, subtitle, items + more + numbers)
    }

    private func draw(_ lines: [Line], on canvas: borrowing Canvas, in inner: Rect) {
        var area = inner
        if lines.count > 1 {
            Legend.draw(
                lines.enumerated().map { ($1.name, .line(Ink.line($0))) }, on: canvas, in: inner)
            area.y += 26
            area.height -= 26
        }
        area.height -= 22
        let most = lines.flatMap(\.values).compactMap(\.self).max() ?? 0
        let axis = Axis(upTo: most, measure: measure)
        let plot = axis.draw(on: canvas, in: area, measure: measure)
        // Room for the first and last point's dots.
        let span = plot.inset(by: 6)
        let count = labels.count
        let places = labels.indices.map { index in
            count > 1 ? span.x + span.width * Double(index) / Double(count - 1) : span.midX
        }
        for (number, line) in lines.enumerated().reversed() {
            for run in runs(of: line, places, axis, plot) {
                draw(run, Ink.line(number), isAlone: lines.count == 1, on: canvas, in: plot)
            }
        }
        // One line alone can tell its highest point; among several the numbers would cover each other.
        if let only = lines.first, lines.count == 1, let peak = only.values.compactMap(\.self).max(), peak > 0,
            let index = only.values.firstIndex(of: peak)
        {
            axis.drawPeak(measure.text(peak), value: peak, at: places[index], on: canvas, in: plot)
        }
        Axis.drawLabels(labels, at: places, on: canvas, y: plot.maxY + 7, within: inner)
    }

    /// The points of a line, parted where a value is not known.
    private func runs(of line: Line, _ places: [Double], _ axis: Axis, _ plot: Rect) -> [[Point]] {
        var runs: [[Point]] = [[]]
        for (place, value) in zip(places, line.values) {
            if let value {
                runs[runs.count - 1].append(Point(place, plot.maxY - plot.height * axis.share(of: value)))
            } else {
                runs.append([])
            }
        }
        return runs.filter { !$0.isEmpty }
    }

    private func draw(_ run: [Point], _ color: Color, isAlone: Bool, on canvas: borrowing Canvas, in plot: Rect) {
        if isAlone, run.count > 1 {
            let under = Path.polyline(
                run + [Point(run[run.count - 1].x, plot.maxY), Point(run[0].x, plot.maxY)], isClosed: true)
            canvas.fill(under, from: color.withAlpha(0.35), at: plot.y, to: color.withAlpha(0.03), at: plot.maxY)
        }
        canvas.stroke(.polyline(run), color, width: 2.5, isRound: true)
        // Dots only while they do not become a caterpillar; a point alone would else not be seen at all.
        if run.count <= 16 {
            for point in run {
                canvas.fill(.circle(center: point, radius: 4.5), Ink.card)
                canvas.fill(.circle(center: point, radius: 3.25), color)
            }
        }
    }
}
