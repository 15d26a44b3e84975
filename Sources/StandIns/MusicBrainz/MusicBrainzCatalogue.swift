// What the stand-in of MusicBrainz knows: plain records, invented, to be changed by tests.

package struct MusicBrainzCatalogue: Sendable {
    package struct Artist: Sendable {
        package var id: String
        package var name: String
        package var sortName: String
        package var aliases: [String] = []
        package var isGroup = false
    }

    /// Somebody's part in a recording or release.
    package struct Relation: Sendable {
        /// "instrument", "vocal", "producer" …
        package var type: String
        package var artist: String
        package var attributes: [String] = []
        package var creditedAs = ""
        package var printedAs: [String: String] = [:]

        package init(
            _ type: String, _ artist: String, _ attributes: [String] = [], creditedAs: String = "",
            printedAs: [String: String] = [:]
        ) {
            self.type = type
            self.artist = artist
            self.attributes = attributes
            self.creditedAs = creditedAs
            self.printedAs = printedAs
        }
    }

    package struct Recording: Sendable {
        package var id: String
        package var title: String
        package var milliseconds: Int?
        package var artists: [String]
        package var relations: [Relation]
        /// Of the work recorded.
        package var composers: [String] = []
    }

    package struct Track: Sendable {
        package var id: String
        package var position: Int
        package var number: String
        package var title: String
        package var milliseconds: Int?
        package var recording: String
    }

    package struct Medium: Sendable {
        package var position: Int
        package var format: String?
        package var tracks: [Track]
        package var pregap: Track?
    }

    package struct Group: Sendable {
        package var id: String
        package var title: String
        package var artists: [String]
        package var primaryType = "Album"
        package var secondaryTypes: [String] = []
        package var firstReleased: String
    }

    package struct Release: Sendable {
        package var id: String
        package var group: String
        package var title: String
        package var disambiguation = ""
        package var status = "Official"
        package var date: String?
        package var country: String?
        package var label: String?
        package var artists: [String]
        package var media: [Medium]
        package var relations: [Relation] = []

        package var trackCount: Int { media.reduce(0) { $0 + $1.tracks.count } }
    }

    package var artists: [String: Artist] = [:]
    package var recordings: [String: Recording] = [:]
    package var groups: [Group] = []
    package var releases: [Release] = []
    /// Ids that became another's.
    package var merged: [String: String] = [:]

    package init() {}

    static let statuses: Set = [
        "official", "promotion", "bootleg", "pseudo-release", "withdrawn", "expunged", "cancelled",
    ]

    /// By its own id or one it was merged from.
    func release(_ id: String) -> Release? {
        let id = merged[id] ?? id
        return releases.first { $0.id == id }
    }

    func group(_ id: String) -> Group? { groups.first { $0.id == id } }
}
