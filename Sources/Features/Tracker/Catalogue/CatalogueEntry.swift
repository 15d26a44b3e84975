// A show as a catalogue outside tells it, whole: what the tracker keeps of it is replaced by this.

package struct CatalogueEntry: Hashable, Sendable {
    package var title: String
    /// Original title and all others, as long as they are names of the whole show.
    package var names: [String]
    package var year: Int?
    package var network: String?
    package var country: String?
    package var ids: ShowIDs
    package var hasEnded: Bool
    package var poster: String
    /// Nil: not asked for. Empty: there are none.
    package var episodes: [KnownEpisode]?

    package init(
        _ title: String, names: [String] = [], year: Int? = nil, network: String? = nil, country: String? = nil,
        ids: ShowIDs = ShowIDs(), hasEnded: Bool = false, poster: String = "", episodes: [KnownEpisode]? = nil
    ) {
        self.title = title
        self.names = names
        self.year = year
        self.network = network
        self.country = country
        self.ids = ids
        self.hasEnded = hasEnded
        self.poster = poster
        self.episodes = episodes
    }

    /// Nobody knows hundreds of names of one show; a catalogue that has them is not believed.
    static let mostNames = 60

    var allNames: [String] {
        var seen: Set<String> = []
        return ([title] + names).filter { !$0.isEmpty && seen.insert($0).inserted }.prefix(Self.mostNames).map { $0 }
    }
}
