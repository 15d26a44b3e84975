// A show as one of the catalogues tells it. TMDB and TVmaze each know half: TVmaze has no numbers of TMDB, and of an
// episode none but its own; TMDB tells an episode's numbers one by one. What is not told is nil, and never a no.

package import Domain

/// Of a show, or of an episode: that stands where they are.
package struct TVIDs: Hashable, Sendable {
    package var tmdb: Int?
    package var tvdb: Int?
    package var imdb: String?
    package var tvmaze: Int?

    package init(tmdb: Int? = nil, tvdb: Int? = nil, imdb: String? = nil, tvmaze: Int? = nil) {
        self.tmdb = tmdb.flatMap { $0 > 0 ? $0 : nil }
        self.tvdb = tvdb.flatMap { $0 > 0 ? $0 : nil }
        self.imdb = imdb.flatMap { $0.hasPrefix("tt") ? $0 : nil }
        self.tvmaze = tvmaze.flatMap { $0 > 0 ? $0 : nil }
    }
}

package struct TVShow: Hashable, Sendable {
    package enum Status: Hashable, Sendable {
        case running, ended
        /// Planned, in the making, or not said.
        case unclear
    }

    package var ids: TVIDs
    package var title: String
    package var originalTitle: String?
    /// Names of the whole show elsewhere; none of single seasons.
    package var otherNames: [String]
    package var premiered: Day?
    package var network: String?
    /// Two letters.
    package var country: String?
    package var status: Status
    /// An address, or empty.
    package var poster: String
    package var lastAired: Day?
    package var nextAirs: Day?
    /// Nil: not asked for. With the specials, in season 0.
    package var episodes: [TVEpisode]?

    package init(
        ids: TVIDs, title: String, originalTitle: String? = nil, otherNames: [String] = [], premiered: Day? = nil,
        network: String? = nil, country: String? = nil, status: Status = .unclear, poster: String = "",
        lastAired: Day? = nil, nextAirs: Day? = nil, episodes: [TVEpisode]? = nil
    ) {
        self.ids = ids
        self.title = title
        self.originalTitle = originalTitle
        self.otherNames = otherNames
        self.premiered = premiered
        self.network = network
        self.country = country
        self.status = status
        self.poster = poster
        self.lastAired = lastAired
        self.nextAirs = nextAirs
        self.episodes = episodes
    }

    package var year: Int? { premiered?.year }
    package var hasEnded: Bool { status == .ended }
}

package struct TVEpisode: Hashable, Sendable {
    package var season: Int
    package var number: Int
    /// Counted through all seasons, where the catalogue has such an order.
    package var absolute: Int?
    package var title: String
    package var airedOn: Day?
    package var minutes: Int?
    /// The episode's own.
    package var ids: TVIDs

    package init(
        season: Int, number: Int, absolute: Int? = nil, title: String = "", airedOn: Day? = nil, minutes: Int? = nil,
        ids: TVIDs = TVIDs()
    ) {
        self.season = season
        self.number = number
        self.absolute = absolute
        self.title = title
        self.airedOn = airedOn
        self.minutes = minutes
        self.ids = ids
    }
}

/// What an id of another catalogue leads to at TMDB.
package struct TVFound: Hashable, Sendable {
    package struct Episode: Hashable, Sendable {
        /// TMDB's number of the show.
        package var show: Int
        package var episode: TVEpisode

        package init(show: Int, episode: TVEpisode) {
            self.show = show
            self.episode = episode
        }
    }

    package var shows: [TVShow]
    package var episodes: [Episode]

    package init(shows: [TVShow] = [], episodes: [Episode] = []) {
        self.shows = shows
        self.episodes = episodes
    }
}

package struct TVSearchPage: Hashable, Sendable {
    /// Best first, as the catalogue ranks them.
    package var shows: [TVShow]
    package var page: Int
    package var pages: Int

    package init(shows: [TVShow], page: Int = 1, pages: Int = 1) {
        self.shows = shows
        self.page = page
        self.pages = pages
    }
}
