// Charts along time: columns, lines, the map of the week.

import Canvas
import Pictures
import Testing

private let sky: UInt32 = 0x62B6F0

@Suite struct `A column chart` {
    func day(_ values: [Double?], before: [Double]? = nil) -> ColumnChart {
        ColumnChart(
            title: "Today", columns: values.enumerated().map { .init("\($0):00", $1) }, measure: .streams,
            previous: before, previousName: "Yesterday")
    }

    @Test func `tells the sum, the period before and the peak`() throws {
        let text = try day([0, 2, 5, nil], before: [1, 1, 1, 1]).picture().alternativeText
        #expect(
            text == "Today: 7 streams in all; Yesterday 4 streams; most at 2:00 with 5 streams; 1:00 2; 2:00 5.")
    }

    @Test func `shows the highest column in full colour`() throws {
        let shot = try Shot(day([1, 4, 2]).picture().bytes)
        let bottom = shot.height - 2 * 24 - 2 * 22 - 8
        #expect((60...90).contains(shot.count(sky, inRow: bottom)))
    }

    @Test func `draws columns as high as their values`() throws {
        let shot = try Shot(day([4, 4, 2, 4]).picture().bytes)
        func height(at x: Int) -> Int {
            (0..<shot.height).count { y in
                let color = shot.color(x: x, y: y)
                return color.blue - color.red > 0.3
            }
        }
        // Four slots between the axis's number and the margin.
        let left = 2 * 41
        let slot = (1200 - 48 - left) / 4
        let heights = (0..<4).map { height(at: left + slot / 2 + slot * $0) }
        #expect(heights[0] > 250 && heights[0] == heights[1] && heights[1] == heights[3])
        #expect(abs(heights[0] - 2 * heights[2]) <= 4)
    }

    @Test(
        arguments: [
            [], [0], [nil], [0, 0, 0], [.nan, .infinity], [-1, 2], [1e18], Array(repeating: 3, count: 400),
            [0.5, 0.25],
        ] as [[Double?]])
    func `draws whatever numbers come`(values: [Double?]) throws {
        #expect(try day(values).picture().width == 1200)
        #expect(try day(values, before: [1, 2, .nan, 4, 5]).picture().height > 100)
        #expect(try day(values, before: []).picture().alternativeText.utf16.count <= 1024)
    }
}

@Suite struct `A line chart` {
    @Test func `leaves a gap where nothing is known`() throws {
        func chart(_ middle: Double?) throws -> Shot {
            try Shot(
                LineChart(
                    title: "T", labels: ["a", "b", "c", "d", "e"],
                    lines: [.init("x", [1, 1, middle, 1, 1]), .init("y", [0, 0, 0, 0, 0])]
                ).picture().bytes)
        }
        let row = try #require(
            try { () throws -> Int? in
                let whole = try chart(1)
                return (0..<whole.height).max { whole.count(sky, inRow: $0) < whole.count(sky, inRow: $1) }
            }())
        #expect(try chart(1).count(sky, inRow: row) > 1000)
        #expect(try (300...700).contains(chart(nil).count(sky, inRow: row)))
    }

    @Test func `tells where each line ends and was highest`() throws {
        let picture = try LineChart(
            title: "Plays", labels: ["Jan", "Feb", "Mar"],
            lines: [.init("Ann", [3, 9, 4]), .init("Bo", [nil, nil, nil]), .init("Cy", [1, nil, 1])]
        ).picture()
        #expect(
            picture.alternativeText
                == "Plays: Ann: 4 plays at Mar, most 9 plays at Feb; Bo: nothing known; Cy: 1 play at Mar, most 1 play at Jan."
        )
    }

    @Test(arguments: [0, 1, 2, 200]) func `draws any number of points`(count: Int) throws {
        let picture = try LineChart(
            title: "T", labels: (0..<count).map { "label \($0)" },
            lines: hardNames.map { .init($0, (0..<count + 3).map { Double($0) }) }
        ).picture()
        #expect(picture.width == 1200 && picture.alternativeText.utf16.count <= 1024)
    }

    @Test func `says how many lines it leaves out`() throws {
        let lines = (0..<6).map { LineChart.Line("L\($0)", [1]) }
        #expect(
            try LineChart(title: "T", labels: ["a"], lines: lines).picture().alternativeText
                .contains("2 more lines are not shown"))
    }
}

@Suite struct `A heat map` {
    @Test func `colours the busiest hour brightest and an empty one not at all`() throws {
        var values = [[Double]](repeating: [Double](repeating: 0, count: 24), count: 7)
        values[5][20] = 16
        values[0][8] = 4
        let picture = try HeatMap(title: "Hours", values: values).picture()
        #expect(
            picture.alternativeText
                == "Hours: 20 plays in all; most on Sat at 20:00 with 16 plays; Mon 4; Tue 0; Wed 0; Thu 0; Fri 0; Sat 16; Sun 0."
        )
        let shot = try Shot(picture.bytes)
        #expect(shot.has(0xFFE08A) && shot.has(0x2B313D))
        // A quarter of the most shows as half of the scale.
        #expect(shot.has(0x8A8B7A))
    }

    @Test(arguments: [[], [[]], [[0, 0]], [[.nan]], [[-1]]] as [[[Double]]])
    func `without plays says so`(values: [[Double]]) throws {
        #expect(try HeatMap(title: "Hours", values: values).picture().alternativeText.contains("Nothing was played"))
    }

    @Test func `ignores hours and days there are none of`() throws {
        let values = [[Double]](repeating: [Double](repeating: 1, count: 30), count: 9)
        #expect(try HeatMap(title: "Hours", values: values).picture().alternativeText.contains("168 plays in all"))
    }
}
