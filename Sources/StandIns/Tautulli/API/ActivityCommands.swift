// get_activity and terminate_session (sheet §6): nearly every value a string; `{}` while Plex is down, which is not the
// same as nobody streaming.

import Runtime

extension TautulliAPI {
    static let activityCommands: [String: Command] = [
        "get_activity": { api, visit in .data(api.activity(visit)) },
        "terminate_session": { _, visit throws(TautulliRefusal) in
            guard !visit.rules.plexIsDown else { throw .crashed }
            guard visit.rules.hasPlexPass else {
                throw .refused("Failed to terminate session: No Plex Pass subscription.")
            }
            let stream = visit.world.streams.first { stream in
                stream.sessionID == visit.filled("session_id")
                    || String(stream.sessionKey) == visit.filled("session_key")
            }
            guard let stream else { throw .refused("Failed to terminate session: Session not found.") }
            return .ended(session: stream.sessionID)
        },
    ]

    private func activity(_ visit: Visit) -> JSON {
        guard !rules.plexIsDown else { return [:] }
        let streams = visit.world.streams.filter { visit.world.items[$0.ratingKey] != nil }
        if let key = visit.filled("session_key") {
            return streams.first { String($0.sessionKey) == key }.map { session($0, visit) } ?? [:]
        }
        if let id = visit.filled("session_id") {
            return streams.first { $0.sessionID == id }.map { session($0, visit) } ?? [:]
        }
        func bandwidth(_ fits: (HouseholdWorld.Stream) -> Bool) -> JSON {
            .number(streams.filter(fits).reduce(0) { $0 + $1.bandwidth })
        }
        func count(_ decision: HouseholdWorld.Decision) -> JSON {
            .number(streams.filter { Self.decision($0.quality) == decision }.count)
        }
        // Sorted as text, "21" before "3".
        let sorted = streams.sorted { String($0.sessionKey) < String($1.sessionKey) }
        return [
            "stream_count": .digits(streams.count), "sessions": .array(sorted.map { session($0, visit) }),
            "stream_count_direct_play": count(.directPlay), "stream_count_direct_stream": count(.copy),
            "stream_count_transcode": count(.transcode), "total_bandwidth": bandwidth { _ in true },
            "lan_bandwidth": bandwidth(\.isLocal), "wan_bandwidth": bandwidth { !$0.isLocal },
        ]
    }

    /// Of the whole stream: the most that is done to a part of it.
    static func decision(_ quality: HouseholdWorld.Quality) -> HouseholdWorld.Decision {
        let parts = [quality.video, quality.audio]
        if parts.contains(.transcode) { return .transcode }
        return parts.contains(.copy) ? .copy : .directPlay
    }

    private func session(_ stream: HouseholdWorld.Stream, _ visit: Visit) -> JSON {
        guard let item = visit.world.items[stream.ratingKey] else { return [:] }
        let subject = TautulliSubject(item, in: visit.world)
        let offset = Int(stream.offset.milliseconds)
        let progress = item.milliseconds > 0 ? min(100, (offset * 200 / item.milliseconds + 1) / 2) : 0
        var json: JSON = [
            "session_key": .digits(stream.sessionKey), "view_offset": .digits(offset),
            "progress_percent": .digits(progress), "quality_profile": .string(Self.profile(stream.quality)),
            "synced_version_profile": "", "optimized_version_profile": "", "channel_stream": 0,
        ]
        func add(_ part: JSON) { for (key, value) in part.fields?.members ?? [] { json[key] = value } }
        add(Self.metadata(subject, visit.world))
        json["media_info"] = nil
        json["markers"] = []
        add(source(stream.quality, subject))
        if let user = book.user(stream.person) { add(self.json(of: user, visit)) }
        add([
            "user": .string(book.user(stream.person)?.username ?? ""),
            "user_thumb": .string(book.user(stream.person).map(Self.thumb) ?? ""), "deleted_user": 0,
            "last_seen": .null,
        ])
        add(player(stream))
        add(transcoding(stream, subject))
        add(delivered(stream, subject))
        for key in Self.emptyOfSession where json[key] == nil { json[key] = "" }
        for key in Self.zeroOfSession where json[key] == nil { json[key] = 0 }
        return json
    }

    private func source(_ quality: HouseholdWorld.Quality, _ subject: TautulliSubject) -> JSON {
        let isMusic = subject.item.kind == .track
        return [
            // The file as it is stored: what it is sent in may be another.
            "container": .string(isMusic ? quality.container : "mkv"), "bitrate": .digits(quality.sourceBitrate),
            "video_codec": .string(quality.sourceVideo),
            "video_resolution": .string(isMusic ? "" : quality.sourceResolution),
            "video_full_resolution": .string(
                Self.fullResolution(isMusic ? "" : quality.sourceResolution) + (isMusic ? "p" : "")),
            "video_dynamic_range": .string(isMusic ? "" : quality.sourceResolution == "4k" ? "HDR" : "SDR"),
            "video_bitrate": .digits(isMusic ? nil : quality.sourceBitrate),
            "audio_codec": .string(quality.sourceAudio),
            "audio_channels": .digits(quality.sourceChannels), "audio_bitrate": "", "audio_profile": "",
            "subtitle_codec": quality.burnsSubtitles ? "srt" : "", "height": "", "width": "", "aspect_ratio": "",
            "file": "/media/\(subject.item.ratingKey)", "file_size": .digits(subject.item.bytes), "selected": 1,
            "optimized_version": 0, "optimized_version_title": "", "synced_version": 0, "live_uuid": "",
        ]
    }

