// The rows of a bar chart: cover, label, bar, value, change.

internal import Canvas

struct BarRows {
    let bars: [BarChart.Bar]
    private let measure: Measure
    private let caption: String?
    private let cover: Size?
    private let rowHeight: Double
    /// The bar below the words, which have the whole width for themselves.
    private let isStacked: Bool

    init(_ chart: BarChart, bars: [BarChart.Bar]) {
        self.bars = bars
        measure = chart.measure
        caption = bars.contains { $0.before != nil } ? chart.changeCaption : nil
        // One that has none among others that have one gets a plain tile.
        cover = bars.contains { $0.cover != nil } ? chart.coverShape.size : nil
        isStacked = chart.format.isNarrow && cover == nil
        let plainHeight = isStacked ? 40.0 : 30.0
        rowHeight =
            cover.map { $0.height + 10 } ?? (bars.contains { $0.detail != nil } ? plainHeight + 12 : plainHeight)
    }

    private var captionHeight: Double { caption == nil ? 0 : 18 }
    var height: Double { captionHeight + Double(bars.count) * rowHeight }

    private struct Columns {
        var labels: Rect
        var bars: Double
        var longest: Double
        var values: Double
        var changes: Double
    }

    private func columns(on canvas: borrowing Canvas, in inner: Rect) -> Columns {
        let left = inner.x + (cover.map { $0.width + 12 } ?? 0)
        let mostLabel = inner.width * (cover == nil ? 0.38 : 0.34)
        var (labels, values, changes) = (0.0, 0.0, 0.0)
        for bar in bars {
            labels = max(labels, canvas.measure(bar.label, Type.label, maxWidth: mostLabel).width)
            if let detail = bar.detail {
                labels = max(labels, canvas.measure(detail, Type.detail, maxWidth: mostLabel).width)
            }
            values = max(values, canvas.measure(measure.text(bar.value), Type.value).width)
            if let change = Change(from: bar.before, to: bar.value, measure: measure) {
                changes = max(changes, change.width(on: canvas) + 16)
            }
        }
        let start = left + max(60, labels.rounded(.up)) + 14
        return Columns(
            labels: Rect(x: left, y: inner.y, width: start - 14 - left, height: inner.height), bars: start,
            longest: max(40, inner.maxX - start - values.rounded(.up) - 8 - changes.rounded(.up)), values: values,
            changes: changes)
    }

    func draw(on canvas: borrowing Canvas, in inner: Rect) {
        let columns = columns(on: canvas, in: inner)
        if let caption {
            canvas.draw(caption, Type.detail, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: 14), .right)
        }
        let top = max(bars.map { $0.value.isFinite ? $0.value : 0 }.max() ?? 0, 0)
        for (index, bar) in bars.enumerated() {
            let row = Rect(
                x: inner.x, y: inner.y + captionHeight + Double(index) * rowHeight, width: inner.width,
                height: rowHeight)
            if isStacked {
                draw(bar, isFirst: index == 0, of: top, stackedOn: canvas, in: row)
                continue
            }
            if let cover {
                let place = Rect(
                    x: row.x, y: row.midY - cover.height / 2, width: cover.width, height: cover.height)
                draw(bar.cover, of: bar.label, on: canvas, in: place)
            }
            var place = row
            (place.x, place.width) = (columns.labels.x, columns.labels.width)
            drawLabel(bar, on: canvas, in: place)
            // Even the smallest is there; nothing is nothing.
            let share = Self.share(bar.value, of: top)
            let width = share > 0 ? max(3, columns.longest * share) : 0
            let thickness = 16.0
            let form = Rect(x: columns.bars, y: row.midY - thickness / 2, width: width, height: thickness)
            Self.fill(form, isFirst: index == 0 && share > 0, on: canvas)
            let value = Rect(x: form.maxX + 8, y: row.y, width: columns.values + 4, height: row.height)
            canvas.draw(measure.text(bar.value), share > 0 ? Type.value : Type.value.colored(Ink.quiet), in: value)
            Change(from: bar.before, to: bar.value, measure: measure)?.draw(on: canvas, in: row, .right)
        }
    }

    private static func share(_ value: Double, of top: Double) -> Double {
        top > 0 && value > 0 ? min(1, value / top) : 0
    }

    private static func fill(_ form: Rect, isFirst: Bool, on canvas: borrowing Canvas) {
        let color = isFirst ? Ink.amber : Ink.amber.mixed(with: Ink.card, 0.22)
        canvas.fill(.rect(form, topLeft: 2, topRight: 4, bottomRight: 4, bottomLeft: 2), color)
    }

    private func draw(
        _ bar: BarChart.Bar, isFirst: Bool, of top: Double, stackedOn canvas: borrowing Canvas, in row: Rect
    ) {
        let share = Self.share(bar.value, of: top)
        var words = Rect(x: row.x, y: row.y, width: row.width, height: bar.detail == nil ? 20 : 33)
        if let change = Change(from: bar.before, to: bar.value, measure: measure) {
            let width = change.width(on: canvas)
            change.draw(on: canvas, in: words, .right)
            words.width -= width + 12
        }
        let value = measure.text(bar.value)
        canvas.draw(value, share > 0 ? Type.value : Type.value.colored(Ink.quiet), in: words, .right)
        words.width -= canvas.measure(value, Type.value).width + 12
        drawLabel(bar, on: canvas, in: words)
        let form = Rect(x: row.x, y: words.maxY + 2, width: row.width, height: 10)
        canvas.fill(form, radius: 3, Ink.hollow)
        var filled = form
        filled.width = share > 0 ? max(3, form.width * share) : 0
        Self.fill(filled, isFirst: isFirst && share > 0, on: canvas)
    }

    private func draw(_ cover: [UInt8]?, of label: String, on canvas: borrowing Canvas, in place: Rect) {
        if let cover, (try? draw(cover, on: canvas, in: place)) != nil {
            canvas.stroke(place.inset(by: 0.5), radius: 3.5, Color(0xFFFFFF, alpha: 0.08), width: 1)
        } else {
            Tile.draw(label, on: canvas, in: place, radius: 4)
        }
    }

    private func draw(_ cover: [UInt8], on canvas: borrowing Canvas, in place: Rect) throws(ImageRefusal) {
        let image = try Image(cover, need: Int(place.width * canvas.scale))
        canvas.draw(image, in: place, fit: .cover, radius: 4)
    }

    private func drawLabel(_ bar: BarChart.Bar, on canvas: borrowing Canvas, in place: Rect) {
        guard let detail = bar.detail else {
            canvas.draw(bar.label, Type.label, in: place)
            return
        }
        canvas.draw(bar.label, Type.label, in: Rect(x: place.x, y: place.midY - 17, width: place.width, height: 18))
        canvas.draw(detail, Type.detail, in: Rect(x: place.x, y: place.midY + 1, width: place.width, height: 15))
    }
}
