// All that the guids of a play say, each at its level.

package import Domain

package struct PlayIDs: Hashable, Sendable {
    package var show = ShowIDs()
    package var episode = ShowIDs()
    /// Plex's own, of the show: a mapping remembers it.
    package var showKey: String?
    /// As the old agents write them: in the order of the catalogue whose id stands before them.
    package var season: Int?
    package var number: Int?

    package init(_ play: EpisodePlay) {
        for text in play.guids { take(PlexGuid(text), of: .episode) }
        for text in play.showGuids { take(PlexGuid(text), of: .show) }
        if showKey == nil, let old = play.showGuids.first, case .show = PlexGuid(old) { showKey = old }
    }

    private enum Level { case show, episode }

    private mutating func take(_ guid: PlexGuid, of level: Level) {
        switch guid {
        case .plex(let key): if level == .show { showKey = showKey ?? key }
        case .item(let ids):
            switch level {
            case .show: show.fill(with: ids)
            case .episode: episode.fill(with: ids)
            }
        case .show(let ids, let season, let number):
            show.fill(with: ids)
            if level == .episode { (self.season, self.number) = (season ?? self.season, number ?? self.number) }
        case .anidb, .none: break
        }
    }
}

extension ShowIDs {
    /// What is known already stays.
    package mutating func fill(with other: ShowIDs) {
        tmdb = tmdb ?? other.tmdb
        tvdb = tvdb ?? other.tvdb
        imdb = imdb ?? other.imdb
        tvmaze = tvmaze ?? other.tvmaze
    }
}
