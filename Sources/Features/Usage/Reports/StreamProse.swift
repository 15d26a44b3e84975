// One stream in words: a field of the report.

import Domain
internal import Runtime

struct StreamProse {
    let stream: UsageStream
    let anonymity: Anonymity

    var field: Report.Field { Report.Field(heading, lines.joined(by: "\n")) }

    private var lines: [Prose] {
        let way = [treatment, network].filter { !$0.isEmpty }.joined(by: " · ")
        return [who, progress, quality, way, why].filter { !$0.isEmpty }
    }

    // MARK: What and who

    private var heading: Prose {
        let title: Prose = stream.title.isEmpty ? "something without a title" : "\(stream.title)"
        switch stream.kind {
        case .movie: return "🎬 " + title + (stream.year.map { " (\($0))" } ?? "")
        case .episode:
            let number = [stream.season.map { "S\($0)" }, stream.index.map { "E\($0)" }].compactMap { $0 }
                .joined(separator: " · ")
            let show: Prose = stream.grandparentTitle.isEmpty ? "" : "\(stream.grandparentTitle): "
            return "📺 " + show + title + (number.isEmpty ? "" : " (\(number))")
        case .track:
            let performer = stream.performer.isEmpty ? stream.grandparentTitle : stream.performer
            return "🎵 " + title + (performer.isEmpty ? "" : " by \(performer)")
        case .liveTV:
            let channel: Prose = stream.grandparentTitle.isEmpty ? "" : "\(stream.grandparentTitle): "
            return "📡 " + channel + title
        case .other: return "▶️ " + title
        }
    }

    private var who: Prose {
        var prose: Prose = "\(strong: anonymity.name(of: stream.person))"
        let (name, kind) = anonymity.player(stream.player)
        switch (name.isEmpty, kind.isEmpty) {
        case (false, false): prose += " on \(name) (\(kind))"
        case (false, true): prose += " on \(name)"
        case (true, false): prose += " with \(kind)"
        case (true, true): break
        }
        if stream.kind == .track, !stream.parentTitle.isEmpty { prose += ", from \(stream.parentTitle)" }
        return prose
    }

    // MARK: How far

    static let barLength = 12

    private var progress: Prose {
        var words: [Prose] = []
        switch stream.state {
        case .paused: words.append("⏸️ paused")
        case .buffering: words.append("⏳ waiting for data")
        case .playing, .unknown: break
        }
        if stream.kind == .liveTV {
            words.append("live")
        } else if let duration = stream.duration, duration > .zero, let offset = stream.offset {
            let share = min(1, max(0, offset.inSeconds / duration.inSeconds))
            let filled = share >= 1 ? Self.barLength : Int(share * Double(Self.barLength))
            let bar =
                String(repeating: "▰", count: filled) + String(repeating: "▱", count: Self.barLength - filled)
            // Neither "100%" nor "0 min left" before it is so.
            let percent = share >= 1 ? 100 : min(99, Int(share * 100))
            words.insert("\(bar) \(percent)%", at: 0)
            words.append(Self.left(duration - min(duration, max(.zero, offset))))
        } else if let offset = stream.offset, offset > .zero {
            words.append("for \(Self.minutes(offset))")
        }
        return words.joined(by: " · ")
    }

    private static func left(_ rest: Duration) -> Prose {
        if rest <= .zero { return "at its end" }
        return rest < .minutes(1) ? "less than a minute left" : "\(minutes(rest)) left"
    }

    static func minutes(_ span: Duration) -> String {
        let minutes = Int(span.inSeconds / 60)
        if minutes < 60 { return "\(max(1, minutes)) min" }
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }

    // MARK: What arrives, and what is done to it

    private var quality: Prose {
        let stored = Self.words(stream.source, isMusic: stream.kind == .track)
        let sent = Self.words(stream.arriving, isMusic: stream.kind == .track)
        var parts: [Prose] = []
        if !stream.profile.isEmpty { parts.append("\(stream.profile)") }
        if stream.delivery == .transcode, !stored.isEmpty, !sent.isEmpty, stored != sent {
            parts.append("\(stored) → \(sent)")
        } else if !sent.isEmpty || !stored.isEmpty {
            parts.append("\(sent.isEmpty ? stored : sent)")
        }
        return parts.joined(by: " · ")
    }

