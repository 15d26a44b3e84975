// What is said about what was watched, free of any face. Titles and names are other people's text and travel as such.

package import Domain
internal import Runtime

package enum TrackerReports {
    // MARK: One's own list

    package static func nextUp(_ all: [ShowProgress], today: Day) -> Report {
        var report = Report("Next up")
        let next = all.filter { $0.isOn && $0.next != nil && $0.seen > 0 }
        report.lines = next.prefix(15).map { one in
            let left: Prose = one.left > 1 ? ", \(one.left) left" : ""
            return "\(strong: one.title) " + name(one.next) + left
        }
        let coming = all.filter { $0.isOn && $0.next == nil && $0.coming != nil }
            .sorted { ($0.coming?.airedOn ?? today) < ($1.coming?.airedOn ?? today) }
        if !coming.isEmpty {
            report.fields.append(
                Report.Field(
                    "Soon",
                    coming.prefix(5).map { one in
                        "\(one.title) " + name(one.coming) + ", \(days(one.coming?.airedOn, today))"
                    }.joined(by: "\n")))
        }
        let new = all.filter { $0.isOn && $0.seen == 0 && $0.next != nil }
        if !new.isEmpty {
            report.fields.append(
                Report.Field("Not begun", new.prefix(8).map { "\($0.title)" }.joined(by: ", ")))
        }
        if report.lines.isEmpty {
            report.lines = [
                all.isEmpty
                    ? "Nothing is tracked yet: what you watch to its end comes here by itself."
                    : "You are up to date with everything."
            ]
        }
        return report
    }

    package static func progress(_ all: [ShowProgress]) -> [Report] {
        let lines: [Prose] = all.map { one in
            let off: Prose = one.isOn ? "" : " (off)"
            let state: Prose = one.left == 0 ? (one.hasEnded ? "finished" : "up to date") : "\(one.left) left"
            return "\(bar(one.percent)) \(strong: one.title)" + off
                + " \(one.seen) of \(one.aired), \(one.percent) %, " + state
        }
        let done = all.count { $0.left == 0 && $0.aired > 0 }
        return pages(
            "Progress", lines, empty: "Nothing is tracked yet.",
            footer: "\(all.count) shows, \(done) of them up to date. Specials are not counted.")
    }

    package static func season(_ show: KnownShow, _ season: Int, _ list: [SeenEpisode], today: Day) -> [Report] {
        let episodes = list.filter { $0.episode.season == season }
        let lines: [Prose] = episodes.map { one in
            let sign: Prose
            var when: Prose = ""
            if let mark = one.mark {
                sign = "✅"
                when =
                    ", \(time: mark.firstAt, .date)" + (mark.plays > 1 ? ", \(mark.plays) times" : "")
                    + (mark.isByHand ? ", by hand" : "")
            } else if let day = one.episode.airedOn, day <= today {
                sign = "▫️"
            } else {
                sign = "🕒"
                when = one.episode.airedOn.map { ", \($0.description)" } ?? ""
            }
            return sign + " \(code: one.episode.code) \(one.episode.title)" + when
        }
        let seen = episodes.count { $0.mark != nil }
        return pages(
            season == 0 ? "\(strong: show.title), specials" : "\(strong: show.title), season \(season)", lines,
            empty: "It has no such season.", footer: "\(seen) of \(episodes.count) seen.", perPage: 15)
    }

    package static func show(
        _ show: KnownShow, _ progress: ShowProgress?, _ list: [SeenEpisode], mappings: [ShowMapping], today: Day
    ) -> Report {
        let year: Prose = show.year.map { " (\($0))" } ?? ""
        var report = Report("\(strong: show.title)" + year)
        if let progress {
            report.lines = [
                "\(bar(progress.percent)) \(progress.seen) of \(progress.aired) seen, \(progress.percent) %"
                    + (progress.isOn ? "" : ", switched off")
            ]
            if let next = progress.next { report.lines.append("Next: " + name(next)) }
            if let coming = progress.coming {
                report.lines.append("Coming: " + name(coming) + ", \(days(coming.airedOn, today))")
            }
        } else {
            report.lines = ["It is not on your list: \(code: "tracker add \(show.title)") puts it there."]
        }
        let seasons = Dictionary(grouping: list) { $0.episode.season }.sorted { $0.key < $1.key }
        if !seasons.isEmpty {
            report.fields.append(
                Report.Field(
                    "Seasons",
                    seasons.prefix(20).map { season, all in
                        let name: Prose = season == 0 ? "Specials" : "Season \(season)"
                        return name + ": \(all.count { $0.mark != nil }) of \(all.count)"
                    }.joined(by: "\n")))
        }
        if let network = show.network { report.fields.append(Report.Field("On", "\(network)", short: true)) }
        let ids = show.ids.words
        if !ids.isEmpty { report.fields.append(Report.Field("Numbers", "\(ids)", short: true)) }
        if !mappings.isEmpty {
            report.fields.append(
                Report.Field("In the library as", mappings.prefix(5).map { "\($0.title)" }.joined(by: ", ")))
        }
        return report
    }

    package static func history(_ lines: [SeenLine]) -> [Report] {
        pages(
            "Watched",
            lines.map { one in
                let times: Prose = one.mark.plays > 1 ? ", \(one.mark.plays) times" : ""
                return "\(time: one.mark.lastAt) \(strong: one.title) " + name(one.episode) + times
            }, empty: "Nothing was watched to its end yet.")
    }

    package static func calendar(_ lines: [ComingLine], today: Day) -> [Report] {
        let groups = Dictionary(grouping: lines) { $0.day }.sorted { $0.key < $1.key }
        return pages(
            "Calendar",
            groups.map { day, all in
                let what = all.map { one in "\(one.title) " + name(one.episode) + (one.isSeen ? " ✅" : "") }
                return "\(strong: day == today ? "Today" : day.description) " + what.joined(by: "; ")
            }, empty: "No episode of your shows has a day yet.")
    }

    /// `picture`: the months, drawn.
    package static func numbers(_ numbers: TrackerNumbers, picture: Report.Picture?) -> Report {
        var report = Report("Episodes in numbers", picture: picture)
        report.fields = [
            Report.Field("Shows", "\(numbers.shows)", short: true),
            Report.Field("Episodes", "\(numbers.episodes)", short: true),
            Report.Field("Plays", "\(numbers.plays)", short: true),
            Report.Field("Time", "\(hours(numbers.minutes))", short: true),
        ]
        if !numbers.byShow.isEmpty {
            report.fields.append(
                Report.Field("Most seen", numbers.byShow.map { "\($0.label): \($0.count)" }.joined(by: "\n")))
        }
        if picture == nil, !numbers.byMonth.isEmpty {
            report.fields.append(
                Report.Field("By month", numbers.byMonth.map { "\($0.label): \($0.count)" }.joined(by: "\n")))
        }
        if numbers.episodes == 0 { report.lines = ["Nothing was watched to its end yet."] }
        return report
    }

    package static func finished(_ season: FinishedSeason, name: String) -> Report {
        Report(
            "\(name) has finished season \(season.season) of \(strong: season.show.title)",
            lines: ["\(season.episodes) episodes, the last \(time: season.at)."], tone: .good)
    }

    // MARK: Words

    static func name(_ episode: KnownEpisode?) -> Prose {
        guard let episode else { return "" }
        let title: Prose = episode.title.isEmpty ? "" : " “\(episode.title)”"
        return "\(code: episode.code)" + title
    }

    private static func days(_ day: Day?, _ today: Day) -> String {
        guard let day else { return "some day" }
        switch day - today {
        case 0: return "today"
        case 1: return "tomorrow"
        case let days where days > 1: return "in \(days) days"
        default: return day.description
        }
    }

    private static func hours(_ minutes: Int) -> String {
        let hours = minutes / 60
        return hours >= 48 ? "\(hours / 24) days \(hours % 24) h" : "\(hours) h \(minutes % 60) min"
    }

    private static func bar(_ percent: Int) -> String {
        let full = min(10, max(0, (percent + 5) / 10))
        return String(repeating: "▰", count: full) + String(repeating: "▱", count: 10 - full)
    }

    static func pages(
        _ title: Prose, _ lines: [Prose], empty: Prose, footer: Prose = "", perPage: Int = 10
    ) -> [Report] {
        guard !lines.isEmpty else { return [Report(title, lines: [empty])] }
        return stride(from: 0, to: lines.count, by: perPage).map { start in
            Report(title, lines: Array(lines.dropFirst(start).prefix(perPage)), footer: footer)
        }
    }
}

extension ShowIDs {
    package var words: String {
        [
            tmdb.map { "tmdb:\($0)" }, tvdb.map { "tvdb:\($0)" }, imdb.map { "imdb:\($0)" },
            tvmaze.map { "tvmaze:\($0)" },
        ].compactMap(\.self).joined(separator: " ")
    }
}
