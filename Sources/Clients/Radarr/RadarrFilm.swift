// A film as Radarr keeps it (MovieResource): what is not known is left out, or comes as a zero.

package import Domain
internal import LooseJSON
package import Runtime

package struct RadarrFilm: Hashable, Sendable, Identifiable {
    /// Radarr's own; 0: not in Radarr, only known to the service it asks.
    package var id: Int
    package var ids: FilmIDs
    package var originalTitle: String?
    /// Whole minutes; nil: unknown.
    package var runtime: Duration?
    package var ratings: RadarrRatings
    package var originalLanguage: RadarrLanguage?
    package var genres: [String]
    /// Nil: a Radarr too old to tell.
    package var keywords: [String]?
    /// Ids; labels from `tags()`.
    package var tags: [Int]
    package var path: String
    package var rootFolder: String?
    package var file: RadarrFile?
    /// As it says itself; with `file` nil and this true the file was not told.
    package var hasFile: Bool
    package var sizeOnDisk: Int64
    package var isMonitored: Bool
    /// Released as far as the film's own setting asks for it.
    package var isAvailable: Bool
    package var status: RadarrStatus
    package var qualityProfile: Int
    package var added: Instant?
    package var inCinemas: Instant?
    package var digitalRelease: Instant?
    package var physicalRelease: Instant?
    package var lastSearch: Instant?

    package var isInRadarr: Bool { id > 0 }
}

package enum RadarrStatus: String, Hashable, Sendable, Codable {
    case tba, announced, inCinemas, released, deleted
    case unknown
}

/// English is number 1; number 0 is "Unknown" and comes as nil.
package struct RadarrLanguage: Hashable, Sendable, Codable {
    package var id: Int
    package var name: String

    package init(id: Int, name: String) {
        self.id = id
        self.name = name
    }

    package var isEnglish: Bool { id == 1 }
}

/// Each absent where nobody has voted.
package struct RadarrRatings: Hashable, Sendable, Codable {
    package struct Rating: Hashable, Sendable, Codable {
        /// 0…10 of IMDb and TMDb, 0…100 of the others.
        package var value: Double
        /// 0 where the source counts none.
        package var votes: Int

        package init(value: Double, votes: Int) {
            self.value = value
            self.votes = votes
        }
    }

    package var imdb: Rating?
    package var tmdb: Rating?
    package var metacritic: Rating?
    package var rottenTomatoes: Rating?
    package var trakt: Rating?

    package init(
        imdb: Rating? = nil, tmdb: Rating? = nil, metacritic: Rating? = nil, rottenTomatoes: Rating? = nil,
        trakt: Rating? = nil
    ) {
        self.imdb = imdb
        self.tmdb = tmdb
        self.metacritic = metacritic
        self.rottenTomatoes = rottenTomatoes
        self.trakt = trakt
    }
}

/// Size and quality say nothing about where it is: Radarr reads through links.
package struct RadarrFile: Hashable, Sendable, Identifiable {
    package var id: Int
    package var path: String
    package var relativePath: String
    package var size: Int64
    package var added: Instant?
    package var sceneName: String?
    package var releaseGroup: String?
    /// "Director's Cut", "Criterion"
    package var edition: String?
    package var quality: String?
    /// Below what the film's profile asks for: another search may bring a better one.
    package var isCutoffUnmet: Bool
}

extension RadarrFilm {
    init?(_ json: Loose) {
        guard let title = json.text("title"), json.isObject else { return nil }
        id = json.whole("id") ?? 0
        ids = FilmIDs(
            tmdb: json.whole("tmdbId"), imdb: json.text("imdbId"), title: title, year: json.whole("year"))
        originalTitle = json.text("originalTitle")
        runtime = json.whole("runtime").flatMap { $0 > 0 ? .minutes(Int64($0)) : nil }
        ratings = RadarrRatings(json["ratings"])
        originalLanguage = RadarrLanguage(json["originalLanguage"])
        genres = json.texts("genres")
        keywords = json["keywords"].map { $0.elements.compactMap(\.text) }
        tags = json.elements("tags").compactMap(\.whole)
        path = json.text("path") ?? ""
        rootFolder = json.text("rootFolderPath")
        file = json["movieFile"].flatMap { RadarrFile($0) }
        hasFile = json.claim("hasFile") ?? (file != nil)
        sizeOnDisk = Int64(json.whole("sizeOnDisk") ?? json["statistics"]?.whole("sizeOnDisk") ?? 0)
        isMonitored = json.claim("monitored") ?? false
        isAvailable = json.claim("isAvailable") ?? false
        status = json.text("status").flatMap { RadarrStatus(rawValue: $0) } ?? .unknown
        qualityProfile = json.whole("qualityProfileId") ?? 0
        added = json.instant("added")
        inCinemas = json.instant("inCinemas")
        digitalRelease = json.instant("digitalRelease")
        physicalRelease = json.instant("physicalRelease")
        lastSearch = json.instant("lastSearchTime")
    }
}

extension RadarrLanguage {
    init?(_ json: Loose?) {
        guard let id = json?.whole("id"), id != 0, let name = json?.text("name") else { return nil }
        self.init(id: id, name: name)
    }
}

extension RadarrRatings {
    init(_ json: Loose?) {
        func rating(_ name: String) -> Rating? {
            guard let value = json?[name]?.number("value") else { return nil }
            let votes = json?[name]?.whole("votes") ?? 0
            // Nobody's vote, not the worst one.
            return value > 0 ? Rating(value: value, votes: max(0, votes)) : nil
        }
        self.init(
            imdb: rating("imdb"), tmdb: rating("tmdb"), metacritic: rating("metacritic"),
            rottenTomatoes: rating("rottenTomatoes"), trakt: rating("trakt"))
    }
}

extension RadarrFile {
    init?(_ json: Loose) {
        guard let id = json.whole("id"), let path = json.text("path") else { return nil }
        self.id = id
        self.path = path
        relativePath = json.text("relativePath") ?? ""
        size = Int64(json.whole("size") ?? 0)
        added = json.instant("dateAdded")
        sceneName = json.text("sceneName")
        releaseGroup = json.text("releaseGroup")
        edition = json.text("edition")
        quality = json["quality"]?["quality"]?.text("name")
        isCutoffUnmet = json.claim("qualityCutoffNotMet") ?? false
    }
}
