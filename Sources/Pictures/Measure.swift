// What a chart's numbers count, and so how they are written: in full beside a bar, short on an axis, with their unit in
// words. Own code, as number formatters live in the part of Foundation this house does without.

package enum Measure: Hashable, Sendable {
    case count(one: String, many: String)
    case seconds
    case bytes
    case bitsPerSecond
    /// 0…1 is written as 0…100%.
    case share

    package static let plays = Measure.count(one: "play", many: "plays")
    package static let streams = Measure.count(one: "stream", many: "streams")

    /// As it stands beside a bar: "1,234", "3 h 20 min", "1.4 GB".
    package func text(_ value: Double) -> String {
        guard value.isFinite else { return "?" }
        if value < 0 { return "−" + text(-value) }
        switch self {
        case .count: return value >= 1e7 ? scaled(value) : grouped(value)
        case .seconds: return Self.duration(value)
        case .bytes:
            return value < 1000 ? "\(Int(value)) B" : scaled(value, units: [" kB", " MB", " GB", " TB", " PB", " EB"])
        case .bitsPerSecond: return scaled(value, units: [" kbit/s", " Mbit/s", " Gbit/s", " Tbit/s"], least: " bit/s")
        case .share: return "\(Self.percent(value))%"
        }
    }

    /// Where the minutes of many hours tell nobody anything: "49 h".
    func brief(_ value: Double) -> String {
        guard self == .seconds, value >= 36000, value.isFinite else { return text(value) }
        return text((value / 3600).rounded() * 3600)
    }

    /// Where seven stand side by side: "2 h 40".
    func tight(_ value: Double) -> String {
        let text = brief(value)
        return self == .seconds && value >= 3600 && text.hasSuffix(" min") ? String(text.dropLast(4)) : text
    }

    /// With what it counts: "1,234 plays".
    package func words(_ value: Double) -> String {
        guard case .count(let one, let many) = self else { return text(value) }
        return "\(text(value)) \(value == 1 ? one : many)"
    }

    /// Short, for an axis: "1.5k".
    func short(_ value: Double) -> String {
        if value == 0, self != .share { return "0" }
        return switch self {
        case .count: value < 1000 ? text(value) : scaled(value)
        case .seconds:
            value < 3600 || value.truncatingRemainder(dividingBy: 3600) != 0
                ? text(value) : "\(grouped(value / 3600)) h"
        default: text(value)
        }
    }

    /// Whole numbers of people have no halves on their axis.
    var isWhole: Bool {
        switch self {
        case .count, .bytes, .bitsPerSecond: true
        case .seconds, .share: false
        }
    }

    /// Neither "100%" nor "0%" unless it is so.
    package static func percent(_ share: Double) -> Int {
        guard share.isFinite, share > 0 else { return 0 }
        if share >= 1 { return Int(min(share, 1e6) * 100) }
        return min(99, max(1, Int((share * 100).rounded())))
    }

    private static func duration(_ seconds: Double) -> String {
        if seconds >= 3600 * 1e5 { return "\(Measure.count(one: "", many: "").text(seconds / 3600)) h" }
        let minutes = Int((seconds / 60).rounded())
        if minutes == 0 { return seconds > 0 ? "\(max(1, Int(seconds.rounded()))) s" : "0 min" }
        if minutes < 60 { return "\(minutes) min" }
        if minutes >= 6000 || minutes % 60 == 0 {
            return "\(Measure.count(one: "", many: "").text((Double(minutes) / 60).rounded())) h"
        }
        return "\(minutes / 60) h \(minutes % 60) min"
    }

    private func grouped(_ value: Double) -> String {
        guard value == value.rounded() || value >= 100 else { return Self.decimal(value) }
        let digits = String(Int(min(value, 9e18).rounded()))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
            text.append(digit)
        }
        return text
    }

    private func scaled(
        _ value: Double, units: [String] = ["k", "M", "G", "T", "P", "E"], least: String = ""
    ) -> String {
        guard value >= 1000 else { return grouped(value) + least }
        // Beyond all units, the largest that can be written.
        var rest = min(value, 9.99e20) / 1000
        var unit = 0
        // 999.96 k would be written as 1000 k.
        while rest >= 999.5, unit < units.count - 1 {
            rest /= 1000
            unit += 1
        }
        return (rest >= 99.95 ? grouped(rest.rounded()) : Self.decimal(rest)) + units[unit]
    }

    /// With one digit behind the point, unless that is a zero.
    private static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
