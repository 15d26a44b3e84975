// Where the nodes of a net stand: those that are linked near each other, all of them apart. Fruchterman and Reingold's
// forces ("Graph Drawing by Force-directed Placement", 1991), then boxes that cover each other are pushed apart.
//
// Pure, and the same each time: it begins from an even spread, not from dice. Own code, as graphviz brings
// 28 packages for one function (docs/dependencies.md).

package import Canvas

package struct ForceLayout: Hashable, Sendable {
    /// What each node needs, label included; a node stands in the middle of its box.
    package var boxes: [Size]
    package var edges: [Edge]
    package var frame: Size
    /// Another one gives another picture of the same net.
    package var seed: UInt64
    /// Between boxes.
    package var gap = 6.0

    package struct Edge: Hashable, Sendable {
        package var from: Int
        package var to: Int

        package init(_ from: Int, _ to: Int) {
            self.from = from
            self.to = to
        }
    }

    package init(boxes: [Size], edges: [Edge], frame: Size, seed: UInt64 = 1) {
        self.boxes = boxes
        self.edges = edges.filter {
            boxes.indices.contains($0.from) && boxes.indices.contains($0.to) && $0.from != $0.to
        }
        self.frame = frame
        self.seed = seed
    }

    private static let rounds = 400
    private static let pushes = 400

    /// One for each box, all of them inside the frame as far as it is large enough.
    package func positions() -> [Point] {
        guard boxes.count > 1 else { return boxes.map { _ in Point(frame.width / 2, frame.height / 2) } }
        var points = spread()
        // The distance at which both forces are equal.
        let ideal = 0.8 * (frame.width * frame.height / Double(boxes.count)).squareRoot()
        for round in 0..<Self.rounds {
            let warmth = frame.width / 8 * (1 - Double(round) / Double(Self.rounds))
            let forces = forces(on: points, ideal: ideal)
            for index in points.indices {
                let force = forces[index]
                let length = max(1e-9, (force.x * force.x + force.y * force.y).squareRoot())
                let step = min(length, warmth)
                points[index].x += force.x / length * step
                points[index].y += force.y / length * step
            }
        }
        return untangled(fitted(points))
    }

    /// Evenly over the frame (the R2 sequence of M. Roberts, whose steps never meet), shifted by the seed.
    private func spread() -> [Point] {
        let shift = Double(seed % 997) * 0.618_033_988_75
        return boxes.indices.map { index in
            let x = shift + Double(index + 1) * 0.754_877_666_25
            let y = shift + Double(index + 1) * 0.569_840_290_99
            return Point((x - x.rounded(.down)) * frame.width, (y - y.rounded(.down)) * frame.height)
        }
    }

    private func forces(on points: [Point], ideal: Double) -> [Point] {
        var forces = [Point](repeating: Point(0, 0), count: points.count)
        func pull(_ a: Int, _ b: Int, by strength: (Double) -> Double) {
            let (x, y) = (points[b].x - points[a].x, points[b].y - points[a].y)
            let distance = max(0.5, (x * x + y * y).squareRoot())
            let force = strength(distance) / distance
            forces[a].x += x * force
            forces[a].y += y * force
            forces[b].x -= x * force
            forces[b].y -= y * force
        }
        for a in points.indices {
            for b in (a + 1)..<max(a + 1, points.count) { pull(a, b) { -ideal * ideal / $0 } }
        }
        for edge in edges { pull(edge.from, edge.to) { $0 * $0 / ideal } }
        // What hangs on nothing would drift away. A low frame pulls more upwards and downwards than sideways.
        for index in points.indices {
            forces[index].x += 0.12 * (frame.width / 2 - points[index].x)
            forces[index].y += 0.12 * (frame.width / max(1, frame.height)) * (frame.height / 2 - points[index].y)
        }
        return forces
    }

    /// Stretched until it fills the frame, each direction by itself but never more than twice.
    private func fitted(_ points: [Point]) -> [Point] {
        func fit(_ values: [Double], _ halves: [Double], _ length: Double) -> [Double] {
            let least = zip(values, halves).map { $0 - $1 }.min() ?? 0
            let most = zip(values, halves).map { $0 + $1 }.max() ?? 1
            let half = halves.max() ?? 0
            let middle = (least + most) / 2
            let factor = min(2, max(0.05, (length - 2 * half) / max(1, most - least - 2 * half)))
            return values.map { length / 2 + ($0 - middle) * factor }
        }
        let x = fit(points.map(\.x), boxes.map { $0.width / 2 }, frame.width)
        let y = fit(points.map(\.y), boxes.map { $0.height / 2 }, frame.height)
        return zip(x, y).map { Point($0, $1) }
    }

    /// Boxes that cover each other part in the direction in which they are parted soonest.
    private func untangled(_ points: [Point]) -> [Point] {
        var points = points.indices.map { inside(points[$0], boxes[$0]) }
        for _ in 0..<Self.pushes {
            var isMoved = false
            for a in points.indices {
                for b in (a + 1)..<max(a + 1, points.count) {
                    let cover = cover(a, b, points)
                    guard cover.width > 0, cover.height > 0 else { continue }
                    isMoved = true
                    if cover.width < cover.height {
                        let push = (points[a].x < points[b].x ? -1 : 1) * (cover.width / 2 + 0.25)
                        points[a].x += push
                        points[b].x -= push
                    } else {
                        let push = (points[a].y < points[b].y ? -1 : 1) * (cover.height / 2 + 0.25)
                        points[a].y += push
                        points[b].y -= push
                    }
                    points[a] = inside(points[a], boxes[a])
                    points[b] = inside(points[b], boxes[b])
                }
            }
            if !isMoved { break }
        }
        return points
    }

    private func inside(_ point: Point, _ box: Size) -> Point {
        func clamp(_ value: Double, _ half: Double, _ length: Double) -> Double {
            2 * half >= length ? length / 2 : min(max(value, half), length - half)
        }
        return Point(clamp(point.x, box.width / 2, frame.width), clamp(point.y, box.height / 2, frame.height))
    }

    private func cover(_ a: Int, _ b: Int, _ points: [Point]) -> Size {
        Size(
            (boxes[a].width + boxes[b].width) / 2 + gap - abs(points[a].x - points[b].x),
            (boxes[a].height + boxes[b].height) / 2 + gap - abs(points[a].y - points[b].y))
    }

    /// How many pairs of boxes cover each other (the gap aside).
    package func overlaps(at points: [Point]) -> Int {
        var count = 0
        for a in points.indices {
            for b in (a + 1)..<max(a + 1, points.count) {
                let cover = cover(a, b, points)
                if cover.width > gap + 0.01, cover.height > gap + 0.01 { count += 1 }
            }
        }
        return count
    }
}
