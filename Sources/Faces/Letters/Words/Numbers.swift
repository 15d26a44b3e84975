// Numbers as a letter says them.

internal import Newsletter
internal import Pictures

enum Numbers {
    static func count(_ number: Int) -> String { Measure.plays.text(Double(number)) }

    /// "1 play", "1,234 plays"
    static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count(number)) \(number == 1 ? one : many ?? one + "s")"
    }

    /// "3 h 20 min"
    static func time(_ seconds: Int) -> String { Measure.seconds.text(Double(seconds)) }

    static func ordinal(_ number: Int) -> String {
        switch (number % 10, number % 100) {
        case (_, 11...13): "\(count(number))th"
        case (1, _): "\(count(number))st"
        case (2, _): "\(count(number))nd"
        case (3, _): "\(count(number))rd"
        default: "\(count(number))th"
        }
    }

    /// As words say it in a headline: "three", from thirteen on as digits.
    static func inWords(_ number: Int) -> String {
        let words = [
            "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        ]
        return words.indices.contains(number) ? words[number] : count(number)
    }

    static func kind(_ kind: FactsTitle.Kind, _ number: Int) -> String {
        switch kind {
        case .movie: number == 1 ? "movie" : "movies"
        case .show: number == 1 ? "episode" : "episodes"
        case .artist: number == 1 ? "track" : "tracks"
        case .other: number == 1 ? "other" : "others"
        }
    }
}

/// A number beside that of the period before: "▲ 12 %".
struct Delta {
    enum Direction: String { case up, down, same, new }
    let direction: Direction
    let text: String

    init?(_ trend: Trend) {
        guard trend.before != nil, trend.now != 0 || trend.before != 0 else { return nil }
        if trend.isNew {
            (direction, text) = (.new, "new")
            return
        }
        guard let percent = trend.percent, let before = trend.before else { return nil }
        switch percent {
        case 0: (direction, text) = (.same, "= as before")
        // Whoever watched ten minutes the week before is not helped by "▲ 4300 %".
        case 10_000...: (direction, text) = (.up, "▲ over 100×")
        case 1000...: (direction, text) = (.up, "▲ \(Numbers.count(trend.now / max(1, before)))×")
        case 1...: (direction, text) = (.up, "▲ \(percent) %")
        default: (direction, text) = (.down, "▼ \(-percent) %")
        }
    }
}
