// A movie, show, season, episode, artist, album or track as Plex lists it (sheet plex.md §1, §2). Only what every item
// must have is demanded: its rating key and its type. What Plex leaves out is unset: no `viewCount` means none.

package import Runtime

package enum PlexKind: Hashable, Sendable {
    case movie, show, season, episode, artist, album, track
    /// Clips, photos, collections and whatever comes.
    case other(String)

    package init(_ name: String) {
        self = Self.known.first { $0.name == name } ?? .other(name)
    }

    package var name: String {
        switch self {
        case .movie: "movie"
        case .show: "show"
        case .season: "season"
        case .episode: "episode"
        case .artist: "artist"
        case .album: "album"
        case .track: "track"
        case .other(let name): name
        }
    }

    private static let known: [PlexKind] = [.track, .episode, .album, .movie, .artist, .season, .show]

    /// The `type` of list and search requests.
    var number: Int? {
        switch self {
        case .movie: 1
        case .show: 2
        case .season: 3
        case .episode: 4
        case .artist: 8
        case .album: 9
        case .track: 10
        case .other: nil
        }
    }
}

package struct PlexItem: Hashable, Sendable {
    package var ratingKey: String
    package var kind: PlexKind
    package var guid = ""
    /// Ids elsewhere, such as `mbid://…` and `imdb://…`. Lists carry them only when asked (`withGuids`).
    package var guids: [String] = []

    package var title = ""
    package var titleSort = ""
    /// Of a track: the performer, where that is not the album's artist.
    package var originalTitle = ""
    package var parentTitle = ""
    package var grandparentTitle = ""
    package var parentRatingKey: String?
    package var grandparentRatingKey: String?
    package var parentGuid = ""
    package var grandparentGuid = ""
    /// Track or episode number; of a season its number.
    package var index: Int?
    /// Disc of a track; season of an episode.
    package var parentIndex: Int?
    package var year: Int?
    /// `YYYY-MM-DD`.
    package var originallyAvailable: String?
    /// Of a show, in which order its episodes stand: "tmdbAiring", "aired", "dvd", "absolute"; nil: as the library has it.
    package var showOrdering: String?
    package var summary = ""
    package var studio = ""
    package var genres: [String] = []
    /// Fields a refresh will not overwrite, such as "summary". Only on single items.
    package var lockedFields: [String] = []

    package var duration: Duration?
    package var viewOffset: Duration?
    /// Plays by the account whose token asked, and nobody else's.
    package var viewCount = 0
    package var lastViewedAt: Instant?
    /// 0 to 10, two to a star; nil: not rated.
    package var userRating: Double?
    package var lastRatedAt: Instant?
    package var addedAt: Instant?
    package var updatedAt: Instant?
    package var leafCount: Int?
    package var viewedLeafCount: Int?
    package var childCount: Int?

    /// Paths on the server, for `image(_:)`.
    package var thumb: String?
    package var parentThumb: String?
    package var grandparentThumb: String?
    package var art: String?

    package var sectionID: Int?
    package var sectionTitle = ""
    package var media: [PlexMedia] = []

    package init(ratingKey: String, kind: PlexKind, title: String = "") {
        self.ratingKey = ratingKey
        self.kind = kind
        self.title = title
    }

    package var isSummaryLocked: Bool { lockedFields.contains("summary") }
    /// Of a track: who performs it.
    package var performer: String { originalTitle.isEmpty ? grandparentTitle : originalTitle }
    /// MusicBrainz' id, from the external ids.
    package var musicBrainzID: String? {
        guids.first { $0.hasPrefix("mbid://") }.map { String($0.dropFirst("mbid://".count)) }
    }
}

/// One version of an item: its files and what is in them. In a session: what is being sent.
package struct PlexMedia: Hashable, Sendable {
    package var id = ""
    package var isSelected = false
    package var bitrate: Int?
    package var container = ""
    /// `1080`, `4k`, `sd`.
    package var videoResolution = ""
    package var videoCodec = ""
    package var audioCodec = ""
    package var audioChannels: Int?
    package var width: Int?
    package var height: Int?
    package var parts: [PlexPart] = []

    package init() {}
}

package struct PlexPart: Hashable, Sendable {
    package var id = ""
    package var file = ""
    package var size: Int?
    package var container = ""
    package var isSelected = false
    /// Only in sessions.
    package var decision: PlexDecision?
    package var streams: [PlexStream] = []

    package init() {}
}

package struct PlexStream: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case video, audio, subtitle
        case other(Int)
    }

    package var id = ""
    package var kind: Kind
    package var codec = ""
    package var displayTitle = ""
    package var language = ""
    package var bitrate: Int?
    package var channels: Int?
    package var height: Int?
    package var isSelected = false
    package var decision: PlexDecision?

    package init(_ kind: Kind) { self.kind = kind }
}

/// What the server does with a stream on its way to the player.
package enum PlexDecision: Hashable, Sendable {
    case directPlay
    /// Repacked, not converted.
    case copy
    case transcode
    /// Subtitles drawn into the picture.
    case burn
    case other(String)

    package init(_ name: String) {
        self =
            switch name {
            case "directplay": .directPlay
            case "copy": .copy
            case "transcode": .transcode
            case "burn": .burn
            default: .other(name)
            }
    }
}
