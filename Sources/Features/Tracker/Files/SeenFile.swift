// What somebody has seen, to be carried away and brought back: a line for each time. The names of the columns are those
// that Trakt's and Yamtrack's lists have, and say whose a number is: the show's or the episode's.

internal import Domain
package import Runtime

package struct SeenRow: Hashable, Sendable, Codable {
    package var show: String
    package var year: Int?
    package var showIDs: ShowIDs
    package var season: Int
    package var number: Int
    package var title: String
    package var episodeIDs: ShowIDs
    package var watchedAt: Instant

    package init(
        show: String, year: Int? = nil, showIDs: ShowIDs = ShowIDs(), season: Int, number: Int, title: String = "",
        episodeIDs: ShowIDs = ShowIDs(), watchedAt: Instant
    ) {
        self.show = show
        self.year = year
        self.showIDs = showIDs
        self.season = season
        self.number = number
        self.title = title
        self.episodeIDs = episodeIDs
        self.watchedAt = watchedAt
    }
}

package enum SeenFile {
    static let columns = [
        "type", "show_title", "show_year", "season_number", "episode_number", "episode_title", "watched_at",
        "show_tmdb", "show_tvdb", "show_imdb", "show_tvmaze", "episode_tmdb", "episode_tvdb", "episode_imdb",
    ]

    package static func csv(_ rows: [SeenRow]) -> String {
        func text(_ number: Int?) -> String { number.map { "\($0)" } ?? "" }
        return CSVText.line(columns)
            + rows.map { row in
                CSVText.line([
                    "episode", row.show, text(row.year), "\(row.season)", "\(row.number)", row.title,
                    LocalTime.utc.iso8601(row.watchedAt), text(row.showIDs.tmdb), text(row.showIDs.tvdb),
                    row.showIDs.imdb ?? "", text(row.showIDs.tvmaze), text(row.episodeIDs.tmdb),
                    text(row.episodeIDs.tvdb), row.episodeIDs.imdb ?? "",
                ])
            }.joined()
    }

    /// In the form of Trakt's history: `[{"watched_at", "show": {"title", "year", "ids"}, "episode": {…}}]`.
    package static func json(_ rows: [SeenRow]) throws -> String {
        try JSONText.text(
            rows.map { row in
                Line(
                    type: "episode", watched_at: LocalTime.utc.iso8601(row.watchedAt),
                    show: Line.Show(title: row.show, year: row.year, ids: Line.IDs(row.showIDs)),
                    episode: Line.Episode(
                        season: row.season, number: row.number, title: row.title, ids: Line.IDs(row.episodeIDs)))
            })
    }

    private struct Line: Codable {
        struct IDs: Codable {
            var tmdb: Int?
            var tvdb: Int?
            var imdb: String?
            var tvmaze: Int?

            init(_ ids: ShowIDs) { (tmdb, tvdb, imdb, tvmaze) = (ids.tmdb, ids.tvdb, ids.imdb, ids.tvmaze) }
        }
        struct Show: Codable {
            var title: String
            var year: Int?
            var ids: IDs
        }
        struct Episode: Codable {
            var season: Int
            var number: Int
            var title: String
            var ids: IDs
        }
        var type: String
        var watched_at: String
        var show: Show
        var episode: Episode
    }
}
