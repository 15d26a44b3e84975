// One row of what was played: from pressing play to stopping. The item is told as it was then, under the keys it had then.

package import Runtime

package struct Play: Hashable, Sendable {
    package enum Kind: UInt8, Hashable, Sendable {
        case movie, episode, track
        /// Live television, and what is none of these.
        case other
    }

    package enum Delivery: UInt8, Hashable, Sendable {
        case directPlay, directStream, transcode, unknown
    }

    package var id: Int64
    /// The first row of its sitting: what was stopped and gone on with shares it.
    package var sitting: Int64
    /// The plex.tv id; 0 is nobody in particular.
    package var account: Int
    package var kind: Kind
    package var started: Instant
    /// Without pauses. Below zero where the source has it so.
    package var seconds: Int
    package var title: String
    /// The season or album.
    package var parentTitle: String
    /// The show or artist.
    package var grandparentTitle: String
    /// Of a track its performer, where that is not the album's artist.
    package var originalTitle: String
    package var year: Int?
    package var index: Int?
    package var parentIndex: Int?
    package var ratingKey: Int?
    package var grandparentKey: Int?
    package var delivery: Delivery

    package init(
        id: Int64, sitting: Int64? = nil, account: Int, kind: Kind, started: Instant, seconds: Int, title: String,
        parentTitle: String = "", grandparentTitle: String = "", originalTitle: String = "", year: Int? = nil,
        index: Int? = nil, parentIndex: Int? = nil, ratingKey: Int? = nil, grandparentKey: Int? = nil,
        delivery: Delivery = .unknown
    ) {
        self.id = id
        self.sitting = sitting ?? id
        self.account = account
        self.kind = kind
        self.started = started
        self.seconds = seconds
        self.title = title
        self.parentTitle = parentTitle
        self.grandparentTitle = grandparentTitle
        self.originalTitle = originalTitle
        self.year = year
        self.index = index
        self.parentIndex = parentIndex
        self.ratingKey = ratingKey
        self.grandparentKey = grandparentKey
        self.delivery = delivery
    }
}
