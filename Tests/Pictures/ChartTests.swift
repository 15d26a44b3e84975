// Charts are judged by what is on them: their size, their words, and how long a bar is beside another.

import Canvas
import Pictures
import Testing

/// Names that break layouts.
let hardNames = [
    "Ann", "Christopher Wallingford-Montague the Third of Somewhere Far Away", "محمد عبد الله", "🎷 Jazz 👩‍👩‍👧‍👦",
    "日本太郎", "", "a\u{0}b\nc\u{202E}d",
]

let card: UInt32 = 0x1A1E26

@Suite struct `A bar chart` {
    func chart(_ values: [Double]) -> BarChart {
        BarChart(title: "Most plays", bars: values.enumerated().map { BarChart.Bar("P\($0)", $1) })
    }

    @Test func `draws bars as long as their values`() throws {
        let shot = try Shot(chart([400, 200, 100, 0]).picture().bytes)
        // Rows of 30 points below the heading, two pixels a point; amber is the first, its shade the others'.
        let rows = (0..<4).map { 2 * (62 + 15 + 30 * $0) }
        let lengths = rows.map { row in
            (0..<shot.width).count { x in
                let color = shot.color(x: x, y: row)
                return color.red - color.blue > 0.35
            }
        }
        #expect(lengths[0] > 500)
        #expect(abs(lengths[0] - 2 * lengths[1]) <= 4 && abs(lengths[1] - 2 * lengths[2]) <= 4)
        #expect(lengths[3] == 0)
    }

    @Test func `tells its numbers in words`() throws {
        let chart = BarChart(
            title: "Top", subtitle: "30 days", bars: [.init("Ann", 1200), .init("Blue", 1, detail: "Miles")])
        let picture = try chart.picture(named: "top.png")
        #expect(picture.name == "top.png")
        #expect(picture.alternativeText == "Top, 30 days: Ann 1,200 plays; Blue (Miles) 1 play.")
    }

    @Test func `keeps within Discord's limit for words and says how many are missing`() throws {
        let bars = (0..<300).map { BarChart.Bar("Person number \($0)", Double($0)) }
        let text = try BarChart(title: "Top", bars: bars).picture().alternativeText
        #expect(text.utf16.count <= 1024)
        #expect(text.hasSuffix(" more."))
    }

    @Test func `shows twenty bars at most`() throws {
        #expect(
            try chart((0..<20).map(Double.init)).picture().height < chart((0..<21).map(Double.init)).picture().height)
        #expect(
            try chart((0..<21).map(Double.init)).picture().height == chart((0..<500).map(Double.init)).picture().height)
    }

    @Test(arguments: [[], [0], [0, 0], [.nan], [.infinity, 1], [-5, 5], [1e300, 1], [.leastNonzeroMagnitude]])
    func `draws whatever numbers come`(values: [Double]) throws {
        let picture = try chart(values).picture()
        #expect(picture.width == 1200 && picture.height > 100)
        #expect(!picture.alternativeText.isEmpty)
    }

    @Test func `without data says so`() throws {
        var chart = chart([])
        chart.emptySentence = "Nobody listened."
        #expect(try chart.picture().alternativeText == "Most plays: Nobody listened.")
    }

    @Test func `keeps hard names out of the bars`() throws {
        let plain = try Shot(BarChart(title: "T", bars: [.init("Ann", 3)]).picture().bytes)
        for name in hardNames {
            let picture = try BarChart(title: name, subtitle: name, bars: [.init(name, 3, detail: name)]).picture()
            let shot = try Shot(picture.bytes)
            #expect(shot.width == plain.width)
            // The margin at the right stays free.
            #expect((0..<shot.height).allSatisfy { shot.hex(x: 1199 - 20, y: $0) == card })
            #expect(!picture.alternativeText.contains("\n"))
        }
    }
}

@Suite struct `Every picture` {
    static func all() throws -> [Picture] {
        [
            try BarChart(title: "A", bars: [.init("a", 1)]).picture(), try BarChart(title: "A", bars: []).picture(),
            try ColumnChart(title: "B", subtitle: "b", columns: [.init("a", 1)], previous: [2]).picture(),
            try LineChart(title: "C", labels: ["a", "b"], lines: [.init("x", [1, 2])]).picture(),
            try HeatMap(title: "D", values: [[1]]).picture(),
            try RingChart(title: "E", caption: "e", done: 1, total: 2).picture(),
            try CollectionPicture(
                artist: "F", subtitle: "f", albums: (0..<9).map { .init("\($0)", played: $0, total: 9) }
            ).picture(),
            try SharesChart(title: "G", parts: [.init("a", 2, along: [1, 1]), .init("b", 1)], labels: ["x", "y"])
                .picture(),
            try GrowthChart(title: "H", labels: ["x", "y"], libraries: [.init("Films", [1, 2])]).picture(),
            try NetworkGraph(title: "I", people: ["Ann", "Bo"], titles: [.init("T", people: [0, 1])]).picture(),
            try WeekPicture(title: "J", days: [.init("Mon", 60, before: 30)]).picture(),
        ]
    }

    @Test func `is an opaque card of 600 points at most`() throws {
        for picture in try Self.all() {
            let shot = try Shot(picture.bytes)
            #expect(shot.width == picture.width && shot.height == picture.height)
            #expect(picture.width <= 1200)
            for (x, y) in [(0, 0), (shot.width - 1, 0), (0, shot.height - 1), (shot.width - 1, shot.height - 1)] {
                #expect(shot.hex(x: x, y: y) == card && shot.color(x: x, y: y).alpha == 1)
            }
            // No alpha channel in the file either: colour type 2, or 3 with no tRNS chunk.
            guard picture.kind == .png else { continue }
            #expect([2, 3].contains(picture.bytes[25]))
            #expect(!picture.bytes.windows(of: 4).contains(Array("tRNS".utf8)))
        }
    }

    @Test func `is the same each time it is drawn`() throws {
        #expect(try Self.all() == Self.all())
    }

    @Test func `is small enough for a mail with all of them in it`() throws {
        for picture in try Self.all() { #expect(picture.bytes.count < 60_000, "\(picture.name)") }
    }

    @Test func `says how wide it is shown`() throws {
        for picture in try Self.all() {
            #expect(picture.shownWidth <= 600 && picture.width == 2 * picture.shownWidth)
            #expect(abs(picture.height - 2 * picture.shownHeight) <= 1)
        }
    }
}

extension [UInt8] {
    func windows(of count: Int) -> [[UInt8]] {
        self.count < count ? [] : (0...self.count - count).map { Array(self[$0..<$0 + count]) }
    }
}
