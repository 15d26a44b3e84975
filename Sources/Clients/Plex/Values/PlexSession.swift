// Who is playing what right now (sheet plex.md §3). All that a status line wants: the person, the player, how far, and
// what the server does to the stream on its way.

/// Every stream, and what could not be read: one broken row must neither vanish nor hide the others.
package struct PlexSessions: Hashable, Sendable {
    package var sessions: [PlexSession]
    /// A sentence for each stream that is there but cannot be shown.
    package var unreadable: [String]

    package init(sessions: [PlexSession] = [], unreadable: [String] = []) {
        self.sessions = sessions
        self.unreadable = unreadable
    }

    package var isIdle: Bool { sessions.isEmpty && unreadable.isEmpty }
}

package struct PlexSession: Hashable, Sendable {
    /// What is played; `item.media` holds only what is being sent, with decisions.
    package var item: PlexItem
    package var sessionKey = ""
    /// For `terminate`. Nil: this stream cannot be stopped.
    package var sessionID: String?
    package var user = User()
    package var player = Player()
    package var location = Location.unknown
    /// In kbit/s, as the server reserves it.
    package var bandwidth: Int?
    package var transcode: PlexTranscode?

    package struct User: Hashable, Sendable {
        /// The server's own number: the owner is 1, everyone else has their plex.tv id. Nil: not said.
        package var id: Int?
        package var title = ""
        package var thumb: String?

        package init() {}
        package var isOwner: Bool { id == 1 }
    }

    package struct Player: Hashable, Sendable {
        package enum State: Hashable, Sendable {
            case playing, paused, buffering
            case other(String)
        }

        package var title = ""
        package var product = ""
        package var platform = ""
        package var device = ""
        package var machineIdentifier = ""
        package var address = ""
        package var remotePublicAddress = ""
        package var state = State.other("")
        package var isLocal = false
        /// Through Plex's relay: slow by nature.
        package var isRelayed = false
        package var isSecure = false

        package init() {}
    }

    package enum Location: Hashable, Sendable {
        case lan, wan, unknown
        case other(String)
    }

    package init(item: PlexItem) { self.item = item }

    package var duration: Duration? { item.duration }
    package var offset: Duration? { item.viewOffset }

    /// The media being sent.
    package var selectedMedia: PlexMedia? { item.media.first(where: \.isSelected) ?? item.media.first }

    package enum Delivery: Hashable, Sendable {
        case directPlay, directStream, transcode, unknown
    }

    /// The whole stream's: converting any of it makes it a transcode, else repacking makes it a direct stream. The part
    /// says "transcode" also when the converter merely repacks, so what is inside it is asked first.
    package var delivery: Delivery {
        let part = selectedMedia.flatMap { media in media.parts.first(where: \.isSelected) ?? media.parts.first }
        let inside = part?.streams.compactMap(\.decision) ?? []
        let decisions = inside + (transcode?.decisions ?? [])
        if decisions.contains(.transcode) || decisions.contains(.burn) { return .transcode }
        if decisions.contains(.copy) { return .directStream }
        switch part?.decision {
        case .transcode, .burn: return .transcode
        case .copy: return .directStream
        case .directPlay: return .directPlay
        // Without a converter there is nothing but direct play.
        case .other, nil: return transcode == nil ? .directPlay : .unknown
        }
    }
}

/// The converter at work for a stream.
package struct PlexTranscode: Hashable, Sendable {
    package var videoDecision: PlexDecision?
    package var audioDecision: PlexDecision?
    package var subtitleDecision: PlexDecision?
    package var container = ""
    package var videoCodec = ""
    package var audioCodec = ""
    package var sourceVideoCodec = ""
    package var sourceAudioCodec = ""
    package var width: Int?
    package var height: Int?
    /// How many times faster than playing it converts; below 1 the player will stall.
    package var speed: Double?
    /// 0 to 100.
    package var progress: Double?
    package var isThrottled = false
    package var isComplete = false
    package var isHardwareRequested = false
    /// What decodes and encodes in hardware, such as "vaapi"; empty: software.
    package var hardwareDecoding = ""
    package var hardwareEncoding = ""
    package var isFullyHardware = false

    package init() {}

    var decisions: [PlexDecision] { [videoDecision, audioDecision, subtitleDecision].compactMap { $0 } }

    package var usesHardware: Bool { isFullyHardware || !hardwareDecoding.isEmpty || !hardwareEncoding.isEmpty }
}
