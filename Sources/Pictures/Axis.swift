// A scale people can read: steps of 1, 2, 2.5 or 5 times a power of ten (for time: of minutes and hours), and labels
// thinned until they do not touch.

internal import Canvas

struct Axis {
    let top: Double
    let step: Double

    var ticks: [Double] { (0...max(1, Int((top / step).rounded()))).map { Double($0) * step } }

    /// For values up to `most`, in about `count` steps.
    init(upTo most: Double, measure: Measure, count: Int = 4) {
        let most = most.isFinite && most > 0 ? min(most, 1e18) : 1
        var step = Self.niceStep(atLeast: most / Double(count), for: measure)
        if measure.isWhole { step = max(1, step.rounded(.up)) }
        self.step = step
        // A value that reaches the line needs no line above it.
        top = max(step, (most / step - 1e-9).rounded(.up) * step)
    }

    private static func niceStep(atLeast step: Double, for measure: Measure) -> Double {
        if case .seconds = measure {
            let known: [Double] = [60, 120, 300, 600, 900, 1800, 3600, 7200, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600]
            if let found = known.first(where: { $0 >= step }) { return found }
            return 3600 * plainStep(atLeast: step / 3600)
        }
        return plainStep(atLeast: step)
    }

    private static func plainStep(atLeast step: Double) -> Double {
        var power = 1e-6
        while power * 10 <= step { power *= 10 }
        return ([1, 2, 2.5, 5, 10].first { $0 * power >= step * 0.999 } ?? 10) * power
    }

    func share(of value: Double) -> Double {
        guard value.isFinite, value > 0 else { return 0 }
        return min(1, value / top)
    }

    /// Draws lines and their numbers at the left; returns the rectangle in which the values stand.
    func draw(on canvas: borrowing Canvas, in rect: Rect, measure: Measure) -> Rect {
        var labels = 0.0
        for tick in ticks { labels = max(labels, canvas.measure(measure.short(tick), Type.axis).width) }
        let left = rect.x + labels.rounded(.up) + 10
        // Room for the peak's number above the uppermost line.
        let plot = Rect(x: left, y: rect.y + 14, width: rect.maxX - left, height: rect.height - 14)
        for tick in ticks {
            let y = plot.maxY - plot.height * share(of: tick)
            let line = Path.line(from: Point(plot.x, y), to: Point(plot.maxX, y))
            canvas.stroke(line, tick == 0 ? Ink.axis : Ink.grid, width: 1)
            canvas.draw(
                measure.short(tick), Type.axis, in: Rect(x: rect.x, y: y - 8, width: labels + 2, height: 16), .right)
        }
        return plot
    }

    /// The number of the highest value, above it.
    func drawPeak(_ text: String, value: Double, at x: Double, on canvas: borrowing Canvas, in plot: Rect) {
        let width = canvas.measure(text, Type.value).width
        let left = min(max(x - width / 2, plot.x), plot.maxX - width)
        let y = plot.maxY - plot.height * share(of: value)
        let place = Rect(x: left, y: y - 20, width: width + 1, height: 16)
        // A line of the grid may pass behind it.
        canvas.fill(Rect(x: left - 4, y: place.y, width: width + 8, height: 16), radius: 3, Ink.card.withAlpha(0.8))
        canvas.draw(text, Type.value, in: place)
    }

    /// Labels under their places, as many as have room. `places` are the middles.
    static func drawLabels(
        _ labels: [String], at places: [Double], on canvas: borrowing Canvas, y: Double, within bounds: Rect
    ) {
        var widest = 0.0
        for label in labels { widest = max(widest, canvas.measure(label, Type.axis, maxWidth: 90).width) }
        guard let first = places.first else { return }
        let distance = places.count > 1 ? places[1] - first : .infinity
        // Hours step by 2, 3, 4, 6, days by 7: what is easy to count on.
        let steps = [1, 2, 3, 4, 6, 7, 8, 12, 14, 24, 28]
        let wanted = distance > 0 ? Int(((widest + 10) / distance).rounded(.up)) : labels.count
        let step = distance.isFinite ? steps.first { $0 >= wanted } ?? max(1, wanted) : 1
        for index in stride(from: 0, to: min(labels.count, places.count), by: step) {
            let width = canvas.measure(labels[index], Type.axis, maxWidth: 90).width
            let x = min(max(places[index] - width / 2, bounds.x), max(bounds.x, bounds.maxX - width))
            canvas.draw(labels[index], Type.axis, in: Rect(x: x, y: y, width: width + 1, height: 16))
        }
    }
}
