// The day in words and as a chart.

import Domain
import Pictures
internal import Runtime

struct DayReport {
    let verdict: DayVerdict

    var chart: ColumnChart {
        ColumnChart(
            title: "Streams begun per hour", subtitle: "today beside yesterday",
            columns: verdict.today.enumerated().map { hour, count in
                ColumnChart.Column("\(hour.padded(2)):00", count.map(Double.init))
            },
            measure: .streams, previous: verdict.yesterday.map(Double.init), name: "Today",
            previousName: "Yesterday")
    }

    /// - Parameter picture: nil where it could not be drawn; the words stand by themselves.
    func report(_ picture: Picture?) -> Report {
        var lines: [Prose] = []
        let total = verdict.total
        if total > 0 {
            let people = UsageReport.count(verdict.people, "person", "people")
            lines.append(UsageReport.count(total, "stream", "streams") + " begun today by " + people)
        } else {
            lines.append("Nothing has been played to its end today yet")
        }
        let soFar = UsageReport.count(verdict.yesterdaySoFar, "stream", "streams")
        lines.append("Yesterday by this time: " + soFar + ", in the whole day \(verdict.yesterdayTotal)")
        if let (hour, count) = busiest {
            lines.append("Busiest hour today: \(hour.padded(2)):00, " + UsageReport.count(count, "stream", "streams"))
        }
        return Report(
            "Today's streams", lines: lines, footer: "Counted when they end: what still runs is not in it.",
            picture: picture.map {
                Report.Picture(name: $0.name, bytes: $0.bytes, alternative: $0.alternativeText)
            })
    }

    private var busiest: (Int, Int)? {
        let hours = verdict.today.enumerated().compactMap { hour, count in count.map { (hour, $0) } }
        guard let most = hours.max(by: { $0.1 < $1.1 }), most.1 > 0 else { return nil }
        // Of equals the first.
        return hours.first { $0.1 == most.1 }
    }
}
