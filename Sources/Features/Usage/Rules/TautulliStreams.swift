// A stream as Tautulli tells it (sheet tautulli.md §6).

import Tautulli

extension UsageStream {
    init(_ session: TautulliSession) {
        self.init(person: Person(id: session.userID, name: session.friendlyName))
        key = session.sessionKey
        title = session.title
        parentTitle = session.parentTitle
        grandparentTitle = session.grandparentTitle
        performer = session.originalTitle
        year = session.year
        season = session.parentIndex
        index = session.index
        ratingKey = session.ratingKey.map(String.init)
        kind =
            switch session.mediaType {
            case _ where session.isLiveTV: .liveTV
            case .movie: .movie
            case .episode: .episode
            case .track: .track
            default: .other
            }
        // A show's and an album's picture say more than an episode's still.
        let posters =
            switch kind {
            case .episode: [session.grandparentThumb, session.parentThumb, session.thumb]
            case .track: [session.parentThumb, session.thumb, session.grandparentThumb]
            default: [session.thumb, session.parentThumb, session.grandparentThumb]
            }
        poster = posters.first { !$0.isEmpty }
        player = Player(
            name: session.player.name, product: session.player.product, platform: session.player.platform)
        state =
            switch session.state {
            case .playing: .playing
            case .paused: .paused
            case .buffering: .buffering
            default: .unknown
            }
        offset = session.offset
        duration = session.duration
        profile = session.qualityProfile
        treatments.container = session.decisions.container.flatMap(Treatment.init)
        treatments.video = session.decisions.video.flatMap(Treatment.init)
        treatments.audio = session.decisions.audio.flatMap(Treatment.init)
        treatments.subtitle = session.decisions.subtitle.flatMap(Treatment.init)
        source = Encoding(session.source)
        arriving = Encoding(session.stream)
        delivery = Delivery(session.decisions.overall, treatments)
        if delivery == .transcode || delivery == .directStream {
            var converter = Converter()
            converter.decodesInHardware = session.transcoding.decodesInHardware
            converter.encodesInHardware = session.transcoding.encodesInHardware
            converter.isThrottled = session.transcoding.isThrottled
            // 0 is said before the first second is converted.
            converter.speed = session.transcoding.speed.flatMap { $0 > 0 ? $0 : nil }
            self.converter = converter
        }
        bandwidth = session.bandwidth
        isRelayed = session.isRelayed
        network =
            switch session.location {
            case "lan": .lan
            case "wan", "cellular": .wan
            default: .unknown
            }
    }
}

extension UsageStream.Treatment {
    init?(_ decision: TautulliDecision) {
        switch decision {
        case .directPlay: self = .directPlay
        case .copy: self = .copy
        case .transcode: self = .transcode
        case .burn: self = .burn
        default: return nil
        }
    }
}

extension UsageStream.Encoding {
    init(_ encoding: TautulliSession.Encoding) {
        self.init()
        container = encoding.container
        videoCodec = encoding.videoCodec
        resolution = encoding.resolution
        dynamicRange = encoding.dynamicRange
        audioCodec = encoding.audioCodec
        audioChannels = encoding.audioChannels
        subtitleCodec = encoding.subtitleCodec
        bitrate = encoding.bitrate
    }
}

extension UsageStream.Delivery {
    init(_ overall: TautulliDecision?, _ treatments: UsageStream.Treatments) {
        // Tautulli's own sum leaves the subtitles out: burning them in converts the picture.
        let parts = [treatments.video, treatments.audio, treatments.subtitle]
        if parts.contains(.transcode) || parts.contains(.burn) || overall == .transcode {
            self = .transcode
        } else if overall == .copy || parts.contains(.copy) {
            self = .directStream
        } else {
            self = overall == .directPlay ? .directPlay : .unknown
        }
    }
}
