// What is known of one film before anything is decided about it. A program's number is kept with who gave it: TMDb's
// average is not IMDb's, and a start is not a watch.

package import Domain
package import Runtime

package struct FilmRating: Hashable, Sendable, Codable {
    package var value: Double
    /// Nil: whoever gave the value does not count them.
    package var votes: Int?
    /// "IMDb by Radarr", "Jellyfin's own"
    package var source: String

    /// Nothing rated by nobody is no rating.
    package init?(_ value: Double?, votes: Int?, source: String) {
        guard let value, value > 0, value <= 10 else { return nil }
        self.value = value
        self.votes = votes.flatMap { $0 > 0 ? $0 : nil }
        self.source = source
    }
}

package enum FilmPlace: String, Hashable, Sendable, Codable {
    case disk
    /// A link to what lies with a debrid service, or on another machine.
    case cloud
    /// There is no file at all.
    case nowhere
}

/// A film as one Radarr has it.
package struct FilmEntry: Hashable, Sendable, Codable {
    package var instance: String
    /// That Radarr's number.
    package var id: Int
    package var ids: FilmIDs
    package var rating: FilmRating?
    /// In English: "French". Nil: not known.
    package var language: String?
    package var genres: [String]
    package var keywords: [String]
    /// Labels.
    package var tags: [String]
    package var edition: String
    /// Of the file or its release, where words such as "remastered" stand.
    package var fileName: String
    package var isReleased: Bool?
    package var fileID: Int?
    /// Of the file, else of the folder.
    package var path: String
    /// Whatever a link points to included.
    package var size: Int64?
    package var fileAddedAt: Instant?
    package var root: String
    package var lastSearchAt: Instant?

    package init(
        instance: String, id: Int, ids: FilmIDs, rating: FilmRating? = nil, language: String? = nil,
        genres: [String] = [], keywords: [String] = [], tags: [String] = [], edition: String = "",
        fileName: String = "", isReleased: Bool? = nil, fileID: Int? = nil, path: String = "", size: Int64? = nil,
        fileAddedAt: Instant? = nil, root: String = "", lastSearchAt: Instant? = nil
    ) {
        self.instance = instance
        self.id = id
        self.ids = ids
        self.rating = rating
        self.language = language
        self.genres = genres
        self.keywords = keywords
        self.tags = tags
        self.edition = edition
        self.fileName = fileName
        self.isReleased = isReleased
        self.fileID = fileID
        self.path = path
        self.size = size
        self.fileAddedAt = fileAddedAt
        self.root = root
        self.lastSearchAt = lastSearchAt
    }
}

/// What asking a Radarr for a film came to.
package enum FilmFinding: Hashable, Sendable {
    case found(FilmEntry)
    case absent
    /// More than one could be meant; their names.
    case several([String])
    case unknown(why: String)
}

/// A film as the media server has it, for one of its people.
package struct LibraryItem: Hashable, Sendable, Codable {
    /// The media server's own number.
    package var id: String
    package var ids: FilmIDs
    package var runtime: Duration?
    package var rating: FilmRating?
    package var genres: [String]
    package var isFavourite: Bool?
    /// How often playing was begun, ever: never fewer than it was watched.
    package var starts: Int?

    package init(
        id: String = "", ids: FilmIDs, runtime: Duration? = nil, rating: FilmRating? = nil, genres: [String] = [],
        isFavourite: Bool? = nil, starts: Int? = nil
    ) {
        self.id = id
        self.ids = ids
        self.runtime = runtime
        self.rating = rating
        self.genres = genres
        self.isFavourite = isFavourite
        self.starts = starts
    }
}
