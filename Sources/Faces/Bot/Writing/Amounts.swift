// Spans of time and sizes as people say them: two units at most, no false precision.

import Runtime

extension Duration {
    /// "3 days 4 h", "2 min 5 s", "0.4 s", "35 ms".
    package var inWords: String {
        let total = milliseconds
        if total < 0 { return "0 ms" }
        if total < 1000 { return "\(total) ms" }
        let seconds = total / 1000
        if seconds < 10 { return "\(seconds).\((total % 1000) / 100) s" }
        let units: [(Int64, String)] = [(86400, "day"), (3600, "h"), (60, "min"), (1, "s")]
        guard let first = units.firstIndex(where: { seconds >= $0.0 }) else { return "0 s" }
        var words = Self.words(seconds / units[first].0, units[first].1)
        if first + 1 < units.count {
            let rest = seconds % units[first].0 / units[first + 1].0
            if rest > 0 { words += " " + Self.words(rest, units[first + 1].1) }
        }
        return words
    }

    private static func words(_ count: Int64, _ unit: String) -> String {
        unit == "day" ? "\(count) \(count == 1 ? "day" : "days")" : "\(count) \(unit)"
    }
}

/// "12.3 MB": decimal units, as disks are sold.
package func sizeInWords(_ bytes: Int64) -> String {
    var tenths = max(0, bytes)
    if tenths < 1000 { return "\(tenths) B" }
    tenths *= 10
    var unit = 0
    let units = ["B", "kB", "MB", "GB", "TB", "PB"]
    while tenths >= 10_000, unit < units.count - 1 {
        tenths /= 1000
        unit += 1
    }
    return tenths >= 1000 ? "\(tenths / 10) \(units[unit])" : "\(tenths / 10).\(tenths % 10) \(units[unit])"
}
