// What a whole is made of: one bar parted by its shares, with each part's number, and below it the same along time.
// Direct play, direct stream and transcode; or one library beside the others.

package import Canvas

package struct SharesChart: Formatted, Hashable, Sendable {
    package struct Part: Hashable, Sendable {
        package var name: String
        package var value: Double
        /// In the period before.
        package var before: Double?
        /// One for each of the chart's labels.
        package var along: [Double]

        package init(_ name: String, _ value: Double, before: Double? = nil, along: [Double] = []) {
            self.name = name
            self.value = value
            self.before = before
            self.along = along
        }
    }

    package var title: String
    package var subtitle: String?
    /// In the order in which they are drawn, the best first.
    package var parts: [Part]
    /// The days, where the parts are known by day.
    package var labels: [String]
    package var measure: Measure
    package var format = Format.wide
    package var emptySentence = "Nothing was played in this time."

    package static let mostParts = 4

    package init(
        title: String, subtitle: String? = nil, parts: [Part], labels: [String] = [], measure: Measure = .plays
    ) {
        self.title = title
        self.subtitle = subtitle
        self.parts = parts
        self.labels = labels
        self.measure = measure
    }

    package func picture(named name: String = "shares.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: subtitle, format: format)
        let parts = shownParts
        let total = parts.reduce(0) { $0 + $1.value }
        guard total > 0 else { return try sheet.empty(named: name, emptySentence) }
        let shares = parts.map { $0.value / total }
        let hasDays = labels.count > 1 && parts.contains { $0.along.contains { $0 > 0 } }
        let text = AlternativeText.write(title, subtitle, inWords(parts, shares, total))
        let wordsHeight = format.isNarrow ? Double(parts.count) * Self.lineHeight : 62
        return try sheet.picture(
            named: name, height: 44 + wordsHeight + (hasDays ? 200 : 0), alternativeText: text
        ) { (canvas, inner) throws(CanvasError) in
            let bar = Rect(x: inner.x, y: inner.y, width: inner.width, height: 30)
            drawBar(shares, on: canvas, in: bar)
            let words = Rect(x: inner.x, y: bar.maxY + 12, width: inner.width, height: wordsHeight)
            if format.isNarrow {
                drawLines(parts, shares, on: canvas, in: words)
            } else {
                draw(parts, shares, on: canvas, in: words)
            }
            if hasDays {
                let below = Rect(
                    x: inner.x, y: words.maxY + 12, width: inner.width, height: inner.maxY - words.maxY - 12)
                drawDays(parts, on: canvas, in: below)
            }
        }
    }

    /// Numbers that can be drawn; what is beyond the most becomes the last part.
    private var shownParts: [Part] {
        let clean = parts.map { part in
            Part(
                part.name, Self.drawable(part.value), before: part.before.map(Self.drawable),
                along: labels.indices.map { $0 < part.along.count ? Self.drawable(part.along[$0]) : 0 })
        }
        guard clean.count > Self.mostParts else { return clean }
        var other = clean[Self.mostParts - 1]
        for part in clean[Self.mostParts...] {
            other.value += part.value
            if let before = part.before { other.before = (other.before ?? 0) + before }
            other.along = zip(other.along, part.along).map { $0 + $1 }
        }
        other.name = "Other"
        return clean.prefix(Self.mostParts - 1) + [other]
    }

    private static func drawable(_ value: Double) -> Double { value.isFinite ? min(1e15, max(0, value)) : 0 }

    /// The best is green; what costs the server most is amber.
    private static func color(_ number: Int) -> Color { [Ink.green, Ink.sky, Ink.amber, Ink.rose][number % 4] }

    /// Of the shares of both periods, in points of a hundred.
    private func change(of part: Part, _ share: Double) -> Change? {
        let total = parts.reduce(0) { $0 + Self.drawable($1.before ?? 0) }
        guard let before = part.before, total > 0 else { return nil }
        let points = Measure.count(one: "point", many: "points")
        return Change(
            from: (100 * before / total).rounded(), to: (100 * share).rounded(), measure: points)
    }

    private func inWords(_ parts: [Part], _ shares: [Double], _ total: Double) -> [String] {
        var items = ["\(measure.words(total)) in all"]
        for (part, share) in zip(parts, shares) {
            let change = change(of: part, share).map { ", \($0.words)" } ?? ""
            items.append("\(part.name) \(Measure.percent(share))% (\(measure.text(part.value)))\(change)")
        }
        return items
    }

    private func drawBar(_ shares: [Double], on canvas: borrowing Canvas, in bar: Rect) {
        // Its own form cuts the ends round; two points of card part the parts.
        canvas.clipped(to: .rect(bar, radius: 6)) {
            var x = bar.x
            for (index, share) in shares.enumerated() where share > 0 {
                let width = bar.width * share
                let isLast = shares[(index + 1)...].allSatisfy { $0 <= 0 }
                let form = Rect(x: x, y: bar.y, width: max(1, width - (isLast ? 0 : 2)), height: bar.height)
                canvas.fill(form, Self.color(index))
                let number = "\(Measure.percent(share))%"
                if width > 44 { canvas.draw(number, TextStyle(13, .bold, Ink.card), in: form, .center) }
                x += width
            }
        }
    }

    private func draw(_ parts: [Part], _ shares: [Double], on canvas: borrowing Canvas, in place: Rect) {
        let width = place.width / Double(parts.count)
        for (index, part) in parts.enumerated() {
            let column = Rect(x: place.x + Double(index) * width, y: place.y, width: width - 12, height: place.height)
            canvas.fill(Rect(x: column.x, y: column.y + 5, width: 10, height: 10), radius: 3, Self.color(index))
            canvas.draw(
                part.name, Type.label, in: Rect(x: column.x + 16, y: column.y, width: column.width - 16, height: 20))
            let number = TextStyle(18, .semibold, Ink.strong)
            let percent = Rect(x: column.x, y: column.y + 21, width: column.width, height: 24)
            let drawn = canvas.draw("\(Measure.percent(shares[index]))%", number, in: percent)
            if let change = change(of: part, shares[index]), change.direction != .same {
                let x = column.x + drawn.width + 8
                change.draw(
                    on: canvas, in: Rect(x: x, y: percent.y + 2, width: column.maxX - x, height: percent.height))
            }
            let count = Rect(x: column.x, y: column.y + 46, width: column.width, height: 15)
            canvas.draw(measure.words(part.value), Type.detail, in: count)
        }
    }

    private static let lineHeight = 27.0

    /// One below the other, where there is no room for columns.
    private func drawLines(_ parts: [Part], _ shares: [Double], on canvas: borrowing Canvas, in place: Rect) {
        let number = TextStyle(15, .semibold, Ink.strong)
        let percents = shares.map { "\(Measure.percent($0))%" }
        let widest = percents.reduce(0) { max($0, canvas.measure($1, number).width) }
        for (index, part) in parts.enumerated() {
            var line = Rect(
                x: place.x, y: place.y + Double(index) * Self.lineHeight, width: place.width, height: Self.lineHeight)
            canvas.fill(Rect(x: line.x, y: line.midY - 5, width: 10, height: 10), radius: 3, Self.color(index))
            (line.x, line.width) = (line.x + 18, line.width - 18)
            canvas.draw(percents[index], number, in: line, .right)
            line.width -= widest + 10
            if let change = change(of: part, shares[index]), change.direction != .same {
                change.draw(on: canvas, in: line, .right)
                line.width -= change.width(on: canvas) + 12
            }
            let count = measure.words(part.value)
            let name = canvas.draw(part.name, Type.label, in: line)
            line.x += name.width + 8
            line.width -= name.width + 8
            guard canvas.measure(count, Type.detail).width <= line.width else { continue }
            canvas.draw(count, Type.detail, in: line)
        }
    }

    private func drawDays(_ parts: [Part], on canvas: borrowing Canvas, in place: Rect) {
        var area = place
        area.height -= 22
        let sums = labels.indices.map { day in parts.reduce(0) { $0 + $1.along[day] } }
        let axis = Axis(upTo: sums.max() ?? 0, measure: measure, count: 3)
        let plot = axis.draw(on: canvas, in: area, measure: measure)
        let slot = plot.width / Double(labels.count)
        let width = min(40, max(1.5, slot * (labels.count > 40 ? 0.8 : 0.68)))
        let places = labels.indices.map { plot.x + slot * (Double($0) + 0.5) }
        for (day, place) in places.enumerated() where sums[day] > 0 {
            let height = max(2, plot.height * axis.share(of: sums[day]))
            let whole = Rect(x: place - width / 2, y: plot.maxY - height, width: width, height: height)
            canvas.clipped(to: .rect(whole, topLeft: min(4, width / 3), topRight: min(4, width / 3))) {
                var y = plot.maxY
                for (index, part) in parts.enumerated() where part.along[day] > 0 {
                    let part = height * part.along[day] / sums[day]
                    canvas.fill(Rect(x: whole.x, y: y - part, width: width, height: part), Self.color(index))
                    y -= part
                }
            }
        }
        Axis.drawLabels(labels, at: places, on: canvas, y: plot.maxY + 7, within: place)
    }
}
