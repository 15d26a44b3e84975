// The answers of `!plex downloads`.

import Bot
import Domain
import Downloads
import Runtime

struct DownloadsDesk: Sendable {
    let source: DownloadsSource
    let call: Call

    private var downloads: Downloads { source.downloads }

    /// The film that was named, or a question back.
    private func film() async throws -> FilmIDs {
        let typed = call.arguments.text("film") ?? ""
        switch try await downloads.guess(typed) {
        case .one(let film): return film
        case .several(let films):
            let names = films.map { "\(strong: $0.name)\($0.tmdb.map { " (tmdb:\($0))" } ?? "")" as Prose }
            throw Complaint("More than one film is called so: \(names.joined(by: ", ")).", advice: ["Use its number."])
        case .none:
            throw Complaint(
                "I know no film called “\(typed)”.",
                advice: ["\(code: "tmdb:603") or \(code: "tt0133093") say it exactly."])
        case .unknown(let why): throw Complaint("Radarr could not be asked: \(why)")
        }
    }

    func overview() async throws -> Report {
        var (report, statistics) = try await downloads.overview()
        report.picture = await source.picture(statistics, .outcomes)
        return report
    }

    func decisions() async throws -> [Report] {
        let cases = try await downloads.decisions(60)
        let lines = cases.map { DownloadReports.line($0, naming: downloads.hasSeveral) }
        if lines.isEmpty { return [Report("Decisions", lines: ["Nobody has watched a film since I look."])] }
        return stride(from: 0, to: lines.count, by: 10).map { start in
            Report("Decisions", lines: Array(lines.dropFirst(start).prefix(10)))
        }
    }

    func why() async throws -> Report { try await downloads.why(try await film()) }

    func test() async throws -> [Report] {
        let film = try await film()
        let name = call.arguments.text("user") ?? downloads.wishes.tracked.first?.who
        guard let name else { throw Complaint("Nobody is tracked: set TRACKED_USER_NAME, or say --user.") }
        let user = Playback.User(name: name)
        let trials = try await downloads.test(film, user: user, source: source.source)
        return trials.map { trial in
            DownloadReports.test(film, user: name, trial.verdict, in: downloads.hasSeveral ? trial.house : nil)
        }
    }

    func override() async throws -> Report {
        let word = FilmOverride(rawValue: call.arguments.text("word") ?? "")
        return try await downloads.override(try await film(), word, by: call.caller.actor)
    }

    func stats() async throws -> Report {
        let days = call.arguments.number("days") ?? 90
        let statistics = try await downloads.statistics(days: days)
        var report = DownloadReports.stats(statistics)
        report.picture = await source.picture(statistics, .space)
        return report
    }

    func proposals() async throws -> Report {
        if call.arguments.flag("look") { try await downloads.propose() }
        return DownloadReports.proposals(try await downloads.book.proposals(), keepDays: downloads.wishes.keepDays)
    }
}
