// A line to be drawn or a form to be filled, as a plain value: made anywhere, drawn by a canvas.

package struct Path: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case move(Point)
        case line(Point)
        case curve(Point, Point, Point)
        /// Angles in radians, clockwise from three o'clock.
        case arc(center: Point, radius: Double, from: Double, to: Double, isClockwise: Bool)
        case newPart
        case close
    }

    var steps: [Step] = []

    package init() {}

    package mutating func move(to point: Point) { steps.append(.move(point)) }
    package mutating func line(to point: Point) { steps.append(.line(point)) }
    package mutating func curve(to end: Point, by first: Point, _ second: Point) {
        steps.append(.curve(first, second, end))
    }
    package mutating func arc(center: Point, radius: Double, from: Double, to: Double, isClockwise: Bool = true) {
        steps.append(.arc(center: center, radius: radius, from: from, to: to, isClockwise: isClockwise))
    }
    package mutating func close() { steps.append(.close) }

    // MARK: Ready-made

    package static func line(from start: Point, to end: Point) -> Path { polyline([start, end]) }

    package static func polyline(_ points: [Point], isClosed: Bool = false) -> Path {
        var path = Path()
        for (index, point) in points.enumerated() {
            if index == 0 { path.move(to: point) } else { path.line(to: point) }
        }
        if isClosed { path.close() }
        return path
    }

    package static func circle(center: Point, radius: Double) -> Path {
        var path = Path()
        path.steps.append(.newPart)
        path.arc(center: center, radius: radius, from: 0, to: 2 * .pi)
        path.close()
        return path
    }

    /// Part of a circle's line, clockwise, in turns from twelve o'clock: 0…1 is the whole circle.
    package static func arc(center: Point, radius: Double, turns: ClosedRange<Double>) -> Path {
        var path = Path()
        path.steps.append(.newPart)
        path.arc(
            center: center, radius: radius, from: (turns.lowerBound - 0.25) * 2 * .pi,
            to: (turns.upperBound - 0.25) * 2 * .pi)
        return path
    }

    package static func rect(_ rect: Rect, radius: Double = 0) -> Path {
        .rect(rect, topLeft: radius, topRight: radius, bottomRight: radius, bottomLeft: radius)
    }

    /// A column that stands on its axis is round only at the top.
    package static func rect(
        _ rect: Rect, topLeft: Double = 0, topRight: Double = 0, bottomRight: Double = 0, bottomLeft: Double = 0
    ) -> Path {
        // A corner can be no rounder than half of what it is the corner of.
        let most = max(0, min(rect.width, rect.height) / 2)
        var path = Path()
        path.steps.append(.newPart)
        let corners: [(Point, Double, Double, Double)] = [
            (Point(rect.maxX, rect.y), topRight, -1, 1), (Point(rect.maxX, rect.maxY), bottomRight, -1, -1),
            (Point(rect.x, rect.maxY), bottomLeft, 1, -1), (Point(rect.x, rect.y), topLeft, 1, 1),
        ]
        for (index, (corner, wanted, right, down)) in corners.enumerated() {
            let radius = min(wanted, most)
            guard radius > 0 else {
                path.line(to: corner)
                continue
            }
            path.arc(
                center: Point(corner.x + right * radius, corner.y + down * radius), radius: radius,
                from: (Double(index) - 1) * .pi / 2, to: Double(index) * .pi / 2)
        }
        path.close()
        return path
    }
}
