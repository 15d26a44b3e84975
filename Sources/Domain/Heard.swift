// What a person played of one track, all plays of it together: with the keys and names it had then, because an item that
// was removed and added again has others now.

package import Runtime

package struct Heard: Hashable, Sendable {
    package var ratingKey: String?
    package var artistKey: String?
    package var guid: String
    package var title: String
    package var album: String
    package var artist: String
    /// The performer, where the album's artist is another.
    package var performer: String
    package var index: Int?
    package var disc: Int?
    package var plays: Int
    package var last: Instant

    package init(
        ratingKey: String?, artistKey: String? = nil, guid: String = "", title: String, album: String = "",
        artist: String = "", performer: String = "", index: Int? = nil, disc: Int? = nil, plays: Int = 1,
        last: Instant
    ) {
        self.ratingKey = ratingKey
        self.artistKey = artistKey
        self.guid = guid
        self.title = title
        self.album = album
        self.artist = artist
        self.performer = performer
        self.index = index
        self.disc = disc
        self.plays = plays
        self.last = last
    }
}
