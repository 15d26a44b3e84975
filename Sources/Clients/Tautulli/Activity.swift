// What is being streamed now (sheet §6). E-mail and IP addresses stand in Tautulli's answer too; they are left there, so
// that no card or log can show them.

package struct TautulliActivity: Sendable, Equatable {
    package var sessions: [TautulliSession]
    /// Streams that are there but could not be read: they must neither vanish nor hide the others.
    package var unreadable = 0
    package var directPlays: Int
    package var directStreams: Int
    package var transcodes: Int
    /// kbit/s, as Plex reserves it.
    package var totalBandwidth: Int
    package var lanBandwidth: Int
    package var wanBandwidth: Int
}

package struct TautulliSession: Sendable, Equatable {
    package struct Player: Sendable, Equatable {
        /// The player's own name: "Living Room".
        package var name: String
        package var product: String
        package var platform: String
        package var device: String
        package var machineID: String
    }

    /// A file as it is stored, or as it arrives.
    package struct Encoding: Sendable, Equatable {
        package var container: String
        package var videoCodec: String
        /// "4k", "1080p", "sd"; empty for music.
        package var resolution: String
        package var dynamicRange: String
        package var audioCodec: String
        package var audioChannels: Int?
        package var subtitleCodec: String
        /// kbit/s
        package var bitrate: Int?
    }

    package struct Decisions: Sendable, Equatable {
        package var overall: TautulliDecision?
        package var container: TautulliDecision?
        package var video: TautulliDecision?
        package var audio: TautulliDecision?
        package var subtitle: TautulliDecision?
    }

    package struct Transcoding: Sendable, Equatable {
        package var decodesInHardware: Bool
        package var encodesInHardware: Bool
        package var isThrottled: Bool
        /// Times real time; nil when nothing is transcoded.
        package var speed: Double?
        /// Percent of the file ready.
        package var progress: Int
    }

    package var sessionKey: String
    /// What `terminate` takes; empty for some players.
    package var sessionID: String
    package var userID: Int
    package var username: String
    package var friendlyName: String

    package var mediaType: TautulliMediaType
    package var isLiveTV: Bool
    package var title: String
    package var parentTitle: String
    package var grandparentTitle: String
    /// A track's own performer where it is not the album's artist.
    package var originalTitle: String
    package var fullTitle: String
    package var index: Int?
    package var parentIndex: Int?
    package var year: Int?
    package var ratingKey: Int?
    package var parentRatingKey: Int?
    package var grandparentRatingKey: Int?
    package var sectionID: Int?
    package var libraryName: String
    package var guid: String
    package var guids: [String]
    package var parentGuids: [String]
    package var grandparentGuids: [String]
    package var thumb: String
    package var parentThumb: String
    package var grandparentThumb: String
    package var art: String

    package var player: Player
    package var state: TautulliState
    package var offset: Duration
    /// Nil for live TV.
    package var duration: Duration?
    /// Percent.
    package var progress: Int

    package var qualityProfile: String
    package var decisions: Decisions
    package var source: Encoding
    package var stream: Encoding
    package var transcoding: Transcoding
    /// kbit/s reserved; nil when Plex does not say.
    package var bandwidth: Int?
    /// "lan", "wan" or "cellular"
    package var location: String
    package var isLocal: Bool
    package var isRelayed: Bool?
    package var isSecure: Bool?
}

extension Tautulli {
    /// Throws `plexIsDown` where Tautulli knows nothing: that is not the same as nobody streaming.
    package func activity() async throws(TautulliError) -> TautulliActivity {
        let told = try await ask("get_activity", [], .prompt, as: Told<TautulliActivity>.self)
        guard case .value(let activity) = told else { throw .plexIsDown }
        return activity
    }

    /// Ends a stream, with a sentence shown on its player. Needs a Plex Pass. Never asked twice.
    package func terminate(session id: String, message: String) async throws(TautulliError) {
        // With neither key Tautulli would look for none at all, and an empty one could fit the wrong stream.
        guard !id.isEmpty else { throw .refused("a stream without a session id cannot be ended") }
        _ = try await response(to: "terminate_session", [("session_id", id), ("message", message)])
    }

    private func response(to command: String, _ parameters: Parameters) async throws(TautulliError) -> Anything {
        try await ask(command, parameters, .once)
    }
}

/// For answers of which only the success matters.
struct Anything: Decodable {
    init(from decoder: any Decoder) throws {}
}
