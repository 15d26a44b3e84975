// Somebody's list to take away: a table with the columns other trackers read, or the same as JSON. One line for each
// episode, with the show's numbers, so that it is found again anywhere.

internal import Domain
internal import FoundationEssentials
internal import Runtime
internal import Storage

package struct ListExport: Hashable, Sendable {
    package enum Form: String, Hashable, Sendable { case csv, json }
    package var episodes: Int
    package var bytes: [UInt8]
}

private struct ExportLine: Encodable {
    var title: String
    var year: Int?
    var season: Int
    var episode: Int
    var episodeTitle: String
    var watchedAt: String
    var lastWatchedAt: String
    var plays: Int
    var tmdb: Int?
    var tvdb: Int?
    var imdb: String?
    var tvmaze: Int?
}

extension Tracker {
    package nonisolated var lists: ListBook { ListBook(database) }

    package func export(_ person: Int64, as form: ListExport.Form) async throws -> ListExport {
        var shows: [Int64: KnownShow] = [:]
        var lines: [ExportLine] = []
        for seen in try await lists.history(of: person, most: 1_000_000).reversed() {
            let id = seen.mark.show
            if shows[id] == nil { shows[id] = try await catalogue.show(id) }
            let show = shows[id]
            lines.append(
                ExportLine(
                    title: seen.title, year: show?.year, season: seen.episode.season, episode: seen.episode.number,
                    episodeTitle: seen.episode.title, watchedAt: LocalTime.utc.iso8601(seen.mark.firstAt),
                    lastWatchedAt: LocalTime.utc.iso8601(seen.mark.lastAt), plays: seen.mark.plays,
                    tmdb: show?.ids.tmdb, tvdb: show?.ids.tvdb, imdb: show?.ids.imdb, tvmaze: show?.ids.tvmaze))
        }
        switch form {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return ListExport(episodes: lines.count, bytes: Array(try encoder.encode(lines)))
        case .csv: return ListExport(episodes: lines.count, bytes: Array(Self.table(lines).utf8))
        }
    }

    private static func table(_ lines: [ExportLine]) -> String {
        let head =
            "title,year,season,episode,episode_title,watched_at,last_watched_at,plays,tmdb_id,tvdb_id,imdb_id,tvmaze_id"
        return
            ([head]
            + lines.map { line in
                [
                    line.title, line.year.map { "\($0)" } ?? "", "\(line.season)", "\(line.episode)",
                    line.episodeTitle, line.watchedAt, line.lastWatchedAt, "\(line.plays)",
                    line.tmdb.map { "\($0)" } ?? "", line.tvdb.map { "\($0)" } ?? "", line.imdb ?? "",
                    line.tvmaze.map { "\($0)" } ?? "",
                ].map(cell).joined(separator: ",")
            }).joined(separator: "\r\n") + "\r\n"
    }

    /// RFC 4180. What a table program would take for a formula stays a text.
    private static func cell(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\n\r".contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
