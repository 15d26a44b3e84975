// Words Tautulli uses for kinds of things, open for those it may add.

package protocol TautulliWord: RawRepresentable, Hashable, Sendable, CustomStringConvertible where RawValue == String {
    init(rawValue: String)
}

extension TautulliWord {
    package var description: String { rawValue }
}

package struct TautulliMediaType: TautulliWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let movie = TautulliMediaType(rawValue: "movie")
    package static let show = TautulliMediaType(rawValue: "show")
    package static let season = TautulliMediaType(rawValue: "season")
    package static let episode = TautulliMediaType(rawValue: "episode")
    package static let artist = TautulliMediaType(rawValue: "artist")
    package static let album = TautulliMediaType(rawValue: "album")
    package static let track = TautulliMediaType(rawValue: "track")
    package static let live = TautulliMediaType(rawValue: "live")
    package static let clip = TautulliMediaType(rawValue: "clip")
    package static let photo = TautulliMediaType(rawValue: "photo")
}

/// What is done to a stream or a part of it on the way.
package struct TautulliDecision: TautulliWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let directPlay = TautulliDecision(rawValue: "direct play")
    /// Repacked, not recoded.
    package static let copy = TautulliDecision(rawValue: "copy")
    package static let transcode = TautulliDecision(rawValue: "transcode")
    /// Subtitles painted into the picture.
    package static let burn = TautulliDecision(rawValue: "burn")
}

package struct TautulliState: TautulliWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let playing = TautulliState(rawValue: "playing")
    package static let paused = TautulliState(rawValue: "paused")
    package static let buffering = TautulliState(rawValue: "buffering")
}

package enum TautulliMeasure: String, Sendable {
    case plays
    case duration
}
