// Durations in the words Tautulli shows people: days, hours and minutes, and seconds too. That was meant for what lasts
// less than 300,000 milliseconds; but it counts seconds here, and so it holds for three days and a half.

extension TautulliAPI {
    static func humanDuration(_ seconds: Int) -> String {
        guard seconds > 0 else { return "0" }
        // Whole minutes from there on, half ones up to the even.
        var rest = seconds < 300_000 ? seconds : Int((Double(seconds) / 60).rounded(.toNearestOrEven)) * 60
        var words: [String] = []
        for (unit, length) in [("day", 86_400), ("hr", 3_600), ("min", 60), ("sec", 1)] {
            let count = rest / length
            rest %= length
            if count > 0 { words.append("\(count) \(unit)\(count > 1 ? "s" : "")") }
        }
        return words.joined(separator: " ")
    }
}
