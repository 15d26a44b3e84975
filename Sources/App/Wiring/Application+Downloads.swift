// Downloads put together: the door, the engine, their jobs, and what the commands get of them.

internal import Bot
internal import Canvas
internal import Commands
internal import Domain
internal import Downloads
internal import Jobs
internal import Pictures
internal import Runtime
internal import Storage

extension Application {
    func downloadOffice(_ features: Features, _ late: LateDesk) -> Configured<DownloadOffice> {
        let outside = features.outside
        return outside.radarrs.map { radarrs in
            let asked = DownloadOutside(
                wishes: settings.downloads, radarrs: radarrs, prowlarr: outside.prowlarr.value,
                jellyfin: outside.jellyfin.value, jellystat: outside.jellystat.value, plex: outside.plex.value,
                tautulli: outside.tautulli.value, history: features.history.value, clock: clock)
            let downloads = Downloads(
                features.database, effects: features.effects, wishes: settings.downloads, sources: asked.sources,
                acts: asked.acts(late), log: log)
            return DownloadOffice(
                downloads: downloads, outside: asked, secret: settings.key("WEBHOOK_SECRET"),
                database: features.database, clock: clock, log: log)
        }
    }

    func downloadJobs(_ office: Configured<DownloadOffice>) -> [Job] {
        guard let office = office.value, office.downloads.wishes.mode != .off else { return [] }
        let downloads = office.downloads
        return [
            Job(
                "downloads-poll", "looks for films that no hook told of", schedule: .every(seconds: 900),
                jitter: .seconds(30), catchesUp: false
            ) { _ in
                try await office.poll()
                return nil
            },
            Job(
                "downloads-space", "proposes films on disk that nobody watches, and asks an admin about each",
                schedule: .weekly(on: 1, at: 10, 0)
            ) { _ in
                try await downloads.propose()
                return nil
            },
            Job("downloads-week", "tells what was downloaded in the week", schedule: .weekly(on: 0, at: 18, 0)) { _ in
                try await downloads.weekly()
            },
            Job("downloads-tidy", "forgets judgements of a year ago that led to nothing", schedule: .daily(at: 5, 30)) {
                context in
                try await downloads.book.forget(before: context.clock.now - .days(365))
                return nil
            },
        ]
    }

    func downloadsSource(_ office: Configured<DownloadOffice>, _ features: Features) -> Configured<DownloadsSource> {
        office.map { office in
            DownloadsSource(
                downloads: office.downloads, people: features.people,
                source: features.outside.jellyfin.value == nil ? .plex : .jellyfin
            ) { [studio = features.outside.studio, zone = settings.zone] statistics, view in
                await Self.picture(statistics, view, studio, zone)
            }
        }
    }

    private static func picture(
        _ statistics: DownloadStatistics, _ view: DownloadsSource.View, _ studio: Studio, _ zone: LocalTime
    ) async -> Report.Picture? {
        guard !statistics.outcomes.isEmpty else { return nil }
        defer { Memory.giveBack() }
        let drawing: @Sendable () throws -> Picture
        switch view {
        case .space where statistics.percentSaved == nil: return nil
        // A line of two points says less than two bars.
        case .space where statistics.growth.count < 4:
            let chart = DownloadCharts.spaceAtOnce(statistics)
            drawing = { try chart.picture(named: "downloads.png") }
        case .space:
            let chart = DownloadCharts.space(statistics, zone)
            drawing = { try chart.picture(named: "downloads.png") }
        case .outcomes:
            let chart = DownloadCharts.outcomes(statistics)
            drawing = { try chart.picture(named: "downloads.png") }
        }
        guard let picture = try? await studio.draw({ try drawing() }) else { return nil }
        return Report.Picture(name: picture.name, bytes: picture.bytes, alternative: picture.alternativeText)
    }
}

/// The numbers of downloads as charts.
enum DownloadCharts {
    static func outcomes(_ statistics: DownloadStatistics) -> BarChart {
        BarChart(
            title: "What films came to", subtitle: span(statistics),
            bars: statistics.outcomes.map { BarChart.Bar($0.label, Double($0.count)) },
            measure: .count(one: "film", many: "films"))
    }

    /// What was kept beside what everything would have taken: the room between the lines was spared.
    static func space(_ statistics: DownloadStatistics, _ zone: LocalTime) -> LineChart {
        LineChart(
            title: "Space taken, and spared",
            subtitle: statistics.percentSaved.map { "\(span(statistics)): \($0) % spared" } ?? span(statistics),
            labels: statistics.growth.map { point in
                let day = Day(zone.parts(of: point.at).wall)
                return "\(day.day) \(Day.monthNames[day.month - 1].prefix(3))"
            },
            lines: [
                LineChart.Line("If everything were kept", statistics.growth.map { Double($0.everything) }),
                LineChart.Line("On the disk", statistics.growth.map { Double($0.used) }),
            ], measure: .bytes)
    }

    static func spaceAtOnce(_ statistics: DownloadStatistics) -> BarChart {
        BarChart(
            title: "Space taken, and spared",
            subtitle: statistics.percentSaved.map { "\(span(statistics)): \($0) % spared" } ?? span(statistics),
            bars: [
                BarChart.Bar("If everything were kept", Double(statistics.bytesUsed + statistics.bytesSaved)),
                BarChart.Bar("Came to the disk", Double(statistics.bytesUsed)),
                BarChart.Bar("Stayed in the cloud", Double(statistics.bytesSaved)),
            ], measure: .bytes)
    }

    private static func span(_ statistics: DownloadStatistics) -> String {
        let days = (statistics.until - statistics.since).milliseconds / 86_400_000
        return days == 1 ? "the last day" : "the last \(days) days"
    }
}
