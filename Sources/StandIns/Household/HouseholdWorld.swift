// The one small world behind the stand-ins of Plex, plex.tv, Tautulli, Jellyfin, Jellystat, Radarr and Prowlarr: people,
// libraries and what was played. All of them look at the same world, so that what happens in one shows in the others, as
// in a real house.

package import Runtime

package struct HouseholdWorld: Sendable {
    /// A plex.tv account as this server sees it.
    package struct Person: Sendable {
        /// The plex.tv id. The owner's local id on the server is 1; everyone else's is this one.
        package var id: Int
        package var uuid: String
        package var username: String
        package var title: String
        package var email: String
        /// What plex.tv accepts as this person's X-Plex-Token, and the server too.
        package var token: String
        package var isOwner = false
        package var isHome = false
        /// A Plex Home member without a login: no username, no e-mail address.
        package var isManaged = false
        package var invitedAt: Instant?
        /// Nil while the invitation is pending; for the owner always nil.
        package var acceptedAt: Instant?
        /// The share's own id at plex.tv; nil: has no share of this server (any more).
        package var shareID: Int?
        /// Keys of the sections shared; empty: all libraries.
        package var sections: [Int] = []
        /// On the owner's list of friends, with or without a share.
        package var isFriend = false
        package var rights = Rights()
        /// The name Tautulli shows; nil: the username.
        package var friendlyName: String?

        package var localID: Int { isOwner ? 1 : id }
        /// A share of this server that has been accepted.
        package var hasAccess: Bool { shareID != nil && acceptedAt != nil }
        package var isPending: Bool { shareID != nil && acceptedAt == nil }
    }

    /// What a share allows beside watching, and what it keeps from somebody.
    package struct Rights: Sendable, Equatable {
        package var allowsSync = false, allowsCameraUpload = false, allowsChannels = false
        package var allowsTuners = false, allowsSubtitleAdmin = false
        package var filterAll = "", filterMovies = "", filterTelevision = "", filterMusic = "", filterPhotos = ""

        package init() {}
    }

    package enum Kind: Int, Sendable {
        case movie = 1, show, season, episode
        case artist = 8, album, track
    }

    package struct Section: Sendable {
        package var key: Int
        package var kind: Kind
        package var title: String
        package var uuid: String
        /// The id plex.tv knows it by: invitations want this one.
        package var globalID: Int
    }

    /// A movie, show, season, episode, artist, album or track.
    package struct Item: Sendable {
        package var ratingKey: Int
        package var kind: Kind
        package var section: Int
        package var parent: Int?
        package var title: String
        /// The performer of a track where the artist is another, such as "Various Artists".
        package var originalTitle = ""
        package var summary = ""
        package var isSummaryLocked = false
        package var index: Int?
        package var discIndex: Int?
        package var year: Int?
        /// "1959-08-17"
        package var released: String?
        package var guid: String
        /// "mbid://…", "imdb://…", "tmdb://…"
        package var guids: [String] = []
        package var genres: [String] = []
        package var addedAt: Instant
        package var milliseconds = 0
        package var bytes = 0
        /// Where it is not named after what is in it; two episodes may be one file.
        package var file: String?
        package var hasPoster = true
        /// By plex.tv id: 0…10.
        package var ratings: [Int: Double] = [:]
        package var ratedAt: [Int: Instant] = [:]
        /// By plex.tv id: how often the server counted it, which is not what Tautulli logged.
        package var views: [Int: Int] = [:]
    }

    /// A finished play as Tautulli logs it; Plex's own history shows those with `percent` of 90 or more.
    package struct Play: Sendable {
        package var id: Int
        package var person: Int
        package var ratingKey: Int
        /// What the item was called when it was played: an item that has gone keeps its history.
        package var snapshot: Item
        package var started: Instant
        package var stopped: Instant
        package var paused: Duration
        package var percent: Int
        package var device: Device
        package var isLocal: Bool
        package var decision: Decision
    }

    package enum Decision: String, Sendable {
        case directPlay = "direct play"
        case copy
        case transcode
    }

    package struct Device: Sendable, Hashable {
        package var machine: String
        package var name: String
        package var product: String
        package var platform: String
        package var address: String
    }

    /// A running stream.
    package struct Stream: Sendable {
        package var sessionKey: Int
        package var sessionID: String
        package var person: Int
        package var ratingKey: Int
        package var started: Instant
        /// "playing", "paused" or "buffering"
        package var state: String
        package var offset: Duration
        package var device: Device
        package var isLocal: Bool
        package var isRelayed = false
        /// kbit/s
        package var bandwidth: Int
        package var quality: Quality
    }

    /// What is done to the picture and the sound on the way.
    package struct Quality: Sendable {
        package var video: Decision = .directPlay
        package var audio: Decision = .directPlay
        package var container = "mkv"
        package var sourceVideo = "hevc", sourceResolution = "4k", sourceAudio = "eac3", sourceChannels = 6
        package var streamVideo = "hevc", streamResolution = "4k", streamAudio = "eac3", streamChannels = 6
        /// kbit/s
        package var sourceBitrate = 18_000, streamBitrate = 18_000
        /// "Original", "1080p 8 Mbps"
        package var profile = "Original"
        package var hardwareDecoding = false, hardwareEncoding = false
        package var burnsSubtitles = false
        package var speed = 1.0
        package var isThrottled = false
    }

    package struct Playlist: Sendable {
        package struct Entry: Sendable {
            package var id: Int
            package var ratingKey: Int
        }
        package var ratingKey: Int
        /// Playlists belong to the account whose token made them.
        package var person: Int
        package var title: String
        package var isSmart: Bool
        package var entries: [Entry]
        package var addedAt: Instant
        package var updatedAt: Instant
        package var summary = ""
        /// A smart one's: the filter's path, such as "/library/sections/3/all?type=10&userRating%3E=8".
        package var filter: String?
        /// "audio", "video" or "photo"
        package var type = "audio"
    }

    package var serverName = "Household"
    /// 40 hexadecimal digits.
    package var machineID = "4e6f7420612072656172206d616368696e652031"
    package var version = "1.42.1.10060-4e8b05daf"
    package var people: [Person] = []
    package var sections: [Section] = []
    package private(set) var items = ItemShelf()
    package var plays: [Play] = []
    package var streams: [Stream] = []
    package var playlists: [Playlist] = []
    /// In the order of their names, as Jellyfin lists them.
    package var jellyfin: [JellyfinAccount] = []
    /// As Radarr and Jellyfin have them.
    package var films: [Film] = []
    /// In the order they ended.
    package var filmPlays: [FilmPlay] = []
    package var filmRoots: [FilmRoot] = []
    package var filmTags: [(id: Int, label: String)] = []
    package var nextNumber = 1_000
    /// Grows with every change made through `Household`, so that what was computed from the world can be kept meanwhile.
    package internal(set) var revision = 0

    package init() {}

    /// A number nothing else in this world has.
    package mutating func newNumber() -> Int {
        nextNumber += 1
        return nextNumber
    }

    package mutating func add(_ item: Item) { items.add(item) }

    package mutating func change(_ ratingKey: Int, _ change: (inout Item) -> Void) { items.change(ratingKey, change) }

    /// Takes an item and all below it out of the libraries; its plays stay.
    package mutating func remove(_ ratingKey: Int) { items.remove(ratingKey) }

    mutating func fill(with bulk: BulkMusic) { items.fill(with: bulk) }

    package func person(_ id: Int) -> Person? { people.first { $0.id == id } }
    package func person(token: String) -> Person? { people.first { $0.token == token } }
    package var owner: Person? { people.first { $0.isOwner } }
    package func section(_ key: Int) -> Section? { sections.first { $0.key == key } }

    package var childKeys: ItemShelf.Children { ItemShelf.Children(shelf: items) }
    package func childKeys(of ratingKey: Int) -> [Int] { items.childKeys(of: ratingKey) }
    package func children(of ratingKey: Int) -> [Item] { childKeys(of: ratingKey).compactMap { items[$0] } }
    /// In the order they were added.
    package func keys(of kind: Kind, in section: Int) -> [Int] { items.keys(of: kind, in: section) }
    package func items(of kind: Kind, in section: Int) -> [Item] {
        keys(of: kind, in: section).compactMap { items[$0] }
    }

    /// All below that has nothing below itself: tracks of an artist, episodes of a show.
    package func leafKeys(of ratingKey: Int) -> [Int] {
        let children = childKeys(of: ratingKey)
        guard let first = children.first, let kind = items[first]?.kind else { return [] }
        return kind.isLeaf ? children : children.flatMap { leafKeys(of: $0) }
    }

    package func parent(of item: Item) -> Item? { item.parent.flatMap { items[$0] } }
    package func grandparent(of item: Item) -> Item? { parent(of: item).flatMap { parent(of: $0) } }
}

extension HouseholdWorld.Kind {
    package var isLeaf: Bool { self == .movie || self == .episode || self == .track }

    /// The word in answers.
    package var word: String {
        switch self {
        case .movie: "movie"
        case .show: "show"
        case .season: "season"
        case .episode: "episode"
        case .artist: "artist"
        case .album: "album"
        case .track: "track"
        }
    }

    /// What a library of this kind holds, from the top down.
    package var levels: [HouseholdWorld.Kind] {
        switch self {
        case .movie: [.movie]
        case .show, .season, .episode: [.show, .season, .episode]
        case .artist, .album, .track: [.artist, .album, .track]
        }
    }
}
