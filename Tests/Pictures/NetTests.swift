// The net of people and titles: who is on it, and where everybody stands.

import Canvas
@testable import Pictures
import Testing

@Suite struct `A force layout` {
    static let frame = Size(552, 480)

    /// `groups` rings of five, each ring linked in itself only.
    static func rings(_ groups: Int, box: Size = Size(40, 30), seed: UInt64 = 1) -> ForceLayout {
        let edges = (0..<groups).flatMap { group in
            (0..<5).map { ForceLayout.Edge(5 * group + $0, 5 * group + ($0 + 1) % 5) }
        }
        return ForceLayout(
            boxes: Array(repeating: box, count: 5 * groups), edges: edges, frame: frame, seed: seed)
    }

    static let layouts: [ForceLayout] = [
        rings(1), rings(2), rings(5), ForceLayout(boxes: [], edges: [], frame: frame),
        ForceLayout(boxes: [Size(10, 10)], edges: [.init(0, 0)], frame: frame),
        ForceLayout(boxes: Array(repeating: Size(80, 30), count: 12), edges: [], frame: frame),
        ForceLayout(
            boxes: Array(repeating: Size(60, 30), count: 9), edges: (1..<9).map { .init(0, $0) }, frame: frame),
        ForceLayout(boxes: [Size(9, 9), Size(9, 9)], edges: [.init(0, 7), .init(-1, 1)], frame: frame),
        // No room, and boxes larger than the frame.
        ForceLayout(boxes: Array(repeating: Size(400, 300), count: 8), edges: [.init(0, 1)], frame: frame),
        ForceLayout(boxes: Array(repeating: Size(900, 900), count: 3), edges: [], frame: frame),
        ForceLayout(boxes: Array(repeating: Size(1, 1), count: 3), edges: [.init(0, 1)], frame: Size(0, 0)),
    ]

    @Test(arguments: layouts) func `keeps everything in the frame`(layout: ForceLayout) {
        let points = layout.positions()
        #expect(points.count == layout.boxes.count)
        for (point, box) in zip(points, layout.boxes) {
            #expect(point.x.isFinite && point.y.isFinite)
            #expect((0...layout.frame.width).contains(point.x) && (0...layout.frame.height).contains(point.y))
            guard box.width < layout.frame.width, box.height < layout.frame.height else { continue }
            #expect(point.x >= box.width / 2 - 0.01 && point.x <= layout.frame.width - box.width / 2 + 0.01)
            #expect(point.y >= box.height / 2 - 0.01 && point.y <= layout.frame.height - box.height / 2 + 0.01)
        }
    }

    @Test func `is the same each time, and another with another seed`() {
        #expect(Self.rings(3).positions() == Self.rings(3).positions())
        #expect(Self.rings(3).positions() != Self.rings(3, seed: 2).positions())
    }

    @Test(arguments: [2, 3, 4]) func `puts those who are linked nearer than those who are not`(groups: Int) {
        let layout = Self.rings(groups)
        let points = layout.positions()
        var (linked, others): ([Double], [Double]) = ([], [])
        for a in points.indices {
            for b in points.indices where b > a {
                let (x, y) = (points[a].x - points[b].x, points[a].y - points[b].y)
                let distance = (x * x + y * y).squareRoot()
                if a / 5 == b / 5 { linked.append(distance) } else { others.append(distance) }
            }
        }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        #expect(mean(linked) * 1.5 < mean(others))
    }

    @Test(arguments: [Size(40, 30), Size(90, 40), Size(96, 40)]) func `lets no box cover another`(box: Size) {
        let layout = Self.rings(5, box: box)
        #expect(layout.overlaps(at: layout.positions()) == 0)
        // The judge itself can tell.
        #expect(layout.overlaps(at: layout.boxes.map { _ in Point(100, 100) }) == 300)
    }

    @Test func `uses the frame it has`() {
        let points = Self.rings(4).positions()
        let (x, y) = (points.map(\.x), points.map(\.y))
        #expect((x.max() ?? 0) - (x.min() ?? 0) > 0.7 * Self.frame.width)
        #expect((y.max() ?? 0) - (y.min() ?? 0) > 0.7 * Self.frame.height)
    }
}

@Suite struct `A net of shared titles` {
    func net(_ people: [String], _ titles: [(String, [Int])]) -> NetworkGraph {
        NetworkGraph(title: "In common", people: people, titles: titles.map { .init($0.0, people: $0.1) })
    }

    @Test func `names each title with who watched it`() throws {
        let net = net(["Ann", "Bo", "Cy"], [("Alone", [0]), ("Dune", [2, 0, 0]), ("Bear", [0, 1, 2])])
        #expect(try net.picture().alternativeText == "In common: Bear: Ann, Cy, Bo; Dune: Ann, Cy.")
    }

    @Test func `shows the most shared titles and says how many it leaves out`() throws {
        let titles = (0..<90).map { number in ("T\(number)", (0..<40).filter { ($0 * 7 + number * 5) % 11 < 2 }) }
        let shared = SharedTitles(
            people: (0..<40).map { "P\($0)" }, titles: titles.map { .init($0.0, people: $0.1) }, mostPeople: 12,
            mostTitles: 20, mostLinks: 56)
        #expect(shared.people.count <= 12 && shared.titles.count <= 20)
        #expect(shared.titles.reduce(0) { $0 + $1.people.count } <= 56)
        #expect(shared.titles.allSatisfy { $0.people.count > 1 })
        #expect(shared.people.indices.allSatisfy { person in shared.titles.contains { $0.people.contains(person) } })
        let rest = "and \(40 - shared.people.count) more people, \(90 - shared.titles.count) more shared titles"
        #expect(shared.rest == rest)
    }

    @Test func `counts one that is left out as one`() {
        let titles = (0..<3).map { NetworkGraph.Title("T\($0)", people: [0, 1]) }
        let shared = SharedTitles(people: ["a", "b"], titles: titles, mostPeople: 9, mostTitles: 2, mostLinks: 99)
        #expect(shared.rest == "and 1 more shared title")
    }

    @Test(arguments: [[], [("T", [0])], [("T", [0, 0])], [("T", [0, 9, -1])]] as [[(String, [Int])]])
    func `without anything shared says so`(titles: [(String, [Int])]) throws {
        let text = try net(["Ann", "Bo"], titles).picture().alternativeText
        #expect(text == "In common: No title was watched by two people in this time.")
    }

    @Test func `bears hard names and everybody sharing everything`() throws {
        let everybody = Array(-3...20)
        let net = NetworkGraph(
            title: hardNames[1], people: hardNames + hardNames,
            titles: (hardNames + hardNames + hardNames).map { .init($0, people: everybody) })
        let picture = try net.picture()
        let shot = try Shot(picture.bytes)
        #expect((0..<shot.height).allSatisfy { shot.hex(x: 1199 - 20, y: $0) == card })
        #expect(picture.alternativeText.utf16.count <= 1024 && picture.bytes.count < 90_000)
        #expect(try picture == net.picture())
    }
}
