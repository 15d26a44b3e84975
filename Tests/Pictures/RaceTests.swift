// The bar race: the numbers behind it, and a file that mail programs can show.

import Canvas
@testable import Pictures
import Testing

@Suite struct `The course of a race` {
    /// Ann leads, Bo overtakes on the third day; Cy never starts.
    static let course = RaceCourse(values: [[3, 1, 0, 1], [0, 2, 6, 2], [0, 0, 0, 0]], labels: 4, lanes: 8)

    @Test func `begins and ends with the final standing`() {
        for frame in [0, Self.course.frames - 1] {
            let runners = Self.course.runners(at: frame)
            #expect(runners.map(\.value) == [5, 10, 0])
            #expect(runners.map(\.lane) == [1, 0, 2])
            #expect(Self.course.label(at: frame) == 3 && Self.course.progress(at: frame) == 1)
        }
    }

    @Test func `runs from the first day to the last, and only forwards`() {
        let frames = Array(1..<Self.course.frames - 1)
        #expect(frames.map(Self.course.label) == frames.map(Self.course.label).sorted())
        #expect(Self.course.label(at: 1) == 0 && Self.course.label(at: frames[frames.count - 1]) == 3)
        #expect(frames.map(Self.course.progress) == frames.map(Self.course.progress).sorted())
        for racer in 0..<3 {
            let values = frames.map { Self.course.runners(at: $0)[racer].value }
            #expect(values == values.sorted())
        }
        #expect(Self.course.runners(at: frames[frames.count - 1]).map(\.value) == [5, 10, 0])
    }

    @Test func `lets the one behind overtake`() {
        let frames = Array(1..<Self.course.frames - 1)
        let leads = frames.map { Self.course.runners(at: $0) }.map { $0[0].lane < $0[1].lane }
        #expect(leads.first == true && leads.last == false)
        #expect(zip(leads, leads.dropFirst()).count { $0 != $1 } == 1)
    }

    @Test(arguments: [1, 7, 30, 365]) func `never stacks two on one lane nor leaves the first empty`(labels: Int) {
        let values = (0..<25).map { racer in (0..<labels).map { Double(($0 * 31 + racer * 17) % 29) } }
        let course = RaceCourse(values: values, labels: labels, lanes: 8)
        #expect(course.frames <= RaceCourse.mostFrames && course.frames > 2)
        for frame in 0..<course.frames {
            let lanes = course.runners(at: frame).map(\.lane).sorted()
            #expect(lanes[0] <= 0.25)
            #expect(zip(lanes, lanes.dropFirst()).allSatisfy { $1 - $0 > 0.49 })
        }
    }

    @Test func `takes odd numbers for none`() {
        let course = RaceCourse(values: [[.nan, -5, .infinity, 2], [], [1e300]], labels: 4, lanes: 8)
        let runners = course.runners(at: 0)
        #expect(runners.map(\.value) == [2, 0, 1e15])
    }
}

@Suite struct `A bar race` {
    func race(_ racers: [(String, [Double])], labels: Int = 7) -> BarRace {
        BarRace(
            title: "Race", subtitle: "June", labels: (0..<labels).map { "Day \($0 + 1)" },
            racers: racers.map { .init($0.0, $0.1) })
    }

    @Test func `is a GIF of at most 600 points and 450 kilobytes that ends`() throws {
        let racers = (0..<9).map { n in ("Person \(n)", (0..<7).map { Double(($0 * 5 + n * 3) % 8) }) }
        let picture = try race(racers).picture()
        #expect(picture.kind == .gif && picture.kind.mediaType == "image/gif" && picture.name == "race.gif")
        #expect(picture.bytes.starts(with: Array("GIF89a".utf8)) && picture.bytes.last == 0x3B)
        #expect(picture.bytes.count < 450_000)
        #expect(picture.shownWidth == 600 && picture.width == 900)
        // Width and height of the file.
        #expect(Int(picture.bytes[6]) | Int(picture.bytes[7]) << 8 == picture.width)
        #expect(Int(picture.bytes[8]) | Int(picture.bytes[9]) << 8 == picture.height)
        #expect(picture.bytes.windows(of: 11).contains(Array("NETSCAPE2.0".utf8)))
    }

    @Test func `is coarser where it would be too long`() throws {
        let race = race([("Ann", [1, 2]), ("Bo", [2, 0])], labels: 2)
        let (fine, coarse) = (try race.picture(), try race.picture(mostBytes: 1))
        #expect(coarse.width == 600 && coarse.shownWidth == 600 && coarse.bytes.count < fine.bytes.count)
    }

    @Test func `tells the final standing, leaders first`() throws {
        let text = try race([("Ann", [1, 0]), ("Bo", [2, 4]), ("Cy", [0, 0])], labels: 2).picture().alternativeText
        #expect(text == "Race, June: Bo 6 plays; Ann 1 play.")
    }

    @Test func `is the same each time`() throws {
        let race = race([("Ann", [1, 2, 3]), ("Bo", [3, 2, 2])], labels: 3)
        #expect(try race.picture() == race.picture())
    }

    @Test(arguments: [0, 1, 3]) func `without plays is a card that says so`(racers: Int) throws {
        let picture = try race((0..<racers).map { ("P\($0)", [0, .nan]) }).picture()
        #expect(picture.kind == .png && picture.name == "race.png")
        #expect(picture.alternativeText.contains("Nothing was played"))
    }

    @Test func `bears hard names, one day and one racer`() throws {
        #expect(try race(hardNames.map { ($0, [1e15]) }, labels: 1).picture().kind == .gif)
        #expect(try race([("Ann", [3])], labels: 1).picture().bytes.count < 20_000)
    }
}
