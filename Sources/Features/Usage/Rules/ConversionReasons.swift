// Why a stream is converted, as far as what is stored and what arrives tell it. Plex gives no reason of its own; what
// differs between the two is the reason, and where nothing differs none is invented.

package enum ConversionReason: Hashable, Sendable {
    case burnedSubtitles(codec: String)
    case resolution(from: String, to: String)
    case dynamicRange(from: String, to: String)
    /// kbit/s
    case bitrate(from: Int, to: Int)
    case videoCodec(from: String, to: String)
    case audioCodec(from: String, to: String)
    case channels(from: Int, to: Int)
    case subtitles(from: String, to: String)
    case container(from: String, to: String)
    /// Converted, and nothing that is told differs.
    case untold(part: String)
}

extension UsageStream {
    package var reasons: [ConversionReason] {
        switch delivery {
        case .directPlay, .unknown: []
        case .directStream: [repacking]
        case .transcode: pictureReasons + soundReasons + subtitleReasons
        }
    }

    private var repacking: ConversionReason {
        .container(from: MediaNames.container(source.container), to: MediaNames.container(arriving.container))
    }

    private var pictureReasons: [ConversionReason] {
        var reasons: [ConversionReason] = []
        if treatments.subtitle == .burn {
            reasons.append(.burnedSubtitles(codec: MediaNames.subtitles(source.subtitleCodec)))
        }
        guard treatments.video == .transcode else { return reasons }
        let (stored, sent) = (MediaNames.resolution(source.resolution), MediaNames.resolution(arriving.resolution))
        if !stored.isEmpty, !sent.isEmpty, stored != sent { reasons.append(.resolution(from: stored, to: sent)) }
        let (range, arrivingRange) = (source.dynamicRange, arriving.dynamicRange)
        if !range.isEmpty, !arrivingRange.isEmpty, range != arrivingRange {
            reasons.append(.dynamicRange(from: range, to: arrivingRange))
        }
        // A converted stream is never of just the same size; a tenth less is somebody's wish.
        if let stored = source.bitrate, let sent = arriving.bitrate, sent * 10 < stored * 9 {
            reasons.append(.bitrate(from: stored, to: sent))
        }
        let (codec, arrivingCodec) = (MediaNames.video(source.videoCodec), MediaNames.video(arriving.videoCodec))
        if !codec.isEmpty, !arrivingCodec.isEmpty, codec != arrivingCodec {
            reasons.append(.videoCodec(from: codec, to: arrivingCodec))
        }
        return reasons.isEmpty ? [.untold(part: "picture")] : reasons
    }

    private var soundReasons: [ConversionReason] {
        guard treatments.audio == .transcode else { return [] }
        var reasons: [ConversionReason] = []
        let (codec, arrivingCodec) = (MediaNames.audio(source.audioCodec), MediaNames.audio(arriving.audioCodec))
        if !codec.isEmpty, !arrivingCodec.isEmpty, codec != arrivingCodec {
            reasons.append(.audioCodec(from: codec, to: arrivingCodec))
        }
        if let stored = source.audioChannels, let sent = arriving.audioChannels, stored != sent {
            reasons.append(.channels(from: stored, to: sent))
        }
        if kind == .track, let stored = source.bitrate, let sent = arriving.bitrate, sent * 10 < stored * 9 {
            reasons.append(.bitrate(from: stored, to: sent))
        }
        return reasons.isEmpty ? [.untold(part: "sound")] : reasons
    }

    private var subtitleReasons: [ConversionReason] {
        guard treatments.subtitle == .transcode else { return [] }
        let (codec, sent) = (MediaNames.subtitles(source.subtitleCodec), MediaNames.subtitles(arriving.subtitleCodec))
        return [
            codec.isEmpty || sent.isEmpty || codec == sent
                ? .untold(part: "subtitles") : .subtitles(from: codec, to: sent)
        ]
    }
}

extension UsageStream {
    package enum Hardware: Hashable, Sendable { case whole, decodingOnly, encodingOnly, software }

    /// Nil where no picture is converted, or it is not told.
    package var hardware: Hardware? {
        guard delivery == .transcode, kind != .track, treatments.video == .transcode || treatments.subtitle == .burn,
            let converter, let decodes = converter.decodesInHardware, let encodes = converter.encodesInHardware
        else { return nil }
        return switch (decodes, encodes) {
        case (true, true): .whole
        case (true, false): .decodingOnly
        case (false, true): .encodingOnly
        case (false, false): .software
        }
    }

    /// Converted more slowly than it is played: the player will have to wait. One that is throttled is ahead enough.
    package var isTooSlow: Bool {
        guard delivery == .transcode, let converter, let speed = converter.speed else { return false }
        return speed < 1 && !converter.isThrottled && state != .paused
    }
}
