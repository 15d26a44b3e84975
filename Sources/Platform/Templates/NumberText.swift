// Numbers as people write them. Swift prints the shortest digits that read back as the same Double, which shows the
// noise of binary arithmetic (0.1 + 0.2) and exponents (1e+16); a letter should show neither.

enum NumberText {
    /// A Double is sure of 15 decimal digits; what comes after is noise.
    private static let sureDigits = 15

    static func plain(_ number: Double) -> String {
        guard number.isFinite else { return "" }
        if let whole = Int(exactly: number) { return String(whole) }
        var (digits, point) = decimal(number.magnitude)
        if digits.count > sureDigits { (digits, point) = rounded(digits, point) }
        while digits.last == 0 { digits.removeLast() }
        let text = written(digits, point)
        return number < 0 && !digits.isEmpty ? "-" + text : text
    }

    /// The digits, and how many of them stand before the point (below zero: zeros between the point and the first).
    private static func decimal(_ number: Double) -> (digits: [UInt8], point: Int) {
        let parts = number.description.split(separator: "e")
        var digits: [UInt8] = []
        var point: Int?
        for byte in parts[0].utf8 {
            if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte - UInt8(ascii: "0")) }
        }
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let leading = digits.prefix { $0 == 0 }.count
        return (Array(digits.dropFirst(leading)), (point ?? digits.count) + exponent - leading)
    }

    private static func rounded(_ digits: [UInt8], _ point: Int) -> (digits: [UInt8], point: Int) {
        var kept = Array(digits.prefix(sureDigits))
        guard digits[sureDigits] >= 5 else { return (kept, point) }
        for place in kept.indices.reversed() {
            if kept[place] < 9 {
                kept[place] += 1
                return (kept, point)
            }
            kept[place] = 0
        }
        return ([1] + kept, point + 1)
    }

    private static func written(_ digits: [UInt8], _ point: Int) -> String {
        let zeros = { (count: Int) in String(repeating: "0", count: max(0, count)) }
        let figures = { (digits: ArraySlice<UInt8>) in digits.map(String.init).joined() }
        let whole = point > 0 ? figures(digits.prefix(point)) + zeros(point - digits.count) : "0"
        guard digits.count > point else { return whole }
        return "\(whole).\(zeros(-point))\(figures(digits.dropFirst(max(0, point))))"
    }
}