    private static func words(_ encoding: UsageStream.Encoding, isMusic: Bool) -> String {
        var words =
            isMusic
            ? [MediaNames.audio(encoding.audioCodec)]
            : [MediaNames.resolution(encoding.resolution), MediaNames.video(encoding.videoCodec)]
        if !isMusic, !["", "SDR"].contains(encoding.dynamicRange) { words.append(encoding.dynamicRange) }
        if let bitrate = encoding.bitrate, bitrate > 0 { words.append(MediaNames.rate(bitrate)) }
        return words.filter { !$0.isEmpty }.joined(separator: " ")
    }

    private var treatment: Prose {
        switch stream.delivery {
        case .directPlay: return "Direct play"
        case .directStream: return "Direct stream"
        case .unknown: return "It is not told how it is delivered"
        case .transcode:
            var prose: Prose = "Transcode"
            switch stream.hardware {
            case .whole: prose += " in hardware"
            case .decodingOnly: prose += ", decoded in hardware, encoded in software"
            case .encodingOnly: prose += ", decoded in software, encoded in hardware"
            case .software: prose += " in software"
            case nil: break
            }
            if stream.converter?.isThrottled == true {
                prose += ", throttled (far enough ahead)"
            } else if let speed = stream.converter?.speed {
                prose += ", \(Self.decimal(speed))× speed"
            }
            return prose + (stream.isTooSlow ? " ⚠️ too slow, it will stall" : "")
        }
    }

    private var why: Prose {
        switch stream.delivery {
        case .directPlay, .unknown: return ""
        case .directStream, .transcode:
            let reasons = stream.reasons.map(Self.words)
            return "Why: " + (reasons.isEmpty ? "not told" : reasons.joined(by: ", "))
        }
    }

    private static func words(_ reason: ConversionReason) -> Prose {
        switch reason {
        case .burnedSubtitles(let codec):
            codec.isEmpty ? "subtitles painted into the picture" : "\(codec) subtitles painted into the picture"
        case .resolution(let from, let to):
            MediaNames.isSmaller(to, than: from)
                ? "smaller picture (\(from) to \(to))" : "other picture size (\(from) to \(to))"
        case .dynamicRange(let from, let to): "other colours (\(from) to \(to))"
        case .bitrate(let from, let to): "bitrate limited (\(MediaNames.rate(from)) to \(MediaNames.rate(to)))"
        case .videoCodec(let from, let to): "other video codec (\(from) to \(to))"
        case .audioCodec(let from, let to): "other audio codec (\(from) to \(to))"
        case .channels(let from, let to):
            "\(to < from ? "fewer" : "more") sound channels (\(MediaNames.channels(from)) to \(MediaNames.channels(to)))"
        case .subtitles(let from, let to): "other subtitle format (\(from) to \(to))"
        case .container(let from, let to):
            from.isEmpty || to.isEmpty || from == to
                ? "repacked for the player, nothing converted"
                : "other file format (\(from) to \(to)), nothing converted"
        case .untold(let part): "the \(part), Plex does not say why"
        }
    }

    // MARK: The way there

    private var network: Prose {
        var words: [Prose] = []
        let rate = stream.bandwidth.map(MediaNames.rate)
        switch stream.network {
        case .lan: words.append("LAN\(rate.map { " \($0)" } ?? "")")
        case .wan: words.append("WAN\(rate.map { " \($0)" } ?? "")")
        case .unknown: if let rate { words.append("\(rate)") }
        }
        if stream.isRelayed == true { words.append("through Plex's relay, which is slow") }
        return words.joined(by: ", ")
    }

    static func decimal(_ value: Double) -> String {
        let tenths = Int((min(max(value, 0), 10_000) * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    }
}
