// Prose as data for the templates: each part with its kind. The templates escape every text, so no part can become markup;
// a link goes only where the web is.

internal import Domain
internal import Runtime
internal import Templates

struct ProseData: Sendable {
    let place: LocalTime
    let now: Instant

    func data(_ prose: Prose) -> TemplateValue { .list(prose.parts.map(data)) }

    private func data(_ part: Prose.Part) -> TemplateValue {
        switch part {
        case .words(let text), .text(let text): ["plain": .text(text)]
        case .strong(let text): ["strong": .text(text)]
        case .code(let text): ["code": .text(text)]
        case .block(let text): ["block": .text(text)]
        case .time(let moment, let style):
            [
                "time": [
                    "machine": .text(LocalTime.utc.iso8601(moment)), "words": .text(words(moment, style)),
                    "whole": .text("\(LongDate(moment, in: place))"),
                ]
            ]
        case .link(let text, let url):
            Self.isSafe(url) ? ["link": ["words": .text(text), "address": .text(url)]] : ["plain": .text(text)]
        case .person(let id, let name): ["plain": .text(name.isEmpty ? "\(id)" : name)]
        case .channel(let id): ["plain": .text("#\(id)")]
        }
    }

    private func words(_ moment: Instant, _ style: Prose.TimeStyle) -> String {
        let wall = place.parts(of: moment).wall
        let date = "\(wall.year)-\(wall.month.padded(2))-\(wall.day.padded(2))"
        let time = "\(wall.hour.padded(2)):\(wall.minute.padded(2))"
        return switch style {
        case .relative: Self.distance(moment - now)
        case .date: date
        case .time: time
        case .dateAndTime: "\(date) \(time)"
        }
    }

    /// "in 3 hours", "2 days ago": one unit, as people say it.
    static func distance(_ span: Duration) -> String {
        let seconds = abs(span.milliseconds) / 1000
        let units: [(Int64, String)] = [
            (365 * 86400, "year"), (30 * 86400, "month"), (86400, "day"), (3600, "hour"), (60, "minute"),
        ]
        guard let (length, unit) = units.first(where: { seconds >= $0.0 }) else {
            return span < .zero ? "a moment ago" : "in a moment"
        }
        let count = seconds / length
        let words = "\(count) \(unit)\(count == 1 ? "" : "s")"
        return span < .zero ? "\(words) ago" : "in \(words)"
    }

    private static func isSafe(_ url: String) -> Bool {
        (url.hasPrefix("https://") || url.hasPrefix("http://")) && url.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
}