    private func player(_ stream: HouseholdWorld.Stream) -> JSON {
        let device = stream.device
        return [
            "ip_address": .string(device.address), "ip_address_public": "203.0.113.7",
            "device": .string(device.platform), "platform": .string(device.platform),
            "platform_name": .string(Self.platformName(device.platform)), "platform_version": "1",
            "product": .string(device.product), "product_version": "1.0", "profile": "Generic",
            "player": .string(device.name), "machine_id": .string(device.machine), "state": .string(stream.state),
            "local": .claim(stream.isLocal), "relayed": .claim(stream.isRelayed), "secure": 1,
            "session_id": .string(stream.sessionID), "bandwidth": .digits(stream.bandwidth),
            "location": stream.isLocal ? "lan" : "wan",
        ]
    }

    private func transcoding(_ stream: HouseholdWorld.Stream, _ subject: TautulliSubject) -> JSON {
        let quality = stream.quality
        let decision = Self.decision(quality)
        let isDirect = decision == .directPlay
        let speed = (quality.speed * 10).rounded() / 10
        return [
            "transcode_key": isDirect ? "" : "/transcode/sessions/\(stream.sessionID)",
            "transcode_throttled": .claim(quality.isThrottled), "throttled": quality.isThrottled ? "1" : "0",
            "transcode_progress": isDirect ? 0 : 42, "transcode_speed": isDirect ? "" : .string("\(speed)"),
            "transcode_audio_channels": isDirect ? "" : .digits(quality.streamChannels),
            "transcode_audio_codec": isDirect ? "" : .string(quality.streamAudio),
            "transcode_video_codec": isDirect ? "" : .string(quality.streamVideo), "transcode_width": "",
            "transcode_height": "", "transcode_container": isDirect ? "" : .string(quality.container),
            "transcode_protocol": isDirect ? "" : "dash", "transcode_min_offset_available": 0,
            "transcode_max_offset_available": 0,
            "transcode_hw_requested": .claim(quality.hardwareDecoding || quality.hardwareEncoding),
            "transcode_hw_decode": quality.hardwareDecoding ? "vaapi" : "",
            "transcode_hw_decode_title": quality.hardwareDecoding ? "Intel (VA-API)" : "",
            "transcode_hw_encode": quality.hardwareEncoding ? "vaapi" : "",
            "transcode_hw_encode_title": quality.hardwareEncoding ? "Intel (VA-API)" : "",
            "transcode_hw_full_pipeline": .claim(quality.hardwareDecoding && quality.hardwareEncoding),
            "transcode_hw_decoding": .claim(quality.hardwareDecoding),
            "transcode_hw_encoding": .claim(quality.hardwareEncoding),
            "transcode_decision": .string(decision.rawValue),
            "container_decision": .string((isDirect ? HouseholdWorld.Decision.directPlay : .transcode).rawValue),
            "video_decision": .string(quality.video.rawValue),
            "audio_decision": .string(quality.audio.rawValue),
            "subtitle_decision": quality.burnsSubtitles ? "burn" : "", "subtitles": .claim(quality.burnsSubtitles),
        ]
    }

    private func delivered(_ stream: HouseholdWorld.Stream, _ subject: TautulliSubject) -> JSON {
        let quality = stream.quality
        let isMusic = subject.item.kind == .track
        let isDirect = Self.decision(quality) == .directPlay
        return [
            "stream_container": .string(quality.container),
            "stream_container_decision": .string((isDirect ? HouseholdWorld.Decision.directPlay : .transcode).rawValue),
            "stream_bitrate": .digits(quality.streamBitrate), "stream_aspect_ratio": "",
            "stream_video_framerate": isMusic ? "" : "24p",
            "stream_duration": .digits(subject.item.milliseconds),
            "stream_video_codec": .string(isMusic ? "" : quality.streamVideo),
            "stream_video_resolution": .string(isMusic ? "" : quality.streamResolution),
            "stream_video_full_resolution": .string(isMusic ? "" : Self.fullResolution(quality.streamResolution)),
            "stream_video_dynamic_range": .string(isMusic ? "" : quality.streamResolution == "4k" ? "HDR" : "SDR"),
            "stream_video_bitrate": .digits(isMusic ? nil : quality.streamBitrate),
            "stream_video_decision": .string(isMusic ? "" : quality.video.rawValue),
            "stream_audio_codec": .string(quality.streamAudio),
            "stream_audio_channels": .digits(quality.streamChannels),
            "stream_audio_decision": .string(quality.audio.rawValue), "stream_audio_bitrate": "",
            "stream_subtitle_codec": quality.burnsSubtitles ? "srt" : "", "stream_subtitle_container": "",
            "stream_subtitle_format": "", "stream_subtitle_forced": 0, "stream_subtitle_transient": 0,
            "stream_subtitle_decision": quality.burnsSubtitles ? "burn" : "", "indexes": 1, "bif_thumb": "",
        ]
    }

    /// The bit rate first: "8 Mbps 1080p".
    private static func profile(_ quality: HouseholdWorld.Quality) -> String {
        let words = quality.profile.split(separator: " ", maxSplits: 1)
        return words.count == 2 ? "\(words[1]) \(words[0])" : quality.profile
    }

    private static func fullResolution(_ resolution: String) -> String {
        Int(resolution) == nil ? resolution : resolution + "p"
    }
}
