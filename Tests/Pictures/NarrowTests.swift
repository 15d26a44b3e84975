// What a letter shows: laid out for a telephone, where it is shown 335 points wide.

import Canvas
import Pictures
import Testing

private struct Drawing: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let draw: @Sendable (Format) throws -> Picture

    init(_ name: String, _ chart: some Formatted & Sendable, _ draw: @escaping @Sendable (Format) throws -> Picture) {
        testDescription = name
        self.draw = draw
    }
}

private let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
private let long = "The Extraordinarily Long Voyage of the Good Ship Northern Line and Her Crew"

private let columns = ColumnChart(
    title: "Plays by day", subtitle: "Week of 9–15 November", columns: days.map { .init($0, 12) },
    previous: [3, 4, 5, 6, 7, 8, 9], name: "This fortnight", previousName: "The fortnight before")
private let hours = HeatMap(
    title: "When plays begin", values: (0..<7).map { day in (0..<24).map { Double(day * $0 % 9) } })
private let bars = BarChart(
    title: "Who watched most",
    bars: [
        .init(long, 123_456, detail: long, before: 65_432), .init("Bo", 7200, before: 7200), .init("Cy", 60, before: 0),
    ], measure: .seconds)
private let covers = BarChart(title: "Top", bars: [.init(long, 5, cover: `A poster`.png), .init("Bo", 3)])
private let net = NetworkGraph(
    title: "Who shares what", people: (0..<12).map { "Person \($0)" },
    titles: (0..<15).map { title in
        NetworkGraph.Title("\(long) \(title)", people: (0..<12).filter { ($0 + title) % 3 == 0 })
    })
private let growth = GrowthChart(
    title: "The libraries grow", labels: days,
    libraries: (0..<3).map { .init(long, [100, 200, 12_345.0 * Double($0 + 1)]) })
private let shares = SharesChart(
    title: "How plays reached you",
    parts: [
        .init("Direct play", 1_234_567, before: 2), .init("Direct stream", 1_000_000, before: 3),
        .init("Transcode", 1_000_000, before: 9), .init(long, 900_000, before: 1),
    ], labels: days)
private let week = WeekPicture(
    title: "Your week", days: days.map { .init($0, 9660, before: 20_000) },
    streak: .init("18 days in a row", days: Array(repeating: true, count: 7)))
private let race = BarRace(
    title: "The race", labels: days, racers: [.init(long, [1, 2, 3]), .init("Bo", [3, 2, 2])], measure: .seconds)

@Suite struct `A narrow picture` {
    fileprivate static let drawings = [
        Drawing("columns", columns) { try columns.drawn($0).picture() },
        Drawing("hours", hours) { try hours.drawn($0).picture() },
        Drawing("bars", bars) { try bars.drawn($0).picture() },
        Drawing("covers", covers) { try covers.drawn($0).picture() },
        Drawing("net", net) { try net.drawn($0).picture() },
        Drawing("growth", growth) { try growth.drawn($0).picture() },
        Drawing("shares", shares) { try shares.drawn($0).picture() },
        Drawing("week", week) { try week.drawn($0).picture() },
        Drawing("race", race) { try race.drawn($0).picture() },
    ]

    @Test(arguments: drawings) fileprivate func `has twice the pixels it is shown with`(drawing: Drawing) throws {
        let (narrow, wide) = (try drawing.draw(.narrow), try drawing.draw(.wide))
        #expect(narrow.width == 900 && narrow.shownWidth == 450)
        #expect(wide.shownWidth == 600)
        // No less is told to those who cannot see it; of a net, as much as is drawn.
        #expect(narrow.alternativeText == wide.alternativeText || drawing.testDescription == "net")
        #expect(narrow.bytes.count < 130_000)
    }

    @Test(arguments: drawings) fileprivate func `keeps its margins free`(drawing: Drawing) throws {
        let picture = try drawing.draw(.narrow)
        guard picture.kind == .png else { return }
        let shot = try Shot(picture.bytes)
        let rows = 0..<shot.height
        // Sixteen points, less the soft edge of a letter.
        for x in [4, 34, 899 - 34, 899 - 4] { #expect(rows.allSatisfy { shot.hex(x: x, y: $0) == card }, "at \(x)") }
        #expect((0..<900).allSatisfy { shot.hex(x: $0, y: shot.height - 20) == card })
    }

    @Test func `writes a bar's words above it, so that a long name has the width`() throws {
        let shot = try Shot(bars.drawn(.narrow).picture().bytes)
        let amber: UInt32 = 0xF2A93B
        let widest = (0..<shot.height).map { shot.count(amber, inRow: $0) }.max() ?? 0
        // The first bar runs from margin to margin.
        #expect((800...820).contains(widest))
    }

    @Test func `tells each day's time where seven stand side by side`() throws {
        // A number less is fewer bright pixels above the columns.
        func ink(_ format: Format, _ value: Double) throws -> Int {
            var week = WeekPicture(title: "", days: days.map { .init($0, value) })
            week.days[6].value = value * 2
            let shot = try Shot(week.drawn(format).picture().bytes)
            return (0..<shot.height / 2).reduce(0) { sum, y in
                sum + (0..<shot.width / 2).count { shot.color(x: $0, y: y).red > 0.6 }
            }
        }
        #expect(try ink(.narrow, 9660) > 100)
    }
}
