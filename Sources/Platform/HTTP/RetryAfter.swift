// Retry-After (RFC 9110 §10.2.3) is a number of seconds or a date. A date is read against the answer's own Date, since
// the two machines' clocks need not agree.

package import Runtime

extension HTTPResponse {
    /// How long the server asks us to wait; nil when it does not say, or not so that it can be read.
    package func retryAfter(now: Instant) -> Duration? {
        guard let text = headers["Retry-After"] else { return nil }
        if let seconds = Double(text), seconds.isFinite {
            return .milliseconds(Int64(min(max(seconds, 0), 1e9) * 1000))
        }
        guard let until = HTTPDate.instant(text) else { return nil }
        let from = headers["Date"].flatMap(HTTPDate.instant) ?? now
        return max(.zero, until - from)
    }
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", the one form servers may send (RFC 9110 §5.6.7).
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func instant(_ text: String) -> Instant? {
        let words = text.split(separator: " ")
        guard words.count == 6, words[5] == "GMT", let day = Int(words[1]), 1...31 ~= day,
            let month = months.firstIndex(of: String(words[2])), let year = Int(words[3]), 1970...9999 ~= year
        else { return nil }
        let time = words[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, 0...23 ~= time[0], 0...59 ~= time[1], 0...60 ~= time[2] else { return nil }
        return LocalTime.utc.instants(
            of: .init(year: year, month: month + 1, day: day, hour: time[0], minute: time[1], second: time[2])
        ).first
    }
}
