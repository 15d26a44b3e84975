// Text that people and their music bring along: long, foreign, right to left, in emoji, or hostile.

@testable import Canvas
import Testing

@Suite struct `Text` {
    let style = TextStyle(16)

    func size(_ text: String, _ style: TextStyle? = nil, maxWidth: Double? = nil, lines: Int = 1) throws -> Size {
        let canvas = try Canvas(width: 10, height: 10)
        return canvas.measure(text, style ?? self.style, maxWidth: maxWidth, lines: lines)
    }

    static let samples = [
        "Ann", "Kind of Blue (Legacy Edition) with a very long name that will not fit anywhere", "שלום עולם וכל מי שבו",
        "أغنية طويلة جدا لا تنتهي أبدا", "🎷🎺🥁🎹🎻🪕🪗🎸🪘📯👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿", "日本語の長い題名がここに入ります",
        "a\u{0}b\nc\u{202E}d\u{2066}e\tf", "ﷺ ﷽ ꧅", "",
        String(repeating: "long ", count: 5000),
    ]

    @Test(arguments: samples) func `never leaves the room it was given`(text: String) throws {
        let image = try shown(200, 60) { canvas in
            canvas.draw(text, style, in: Rect(x: 50, y: 20, width: 100, height: 20))
        }
        guard let bounds = image.inkBounds() else { return }
        #expect(bounds.x.lowerBound >= 96 && bounds.x.upperBound <= 304)
        #expect(bounds.y.lowerBound >= 29 && bounds.y.upperBound <= 92)
    }

    /// Inter lays the accents upon each other; in Noto's scripts they would climb over the rows above.
    @Test func `ends at its own line, however high its accents tower`() throws {
        let tower = "e" + String(repeating: "\u{0301}", count: 14) + "y" + String(repeating: "\u{0323}", count: 14)
        let image = try shown(200, 120) { canvas in
            canvas.draw(tower, TextStyle(16, family: "Noto Sans"), in: Rect(x: 50, y: 50, width: 100, height: 20))
        }
        let bounds = try #require(image.inkBounds()).y
        #expect(bounds.lowerBound >= 88 && bounds.upperBound <= 156)
    }

    @Test(arguments: [
        ("Ann", TextAlignment.left), ("שלום", .left), ("Ann", .right), ("שלום", .right), ("שלום", .center),
    ])
    func `stands at the edge it was told, whichever way it runs`(text: String, alignment: TextAlignment) throws {
        let image = try shown(200, 40) { canvas in
            canvas.draw(text, style, in: Rect(x: 0, y: 0, width: 200, height: 40), alignment)
        }
        let bounds = try #require(image.inkBounds()).x
        switch alignment {
        case .left: #expect(bounds.lowerBound < 6 && bounds.upperBound < 120)
        case .right: #expect(bounds.upperBound > 393 && bounds.lowerBound > 280)
        case .center: #expect(abs((bounds.lowerBound + bounds.upperBound) / 2 - 200) < 4)
        }
    }

    @Test func `measures as it draws`() throws {
        var drawn = 0.0
        let image = try shown(400, 40) { drawn = $0.draw("Kind of Blue", style, at: Point(10, 30)) }
        #expect(try drawn == size("Kind of Blue").width)
        let bounds = try #require(image.inkBounds()).x
        #expect(abs(Double(bounds.count) / 2 - drawn) < 4)
        #expect(try size("Kind of Blue and more").width > drawn)
        #expect(try size("").width == 0)
    }

    @Test func `is as wide as its limit at most, and says so`() throws {
        let long = Self.samples[1]
        let width = try size(long, maxWidth: 80).width
        #expect(width <= 80 && width > 60)
        var drawn: [Double] = []
        _ = try shown { canvas in
            drawn = [80, 0].map { canvas.draw(long, style, at: Point(0, 30), maxWidth: $0) }
        }
        #expect(drawn == [width, 0])
    }

    @Test func `wraps up to the lines it may have`() throws {
        let long = Self.samples[1]
        #expect(try size(long, maxWidth: 120, lines: 3).height == 3 * style.lineHeight)
        #expect(try size("Ann", maxWidth: 120, lines: 3).height == style.lineHeight)
        var drawn = Size(0, 0)
        let image = try shown(120, 100) {
            drawn = $0.draw(long, style, in: Rect(x: 0, y: 0, width: 120, height: 100), lines: 2)
        }
        #expect(drawn.height == 2 * style.lineHeight)
        #expect(Double(try #require(image.inkBounds()).y.upperBound) < 2 * drawn.height + 4)
    }

    /// What Tools/packages installs must write the names of people all over the world.
    @Test(arguments: [
        "Łukasz Ñandú Ærø", "Ελένη", "Дмитрий", "שלום", "محمد", "अनिल", "สมชาย", "அன்பு", "日本語", "中文", "한국어", "ქართული",
        "Հայերեն", "🎷🏳️‍🌈👩‍👩‍👧‍👦", "♪ ★ → ✓ … – “”",
    ])
    func `is written in every common script`(text: String) throws {
        let canvas = try Canvas(width: 10, height: 10)
        let unwritable = canvas.typesetter.unwritableLetters(in: text, style)
        #expect(unwritable == 0)
    }

    @Test func `a number stands in the middle of its row`() throws {
        let image = try shown(60, 40) { $0.draw("100", style, in: Rect(x: 0, y: 0, width: 60, height: 40)) }
        let bounds = try #require(image.inkBounds()).y
        #expect(abs(bounds.lowerBound - (79 - bounds.upperBound)) <= 3)
    }

    @Test func `a weight is seen`() throws {
        #expect(try size("Kind of Blue", TextStyle(16, .bold)).width > size("Kind of Blue", TextStyle(16)).width)
    }
}
