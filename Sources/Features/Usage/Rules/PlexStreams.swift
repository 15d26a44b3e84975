// A stream as Plex itself tells it (sheet plex.md §3): its `Media` is what arrives; what is stored stands only in the item,
// which is asked for besides.

import Plex

extension UsageStream {
    /// - Parameter original: the item as it lies in the library, where it was asked for
    init(_ session: PlexSession, original: PlexItem? = nil) {
        let item = session.item
        self.init(person: Person(id: session.user.id, name: session.user.title))
        key = session.sessionKey
        title = item.title
        parentTitle = item.parentTitle
        grandparentTitle = item.grandparentTitle
        performer = item.originalTitle
        year = item.year
        season = item.parentIndex
        index = item.index
        ratingKey = item.ratingKey
        kind =
            switch item.kind {
            case .movie: .movie
            case .episode: .episode
            case .track: .track
            default: .other
            }
        let posters =
            switch kind {
            case .episode: [item.grandparentThumb, item.parentThumb, item.thumb]
            case .track: [item.parentThumb, item.thumb, item.grandparentThumb]
            default: [item.thumb, item.parentThumb, item.grandparentThumb]
            }
        poster = posters.compactMap { $0 }.first
        player = Player(
            name: session.player.title, product: session.player.product, platform: session.player.platform)
        state =
            switch session.player.state {
            case .playing: .playing
            case .paused: .paused
            case .buffering: .buffering
            case .other: .unknown
            }
        offset = session.offset
        duration = session.duration
        bandwidth = session.bandwidth
        isRelayed = session.player.isRelayed
        network =
            switch session.location {
            case .lan: .lan
            case .wan, .other("cellular"): .wan
            case .unknown, .other: .unknown
            }
        delivery =
            switch session.delivery {
            case .directPlay: .directPlay
            case .directStream: .directStream
            case .transcode: .transcode
            case .unknown: .unknown
            }
        arriving = Encoding(session.selectedMedia)
        if delivery == .directPlay { source = arriving }
        if let media = original?.media.first, original?.media.count == 1 { source = Encoding(media) }
        if let transcode = session.transcode { add(transcode, session.selectedMedia) }
        tellsConversion(of: session.selectedMedia)
    }

    private mutating func add(_ transcode: PlexTranscode, _ media: PlexMedia?) {
        if !transcode.sourceVideoCodec.isEmpty { source.videoCodec = transcode.sourceVideoCodec }
        if !transcode.sourceAudioCodec.isEmpty { source.audioCodec = transcode.sourceAudioCodec }
        if arriving.videoCodec.isEmpty { arriving.videoCodec = transcode.videoCodec }
        if arriving.audioCodec.isEmpty { arriving.audioCodec = transcode.audioCodec }
        // What the part names is the file's; the converter names what it makes.
        if !transcode.container.isEmpty { arriving.container = transcode.container }
        treatments.video = transcode.videoDecision.flatMap(Treatment.init)
        treatments.audio = transcode.audioDecision.flatMap(Treatment.init)
        treatments.subtitle = transcode.subtitleDecision.flatMap(Treatment.init)
        var converter = Converter()
        converter.decodesInHardware = transcode.isFullyHardware || !transcode.hardwareDecoding.isEmpty
        converter.encodesInHardware = transcode.isFullyHardware || !transcode.hardwareEncoding.isEmpty
        converter.isThrottled = transcode.isThrottled
        // Done is done: its speed says nothing any more.
        converter.speed = transcode.isComplete ? nil : transcode.speed.flatMap { $0 > 0 ? $0 : nil }
        self.converter = converter
    }

    /// Some servers leave the decisions out of TranscodeSession and give them with each stream of the part.
    private mutating func tellsConversion(of media: PlexMedia?) {
        let part = media.flatMap { media in media.parts.first(where: \.isSelected) ?? media.parts.first }
        for stream in part?.streams ?? [] {
            let treatment = stream.decision.flatMap(Treatment.init)
            switch stream.kind {
            case .video: treatments.video = treatments.video ?? treatment
            case .audio: treatments.audio = treatments.audio ?? treatment
            case .subtitle: treatments.subtitle = treatments.subtitle ?? treatment
            case .other: break
            }
        }
    }
}

extension UsageStream.Treatment {
    init?(_ decision: PlexDecision) {
        switch decision {
        case .directPlay: self = .directPlay
        case .copy: self = .copy
        case .transcode: self = .transcode
        case .burn: self = .burn
        case .other: return nil
        }
    }
}

extension UsageStream.Encoding {
    init(_ media: PlexMedia?) {
        self.init()
        guard let media else { return }
        container = media.container
        videoCodec = media.videoCodec
        resolution = media.videoResolution
        audioCodec = media.audioCodec
        audioChannels = media.audioChannels
        bitrate = media.bitrate
    }
}
