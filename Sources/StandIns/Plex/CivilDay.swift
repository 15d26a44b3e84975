// Days of the calendar and their beginning in seconds since 1970, UTC (H. Hinnant, chrono-compatible date algorithms).

import Runtime

struct CivilDay: Sendable, Equatable {
    var year: Int
    var month: Int
    var day: Int

    /// "2026-01-31"
    init?(_ text: String) {
        let parts = text.split(separator: "-")
        guard parts.count == 3, parts[0].count == 4, let year = Int(parts[0]), let month = Int(parts[1]),
            let day = Int(parts[2]), 1...12 ~= month, 1...31 ~= day
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    init(_ instant: Instant) {
        let shifted = Int((Double(instant.seconds) / 86_400).rounded(.down)) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * ofYear + 2) / 153
        day = ofYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var seconds: Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let ofEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear
        return (era * 146_097 + ofEra - 719_468) * 86_400
    }
}

extension Instant {
    /// "2026-01-31T12:00:00Z", as plex.tv's newer answers write it.
    var iso: String {
        let civil = CivilDay(self)
        let rest = Int(seconds) - civil.seconds
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return
            "\(civil.year)-\(two(civil.month))-\(two(civil.day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }
}
