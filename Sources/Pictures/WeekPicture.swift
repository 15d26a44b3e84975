// One person's period: the days as small columns with the period before behind them, and a dot for each day in a row.

package import Canvas

package struct WeekPicture: Formatted, Hashable, Sendable {
    package struct Day: Hashable, Sendable {
        package var label: String
        /// Nil where it is still to come.
        package var value: Double?
        package var before: Double?

        package init(_ label: String, _ value: Double?, before: Double? = nil) {
            self.label = label
            self.value = value
            self.before = before
        }
    }

    package struct Streak: Hashable, Sendable {
        /// "9 days in a row"
        package var sentence: String
        /// The last days, the latest at the end; true where something was played.
        package var days: [Bool]

        package init(_ sentence: String, days: [Bool]) {
            self.sentence = sentence
            self.days = days
        }
    }

    package var title: String
    package var subtitle: String?
    package var days: [Day]
    package var measure: Measure
    package var streak: Streak?
    package var name: String
    package var previousName: String
    package var format = Format.wide
    package var emptySentence = "Nothing was played in this time."

    package init(
        title: String, subtitle: String? = nil, days: [Day], measure: Measure = .seconds, streak: Streak? = nil,
        name: String = "This period", previousName: String = "Before"
    ) {
        self.title = title
        self.subtitle = subtitle
        self.days = days
        self.measure = measure
        self.streak = streak
        self.name = name
        self.previousName = previousName
    }

    package static let mostDays = 62
    private static let mostDots = 31

    package func picture(named name: String = "week.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: subtitle, format: format)
        let shown = days.suffix(Self.mostDays).map { day in
            Day(day.label, Self.drawable(day.value), before: Self.drawable(day.before))
        }
        let hasPlays = shown.contains { ($0.value ?? 0) > 0 || ($0.before ?? 0) > 0 }
        guard hasPlays else { return try sheet.empty(named: name, emptySentence) }
        let text = AlternativeText.write(title, subtitle, inWords(shown))
        return try sheet.picture(
            named: name, height: (format.isNarrow ? 200 : 190) + (streak == nil ? 0 : Self.streakHeight),
            alternativeText: text
        ) { (canvas, inner) throws(CanvasError) in
            var area = inner
            if let streak {
                area.height -= Self.streakHeight
                let place = Rect(x: inner.x, y: area.maxY, width: inner.width, height: Self.streakHeight)
                draw(streak, on: canvas, in: place)
            }
            draw(shown, on: canvas, in: area)
        }
    }

    private static let streakHeight = 46.0

    private static func drawable(_ value: Double?) -> Double? {
        guard let value, value.isFinite else { return nil }
        return min(1e15, max(0, value))
    }

    private func inWords(_ days: [Day]) -> [String] {
        let total = days.reduce(0) { $0 + ($1.value ?? 0) }
        var items = ["\(measure.words(total)) in all"]
        if days.contains(where: { $0.before != nil }) {
            items.append("\(previousName) \(measure.words(days.reduce(0) { $0 + ($1.before ?? 0) }))")
        }
        items += days.compactMap { day in day.value.map { "\(day.label) \(measure.text($0))" } }
        if let streak { items.append(streak.sentence) }
        return items
    }

    private func draw(_ days: [Day], on canvas: borrowing Canvas, in inner: Rect) {
        var area = inner
        if days.contains(where: { $0.before != nil }) {
            let entries = [(name, Legend.Sign.block(Ink.sky)), (previousName, .block(Ink.shadow))]
            Legend.draw(entries, on: canvas, in: inner)
            area.y += 26
            area.height -= 26
        }
        // Above, the values; below, the days.
        let plot = Rect(x: area.x, y: area.y + 20, width: area.width, height: area.height - 20 - 22)
        let most = days.map { max($0.value ?? 0, $0.before ?? 0) }.max() ?? 0
        let slot = plot.width / Double(days.count)
        let places = days.indices.map { plot.x + slot * (Double($0) + 0.5) }
        let width = min(34, slot * 0.56)
        // The one behind is wider, so that it is seen when both are alike.
        let behind = min(width + 14, slot * 0.86)
        var widest = 0.0
        for day in days { widest = max(widest, canvas.measure(number(day.value ?? 0), Type.axis).width) }
        let hasNumbers = widest + 3 <= slot
        let peak = days.compactMap(\.value).max() ?? 0
        for (day, place) in zip(days, places) {
            func column(_ value: Double, _ width: Double) -> Path {
                let height = max(2, plot.height * value / max(most, 1e-9))
                let form = Rect(x: place - width / 2, y: plot.maxY - height, width: width, height: height)
                return .rect(form, topLeft: min(4, width / 3), topRight: min(4, width / 3))
            }
            if let before = day.before, before > 0 { canvas.fill(column(before, behind), Ink.shadow) }
            guard let value = day.value, value > 0 else { continue }
            let color = value == peak ? Ink.sky : Ink.sky.mixed(with: Ink.card, 0.3)
            canvas.fill(column(value, width), color)
            guard hasNumbers || value == peak else { continue }
            let top = plot.maxY - plot.height * max(value, hasNumbers ? day.before ?? 0 : 0) / max(most, 1e-9)
            let style = value == peak ? TextStyle(12, .semibold, Ink.strong) : Type.axis.colored(Ink.normal)
            let number = hasNumbers ? number(value) : measure.text(value)
            let half = canvas.measure(number, style).width / 2 + 1
            let x = min(max(place - half, area.x), area.maxX - 2 * half)
            canvas.draw(number, style, in: Rect(x: x, y: top - 18, width: 2 * half, height: 16), .center)
        }
        canvas.stroke(.line(from: Point(plot.x, plot.maxY), to: Point(plot.maxX, plot.maxY)), Ink.axis, width: 1)
        Axis.drawLabels(days.map(\.label), at: places, on: canvas, y: plot.maxY + 7, within: inner)
    }

    private func number(_ value: Double) -> String { format.isNarrow ? measure.tight(value) : measure.text(value) }

    /// A full dot and an empty ring: no colour is needed to tell them apart.
    private func draw(_ streak: Streak, on canvas: borrowing Canvas, in place: Rect) {
        let middle = place.maxY - 10
        canvas.stroke(
            .line(from: Point(place.x, place.y + 12), to: Point(place.maxX, place.y + 12)), Ink.grid, width: 1)
        let dots = streak.days.suffix(Self.mostDots)
        let step = min(18, place.width * 0.62 / Double(max(1, dots.count)))
        let radius = min(5, step * 0.32)
        for (index, isFull) in dots.enumerated() {
            let center = Point(place.x + radius + Double(index) * step, middle)
            if isFull {
                canvas.fill(.circle(center: center, radius: radius), Ink.green)
            } else {
                canvas.stroke(.circle(center: center, radius: radius - 0.75), Ink.axis, width: 1.5)
            }
        }
        let x = place.x + Double(dots.count) * step + (dots.isEmpty ? 0 : 8)
        canvas.draw(
            streak.sentence, Type.label.colored(Ink.strong),
            in: Rect(x: x, y: middle - 9, width: place.maxX - x, height: 18))
    }
}
