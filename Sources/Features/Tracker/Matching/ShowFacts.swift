// What is known of a show on either side: what Plex says was watched, and what a catalogue holds.

/// Ids of the show itself. An episode's ids look the same and mean something else: they never come here.
package struct ShowIDs: Sendable, Hashable, Codable {
    package var tmdb: Int?
    package var tvdb: Int?
    package var imdb: String?
    package var tvmaze: Int?

    package init(tmdb: Int? = nil, tvdb: Int? = nil, imdb: String? = nil, tvmaze: Int? = nil) {
        self.tmdb = tmdb
        self.tvdb = tvdb
        self.imdb = imdb
        self.tvmaze = tvmaze
    }

    package var isEmpty: Bool { self == ShowIDs() }

    /// Names of the ids both have, by whether they are the same.
    func compared(with other: ShowIDs) -> (same: [String], different: [String]) {
        var (same, different): ([String], [String]) = ([], [])
        func compare<Value: Equatable>(_ name: String, _ mine: Value?, _ theirs: Value?) {
            guard let mine, let theirs else { return }
            if mine == theirs { same.append(name) } else { different.append(name) }
        }
        compare("TMDB", tmdb, other.tmdb)
        compare("TVDB", tvdb, other.tvdb)
        compare("IMDb", imdb, other.imdb)
        compare("TVmaze", tvmaze, other.tvmaze)
        return (same, different)
    }
}

package enum ShowYear: Sendable, Hashable {
    case premiere(Int)
    /// Only an episode's year is known: the show began then or before.
    case notAfter(Int)
    case unknown
}

/// What Plex says about the show of a play.
package struct ShowClaim: Sendable, Hashable {
    package var names: [ShowName]
    package var year: ShowYear
    package var ids: ShowIDs
    package var network: String?
    package var country: String?

    /// `titles`: the title first, then the original title.
    package init(
        _ titles: [String], year: ShowYear = .unknown, ids: ShowIDs = ShowIDs(), network: String? = nil,
        country: String? = nil
    ) {
        names = titles.filter { !$0.isEmpty }.map(ShowName.init)
        self.ids = ids
        self.network = network
        // What people wrote into the name was written to tell it from another.
        self.country = names.lazy.compactMap(\.country).first ?? country.flatMap(Country.code)
        self.year = names.lazy.compactMap(\.year).first.map(ShowYear.premiere) ?? year
    }
}

/// A show as a catalogue has it.
package struct KnownShow: Sendable, Hashable {
    /// The tracker's own number; 0 where it does not have the show yet.
    package var id: Int64
    package var title: String
    package var names: [ShowName]
    package var year: Int?
    package var ids: ShowIDs
    package var network: String?
    package var country: String?

    package init(
        id: Int64 = 0, _ title: String, others: [String] = [], year: Int? = nil, ids: ShowIDs = ShowIDs(),
        network: String? = nil, country: String? = nil
    ) {
        self.id = id
        self.title = title
        names = ([title] + others).filter { !$0.isEmpty }.map(ShowName.init)
        self.year = year ?? names.first?.year
        self.ids = ids
        self.network = network
        self.country = country.flatMap(Country.code) ?? names.first?.country
    }
}
