// How much of an artist's music somebody has played: a pure count over what Plex has and what the history says. A play
// counts for a track by its key, else by Plex's global guid, else by album, disc, number and title; so nothing is lost
// when an album was removed and added again, and nothing is counted twice.

package import Domain

package struct CompletionEvidence: Sendable {
    package struct Track: Hashable, Sendable {
        package var key: String
        package var guid: String
        package var albumKey: String
        package var album: String
        package var title: String
        package var disc: Int?
        package var index: Int?
        package var performer: String
        /// Plays the server counted for the account that asked: the owner's.
        package var views: Int

        package init(
            key: String, guid: String = "", albumKey: String = "", album: String, title: String, disc: Int? = nil,
            index: Int? = nil, performer: String = "", views: Int = 0
        ) {
            self.key = key
            self.guid = guid
            self.albumKey = albumKey
            self.album = album
            self.title = title
            self.disc = disc
            self.index = index
            self.performer = performer
            self.views = views
        }
    }

    package struct Album: Hashable, Sendable {
        package var key: String
        package var title: String
        package var year: Int?
        package var cover: String?

        package init(key: String, title: String, year: Int? = nil, cover: String? = nil) {
            self.key = key
            self.title = title
            self.year = year
            self.cover = cover
        }
    }

    package var artist: String
    package var albums: [Album]
    package var tracks: [Track]
    /// On other people's albums, such as compilations.
    package var featured: [Track]
    package var heard: [Heard]
    /// Whether the server's own counters are this person's.
    package var countsViews: Bool

    package init(
        artist: String, albums: [Album], tracks: [Track], featured: [Track] = [], heard: [Heard],
        countsViews: Bool = false
    ) {
        self.artist = artist
        self.albums = albums
        self.tracks = tracks
        self.featured = featured
        self.heard = heard
        self.countsViews = countsViews
    }
}

package struct CompletionVerdict: Sendable, Equatable {
    package struct Track: Sendable, Equatable {
        package var title: String
        package var album: String
        package var plays: Int
    }
    package struct Album: Sendable, Equatable {
        package var album: CompletionEvidence.Album
        package var played: Int
        package var total: Int
    }

    package var artist: String
    package var played: Int
    package var total: Int
    package var albums: [Album]
    /// Most played first.
    package var favourites: [Track]
    /// In the order of the albums.
    package var unplayed: [Track]
    package var featuredPlayed: Int
    package var featuredTotal: Int

    /// Rounded, as in the picture beside it; 100 only when nothing is missing, 0 only when nothing was played.
    package var percent: Int {
        guard total > 0, played > 0 else { return 0 }
        if played >= total { return 100 }
        return min(99, max(1, (played * 200 + total) / (total * 2)))
    }
}

package enum CompletionRules {
    package static func verdict(on evidence: CompletionEvidence) -> CompletionVerdict {
        let count = PlayCount(evidence)
        let tracks = distinct(evidence.tracks)
        let order = Dictionary(
            evidence.albums.sorted { ($0.year ?? .max, $0.title) < ($1.year ?? .max, $1.title) }.enumerated()
                .map { ($0.element.key, $0.offset) }
        ) { a, _ in a }
        let sorted = tracks.sorted { a, b in
            (order[a.albumKey] ?? .max, a.album, a.disc ?? 0, a.index ?? 0, a.title)
                < (order[b.albumKey] ?? .max, b.album, b.disc ?? 0, b.index ?? 0, b.title)
        }
        let counted = sorted.map { (track: $0, plays: count.plays(of: $0)) }
        let byAlbum = Dictionary(grouping: counted, by: \.track.albumKey)
        let albums = evidence.albums.sorted { (order[$0.key] ?? 0) < (order[$1.key] ?? 0) }.compactMap { album in
            byAlbum[album.key].map { tracks in
                CompletionVerdict.Album(album: album, played: tracks.count { $0.plays > 0 }, total: tracks.count)
            }
        }
        let featured = distinct(evidence.featured)
        return CompletionVerdict(
            artist: evidence.artist, played: counted.count { $0.plays > 0 }, total: counted.count, albums: albums,
            favourites: counted.filter { $0.plays > 0 }.sorted {
                ($1.plays, $0.track.title) < ($0.plays, $1.track.title)
            }
            .map(told),
            unplayed: counted.filter { $0.plays == 0 }.map(told),
            featuredPlayed: featured.count { count.plays(of: $0) > 0 }, featuredTotal: featured.count)
    }

    private static func told(_ counted: (track: CompletionEvidence.Track, plays: Int)) -> CompletionVerdict.Track {
        CompletionVerdict.Track(title: counted.track.title, album: counted.track.album, plays: counted.plays)
    }

    /// The same recording of the same album in two libraries is one track.
    private static func distinct(_ tracks: [CompletionEvidence.Track]) -> [CompletionEvidence.Track] {
        var seen: Set<String> = []
        return tracks.filter { seen.insert(isGlobal($0.guid) ? $0.guid : $0.key).inserted }
    }

    /// Whether a performer's line such as "Ann Lee feat. The Quintet" names the artist.
    package static func features(_ artist: String, in performer: String) -> Bool {
        let name = Folding.foldedName(artist)
        guard !name.isEmpty, !performer.isEmpty else { return false }
        return " \(Folding.folded(performer)) ".contains(" \(name) ")
    }

    /// Only Plex's own agents give the same thing the same guid everywhere.
    static func isGlobal(_ guid: String) -> Bool { guid.hasPrefix("plex://track/") }
}

/// How often each track was played, looked up once over the whole history.
private struct PlayCount {
    private struct Place: Hashable {
        var album: String
        var disc: Int
        var index: Int
        var title: String
    }

    private var byKey: [String: Int] = [:]
    private var byGuid: [String: Int] = [:]
    private var byPlace: [Place: Int] = [:]
    private let countsViews: Bool

    init(_ evidence: CompletionEvidence) {
        countsViews = evidence.countsViews
        // A play that its key or guid finds must not count again, for another track, by its name.
        let all = evidence.tracks + evidence.featured
        let keys = Set(all.map(\.key))
        let guids = Set(all.map(\.guid).filter(CompletionRules.isGlobal))
        for heard in evidence.heard {
            if CompletionRules.isGlobal(heard.guid), guids.contains(heard.guid) {
                byGuid[heard.guid, default: 0] += heard.plays
            } else if let key = heard.ratingKey, keys.contains(key) {
                byKey[key, default: 0] += heard.plays
            } else if Self.isOf(evidence.artist, heard) {
                byPlace[Self.place(heard.album, heard.disc, heard.index, heard.title), default: 0] += heard.plays
            }
        }
    }

    func plays(of track: CompletionEvidence.Track) -> Int {
        let heard =
            (CompletionRules.isGlobal(track.guid) ? byGuid[track.guid] ?? 0 : 0) + (byKey[track.key] ?? 0)
            + (byPlace[Self.place(track.album, track.disc, track.index, track.title)] ?? 0)
        return countsViews ? max(heard, track.views) : heard
    }

    /// Names find a track only among the artist's own plays: many albums are called "Greatest Hits".
    private static func isOf(_ artist: String, _ heard: Heard) -> Bool {
        let name = Folding.foldedName(artist)
        return Folding.foldedName(heard.artist) == name || CompletionRules.features(artist, in: heard.performer)
    }

    private static func place(_ album: String, _ disc: Int?, _ index: Int?, _ title: String) -> Place {
        Place(album: Folding.folded(album), disc: disc ?? 1, index: index ?? 0, title: Folding.folded(title))
    }
}
