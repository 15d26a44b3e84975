// Something that came into a library, as Plex or Tautulli list it: single movies, episodes and albums from Plex, and from
// Tautulli also whole seasons and shows where several episodes came at once.

package import Runtime

/// A library as the newsletter needs it.
package struct LibraryShelf: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case movie, show, artist
    }
    package var section: Int
    package var name: String
    package var kind: Kind

    package init(section: Int, name: String, kind: Kind) {
        self.section = section
        self.name = name
        self.kind = kind
    }
}

package struct NewItem: Hashable, Sendable {
    package var kind: Addition.Kind
    package var ratingKey: Int?
    package var parentKey: Int?
    package var grandparentKey: Int?
    package var title: String
    package var parentTitle: String
    package var grandparentTitle: String
    package var index: Int?
    package var parentIndex: Int?
    package var year: Int?
    package var summary: String
    package var genres: [String]
    package var thumb: String?
    package var grandparentThumb: String?
    /// Episodes of a show or season that came as one.
    package var children: Int?
    package var addedAt: Instant

    package init(
        _ kind: Addition.Kind, _ title: String, ratingKey: Int? = nil, parentKey: Int? = nil,
        grandparentKey: Int? = nil, parentTitle: String = "", grandparentTitle: String = "", index: Int? = nil,
        parentIndex: Int? = nil, year: Int? = nil, summary: String = "", genres: [String] = [], thumb: String? = nil,
        grandparentThumb: String? = nil, children: Int? = nil, addedAt: Instant
    ) {
        self.kind = kind
        self.ratingKey = ratingKey
        self.parentKey = parentKey
        self.grandparentKey = grandparentKey
        self.title = title
        self.parentTitle = parentTitle
        self.grandparentTitle = grandparentTitle
        self.index = index
        self.parentIndex = parentIndex
        self.year = year
        self.summary = summary
        self.genres = genres
        self.thumb = thumb
        self.grandparentThumb = grandparentThumb
        self.children = children
        self.addedAt = addedAt
    }
}
