// An episode that somebody watched, as a hook, a history or an import tells it. The ids in `guids` belong to the episode,
// those in `showGuids` to the show; whoever mixes them up marks a stranger's show.

package import Runtime

package struct EpisodePlay: Hashable, Sendable, Codable {
    package enum Source: String, Hashable, Sendable, Codable, CaseIterable {
        case plex, tautulli, history, file
    }

    package struct Account: Hashable, Sendable, Codable {
        /// As the source numbers its people: of Plex 1 is the server's owner.
        package var id: String?
        package var name: String?

        package init(id: String? = nil, name: String? = nil) {
            self.id = id
            self.name = name
        }
    }

    /// Where the source keeps it: the numbers are the server's own.
    package struct Place: Hashable, Sendable, Codable {
        package var server: String
        package var episode: String
        package var show: String

        package init(server: String = "", episode: String = "", show: String = "") {
            self.server = server
            self.episode = episode
            self.show = show
        }
    }

    package var source: Source
    package var account: Account
    package var place: Place
    package var showTitle: String
    package var showOriginalTitle: String?
    /// Of the show's beginning; the webhook has none.
    package var showYear: Int?
    package var season: Int?
    package var number: Int?
    package var title: String
    /// "2021-05-04"
    package var airedOn: String?
    /// The episode's year, not the show's.
    package var year: Int?
    package var guids: [String]
    package var showGuids: [String]
    package var runtime: Duration?
    /// How often this account has seen it, by the source's count.
    package var viewCount: Int?
    package var at: Instant

    package init(
        source: Source, account: Account = Account(), place: Place = Place(), showTitle: String,
        showOriginalTitle: String? = nil, showYear: Int? = nil, season: Int? = nil, number: Int? = nil,
        title: String = "", airedOn: String? = nil, year: Int? = nil, guids: [String] = [], showGuids: [String] = [],
        runtime: Duration? = nil, viewCount: Int? = nil, at: Instant
    ) {
        self.source = source
        self.account = account
        self.place = place
        self.showTitle = showTitle
        self.showOriginalTitle = showOriginalTitle
        self.showYear = showYear
        self.season = season
        self.number = number
        self.title = title
        self.airedOn = airedOn
        self.year = year
        self.guids = guids
        self.showGuids = showGuids
        self.runtime = runtime
        self.viewCount = viewCount
        self.at = at
    }
}
