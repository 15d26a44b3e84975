// Libraries and what is in them, which Tautulli asks of Plex for every question (sheet §5, §6): an empty answer is
// believed only when Plex is seen to be there.

package import Runtime

package struct TautulliLibrary: Sendable, Equatable {
    package var sectionID: Int
    package var name: String
    /// movie, show or artist
    package var kind: TautulliMediaType
    package var isActive: Bool
    /// Movies, shows or artists.
    package var count: Int
    /// Seasons or albums.
    package var parentCount: Int?
    /// Episodes or tracks.
    package var childCount: Int?
}

/// An item as Tautulli describes it, in `metadata` and in `recentlyAdded`.
package struct TautulliItem: Sendable, Equatable {
    package var ratingKey: Int
    package var parentRatingKey: Int?
    package var grandparentRatingKey: Int?
    package var mediaType: TautulliMediaType
    package var sectionID: Int?
    package var libraryName: String
    package var title: String
    package var parentTitle: String
    package var grandparentTitle: String
    package var originalTitle: String
    package var fullTitle: String
    package var index: Int?
    package var parentIndex: Int?
    package var year: Int?
    package var released: String
    /// An album without a summary shows its artist's here.
    package var summary: String
    package var tagline: String
    package var studio: String
    package var contentRating: String
    package var rating: Double?
    package var audienceRating: Double?
    package var duration: Duration?
    package var addedAt: Instant?
    package var updatedAt: Instant?
    package var thumb: String
    package var parentThumb: String
    package var grandparentThumb: String
    package var art: String
    package var guid: String
    package var guids: [String]
    /// A track has its album's.
    package var genres: [String]
    package var directors: [String]
    package var actors: [String]
    package var childCount: Int?
}

extension Tautulli {
    package func libraries() async throws(TautulliError) -> [TautulliLibrary] {
        try await askPlex("get_libraries", as: [TautulliLibrary].self) ?? []
    }

    /// Nil when Plex has no such item.
    package func metadata(of ratingKey: Int) async throws(TautulliError) -> TautulliItem? {
        try await askPlex("get_metadata", [("rating_key", String(ratingKey))], as: TautulliItem.self)
    }

    /// The newest first; at most `count`. For music these are albums.
    package func recentlyAdded(
        _ count: Int, of mediaType: TautulliMediaType? = nil, section: Int? = nil, start: Int = 0
    ) async throws(TautulliError) -> [TautulliItem] {
        // Tautulli's own default is none at all.
        var parameters: Parameters = [("count", String(count)), ("start", String(start))]
        if let mediaType { parameters.append(("media_type", mediaType.rawValue)) }
        // A media type would outrank it.
        if let section, mediaType == nil { parameters.append(("section_id", String(section))) }
        guard count > 0 else { return [] }
        let added = try await askPlex("get_recently_added", parameters, as: RecentlyAdded.self) { $0.items.isEmpty }
        // Without a type it asks twice where movies and other videos are one: each only once.
        var seen: Set<Int> = []
        return (added?.items ?? []).filter { seen.insert($0.ratingKey).inserted }
    }
}

struct RecentlyAdded: Decodable {
    let items: [TautulliItem]

    init(from decoder: any Decoder) throws { items = try decoder.fields.list("recently_added") }
}

extension TautulliLibrary: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        guard let sectionID = fields.whole("section_id") else {
            throw DecodingError.keyNotFound(
                Field(stringValue: "section_id"), .init(codingPath: decoder.codingPath, debugDescription: ""))
        }
        self.init(
            sectionID: sectionID, name: fields.text("section_name"),
            kind: fields.word("section_type") ?? TautulliMediaType(rawValue: ""), isActive: fields.flag("is_active"),
            count: fields.whole("count") ?? 0, parentCount: fields.whole("parent_count"),
            childCount: fields.whole("child_count"))
    }
}

extension TautulliItem: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        guard let ratingKey = fields.whole("rating_key") else {
            throw DecodingError.keyNotFound(
                Field(stringValue: "rating_key"), .init(codingPath: decoder.codingPath, debugDescription: ""))
        }
        self.init(
            ratingKey: ratingKey, parentRatingKey: fields.whole("parent_rating_key"),
            grandparentRatingKey: fields.whole("grandparent_rating_key"),
            mediaType: fields.word("media_type") ?? TautulliMediaType(rawValue: ""),
            sectionID: fields.whole("section_id"), libraryName: fields.text("library_name"),
            title: fields.text("title"), parentTitle: fields.text("parent_title"),
            grandparentTitle: fields.text("grandparent_title"), originalTitle: fields.text("original_title"),
            fullTitle: fields.filledText("full_title") ?? fields.text("title"), index: fields.whole("media_index"),
            parentIndex: fields.whole("parent_media_index"), year: fields.whole("year"),
            released: fields.text("originally_available_at"), summary: fields.text("summary"),
            tagline: fields.text("tagline"), studio: fields.text("studio"),
            contentRating: fields.text("content_rating"), rating: fields.fraction("rating"),
            audienceRating: fields.fraction("audience_rating"),
            duration: fields.whole("duration").map { .milliseconds($0) }, addedAt: fields.instant("added_at"),
            updatedAt: fields.instant("updated_at"), thumb: fields.text("thumb"),
            parentThumb: fields.text("parent_thumb"), grandparentThumb: fields.text("grandparent_thumb"),
            art: fields.text("art"), guid: fields.text("guid"), guids: fields.texts("guids"),
            genres: fields.texts("genres"), directors: fields.texts("directors"), actors: fields.texts("actors"),
            childCount: fields.whole("children_count") ?? fields.whole("child_count"))
    }
}
