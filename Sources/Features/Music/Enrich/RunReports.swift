// How a long run comes along, and what it came to.

package import Domain

extension EnrichReports {
    private static let mostListed = 10

    package func progress(_ tally: RunTally) -> Report {
        var report = Report("Enriching \(strong: tally.name)", lines: [Prose(text: bar(tally))])
        if !tally.current.isEmpty { report.lines.append("now: \(tally.current)") }
        let counts = counts(tally.counts)
        if !counts.isEmpty { report.lines.append(Prose(text: counts)) }
        report.footer = "MusicBrainz answers once a second; a restart loses nothing"
        return report
    }

    private func bar(_ tally: RunTally) -> String {
        let filled = tally.total == 0 ? 20 : tally.done * 20 / tally.total
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 20 - filled)
            + " \(tally.done) of \(tally.total)"
    }

    private func counts(_ counts: [AlbumState.State: Int]) -> String {
        let words: [(AlbumState.State, String)] = [
            (.written, "written"), (.due, "would be written (dry run)"), (.there, "already there"),
            (.nobody, "without credits"), (.asks, "to be chosen"), (.failed, "failed"), (.declined, "left out by hand"),
        ]
        return words.compactMap { state, word in counts[state].map { "\($0) \(word)" } }.joined(separator: " · ")
    }

    package func report(_ tally: RunTally) -> Report {
        var report = Report("Credits of \(strong: tally.name)")
        if tally.total == 0 {
            report.lines = ["There are no albums."]
            return report
        }
        report.lines = [Prose(text: counts(tally.counts))]
        if let why = tally.stopped {
            report.tone = .warning
            let rest = tally.total - tally.done
            report.lines.append("⚠️ Stopped with \(rest) albums to go: \(why). The next run goes on from there.")
        } else {
            report.tone = tally.failed.isEmpty ? .good : .warning
        }
        if !tally.asks.isEmpty { report.fields.append(list("To be chosen by hand", tally.asks)) }
        if !tally.failed.isEmpty { report.fields.append(list("Failed", tally.failed)) }
        return report
    }

    private func list(_ name: Prose, _ albums: [AlbumState]) -> Report.Field {
        var lines = albums.prefix(Self.mostListed).map { album -> Prose in
            "\(album.name) \(code: album.ratingKey): \(Excerpt.cut(album.why, to: 80))"
        }
        if albums.count > Self.mostListed { lines.append("…and \(albums.count - Self.mostListed) more") }
        return Report.Field(name, lines.joined(by: "\n"))
    }

    /// `!plex enrich` without an album: how it stands.
    package func overview(_ all: [AlbumState.State: Int], asks: [AlbumState], failed: [AlbumState]) -> Report {
        var report = Report("Credits in album summaries")
        let line = counts(all)
        report.lines = line.isEmpty ? ["No album has been looked at yet."] : [Prose(text: line)]
        if !asks.isEmpty { report.fields.append(list("To be chosen by hand", asks)) }
        if !failed.isEmpty { report.fields.append(list("Failed", failed)) }
        report.footer = "\(settings.prefix) enrich ALBUM shows what would be written"
        return report
    }
}
