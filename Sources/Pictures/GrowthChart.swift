// How the libraries grew. A small field for each, as a library of films beside one of two hundred thousand tracks would
// be a line on the floor of a common scale.

package import Canvas

package struct GrowthChart: Formatted, Hashable, Sendable {
    package struct Library: Hashable, Sendable {
        package var name: String
        /// How many there were, one for each of the chart's labels; nil where nobody counted.
        package var values: [Double?]
        package var measure: Measure

        package init(
            _ name: String, _ values: [Double?], measure: Measure = .count(one: "title", many: "titles")
        ) {
            self.name = name
            self.values = values
            self.measure = measure
        }
    }

    package var title: String
    package var subtitle: String?
    package var labels: [String]
    package var libraries: [Library]
    package var format = Format.wide
    package var emptySentence = "Nobody has counted the libraries yet."

    package static let mostLibraries = 6

    package init(title: String, subtitle: String? = nil, labels: [String], libraries: [Library]) {
        self.title = title
        self.subtitle = subtitle
        self.labels = labels
        self.libraries = libraries
    }

    package func picture(named name: String = "growth.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: subtitle, format: format)
        let known = libraries.map { library in
            Library(
                library.name, library.values.prefix(labels.count).map { $0.flatMap { $0.isFinite ? max(0, $0) : nil } },
                measure: library.measure)
        }.filter { $0.values.contains { $0 != nil } }
        guard !known.isEmpty else { return try sheet.empty(named: name, emptySentence) }
        let shown = Array(known.prefix(Self.mostLibraries))
        let rest = known.count - shown.count
        let columns = shown.count == 1 ? 1 : shown.count.isMultiple(of: 3) && !format.isNarrow ? 3 : 2
        let rows = (shown.count + columns - 1) / columns
        let (rowHeight, gap) = (128.0, 12.0)
        let height = Double(rows) * (rowHeight + gap) - gap + (rest > 0 ? 28 : 0)
        let text = AlternativeText.write(title, subtitle, known.map(inWords))
        return try sheet.picture(named: name, height: height, alternativeText: text) {
            (canvas, inner) throws(CanvasError) in
            for (index, library) in shown.enumerated() {
                let (row, column) = (index / columns, index % columns)
                // The last one takes what is left of its row.
                let span = index == shown.count - 1 ? columns - column : 1
                let width = (inner.width - gap * Double(columns - 1)) / Double(columns)
                let place = Rect(
                    x: inner.x + Double(column) * (width + gap), y: inner.y + Double(row) * (rowHeight + gap),
                    width: width * Double(span) + gap * Double(span - 1), height: rowHeight)
                draw(library, Ink.line(index), on: canvas, in: place)
            }
            if rest > 0 {
                let line = Rect(x: inner.x, y: inner.maxY - 16, width: inner.width, height: 16)
                canvas.draw("and \(rest) more \(rest == 1 ? "library" : "libraries")", Type.detail, in: line)
            }
        }
    }

    private func ends(of library: Library) -> (first: Double, last: Double) {
        let known = library.values.compactMap(\.self)
        return (known.first ?? 0, known.last ?? 0)
    }

    /// A library that lost titles says so; "new" is for one that was empty.
    private func change(of library: Library) -> Change? {
        let (first, last) = ends(of: library)
        return Change(from: first, to: last, measure: library.measure)
    }

    private func inWords(_ library: Library) -> String {
        let change = change(of: library).map { ", \($0.words)" } ?? ""
        return "\(library.name) \(library.measure.words(ends(of: library).last))\(change)"
    }

    private func draw(_ library: Library, _ color: Color, on canvas: borrowing Canvas, in tile: Rect) {
        canvas.fill(tile, radius: 8, Ink.hollow.withAlpha(0.45))
        let inner = Rect(x: tile.x + 14, y: tile.y + 11, width: tile.width - 28, height: tile.height - 22)
        canvas.draw(
            library.name, Type.label.colored(Ink.quiet),
            in: Rect(x: inner.x, y: inner.y, width: inner.width, height: 17))
        let number = TextStyle(format.isNarrow ? 19 : 22, .semibold, Ink.strong)
        let line = Rect(x: inner.x, y: inner.y + 18, width: inner.width, height: 28)
        let drawn = canvas.draw(library.measure.text(ends(of: library).last), number, in: line)
        let x = inner.x + drawn.width + (format.isNarrow ? 7 : 10)
        // Half a number is a wrong one.
        if let change = change(of: library), change.width(on: canvas) <= inner.maxX - x {
            change.draw(on: canvas, in: Rect(x: x, y: line.y + 3, width: inner.maxX - x, height: line.height))
        }
        let plot = Rect(x: inner.x, y: line.maxY + 7, width: inner.width, height: inner.maxY - line.maxY - 7 - 18)
        drawLine(library.values, color, on: canvas, in: plot)
        guard let first = labels.first, let last = labels.last, labels.count > 1 else { return }
        let below = Rect(x: inner.x, y: plot.maxY + 5, width: inner.width, height: 14)
        let half = below.width * 0.48
        canvas.draw(first, Type.axis, in: Rect(x: below.x, y: below.y, width: half, height: 14))
        canvas.draw(last, Type.axis, in: Rect(x: below.maxX - half, y: below.y, width: half, height: 14), .right)
    }

    /// From the least to the most, not from zero: what is asked is when it grew, and the numbers stand above.
    private func drawLine(_ values: [Double?], _ color: Color, on canvas: borrowing Canvas, in plot: Rect) {
        let known = values.enumerated().compactMap { index, value in value.map { (index, $0) } }
        guard let least = known.map(\.1).min(), let most = known.map(\.1).max() else { return }
        let span = Rect(x: plot.x + 4, y: plot.y + 3, width: plot.width - 8, height: plot.height - 6)
        // What hardly grew must not look like a mountain.
        let range = max(most - least, most * 0.02, 1e-9)
        // And what did not move at all runs through the middle, not along the ground.
        let lift = (range - (most - least)) / 2
        let points = known.map { index, value in
            Point(
                span.x + (labels.count > 1 ? span.width * Double(index) / Double(labels.count - 1) : span.width),
                span.maxY - span.height * (value - least + lift) / range)
        }
        canvas.stroke(.line(from: Point(plot.x, plot.maxY), to: Point(plot.maxX, plot.maxY)), Ink.axis, width: 1)
        if points.count > 1, let first = points.first, let last = points.last {
            let under = Path.polyline(points + [Point(last.x, plot.maxY), Point(first.x, plot.maxY)], isClosed: true)
            canvas.fill(under, from: color.withAlpha(0.32), at: plot.y, to: color.withAlpha(0.04), at: plot.maxY)
            canvas.stroke(.polyline(points), color, width: 2, isRound: true)
        }
        if let last = points.last {
            canvas.fill(.circle(center: last, radius: 3.5), color)
        }
    }
}
