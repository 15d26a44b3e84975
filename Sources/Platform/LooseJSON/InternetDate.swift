// Dates as programs write them (RFC 3339), by arithmetic alone: a hook comes with two of them, and LocalTime would take
// the lock of the time zone for each. .NET writes seven decimals; milliseconds are what we keep.

package import Runtime

extension Instant {
    /// Nil where it is no date, or none that exists. Without a zone it is taken for UTC.
    package init?(internetDate text: String) {
        var rest = text.utf8[...]
        guard let year = rest.digits(4), rest.skip("-"), let month = rest.digits(2), rest.skip("-"),
            let day = rest.digits(2), rest.skip("T") || rest.skip("t") || rest.skip(" "),
            let hour = rest.digits(2), rest.skip(":"), let minute = rest.digits(2), rest.skip(":"),
            let second = rest.digits(2), 1...12 ~= month, hour < 24, minute < 60, second < 61,
            1...Self.days(inMonth: month, of: year) ~= day
        else { return nil }
        var thousandths = 0
        if rest.skip(".") {
            var weight = 100
            var count = 0
            while let digit = rest.digits(1) {
                thousandths += digit * weight
                weight /= 10
                count += 1
            }
            guard count > 0 else { return nil }
        }
        var east = 0
        if !rest.isEmpty, !rest.skip("Z"), !rest.skip("z") {
            let sign = rest.skip("+") ? 1 : rest.skip("-") ? -1 : 0
            guard sign != 0, let hours = rest.digits(2), rest.skip(":"), let minutes = rest.digits(2), hours < 24,
                minutes < 60
            else { return nil }
            east = sign * (hours * 60 + minutes)
        }
        guard rest.isEmpty else { return nil }
        let minutes = (Self.daysSince1970(year, month, day) * 24 + hour) * 60 + minute - east
        self.init(milliseconds: Int64((minutes * 60 + second) * 1000 + thousandths))
    }

    private static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Years begin in March here, so that the odd day of February is the last one (Gregorian calendar, proleptic).
    private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }
}

extension Substring.UTF8View {
    fileprivate mutating func digits(_ count: Int) -> Int? {
        var value = 0
        var rest = self
        for _ in 0..<count {
            guard let byte = rest.popFirst(), UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        self = rest
        return value
    }

    fileprivate mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard first == UInt8(ascii: character) else { return false }
        removeFirst()
        return true
    }
}
