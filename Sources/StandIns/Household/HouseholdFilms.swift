// The household's films as Radarr, Prowlarr, Jellyfin and Jellystat see them: one list, so that what one of them does
// shows in the others.

package import Runtime

extension HouseholdWorld {
    package struct Film: Sendable {
        package struct File: Sendable {
            package var id: Int
            package var path: String
            package var bytes: Int64
            package var quality: FilmQuality
            package var added: Instant
            package var edition = ""
            /// A link into the cloud, which Radarr cannot tell from a file.
            package var isLink: Bool
        }

        /// What indexers offer of it.
        package struct Release: Sendable {
            package var guid: String
            package var title: String
            package var indexer: Int
            package var bytes: Int64
            package var quality: FilmQuality
            /// Nil: Usenet.
            package var seeders: Int?
            /// The indexer says which film it is.
            package var isNumbered = true

            package init(
                guid: String, title: String, indexer: Int, bytes: Int64, quality: FilmQuality, seeders: Int?,
                isNumbered: Bool = true
            ) {
                self.guid = guid
                self.title = title
                self.indexer = indexer
                self.bytes = bytes
                self.quality = quality
                self.seeders = seeders
                self.isNumbered = isNumbered
            }
        }

        /// How one user of Jellyfin stands to it.
        package struct State: Sendable {
            package var starts = 0
            package var isPlayed = false
            package var isFavourite = false
            package var position = Duration.zero
            package var lastPlayed: Instant?

            package init() {}
        }

        /// Radarr's; 0: not in Radarr.
        package var id: Int
        /// 32 hexadecimal digits; empty: not in Jellyfin.
        package var jellyfinID: String
        /// Of the film in Plex.
        package var ratingKey: Int?
        package var title: String
        package var originalTitle: String
        package var year: Int
        package var tmdb: Int
        /// "tt…"; empty: IMDb does not have it.
        package var imdb: String
        package var minutes: Int
        /// Radarr's number and name of it.
        package var language: (id: Int, name: String)
        package var genres: [String]
        package var keywords: [String] = []
        /// Ids of Radarr's tags.
        package var tags: [Int] = []
        package var imdbRating: Double?
        package var imdbVotes = 0
        package var tmdbRating: Double
        package var tmdbVotes: Int
        /// "released", "inCinemas", "announced"
        package var status = "released"
        package var inCinemas: Instant
        package var digitalRelease: Instant?
        package var root: String
        package var profile = 4
        package var isMonitored = true
        package var added: Instant
        package var lastSearch: Instant?
        package var file: File?
        package var releases: [Release] = []
        /// By Jellyfin user.
        package var states: [String: State] = [:]

        package var folder: String { "\(root)/\(title.filter { !"/?:*\"<>|".contains($0) }) (\(year))" }
    }

    /// In the order of Radarr's profile.
    package enum FilmQuality: Int, Sendable, Comparable {
        case web720 = 5, web1080 = 3, bluray1080 = 7, bluray2160 = 19

        package static func < (a: FilmQuality, b: FilmQuality) -> Bool { a.rank < b.rank }

        package var rank: Int {
            switch self {
            case .web720: 0
            case .web1080: 1
            case .bluray1080: 2
            case .bluray2160: 3
            }
        }
        package var name: String {
            switch self {
            case .web720: "WEBDL-720p"
            case .web1080: "WEBDL-1080p"
            case .bluray1080: "Bluray-1080p"
            case .bluray2160: "Bluray-2160p"
            }
        }
        package var source: String { self == .web720 || self == .web1080 ? "webdl" : "bluray" }
        package var resolution: Int { self == .web720 ? 720 : self == .bluray2160 ? 2160 : 1080 }
    }

    /// One sitting as Jellystat keeps it.
    package struct FilmPlay: Sendable {
        package var id: String
        /// Of Jellyfin.
        package var user: String
        package var film: String
        package var ended: Instant
        package var seconds: Int
    }

    /// Where films may live, and how much there is left.
    package struct FilmRoot: Sendable {
        package var path: String
        package var freeBytes: Int64

        package init(path: String, freeBytes: Int64) {
            self.path = path
            self.freeBytes = freeBytes
        }
    }

    /// Labels of Radarr's tags.
    package enum FilmTags {
        package static let favourite = 1
        package static let never = 2
        package static let ask = 3
        /// Of the download client that writes to the disk.
        package static let disk = 4
    }

    package enum FilmRoots {
        package static let cloud = "/data/symlinks/radarr"
        package static let disk = "/storage/media/movies"
    }

    package func film(radarr id: Int) -> Film? { films.first { $0.id == id && id > 0 } }
    package func film(jellyfin id: String) -> Film? { films.first { $0.jellyfinID == id && !id.isEmpty } }
    package func film(titled title: String) -> Film? { films.first { $0.title == title } }

    package mutating func changeFilm(radarr id: Int, _ change: (inout Film) -> Void) {
        guard let index = films.firstIndex(where: { $0.id == id && id > 0 }) else { return }
        change(&films[index])
    }

    package mutating func changeFilm(jellyfin id: String, _ change: (inout Film) -> Void) {
        guard let index = films.firstIndex(where: { $0.jellyfinID == id && !id.isEmpty }) else { return }
        change(&films[index])
    }

    /// By title, for tests: the first one of that name.
    package mutating func changeFilm(titled title: String, _ change: (inout Film) -> Void) {
        guard let index = films.firstIndex(where: { $0.title == title }) else { return }
        change(&films[index])
    }
}
