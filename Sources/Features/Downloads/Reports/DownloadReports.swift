// What is said about downloads, free of any face. Titles and names are other people's text and travel as such.

package import Domain
internal import Runtime

package enum DownloadReports {
    /// In half a sentence, where it stands.
    package static func standing(_ one: DownloadCase) -> Prose {
        let words: Prose = "\(strong: one.state.words)"
        return one.outcome.isEmpty || one.outcome == one.state.words ? words : words + ": \(one.outcome)"
    }

    /// `naming`: there are several Radarrs, so it says which.
    package static func line(_ one: DownloadCase, naming: Bool) -> Prose {
        let house = one.target.isEmpty ? one.instance : one.target
        var who: Prose = one.userName.isEmpty ? "" : ", \(one.userName)"
        if naming, !house.isEmpty { who = who + ", \(house)" }
        let why: Prose = one.why.isEmpty || one.why == one.outcome ? "" : " (\(one.why))"
        return "\(time: one.at) \(strong: one.film.name)" + who + ": " + standing(one) + why
    }

    /// "High rating: rated 8.7"
    private static func because(_ one: DownloadCase) -> Prose {
        guard let rule = FilmRule(rawValue: one.rule) else { return "\(one.why)" }
        return "\(rule.title): \(one.why)"
    }

    package static func started(_ one: DownloadCase) -> Report {
        var report = Report("\(strong: one.film.name) is being downloaded", lines: [because(one)], tone: .good)
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
        // I add no film that nobody asked Radarr for.
        let missing: Prose = "Whoever wants it kept adds it there; then the next watch is judged."
        let hasLanded = one.state == .downloaded || one.state == .elsewhere
        var report = Report(
            title, lines: [hasLanded ? "\(code: one.path)" : one.state == .missing ? missing : "\(one.outcome)"],
            tone: tone)
        if !one.why.isEmpty, one.why != one.outcome {
            report.fields.append(Report.Field("Wanted because", because(one)))
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

    /// Under three headings: a reason that does not hold is no fault, a condition that does not hold is one.
    package static func trace(_ trace: [RuleLine]) -> [Prose] {
        let parts: [(heading: Prose, tiers: [FilmRule.Tier])] = [
            ("May it be downloaded?", [.counts, .may]), ("Is it worth keeping?", [.instant, .rewatch]),
            ("Is there room today?", [.room]),
        ]
        return parts.flatMap { part in
            let lines = trace.compactMap { part.tiers.contains($0.rule.tier) ? line($0) : nil }
            return lines.isEmpty ? [] : ["\(strong: part.heading.plainText)"] + lines
        }
    }

    private static func line(_ line: RuleLine) -> Prose? {
        let isReason = line.rule.tier == .instant || line.rule.tier == .rewatch
        let mark: Prose
        switch line.verdict {
        case .yes: mark = isReason ? "⭐" : "✅"
        case .no: mark = isReason ? "▫️" : "⛔"
        case .unknown: mark = "❔"
        case .off: return nil
        }
        return mark + " \(line.rule.title): \(line.inputs)"
    }

    package static func why(
        _ film: FilmIDs, _ cases: [DownloadCase], override: FilmOverride?, naming: Bool
    ) -> Report {
        var report = Report("Why \(strong: film.name)")
        if let override { report.fields.append(Report.Field("Somebody said", "\(override.rawValue)", short: true)) }
        guard let newest = cases.first(where: { $0.state != .duplicate }) else {
            report.lines = ["Nobody has watched it since I look."]
            return report
        }
        report.lines = [line(newest, naming: naming)] + trace(newest.trace)
        let older = cases.filter { $0.id != newest.id && $0.state != .duplicate }.prefix(5)
        if !older.isEmpty {
            report.fields.append(Report.Field("Before", older.map { line($0, naming: naming) }.joined(by: "\n")))
        }
        if !newest.release.isEmpty { report.fields.append(Report.Field("Release", "\(newest.release)")) }
        report.tone = newest.state == .downloaded ? .good : .plain
        return report
    }

    /// `house`: the Radarr, where there are several.
    package static func test(_ film: FilmIDs, user: String, _ verdict: FilmVerdict, in house: String?) -> Report {
        let place: Prose = house.map { ", in \($0)" } ?? ""
        var report = Report("If \(user) had just watched \(strong: film.name)" + place)
        report.lines = ["\(strong: verdict.decision.supposed). \(verdict.decision.rule.title): \(verdict.why)."]
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
        isDry: Bool, naming: Bool
    ) -> Report {
        var report = Report("Downloads")
        report.lines = wishes.faults.map { "\(code: $0.setting) \($0.why)" }
        report.tone = report.lines.isEmpty ? .plain : .warning
        report.lines += open.prefix(8).map { line($0, naming: naming) }
        if open.isEmpty { report.lines += latest.filter { $0.plays > 0 }.prefix(5).map { line($0, naming: naming) } }
        if report.lines.isEmpty { report.lines = ["Nobody who is tracked has watched a film yet."] }
        report.fields = [
            Report.Field(
                "Mode", wishes.mode == .on && !isDry ? "on" : wishes.mode == .off ? "off" : "a dry run", short: true),
            Report.Field("Watched to the end", "\(statistics.judged)", short: true),
            Report.Field(
                "Brought to disk", "\(films(statistics.downloaded.count)), \(ByteWords.words(statistics.bytesUsed))",
                short: true),
            Report.Field("Left in the cloud", "\(ByteWords.words(statistics.bytesSaved))", short: true),
        ]
        if !open.isEmpty { report.fields.append(Report.Field("Under way", "\(open.count)", short: true)) }
        report.footer = "The last 90 days."
        return report
    }

    private static func films(_ count: Int) -> String { count == 1 ? "1 film" : "\(count) films" }

    private static func watches(_ count: Int) -> String {
        switch count {
        case 0: "No film was watched to its end by anybody who is tracked"
        case 1: "One film was watched to its end"
        default: "\(Figures.grouped(count)) times a film was watched to its end"
        }
    }

    package static func stats(_ statistics: DownloadStatistics) -> Report {
        func rows(_ rows: [DownloadStatistics.Row]) -> Prose {
            rows.isEmpty ? "none" : rows.map { "\($0.label): \($0.count)" }.joined(by: "\n")
        }
        var report = Report("Downloads in numbers")
        report.lines = ["\(watches(statistics.judged)) since \(time: statistics.since, .date)."]
        if let percent = statistics.percentSaved {
            report.lines.append(
                "Everything together would have taken \(ByteWords.words(statistics.bytesUsed + statistics.bytesSaved)): "
                    + "\(ByteWords.words(statistics.bytesUsed)) came to the disk, "
                    + "\(ByteWords.words(statistics.bytesSaved)) stayed in the cloud "
                    + "(\(strong: "\(percent) %") spared).")
        }
        report.fields = [
            Report.Field("Came to", rows(statistics.outcomes), short: true),
            Report.Field("Kept because of", rows(statistics.rules), short: true),
            Report.Field("How often films were watched", rows(statistics.watches), short: true),
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
