// One stream as people ask about it: who, what, where, how far, and what the server does to it on the way. Both sources,
// Tautulli and Plex itself, are read into this. No address of anybody has a place in it.

package struct UsageStream: Hashable, Sendable {
    package struct Person: Hashable, Sendable {
        /// The plex.tv id (Plex itself calls the owner 1); nil where it is not told.
        package var id: Int?
        package var name: String

        package init(id: Int? = nil, name: String) {
            self.id = id
            self.name = name
        }
    }

    package enum Kind: Hashable, Sendable { case movie, episode, track, liveTV, other }
    package enum State: Hashable, Sendable { case playing, paused, buffering, unknown }
    package enum Delivery: Hashable, Sendable { case directPlay, directStream, transcode, unknown }
    package enum Network: Hashable, Sendable { case lan, wan, unknown }

    package struct Player: Hashable, Sendable {
        /// Its own name, often its owner's: "Ann's Phone".
        package var name = ""
        package var product = ""
        package var platform = ""

        package init(name: String = "", product: String = "", platform: String = "") {
            self.name = name
            self.product = product
            self.platform = platform
        }
    }

    /// A file as it is stored, or as it arrives. Empty: not told.
    package struct Encoding: Hashable, Sendable {
        package var container = ""
        package var videoCodec = ""
        package var resolution = ""
        package var dynamicRange = ""
        package var audioCodec = ""
        package var audioChannels: Int?
        package var subtitleCodec = ""
        /// kbit/s
        package var bitrate: Int?

        package init() {}
    }

    package enum Treatment: Hashable, Sendable {
        case directPlay, copy, transcode
        /// Subtitles painted into the picture.
        case burn
    }

    package struct Treatments: Hashable, Sendable {
        package var container: Treatment?
        package var video: Treatment?
        package var audio: Treatment?
        package var subtitle: Treatment?

        package init() {}
    }

    /// The program that converts.
    package struct Converter: Hashable, Sendable {
        package var decodesInHardware: Bool?
        package var encodesInHardware: Bool?
        /// Times real time.
        package var speed: Double?
        package var isThrottled = false

        package init() {}
    }

    /// What ties the two sources' news of one stream together.
    package var key = ""
    package var person: Person
    package var kind = Kind.other
    package var title = ""
    /// Album or season's show, as the kind wants it.
    package var parentTitle = ""
    package var grandparentTitle = ""
    /// A track's own performer where it is not the album's artist.
    package var performer = ""
    package var year: Int?
    package var season: Int?
    package var index: Int?
    package var ratingKey: String?
    /// Path of its poster or cover on the Plex server.
    package var poster: String?

    package var player = Player()
    package var state = State.unknown
    package var offset: Duration?
    /// Nil for live television.
    package var duration: Duration?

    /// Plex's name for the quality chosen: "Original", "8 Mbps 1080p".
    package var profile = ""
    package var delivery = Delivery.unknown
    package var treatments = Treatments()
    package var source = Encoding()
    package var arriving = Encoding()
    package var converter: Converter?
    /// kbit/s, as Plex reserves it.
    package var bandwidth: Int?
    package var network = Network.unknown
    package var isRelayed: Bool?

    package init(person: Person) { self.person = person }
}

extension UsageStream {
    /// What is missing here and told there. What both tell stays as it is here.
    func completed(by other: UsageStream) -> UsageStream {
        var whole = self
        func fill(_ path: WritableKeyPath<UsageStream, String>) {
            if whole[keyPath: path].isEmpty { whole[keyPath: path] = other[keyPath: path] }
        }
        func fill<Value>(_ path: WritableKeyPath<UsageStream, Value?>) {
            if whole[keyPath: path] == nil { whole[keyPath: path] = other[keyPath: path] }
        }
        [\UsageStream.title, \.parentTitle, \.grandparentTitle, \.performer, \.player.name, \.player.product].forEach(
            fill)
        [\UsageStream.player.platform, \.profile, \.person.name].forEach(fill)
        fill(\.year)
        fill(\.season)
        fill(\.index)
        fill(\.ratingKey)
        fill(\.poster)
        fill(\.offset)
        if kind != .liveTV { fill(\.duration) }
        fill(\.bandwidth)
        fill(\.isRelayed)
        fill(\.converter)
        if kind == .other { whole.kind = other.kind }
        if state == .unknown { whole.state = other.state }
        if network == .unknown { whole.network = other.network }
        if delivery == .unknown {
            whole.delivery = other.delivery
            whole.treatments = other.treatments
        }
        whole.source = source.completed(by: other.source)
        whole.arriving = arriving.completed(by: other.arriving)
        return whole
    }
}

extension UsageStream.Encoding {
    func completed(by other: Self) -> Self {
        var whole = self
        func fill(_ path: WritableKeyPath<Self, String>) {
            if whole[keyPath: path].isEmpty { whole[keyPath: path] = other[keyPath: path] }
        }
        [\Self.container, \.videoCodec, \.resolution, \.dynamicRange, \.audioCodec, \.subtitleCodec].forEach(fill)
        whole.audioChannels = audioChannels ?? other.audioChannels
        whole.bitrate = bitrate ?? other.bitrate
        return whole
    }
}
