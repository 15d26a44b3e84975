// A net of people and titles, drawn: people are large with their initials, titles are small with the number of people
// inside, so that form and number tell them apart where colours do not.

internal import Canvas

struct NetDrawing {
    static let legendHeight = 28.0
    private static let personRadius = 17.0
    private static let labelHeight = 16.0
    private static let nameStyle = TextStyle(12, .semibold, Ink.strong)
    private static let titleStyle = TextStyle(12, .regular, Ink.normal)

    private let net: SharedTitles
    private let width: Double
    private let isNarrow: Bool
    let height: Double

    init(_ net: SharedTitles, _ format: Format) {
        self.net = net
        width = format.width - 2 * format.margin
        isNarrow = format.isNarrow
        let nodes = Double(net.people.count + net.titles.count)
        height =
            format.isNarrow
            ? min(520, 110 + 24 * min(10, nodes) + 16 * max(0, nodes - 10))
            : min(560, 110 + 22 * min(10, nodes) + 11 * max(0, nodes - 10))
    }

    /// More people, larger.
    private static func radius(of title: SharedTitles.Title) -> Double {
        9.5 + 1.6 * (Double(title.people.count) - 1).squareRoot()
    }

    private struct Placed {
        var points: [Point]
        var labels: [Double]
    }

    func draw(on canvas: borrowing Canvas, in inner: Rect) {
        let entries = [
            ("People", Legend.Sign.dot(Ink.sky)),
            (isNarrow ? "Titles, and how many watched" : "Titles, with how many of them watched", .dot(Ink.amber)),
        ]
        Legend.draw(entries, on: canvas, in: inner)
        let origin = Point(inner.x, inner.y + Self.legendHeight)
        let placed = placed(on: canvas)
        let points = placed.points.map { Point($0.x + origin.x, $0.y + origin.y) }
        let count = net.people.count
        // A node's circle stands above its label, both in the middle of its box.
        func center(_ index: Int) -> Point { Point(points[index].x, points[index].y - Self.labelHeight / 2) }
        for (index, title) in net.titles.enumerated() {
            for person in title.people {
                let link = Path.line(from: center(person), to: center(count + index))
                canvas.stroke(link, Ink.sky.mixed(with: Ink.card, 0.55), width: 1.25)
            }
        }
        for (index, title) in net.titles.enumerated() {
            let radius = Self.radius(of: title)
            draw(center(count + index), radius: radius, Ink.amber, on: canvas)
            let number = TextStyle(max(12, radius * 1.1), .bold, Ink.card)
            let box = Rect(
                x: center(count + index).x - radius, y: center(count + index).y - radius, width: 2 * radius,
                height: 2 * radius)
            canvas.draw("\(title.people.count)", number, in: box, .center)
            draw(
                title.name, Self.titleStyle, below: center(count + index), radius, width: placed.labels[count + index],
                on: canvas)
        }
        for (index, name) in net.people.enumerated() {
            let radius = Self.personRadius
            draw(center(index), radius: radius, Ink.sky, on: canvas)
            let box = Rect(
                x: center(index).x - radius, y: center(index).y - radius, width: 2 * radius, height: 2 * radius)
            canvas.draw(Tile.mark(of: name), TextStyle(12.5, .bold, Ink.card), in: box, .center)
            draw(name, Self.nameStyle, below: center(index), radius, width: placed.labels[index], on: canvas)
        }
    }

    /// With labels as long as they can be without covering each other.
    private func placed(on canvas: borrowing Canvas) -> Placed {
        let edges = net.titles.enumerated().flatMap { index, title in
            title.people.map { ForceLayout.Edge($0, net.people.count + index) }
        }
        var placed = Placed(points: [], labels: [])
        for most in [118.0, 96, 78, 62, 46] {
            var (labels, boxes): ([Double], [Size]) = ([], [])
            func add(_ text: String, _ style: TextStyle, radius: Double, on canvas: borrowing Canvas) {
                let label = canvas.measure(text, style, maxWidth: most).width
                labels.append(label)
                boxes.append(Size(max(2 * radius, label) + 2, 2 * radius + Self.labelHeight + 2))
            }
            for name in net.people { add(name, Self.nameStyle, radius: Self.personRadius, on: canvas) }
            for title in net.titles {
                add(title.name, Self.titleStyle, radius: Self.radius(of: title), on: canvas)
            }
            let layout = ForceLayout(boxes: boxes, edges: edges, frame: Size(width, height))
            placed = Placed(points: layout.positions(), labels: labels)
            if layout.overlaps(at: placed.points) == 0 { break }
        }
        return placed
    }

    /// With an edge of card, so that links end before it.
    private func draw(_ center: Point, radius: Double, _ color: Color, on canvas: borrowing Canvas) {
        canvas.fill(.circle(center: center, radius: radius + 2), Ink.card)
        canvas.fill(.circle(center: center, radius: radius), color)
    }

    private func draw(
        _ text: String, _ style: TextStyle, below center: Point, _ radius: Double, width: Double,
        on canvas: borrowing Canvas
    ) {
        let place = Rect(
            x: center.x - width / 2 - 0.5, y: center.y + radius + 1, width: width + 1, height: Self.labelHeight)
        var behind = place.inset(by: -2)
        (behind.y, behind.height) = (place.y, place.height)
        // Links pass behind the label.
        canvas.fill(behind, radius: 3, Ink.card)
        canvas.draw(text, style, in: place, .center)
    }
}
