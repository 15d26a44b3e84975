// What is said about downloads, free of any face. Titles and names are other people's text and travel as such.

package import Domain
internal import Runtime

package enum DownloadReports {
    /// In half a sentence, where it stands.
    package static func standing(_ one: DownloadCase) -> Prose {
        let words: Prose = "\(strong: one.state.words)"
        return one.outcome.isEmpty || one.outcome == one.state.words ? words : words + ": \(one.outcome)"
    }

    package static func line(_ one: DownloadCase) -> Prose {
        let who: Prose = one.userName.isEmpty ? "" : ", \(one.userName)"
        let why: Prose = one.why.isEmpty || one.why == one.outcome ? "" : " (\(one.why))"
        return "\(time: one.at) \(strong: one.film.name)" + who + ": " + standing(one) + why
    }

    package static func started(_ one: DownloadCase) -> Report {
        var report = Report("\(strong: one.film.name) is being downloaded", lines: ["\(one.why)"], tone: .good)
        if !one.release.isEmpty { report.fields.append(Report.Field("Release", "\(one.release)")) }
        if let size = one.size { report.fields.append(Report.Field("Size", "\(ByteWords.words(size))", short: true)) }
        report.fields.append(Report.Field("Watched by", "\(one.userName)", short: true))
        return report
    }

    package static func ended(_ one: DownloadCase) -> Report {
        let film: Prose = "\(strong: one.film.name)"
        var (title, tone): (Prose, Report.Tone) = (film, .plain)
        switch one.state {
        case .downloaded: (title, tone) = (film + " is on disk", .good)
        case .elsewhere: (title, tone) = (film + " came, but not to the disk", .warning)
        case .refused: (title, tone) = (film + " was searched for, and nothing was taken", .warning)
        case .missing: (title, tone) = (film + " is not in Radarr", .warning)
        default: (title, tone) = (film + " was not downloaded", .bad)
        }
        var report = Report(title, lines: ["\(one.outcome)"], tone: tone)
        if !one.why.isEmpty, one.why != one.outcome {
            report.fields.append(Report.Field("Wanted because", "\(one.why)"))
        }
        if let size = one.size, one.state == .downloaded {
            report.fields.append(Report.Field("Size", "\(ByteWords.words(size))", short: true))
        }
        if one.state == .refused {
            report.footer = "A film that has a file is only taken again if DOWNLOADS_PREPARE makes room for it."
        }
        return report
    }

    // MARK: Why

    package static func trace(_ trace: [RuleLine]) -> [Prose] {
        trace.compactMap { line in
            let mark: Prose
            switch line.verdict {
            case .yes: mark = "✅"
            case .no: mark = "❌"
            case .unknown: mark = "❔"
            case .off: return nil
            }
            return mark + " \(code: line.rule.rawValue) \(line.inputs)"
        }
    }

    package static func why(_ film: FilmIDs, _ cases: [DownloadCase], override: FilmOverride?) -> Report {
        var report = Report("Why \(strong: film.name)")
        if let override { report.fields.append(Report.Field("Override", "\(override.rawValue)", short: true)) }
        guard let newest = cases.first(where: { $0.state != .duplicate }) else {
            report.lines = ["Nobody has watched it since I look."]
            return report
        }
        report.lines = [line(newest)] + trace(newest.trace)
        let older = cases.filter { $0.id != newest.id && $0.state != .duplicate }.prefix(5)
        if !older.isEmpty { report.fields.append(Report.Field("Before", older.map(line).joined(by: "\n"))) }
        if !newest.release.isEmpty { report.fields.append(Report.Field("Release", "\(newest.release)")) }
        report.tone = newest.state == .downloaded ? .good : .plain
        return report
    }

    package static func test(_ film: FilmIDs, user: String, _ verdict: FilmVerdict) -> Report {
        var report = Report("If \(user) had just watched \(strong: film.name)")
        report.lines = ["\(strong: verdict.decision.word) by \(code: verdict.decision.rule.rawValue): \(verdict.why)"]
        report.lines += trace(verdict.trace)
        report.footer = "A trial: nothing was done or written down."
        return report
    }

    package static func override(_ film: FilmIDs, _ word: FilmOverride?) -> Report {
        let words: Prose
        switch word {
        case .always: words = "is kept the next time somebody tracked watches it, whatever the rules say."
        case .never: words = "is never downloaded."
        case .ask: words = "is asked about the next time somebody tracked watches it."
        case nil: words = "is judged by the rules again."
        }
        return Report("Override", lines: ["\(strong: film.name) " + words], tone: .good)
    }

    // MARK: Numbers

    package static func overview(
        _ statistics: DownloadStatistics, open: [DownloadCase], latest: [DownloadCase], _ wishes: DownloadWishes,
        isDry: Bool
    ) -> Report {
        var report = Report("Downloads")
        report.lines = wishes.faults.map { "\(code: $0.setting) \($0.why)" }
        report.tone = report.lines.isEmpty ? .plain : .warning
        report.lines += open.prefix(8).map(line)
        if open.isEmpty { report.lines += latest.filter { $0.plays > 0 }.prefix(5).map(line) }
        if report.lines.isEmpty { report.lines = ["Nobody who is tracked has watched a film yet."] }
        report.fields = [
            Report.Field(
                "Mode", wishes.mode == .on && isDry ? "on, a dry run" : "\(wishes.mode.rawValue)", short: true),
            Report.Field("Judged", "\(statistics.judged)", short: true),
            Report.Field(
                "On disk", "\(statistics.downloaded.count), \(ByteWords.words(statistics.bytesUsed))", short: true),
            Report.Field("Left in the cloud", "\(ByteWords.words(statistics.bytesSaved))", short: true),
        ]
        if !open.isEmpty { report.fields.append(Report.Field("Under way", "\(open.count)", short: true)) }
        report.footer = "The last 90 days."
        return report
    }

    package static func stats(_ statistics: DownloadStatistics) -> Report {
        func rows(_ rows: [DownloadStatistics.Row]) -> Prose {
            rows.isEmpty ? "none" : rows.map { "\($0.label): \($0.count)" }.joined(by: "\n")
        }
        var report = Report("Downloads in numbers")
        report.lines = ["\(statistics.judged) watches judged since \(time: statistics.since, .date)."]
        if let percent = statistics.percentSaved {
            report.lines.append(
                "\(ByteWords.words(statistics.bytesUsed)) taken, \(ByteWords.words(statistics.bytesSaved)) spared: "
                    + "\(strong: "\(percent) %") of what everything would have taken.")
        }
        report.fields = [
            Report.Field("Came to", rows(statistics.outcomes), short: true),
            Report.Field("Kept because of", rows(statistics.rules), short: true),
            Report.Field("Films watched", rows(statistics.watches), short: true),
        ]
        return report
    }

    package static func weekly(_ statistics: DownloadStatistics) -> Report {
        var report = stats(statistics)
        report.title = "Downloads of the week"
        if !statistics.downloaded.isEmpty {
            report.fields.append(
                Report.Field("On disk now", statistics.downloaded.prefix(20).map { "\($0)" }.joined(by: "\n")))
        }
        return report
    }

    package static func proposals(_ proposals: [DeletionProposal], keepDays: Int) -> Report {
        var report = Report("Films nobody watches", footer: "Nothing is deleted without an admin's word.")
        report.lines = proposals.prefix(20).map { one in
            let size: Prose = one.size.map { ", \(ByteWords.words($0))" } ?? ""
            return "\(strong: one.film.name)" + size + ", \(one.why): \(one.state.rawValue)"
        }
        if report.lines.isEmpty { report.lines = ["None on disk that nobody has watched for \(keepDays) days."] }
        return report
    }
}
