// A playlist as its owner wants it: which rated tracks, in what order. Ratings are Plex's 0 to 10, two to a star (sheet
// plex.md §4); people say stars.

package struct PlaylistWish: Hashable, Sendable {
    package enum Order: Hashable, Sendable {
        /// Best first; among equals the one rated last comes first.
        case rating
        /// The one rated last first.
        case newest
        /// New tracks go to the end and everything else stays where its owner put it.
        case keep
    }

    package var title: String
    package var least: Double
    package var most: Double
    /// Names of music libraries; none: all of them.
    package var sections: [String]
    package var order: Order
    package var limit: Int?

    package init(
        _ title: String, least: Double, most: Double = 10, sections: [String] = [], order: Order = .rating,
        limit: Int? = nil
    ) {
        self.title = title
        self.least = least
        self.most = most
        self.sections = sections
        self.order = order
        self.limit = limit
    }

    package static let standard = PlaylistWish("My Top Rated", least: 8)

    package func takes(_ rating: Double?) -> Bool { rating.map { (least...most).contains($0) } ?? false }

    /// Also the reason in the Ledger.
    package var words: String {
        let stars =
            if most == least {
                "exactly \(Self.stars(least))"
            } else if most == 10 {
                "\(Self.stars(least)) or more"
            } else {
                "\(Self.stars(least, unit: false)) to \(Self.stars(most))"
            }
        var words = "\(stars) in " + (sections.isEmpty ? "all music" : sections.joined(separator: " and "))
        switch order {
        case .rating: words += ", best first"
        case .newest: words += ", newest rating first"
        case .keep: words += ", order kept"
        }
        if let limit { words += ", at most \(limit)" }
        return words
    }

    static func stars(_ rating: Double, unit: Bool = true) -> String {
        let stars = rating / 2
        let number = stars == stars.rounded() ? "\(Int(stars))" : "\(stars)"
        return unit ? "\(number) \(stars == 1 ? "star" : "stars")" : number
    }
}

/// A rated track, as much of it as the rules need: fifty thousand of them stand in memory.
package struct PlaylistSong: Hashable, Sendable {
    package var key: String
    /// "Artist – Title"
    package var name: String
    package var rating: Double?
    /// Seconds since 1970; nil: Plex does not say.
    package var ratedAt: Int64?
    package var addedAt: Int64?

    package init(
        _ key: String, name: String = "", rating: Double? = nil, ratedAt: Int64? = nil, addedAt: Int64? = nil
    ) {
        self.key = key
        self.name = name
        self.rating = rating
        self.ratedAt = ratedAt
        self.addedAt = addedAt
    }
}

/// One place in a plain playlist; a track may stand in several.
package struct PlaylistPlace: Hashable, Sendable {
    /// Plex's `playlistItemID`: what is removed and moved.
    package var id: Int
    package var key: String
    package var name: String

    package init(_ id: Int, _ key: String, name: String = "") {
        self.id = id
        self.key = key
        self.name = name
    }
}
