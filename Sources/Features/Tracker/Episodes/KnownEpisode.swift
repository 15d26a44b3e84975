// An episode as the catalogue has it. Season 0 is the specials'.

package import Domain

package struct KnownEpisode: Hashable, Sendable {
    package var id: Int64
    package var season: Int
    package var number: Int
    /// Counted through all seasons, where the catalogue says so.
    package var absolute: Int?
    package var title: String
    package var airedOn: Day?
    package var runtime: Int?
    /// The episode's own.
    package var ids: ShowIDs

    package init(
        id: Int64 = 0, season: Int, number: Int, absolute: Int? = nil, title: String = "", airedOn: Day? = nil,
        runtime: Int? = nil, ids: ShowIDs = ShowIDs()
    ) {
        self.id = id
        self.season = season
        self.number = number
        self.absolute = absolute
        self.title = title
        self.airedOn = airedOn
        self.runtime = runtime
        self.ids = ids
    }

    /// "S02E05"
    package var code: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "S\(two(season))E\(two(number))"
    }
}
