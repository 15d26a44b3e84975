// What the charts of an issue are drawn from.

internal import Newsletter
internal import Pictures

struct IssueCharts {
    let issue: IssueFacts
    let names: Names

    private var period: String { issue.period.name }
    private var wordBefore: String { "The \(issue.period.word) before" }

    /// Nil where there is nothing to draw.
    func draw(_ kind: IssuePictures.Kind) throws -> Pictures.Picture? {
        switch kind {
        case .activity: try activity?.drawn(.narrow).picture(named: "activity.png")
        case .people: try people?.drawn(.narrow).picture(named: "people.png")
        case .race: try race?.drawn(.narrow).picture(named: "race.gif")
        case .titles: try titles?.drawn(.narrow).picture(named: "titles.png")
        case .network: try network?.drawn(.narrow).picture(named: "network.png")
        case .hours: try hours?.drawn(.narrow).picture(named: "hours.png")
        case .deliveries: try deliveries?.drawn(.narrow).picture(named: "deliveries.png")
        case .growth: try growth?.drawn(.narrow).picture(named: "growth.png")
        }
    }

    private var activity: ColumnChart? {
        guard issue.byDay.contains(where: { $0.plays > 0 || $0.playsBefore ?? 0 > 0 }) else { return nil }
        let before = issue.byDay.map(\.playsBefore)
        return ColumnChart(
            title: "Plays by day", subtitle: period,
            columns: issue.byDay.map {
                ColumnChart.Column(Calendar.label($0.day, of: issue.byDay.count), Double($0.plays))
            },
            previous: before.contains { $0 != nil } ? before.map { Double($0 ?? 0) } : nil,
            name: "This \(issue.period.word)", previousName: wordBefore)
    }

    private var people: BarChart? {
        guard names.areShown, !issue.people.isEmpty else { return nil }
        return BarChart(
            title: "Who watched most", subtitle: period,
            bars: issue.people.prefix(10).map {
                BarChart.Bar(
                    names.orSomebody($0.person), Double($0.seconds.now), before: $0.seconds.before.map(Double.init))
            }, measure: .seconds)
    }

    private var race: BarRace? {
        let race = issue.race
        // Alone nobody races, and a race of one day is over before it starts.
        guard names.areShown, race.runners.count > 1, race.days.count > 1 else { return nil }
        return BarRace(
            title: "The race for the longest \(issue.period.word)", subtitle: period,
            labels: race.days.map { Calendar.label($0, of: race.days.count) },
            racers: race.runners.map { runner in
                // The facts are sums up to each day; the race wants what each day added.
                let added = zip(runner.seconds, [0] + runner.seconds.dropLast()).map { Double(max(0, $0 - $1)) }
                return BarRace.Racer(names.orSomebody(runner.person), added)
            }, measure: .seconds)
    }

    private var titles: BarChart? {
        guard !issue.longest.isEmpty else { return nil }
        return BarChart(
            title: "What was watched most", subtitle: period,
            bars: issue.longest.prefix(10).map {
                BarChart.Bar(
                    Shown.text($0.title.name, most: 60), Double($0.seconds.now),
                    before: $0.seconds.before.map(Double.init))
            }, measure: .seconds)
    }

    private var network: NetworkGraph? {
        let net = issue.network
        guard names.areShown, net.people.count > 1, !net.titles.isEmpty, !net.links.isEmpty else { return nil }
        return NetworkGraph(
            title: "Who shares what", subtitle: period, people: net.people.map { names.orSomebody($0) },
            titles: net.titles.indices.map { index in
                NetworkGraph.Title(
                    Shown.text(net.titles[index].name, most: 40),
                    people: net.links.filter { $0.title == index }.map(\.person))
            })
    }

    private var hours: HeatMap? {
        guard issue.hours.contains(where: { $0.contains { $0 > 0 } }) else { return nil }
        return HeatMap(
            title: "When plays begin", subtitle: period, values: issue.hours.map { $0.map(Double.init) })
    }

    private var deliveries: SharesChart? {
        let parts = [
            ("Direct play", issue.deliveries.directPlays), ("Direct stream", issue.deliveries.directStreams),
            ("Transcode", issue.deliveries.transcodes), ("Not known", issue.deliveries.unknown),
        ].filter { $0.1.now > 0 || ($0.1.before ?? 0) > 0 && $0.0 != "Not known" }
        guard parts.contains(where: { $0.1.now > 0 }) else { return nil }
        return SharesChart(
            title: "How plays reached you", subtitle: period,
            parts: parts.map { SharesChart.Part($0.0, Double($0.1.now), before: $0.1.before.map(Double.init)) })
    }

    private var growth: GrowthChart? {
        let days = Set(issue.growth.flatMap { $0.points.map(\.day) }).sorted()
        // One weighing is a number, not growth.
        guard days.count > 1 else { return nil }
        return GrowthChart(
            title: "The libraries grow", labels: days.map { Calendar.label($0, of: 8) },
            libraries: issue.growth.map { growth in
                let items = Dictionary(growth.points.map { ($0.day, Double($0.items)) }) { _, last in last }
                return GrowthChart.Library(
                    Shown.text(growth.library.name, most: 30), days.map { items[$0] },
                    measure: Self.measure(growth.library.kind))
            })
    }

    private static func measure(_ kind: String) -> Measure {
        switch kind {
        case "movie": .count(one: "movie", many: "movies")
        case "show": .count(one: "show", many: "shows")
        case "artist": .count(one: "artist", many: "artists")
        default: .count(one: "title", many: "titles")
        }
    }
}

extension PersonalFacts {
    /// Nil where they played nothing: an empty chart would look like a reproach.
    func weekChart(_ period: NewsletterPeriod) -> WeekPicture? {
        guard plays.now > 0 else { return nil }
        let running = streak.running
        let line =
            running > 1
            ? WeekPicture.Streak("\(Numbers.count(running, "day")) in a row", days: byDay.map { $0.seconds > 0 }) : nil
        return WeekPicture(
            title: "Your \(period.word)", subtitle: period.name,
            days: byDay.map {
                WeekPicture.Day(
                    Calendar.label($0.day, of: byDay.count), Double($0.seconds),
                    before: $0.secondsBefore.map(Double.init))
            }, streak: line, name: "This \(period.word)", previousName: "The \(period.word) before")
    }
}
