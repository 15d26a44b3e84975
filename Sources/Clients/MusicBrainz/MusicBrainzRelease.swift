// A release with what it holds, in our words (sheet §4). `relations` is nil where the server left them out, which is not
// the same as none: an answer of more than 500 recordings comes without.

package struct MusicBrainzArtist: Hashable, Sendable {
    package var id: MBID
    package var name: String
    package var aliases: [String]

    package init(id: MBID, name: String, aliases: [String] = []) {
        self.id = id
        self.name = name
        self.aliases = aliases
    }
}

/// One name of "A & B": the artist, and how the sleeve spells it.
package struct MusicBrainzCredit: Hashable, Sendable {
    package var artist: MusicBrainzArtist
    package var name: String
    package var join: String

    package init(artist: MusicBrainzArtist, name: String? = nil, join: String = "") {
        self.artist = artist
        self.name = name ?? artist.name
        self.join = join
    }
}

extension [MusicBrainzCredit] {
    /// As printed: "Miles Davis & John Coltrane".
    package var line: String { map { $0.name + $0.join }.joined() }
}

package struct MusicBrainzGroup: Hashable, Sendable {
    package var id: MBID
    package var title: String
    /// "Album", "EP", "Single"
    package var primaryType: String?
    /// "Live", "Compilation"
    package var secondaryTypes: [String]
    package var firstReleased: String?

    package init(
        id: MBID, title: String = "", primaryType: String? = nil, secondaryTypes: [String] = [],
        firstReleased: String? = nil
    ) {
        self.id = id
        self.title = title
        self.primaryType = primaryType
        self.secondaryTypes = secondaryTypes
        self.firstReleased = firstReleased
    }
}

package struct MusicBrainzRelease: Hashable, Sendable {
    package struct Medium: Hashable, Sendable {
        package var position: Int
        package var title: String
        package var format: String?
        package var tracks: [Track]
        /// A track hidden before the first, and those that only a computer plays.
        package var pregap: Track?
        package var dataTracks: [Track]

        package init(
            position: Int, title: String = "", format: String? = nil, tracks: [Track], pregap: Track? = nil,
            dataTracks: [Track] = []
        ) {
            self.position = position
            self.title = title
            self.format = format
            self.tracks = tracks
            self.pregap = pregap
            self.dataTracks = dataTracks
        }

        package var allTracks: [Track] { (pregap.map { [$0] } ?? []) + tracks + dataTracks }
    }

    package struct Track: Hashable, Sendable {
        /// What Plex's mbid of a track means.
        package var id: MBID?
        package var position: Int
        /// "A1"
        package var number: String
        package var title: String
        package var milliseconds: Int?
        package var recording: Recording

        package init(
            id: MBID? = nil, position: Int, number: String = "", title: String, milliseconds: Int? = nil,
            recording: Recording
        ) {
            self.id = id
            self.position = position
            self.number = number
            self.title = title
            self.milliseconds = milliseconds
            self.recording = recording
        }
    }

    package struct Recording: Hashable, Sendable {
        package var id: MBID?
        package var title: String
        package var credits: [MusicBrainzCredit]
        package var relations: [MusicBrainzRelation]?

        package init(
            id: MBID? = nil, title: String = "", credits: [MusicBrainzCredit] = [],
            relations: [MusicBrainzRelation]? = nil
        ) {
            self.id = id
            self.title = title
            self.credits = credits
            self.relations = relations
        }
    }

    /// As answered: for a merged release another than was asked for.
    package var id: MBID
    package var title: String
    package var disambiguation: String
    package var status: String?
    /// "1961-03-06", "1961-03" or "1961"
    package var date: String?
    package var country: String?
    package var labels: [String]
    package var credits: [MusicBrainzCredit]
    package var group: MusicBrainzGroup?
    package var media: [Medium]
    package var relations: [MusicBrainzRelation]?

    package init(
        id: MBID, title: String, disambiguation: String = "", status: String? = nil, date: String? = nil,
        country: String? = nil, labels: [String] = [], credits: [MusicBrainzCredit] = [],
        group: MusicBrainzGroup? = nil, media: [Medium] = [], relations: [MusicBrainzRelation]? = nil
    ) {
        self.id = id
        self.title = title
        self.disambiguation = disambiguation
        self.status = status
        self.date = date
        self.country = country
        self.labels = labels
        self.credits = credits
        self.group = group
        self.media = media
        self.relations = relations
    }

    package var trackCount: Int { media.reduce(0) { $0 + $1.tracks.count } }
}
