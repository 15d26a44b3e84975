// Discord's times outside ids: RFC 3339 with up to microseconds, such as 2026-01-01T12:00:00.250000+00:00.

import FoundationEssentials
import Runtime

enum Timestamp {
    static func text(_ instant: Instant) -> String {
        let date = Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000)
        return Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(date)
    }

    static func instant(_ text: String) -> Instant? {
        let exact = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let date = (try? exact.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else { return nil }
        return Instant(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }
}
