// Activity out of Tautulli's JSON: nearly every value a string, "" for what is missing (sheet §6).

internal import Runtime

extension TautulliActivity: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        // Without it nobody has counted: see `plexIsDown`.
        guard let count = fields.whole("stream_count") else {
            throw DecodingError.keyNotFound(
                Field(stringValue: "stream_count"), .init(codingPath: decoder.codingPath, debugDescription: ""))
        }
        let rows = try fields.list("sessions", of: ReadableOrNot<TautulliSession>.self)
        let sessions = rows.compactMap(\.value)
        self.init(
            sessions: sessions, unreadable: max(count, rows.count) - sessions.count,
            directPlays: fields.whole("stream_count_direct_play") ?? 0,
            directStreams: fields.whole("stream_count_direct_stream") ?? 0,
            transcodes: fields.whole("stream_count_transcode") ?? 0,
            totalBandwidth: fields.whole("total_bandwidth") ?? 0,
            lanBandwidth: fields.whole("lan_bandwidth") ?? 0,
            wanBandwidth: fields.whole("wan_bandwidth") ?? 0)
        // They come sorted as text, "21" before "3".
        self.sessions.sort { (Int($0.sessionKey) ?? .max, $0.sessionKey) < (Int($1.sessionKey) ?? .max, $1.sessionKey) }
    }
}

/// One row of a list whose other rows are good all the same.
private struct ReadableOrNot<Value: Decodable>: Decodable {
    let value: Value?
    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

extension TautulliSession: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.fields
        func milliseconds(_ key: Field) -> Duration? { fields.whole(key).map { .milliseconds($0) } }
        guard let userID = fields.whole("user_id") else {
            throw DecodingError.keyNotFound(
                Field(stringValue: "user_id"), .init(codingPath: decoder.codingPath, debugDescription: ""))
        }
        let isLiveTV = fields.flag("live")
        let duration = milliseconds("duration") ?? milliseconds("stream_duration")
        let username = fields.filledText("username") ?? fields.text("user")
        self.init(
            sessionKey: fields.text("session_key"), sessionID: fields.text("session_id"), userID: userID,
            username: username, friendlyName: fields.filledText("friendly_name") ?? username,
            mediaType: fields.word("media_type") ?? TautulliMediaType(rawValue: ""), isLiveTV: isLiveTV,
            title: fields.text("title"), parentTitle: fields.text("parent_title"),
            grandparentTitle: fields.text("grandparent_title"), originalTitle: fields.text("original_title"),
            fullTitle: fields.filledText("full_title") ?? fields.text("title"),
            index: fields.whole("media_index"), parentIndex: fields.whole("parent_media_index"),
            year: fields.whole("year"), ratingKey: fields.whole("rating_key"),
            parentRatingKey: fields.whole("parent_rating_key"),
            grandparentRatingKey: fields.whole("grandparent_rating_key"), sectionID: fields.whole("section_id"),
            libraryName: fields.text("library_name"), guid: fields.text("guid"), guids: fields.texts("guids"),
            parentGuids: fields.texts("parent_guids"), grandparentGuids: fields.texts("grandparent_guids"),
            thumb: fields.text("thumb"), parentThumb: fields.text("parent_thumb"),
            grandparentThumb: fields.text("grandparent_thumb"), art: fields.text("art"), player: Player(fields),
            state: fields.word("state") ?? TautulliState(rawValue: ""), offset: milliseconds("view_offset") ?? .zero,
            duration: isLiveTV || duration == .zero ? nil : duration, progress: fields.whole("progress_percent") ?? 0,
            qualityProfile: fields.text("quality_profile"), decisions: Decisions(fields), source: .source(fields),
            stream: .stream(fields), transcoding: Transcoding(fields), bandwidth: fields.whole("bandwidth"),
            location: fields.text("location"), isLocal: fields.flag("local"), isRelayed: fields.claim("relayed"),
            isSecure: fields.claim("secure"))
    }
}

extension TautulliSession.Player {
    init(_ fields: Fields) {
        name = fields.text("player")
        product = fields.text("product")
        platform = fields.text("platform")
        device = fields.text("device")
        machineID = fields.text("machine_id")
    }
}

extension TautulliSession.Encoding {
    static func source(_ fields: Fields) -> Self {
        Self(
            container: fields.text("container"), videoCodec: fields.text("video_codec"),
            resolution: fields.resolution("video_full_resolution", "video_resolution"),
            dynamicRange: fields.text("video_dynamic_range"), audioCodec: fields.text("audio_codec"),
            audioChannels: fields.whole("audio_channels"), subtitleCodec: fields.text("subtitle_codec"),
            bitrate: fields.whole("bitrate"))
    }

    static func stream(_ fields: Fields) -> Self {
        Self(
            container: fields.text("stream_container"), videoCodec: fields.text("stream_video_codec"),
            resolution: fields.resolution("stream_video_full_resolution", "stream_video_resolution"),
            dynamicRange: fields.text("stream_video_dynamic_range"), audioCodec: fields.text("stream_audio_codec"),
            audioChannels: fields.whole("stream_audio_channels"), subtitleCodec: fields.text("stream_subtitle_codec"),
            bitrate: fields.whole("stream_bitrate"))
    }
}

extension TautulliSession.Decisions {
    init(_ fields: Fields) {
        // The plain names are the older ones; what arrives is told by `stream_…`.
        overall = fields.decision("transcode_decision")
        container = fields.decision("stream_container_decision") ?? fields.decision("container_decision")
        // Of a track too, `video_decision` says that its picture is played as it is.
        video = fields.decision("stream_video_decision")
        if video == nil, fields.text("media_type") != "track" { video = fields.decision("video_decision") }
        audio = fields.decision("stream_audio_decision") ?? fields.decision("audio_decision")
        subtitle = fields.decision("stream_subtitle_decision") ?? fields.decision("subtitle_decision")
    }
}

extension TautulliSession.Transcoding {
    init(_ fields: Fields) {
        decodesInHardware = fields.flag("transcode_hw_decoding")
        encodesInHardware = fields.flag("transcode_hw_encoding")
        isThrottled = fields.flag("throttled") || fields.flag("transcode_throttled")
        speed = fields.fraction("transcode_speed")
        progress = fields.whole("transcode_progress") ?? 0
    }
}

extension KeyedDecodingContainer where Key == Field {
    /// "p" stands there of what has no picture.
    func resolution(_ full: Field, _ plain: Field) -> String {
        if let text = filledText(full), text != "p" { return text }
        return text(plain)
    }

    /// Plex's own spelling comes through in places.
    func decision(_ key: Field) -> TautulliDecision? {
        guard let text = filledText(key) else { return nil }
        return text == "directplay" ? .directPlay : TautulliDecision(rawValue: text)
    }

    func word<Word: TautulliWord>(_ key: Field) -> Word? { filledText(key).map(Word.init(rawValue:)) }
    func instant(_ key: Field) -> Instant? { whole(key).map { Instant(seconds: Int64($0)) } }
    func seconds(_ key: Field) -> Duration? { whole(key).map { .seconds($0) } }
}
