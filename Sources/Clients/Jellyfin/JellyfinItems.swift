// Films, and how somebody stands to them. Its ratings are TMDb's unless somebody set it up otherwise, and it knows no
// votes; `PlayCount` counts beginnings, and "mark unplayed" makes it 0: an upper bound at best, while it lasts.

package import Domain
internal import FoundationEssentials
internal import HTTP
package import Runtime

package struct JellyfinItem: Hashable, Sendable, Identifiable {
    package struct Version: Hashable, Sendable {
        package var id: String
        package var runtime: Duration?
    }

    /// Changes when the film's folder moves.
    package var id: String
    package var kind: Playback.ItemKind
    package var ids: FilmIDs
    package var originalTitle: String?
    package var runtime: Duration?
    /// 0…10, of a source Jellyfin does not name.
    package var communityRating: Double?
    /// In the library's language.
    package var genres: [String]
    package var tags: [String]
    /// Only 12.0 says it: a two-letter code.
    package var originalLanguage: String?
    package var path: String?
    package var versions: [Version]
    /// Nil: nobody was asked about.
    package var state: JellyfinPlayState?
}

package struct JellyfinPlayState: Hashable, Sendable {
    /// Beginnings, not endings.
    package var starts: Int
    package var isPlayed: Bool
    package var isFavourite: Bool
    package var position: Duration?
    package var lastPlayed: Instant?
}

extension Jellyfin {
    /// Nil: there is no such item for this user, which may also mean that they may not see it.
    package func item(_ id: String, for user: String) async throws(JellyfinError) -> JellyfinItem? {
        guard JellyfinID(id) != nil, JellyfinID(user) != nil else { throw .invalid("an item: that is no id") }
        let call = JellyfinCall("GET", "/Items/\(id)", [("userId", user)], what: "the item \(id)")
        do throws(JellyfinError) { return try await json(call, as: WireItem.self).item } catch {
            if case .notFound = error { return nil }
            throw error
        }
    }

    /// What somebody has seen lately, newest first: for what no hook told.
    package func playedFilms(of user: String, most: Int = 100) async throws(JellyfinError) -> [JellyfinItem] {
        try await films(
            of: user, [("filters", "IsPlayed"), ("sortBy", "DatePlayed"), ("sortOrder", "Descending")], most)
    }

    package func favouriteFilms(of user: String, most: Int = 1_000) async throws(JellyfinError) -> [JellyfinItem] {
        try await films(
            of: user, [("filters", "IsFavorite"), ("sortBy", "SortName"), ("sortOrder", "Ascending")], most)
    }

    /// Those with that title, for an item that has moved: which of them it is, their numbers say.
    package func films(titled title: String, for user: String) async throws(JellyfinError) -> [JellyfinItem] {
        try await films(of: user, [("searchTerm", title)], 50)
    }

    private func films(
        of user: String, _ query: [(String, String)], _ most: Int
    ) async throws(JellyfinError) -> [JellyfinItem] {
        guard JellyfinID(user) != nil else { throw .invalid("the films: that is no user's id") }
        let always = [
            ("userId", user), ("recursive", "true"), ("includeItemTypes", "Movie"), ("enableUserData", "true"),
            ("fields", "ProviderIds,Genres,Tags,OriginalTitle,Path,MediaSources"), ("enableImages", "false"),
            ("limit", "\(most)"),
        ]
        let call = JellyfinCall("GET", "/Items", always + query, what: "the films of a user")
        return try await json(call, as: WireItems.self).items
    }
}

private struct WireItems: Decodable {
    var items: [JellyfinItem]

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        items = try fields.decode([WireItem].self, forKey: "Items").map(\.item)
    }
}

private struct WireItem: Decodable {
    var item: JellyfinItem

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        guard let id = fields.id("Id"), let name = fields.text("Name"), let type = fields.text("Type") else {
            throw DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "not an item"))
        }
        let numbers = fields.fields("ProviderIds")
        let versions = (try? fields.decode([WireVersion].self, forKey: "MediaSources")) ?? []
        item = JellyfinItem(
            id: id, kind: .init(jellyfin: type),
            ids: FilmIDs(
                tmdb: numbers?.text("Tmdb").flatMap { Int($0) }, imdb: numbers?.text("Imdb"), title: name,
                year: fields.whole("ProductionYear")),
            originalTitle: fields.text("OriginalTitle"), runtime: fields.ticks("RunTimeTicks"),
            communityRating: fields.number("CommunityRating"), genres: fields.texts("Genres"),
            tags: fields.texts("Tags"), originalLanguage: fields.text("OriginalLanguage"), path: fields.text("Path"),
            versions: versions.compactMap(\.version), state: fields.fields("UserData").map { JellyfinPlayState($0) })
    }
}

private struct WireVersion: Decodable {
    var version: JellyfinItem.Version?

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Field.self)
        version = fields.text("Id").map {
            JellyfinItem.Version(id: JellyfinID($0)?.text ?? $0, runtime: fields.ticks("RunTimeTicks"))
        }
    }
}

extension JellyfinPlayState {
    fileprivate init(_ fields: Fields) {
        starts = fields.whole("PlayCount") ?? 0
        isPlayed = fields.claim("Played") ?? false
        isFavourite = fields.claim("IsFavorite") ?? false
        position = fields.ticks("PlaybackPositionTicks")
        lastPlayed = fields.text("LastPlayedDate").flatMap { LocalTime.instant(iso8601: $0) }
    }
}

extension Playback.ItemKind {
    /// The names of Jellyfin's classes.
    init(jellyfin type: String) {
        self =
            switch type.lowercased() {
            case "movie": .film
            case "episode": .episode
            default: .other(type)
            }
    }
}
