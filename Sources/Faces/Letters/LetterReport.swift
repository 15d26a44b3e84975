// An issue's highlights in a few lines, for wherever reports are shown.

package import Domain
package import Newsletter
internal import Pictures

extension LetterPress {
    /// `web` is where the whole issue can be read by everybody.
    package func report(_ issue: IssueFacts, _ pictures: IssuePictures, web: String? = nil) -> Report {
        let names = Names(settings.names, of: issue)
        var report = Report(
            "\(Shown.text(issue.serverName, most: 40, orElse: "Plex")) · \(issue.period.name)",
            lines: ["\(strong: Headline(issue).text)."], footer: "Issue \(issue.number)")
        let totals = issue.totals
        if totals.plays.now > 0 {
            let line: Prose =
                "\(Numbers.time(totals.seconds.now)) in \(Numbers.count(totals.plays.now, "play")) by \(Numbers.count(totals.people.now, "person", "people"))"
            report.lines.append(line + (Delta(totals.seconds).map { " (\($0.text))" } ?? ""))
        }
        if let web = LetterData.webAddress(web) { report.lines.append("\(link: "Read the issue", to: web)") }
        report.fields = [new(issue), shared(issue, names), titles(issue), people(issue, names)].compactMap(\.self)
        let picture = pictures.charts[.race] ?? pictures.charts[.network] ?? pictures.charts[.activity]
        report.picture = picture.map {
            Report.Picture(name: $0.name, bytes: $0.bytes, alternative: $0.alternativeText)
        }
        return report
    }

    /// More pictures for a place that takes several, the first being the report's own.
    package func reportPictures(_ pictures: IssuePictures) -> [Report.Picture] {
        let kinds: [IssuePictures.Kind] = [.race, .network, .activity, .titles, .hours, .growth]
        return kinds.compactMap { pictures.charts[$0] }.map {
            Report.Picture(name: $0.name, bytes: $0.bytes, alternative: $0.alternativeText)
        }
    }

    private func new(_ issue: IssueFacts) -> Report.Field? {
        let lines = (issue.added.known ?? []).compactMap { library -> Prose? in
            guard let items = library.items.known, !items.isEmpty else { return nil }
            let first = items.prefix(3).map { Shown.text($0.name, most: 60) }.joined(separator: ", ")
            let rest = items.count > 3 ? " and \(Numbers.count(items.count - 3)) more" : ""
            return "\(strong: Shown.text(library.name, most: 30)): \(first)\(rest)"
        }
        return lines.isEmpty ? nil : Report.Field("New", lines.prefix(6).joined(by: "\n"))
    }

    private func shared(_ issue: IssueFacts, _ names: Names) -> Report.Field? {
        let lines = issue.shared.prefix(3).map { shared -> Prose in
            "\(Shown.text(shared.title.name, most: 60)) – \(names.list(shared.people, most: 4, you: nil))"
        }
        return lines.isEmpty ? nil : Report.Field("Watched by many", lines.joined(by: "\n"))
    }

    private func titles(_ issue: IssueFacts) -> Report.Field? {
        let lines = issue.longest.prefix(5).enumerated().map { index, count -> Prose in
            "\(index + 1). \(Shown.text(count.title.name, most: 60)) – \(Numbers.time(count.seconds.now))"
        }
        return lines.isEmpty ? nil : Report.Field("Most watched", lines.joined(by: "\n"), short: true)
    }

    private func people(_ issue: IssueFacts, _ names: Names) -> Report.Field? {
        guard names.areShown else { return nil }
        let lines = issue.people.prefix(5).enumerated().map { index, count -> Prose in
            "\(index + 1). \(names.orSomebody(count.person)) – \(Numbers.time(count.seconds.now))"
        }
        return lines.isEmpty ? nil : Report.Field("Longest", lines.joined(by: "\n"), short: true)
    }
}
