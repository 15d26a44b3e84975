// MusicBrainz's JSON (sheet §2, §4). Anything but ids may be missing or null, so all is optional here and given its
// meaning in one place below; an element without what it cannot exist without is left out.

import FoundationEssentials

enum Wire {
    struct Artist: Decodable {
        struct Alias: Decodable { var name: String? }
        var id: String?
        var name: String?
        var aliases: [Alias]?
    }

    struct Credit: Decodable {
        var name: String?
        var joinphrase: String?
        var artist: Artist?
    }

    struct Group: Decodable {
        var id: String?
        var title: String?
        var primaryType: String?
        var secondaryTypes: [String]?
        var firstReleased: String?
        var score: Whole?

        enum CodingKeys: String, CodingKey {
            case id, title, score
            case primaryType = "primary-type"
            case secondaryTypes = "secondary-types"
            case firstReleased = "first-release-date"
        }
    }

    struct Relation: Decodable {
        var type: String?
        var typeID: String?
        var direction: String?
        var attributes: [String]?
        var printedAs: [String: String]?
        var targetType: String?
        var targetCredit: String?
        var artist: Artist?

        enum CodingKeys: String, CodingKey {
            case type, direction, attributes, artist
            case typeID = "type-id"
            case printedAs = "attribute-credits"
            case targetType = "target-type"
            case targetCredit = "target-credit"
        }
    }

    struct Recording: Decodable {
        var id: String?
        var title: String?
        var length: Double?
        var credits: [Credit]?
        var relations: [Relation]?

        enum CodingKeys: String, CodingKey {
            case id, title, length, relations
            case credits = "artist-credit"
        }
    }

    struct Track: Decodable {
        var id: String?
        var position: Int?
        var number: String?
        var title: String?
        var length: Double?
        var recording: Recording?
    }

    struct Medium: Decodable {
        var position: Int?
        var title: String?
        var format: String?
        var tracks: [Track]?
        var pregap: Track?
        var dataTracks: [Track]?
        var trackCount: Int?

        enum CodingKeys: String, CodingKey {
            case position, title, format, tracks, pregap
            case dataTracks = "data-tracks"
            case trackCount = "track-count"
        }
    }

    struct LabelInfo: Decodable {
        struct Label: Decodable { var name: String? }
        var label: Label?
    }

    struct Release: Decodable {
        var id: String?
        var title: String?
        var disambiguation: String?
        var status: String?
        var date: String?
        var country: String?
        var score: Whole?
        var trackCount: Int?
        var labels: [LabelInfo]?
        var credits: [Credit]?
        var group: Group?
        var media: [Medium]?
        var relations: [Relation]?

        enum CodingKeys: String, CodingKey {
            case id, title, disambiguation, status, date, country, score, media, relations
            case trackCount = "track-count"
            case labels = "label-info"
            case credits = "artist-credit"
            case group = "release-group"
        }
    }

    /// A page of a search or of browsing.
    struct Page: Decodable {
        var releases: [Release]?
        var groups: [Group]?
        var recordings: [Recording]?
        var count: Int?
        var releaseCount: Int?
        var recordingCount: Int?

        enum CodingKeys: String, CodingKey {
            case releases, recordings, count
            case groups = "release-groups"
            case releaseCount = "release-count"
            case recordingCount = "recording-count"
        }
    }

    /// 100 or "100": older search servers, which mirrors may run, write it as text.
    struct Whole: Decodable {
        let value: Int?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            value = (try? container.decode(Int.self)) ?? (try? container.decode(String.self)).flatMap { Int($0) }
        }
    }

    struct Fault: Decodable {
        var error: String?
    }

    static func read<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}
