// The charts a newsletter adds: shares, growth, a person's week, and bars that know their past.

import Canvas
import Pictures
import Testing

private let odd: [Double] = [.nan, .infinity, -5, 0, 1e300, .leastNonzeroMagnitude]

@Suite struct `A chart of shares` {
    func chart(_ values: [(String, Double, Double?)]) -> SharesChart {
        SharesChart(title: "Played", parts: values.map { .init($0.0, $0.1, before: $0.2) })
    }

    @Test func `tells shares, counts and how the shares moved`() throws {
        let text = try chart([("Direct play", 60, 40), ("Direct stream", 20, 20), ("Transcode", 20, 40)]).picture()
            .alternativeText
        #expect(
            text == "Played: 100 plays in all; Direct play 60% (60), up 20; Direct stream 20% (20), as before; "
                + "Transcode 20% (20), down 20.")
    }

    @Test func `parts the bar by the shares`() throws {
        let shot = try Shot(chart([("a", 300, nil), ("b", 100, nil)]).picture().bytes)
        // Below the numbers on the bar.
        let row = 2 * (22 + 24 + 16 + 26)
        let (first, second) = (shot.count(0x2DBE8D, inRow: row), shot.count(0x62B6F0, inRow: row))
        #expect(abs(first - 3 * second) < 20 && first + second > 1080)
    }

    @Test func `shows the days where they are known`() throws {
        var chart = chart([("a", 3, nil), ("b", 1, nil)])
        let plain = try chart.picture()
        chart.labels = ["Mon", "Tue"]
        #expect(try chart.picture().height == plain.height)
        chart.parts[0].along = [1, 2]
        #expect(try chart.picture().height > plain.height)
    }

    @Test func `joins what is beyond the fourth`() throws {
        let text = try chart((1...6).map { ("p\($0)", 10, nil) }).picture().alternativeText
        #expect(text.hasSuffix("p3 17% (10); Other 50% (30)."))
    }

    @Test(arguments: odd) func `draws whatever numbers come`(value: Double) throws {
        var chart = chart([("a", value, value), (hardNames[1], 1, 0), (hardNames[2], value, nil)])
        chart.labels = ["x", "y"]
        chart.parts[0].along = [value, 1, 2, 3]
        #expect(try chart.picture().width == 1200)
    }

    @Test(arguments: [[], [0], [0, 0]]) func `without plays says so`(values: [Double]) throws {
        #expect(try chart(values.map { ("a", $0, nil) }).picture().alternativeText.contains("Nothing was played"))
    }
}

@Suite struct `A chart of growth` {
    func chart(_ libraries: [(String, [Double?])]) -> GrowthChart {
        GrowthChart(title: "Growth", labels: ["Mon", "Tue", "Wed"], libraries: libraries.map { .init($0.0, $0.1) })
    }

    @Test func `tells each library's size and by how much it grew`() throws {
        let text = try chart([
            ("Films", [100, nil, 112]), ("Kids", [0, 3, 5]), ("Vinyl", [7, 7, 7]), ("Old", [9, 8, nil]),
            ("Unknown", [nil]),
        ]).picture().alternativeText
        #expect(
            text
                == "Growth: Films 112 titles, up 12; Kids 5 titles, new; Vinyl 7 titles, as before; Old 8 titles, down 1."
        )
    }

    @Test(arguments: 1...8) func `has room for any number of libraries`(count: Int) throws {
        let picture = try chart((0..<count).map { ("L\($0)", [1, 2, 3]) }).picture()
        #expect(picture.width == 1200 && picture.height < 1300)
    }

    @Test(arguments: odd) func `draws whatever numbers come`(value: Double) throws {
        let libraries = hardNames.map { ($0, [value, nil, value, 4]) }
        #expect(try chart(libraries).picture().alternativeText.utf16.count <= 1024)
    }

    @Test(arguments: [[], [[]], [[nil, nil]], [[.nan]]] as [[[Double?]]])
    func `without numbers says so`(values: [[Double?]]) throws {
        #expect(try chart(values.map { ("L", $0) }).picture().alternativeText.contains("Nobody has counted"))
    }
}

@Suite struct `A person's week` {
    @Test func `tells the days, the time before and the streak`() throws {
        let week = WeekPicture(
            title: "Your week",
            days: [.init("Mon", 3600, before: 1800), .init("Tue", 0), .init("Wed", nil, before: 60)],
            streak: .init("2 days in a row", days: [true, true]), previousName: "The week before")
        #expect(
            try week.picture().alternativeText
                == "Your week: 1 h in all; The week before 31 min; Mon 1 h; Tue 0 min; 2 days in a row.")
    }

    @Test func `fills a dot for each day of the streak`() throws {
        func dots(_ days: [Bool]) throws -> Int {
            let shot = try Shot(
                WeekPicture(title: "T", days: [.init("Mon", 60)], streak: .init("", days: days)).picture().bytes)
            return shot.count(0x2DBE8D, inRow: shot.height - 2 * (24 + 10))
        }
        let one = try dots([true])
        #expect(one > 12)
        #expect(try dots([true, false, true]) == 2 * one && dots([false]) == 0)
    }

    @Test(arguments: odd) func `draws whatever numbers come`(value: Double) throws {
        let days = hardNames.map { WeekPicture.Day($0, value, before: value) } + [.init("x", 5)]
        let streak = WeekPicture.Streak(hardNames[1], days: Array(repeating: true, count: 900))
        let picture = try WeekPicture(title: hardNames[2], subtitle: "s", days: days, streak: streak).picture()
        let shot = try Shot(picture.bytes)
        #expect((0..<shot.height).allSatisfy { shot.hex(x: 1199 - 20, y: $0) == card })
    }

    @Test(arguments: [[], [0], [nil]] as [[Double?]]) func `without plays says so`(values: [Double?]) throws {
        let week = WeekPicture(title: "T", days: values.map { .init("Mon", $0) })
        #expect(try week.picture().alternativeText == "T: Nothing was played in this time.")
    }
}

@Suite struct `Bars that know their past` {
    @Test func `tell how far they rose or fell`() throws {
        let chart = BarChart(
            title: "Top",
            bars: [
                .init("Ann", 12, before: 4), .init("Bo", 5, before: 9), .init("Cy", 3, before: 0),
                .init("Di", 2, before: 2), .init("Ed", 1), .init("Fi", 1, before: .nan),
            ])
        #expect(
            try chart.picture().alternativeText
                == "Top: Ann 12 plays, up 8; Bo 5 plays, down 4; Cy 3 plays, new; Di 2 plays, as before; Ed 1 play; Fi 1 play."
        )
    }

    @Test func `leave the minutes of many hours out`() throws {
        let chart = BarChart(title: "Top", bars: [.init("Ann", 400_000, before: 300_100)], measure: .seconds)
        #expect(try chart.picture().alternativeText == "Top: Ann 111 h, up 28 h.")
    }

    @Test func `show a cover, and a plain tile where it is broken`() throws {
        let cover = try Canvas(width: 20, height: 30, scale: 1, background: Color(0xC81E64)).png()
        let bars = [BarChart.Bar("Dune", 3, cover: cover), .init("Bear", 2, cover: [1, 2]), .init("Ripley", 1)]
        let shot = try Shot(BarChart(title: "Top", bars: bars).picture().bytes)
        #expect(shot.has(0xC81E64))
        var square = BarChart(title: "Top", bars: bars)
        square.coverShape = .square
        square.changeCaption = "nobody sees this without changes"
        #expect(try square.picture().height < BarChart(title: "Top", bars: bars).picture().height)
    }
}
