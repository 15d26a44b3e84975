// What came into the libraries, and how large they are.

package import Domain
package import Runtime

/// One line of what is new: a movie, an album, or the new episodes of a season together.
package struct Addition: Codable, Hashable, Sendable {
    package enum Kind: String, Codable, Hashable, Sendable {
        case movie, show, season, episode, album, other
    }
    package var kind: Kind
    /// The movie's, show's or album's name.
    package var name: String
    /// The album's artist.
    package var artist: String?
    package var year: Int?
    /// "Season 2, 5 episodes", "S02E03–E07", "3 seasons, 24 episodes".
    package var part: String?
    /// Titles of single new episodes.
    package var episodeTitle: String?
    package var episodes: Int
    package var summary: String
    package var genres: [String]
    /// Of the movie, show or album: what a link or a picture is made of.
    package var ratingKey: Int?
    /// The artist's or the show's.
    package var ownerKey: Int?
    package var posterPath: String?
    package var addedAt: Instant

    package init(
        _ kind: Kind, _ name: String, artist: String? = nil, year: Int? = nil, part: String? = nil,
        episodeTitle: String? = nil, episodes: Int = 0, summary: String = "", genres: [String] = [],
        ratingKey: Int? = nil, ownerKey: Int? = nil, posterPath: String? = nil, addedAt: Instant
    ) {
        self.kind = kind
        self.name = name
        self.artist = artist
        self.year = year
        self.part = part
        self.episodeTitle = episodeTitle
        self.episodes = episodes
        self.summary = summary
        self.genres = genres
        self.ratingKey = ratingKey
        self.ownerKey = ownerKey
        self.posterPath = posterPath
        self.addedAt = addedAt
    }
}

package struct LibraryAdditions: Codable, Hashable, Sendable {
    package var section: Int
    package var name: String
    /// "movie", "show", "artist" as Plex calls them.
    package var kind: String
    /// The newest first. `unknown`: the library could not be read, which is not the same as nothing new.
    package var items: Reading<[Addition]>

    package init(section: Int, name: String, kind: String, items: Reading<[Addition]>) {
        self.section = section
        self.name = name
        self.kind = kind
        self.items = items
    }
}

/// How many there are, as counted at the end of a day.
package struct LibrarySize: Codable, Hashable, Sendable {
    package var section: Int
    package var name: String
    package var kind: String
    /// Movies, shows, artists.
    package var items: Int
    /// Episodes, tracks.
    package var leaves: Int?

    package init(section: Int, name: String, kind: String, items: Int, leaves: Int? = nil) {
        self.section = section
        self.name = name
        self.kind = kind
        self.items = items
        self.leaves = leaves
    }
}

package struct LibraryGrowth: Codable, Hashable, Sendable {
    package struct Point: Codable, Hashable, Sendable {
        package var day: Day
        package var items: Int
        package var leaves: Int?

        package init(_ day: Day, items: Int, leaves: Int? = nil) {
            self.day = day
            self.items = items
            self.leaves = leaves
        }
    }
    package var library: LibrarySize
    /// Oldest first, only days that were counted; the last is the newest known.
    package var points: [Point]

    package init(_ library: LibrarySize, points: [Point]) {
        self.library = library
        self.points = points
    }
}
