// What kind of answer a file holds, told by its shape: a release of either source, a recording, or a page of browsing, of
// which the first release counts.

internal import Discogs
internal import FoundationEssentials
internal import Music
internal import MusicBrainz

enum SavedAnswer {
    private struct Shape: Decodable {
        struct Anything: Decodable {
            init(from decoder: any Decoder) throws {}
        }
        var media: Anything?
        var tracklist: Anything?
        var releases: Anything?
        var primaryType: Anything?

        enum CodingKeys: String, CodingKey {
            case media, tracklist, releases
            case primaryType = "primary-type"
        }
    }

    static func credits(in bytes: [UInt8]) -> AlbumCredits? {
        guard let shape = try? JSONDecoder().decode(Shape.self, from: Data(bytes)) else { return nil }
        if shape.tracklist != nil { return DiscogsRelease(json: bytes).map { AlbumCredits($0) } }
        if shape.media != nil { return MusicBrainzRelease(json: bytes).map { AlbumCredits($0) } }
        if shape.releases != nil { return MusicBrainzRelease.page(json: bytes)?.first.map { AlbumCredits($0) } }
        return MusicBrainzRelease(recordingJSON: bytes).map { AlbumCredits($0) }
    }
}
