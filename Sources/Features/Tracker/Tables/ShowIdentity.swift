// By what a library's show is known again: its number there, and its guid, which other servers share. Numbers change when
// a library is rebuilt, guids when somebody mends a match.

package import Domain

package struct ShowIdentity: Hashable, Sendable {
    package var title: String
    package var year: Int?
    package var server: String
    /// "plex://show/…", or empty.
    package var guid: String
    /// The best first.
    package var keys: [String]

    package init(_ play: EpisodePlay) { self.init(play, PlayIDs(play)) }

    /// - Parameter ids: the play's, where somebody has read them already
    init(_ play: EpisodePlay, _ ids: PlayIDs) {
        title = play.showTitle
        year = play.showYear
        server = play.place.server
        guid = ids.showKey ?? ""
        keys = []
        if !play.place.server.isEmpty, !play.place.show.isEmpty {
            keys.append("server:\(play.place.server)/\(play.place.show)")
        }
        if !guid.isEmpty { keys.append("guid:\(guid)") }
        if let id = ids.show.tvdb { keys.append("tvdb:\(id)") }
        if let id = ids.show.tmdb { keys.append("tmdb:\(id)") }
        if let id = ids.show.imdb { keys.append("imdb:\(id)") }
        if keys.isEmpty {
            let year = play.showYear.map { " (\($0))" } ?? ""
            keys = ["title:\(play.place.server)/\(ShowName(play.showTitle).folded)\(year)"]
        }
    }
}
