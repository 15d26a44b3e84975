// What runs in the small household right now: one stream of every sort there is.

import Runtime

extension HouseholdWorld {
    package enum Devices {
        package static let television = Device(
            machine: "tv-living-room-0001", name: "Living Room TV", product: "Plex for LG", platform: "webOS",
            address: "192.168.1.21")
        package static let phone = Device(
            machine: "phone-ann-0002", name: "Ann's Phone", product: "Plexamp", platform: "iOS",
            address: "203.0.113.42")
        package static let browser = Device(
            machine: "browser-bo-0003", name: "Firefox", product: "Plex Web", platform: "Firefox",
            address: "198.51.100.17")
        package static let box = Device(
            machine: "shield-chris-0004", name: "SHIELD", product: "Plex for Android (TV)", platform: "Android",
            address: "203.0.113.80")
        package static let tablet = Device(
            machine: "tablet-fay-0005", name: "Fay's Tablet", product: "Plex for iOS", platform: "iOS",
            address: "192.168.1.35")
        package static let all = [television, phone, browser, box, tablet]
    }

    mutating func addSmallStreams(now: Instant) {
        func stream(
            _ number: Int, _ person: Int, _ ratingKey: Int, _ device: Device, minutes: Int64, isLocal: Bool,
            bandwidth: Int, state: String = "playing", quality: Quality
        ) -> Stream {
            Stream(
                sessionKey: number, sessionID: "session\(number)household\(person)", person: person,
                ratingKey: ratingKey, started: now - .minutes(minutes), state: state, offset: .minutes(minutes),
                device: device, isLocal: isLocal, bandwidth: bandwidth, quality: quality)
        }
        var copy = Quality(container: "mp4", streamVideo: "hevc", streamAudio: "aac", streamChannels: 2)
        copy.video = .copy
        copy.audio = .transcode
        var hardware = Quality(container: "mkv", streamVideo: "h264", streamResolution: "1080", streamAudio: "aac")
        hardware.video = .transcode
        hardware.audio = .transcode
        hardware.streamBitrate = 8_000
        hardware.profile = "1080p 8 Mbps"
        hardware.hardwareDecoding = true
        hardware.hardwareEncoding = true
        hardware.speed = 3.4
        var relayed = Quality(container: "mkv", sourceVideo: "h264", sourceResolution: "1080", streamVideo: "h264")
        relayed.streamResolution = "480"
        relayed.video = .transcode
        relayed.sourceBitrate = 6_000
        relayed.streamBitrate = 1_500
        relayed.profile = "480p 1.5 Mbps"
        relayed.burnsSubtitles = true
        relayed.speed = 0.9
        relayed.isThrottled = true
        var flac = Quality(container: "flac")
        flac.sourceVideo = ""
        flac.streamVideo = ""
        flac.sourceAudio = "flac"
        flac.streamAudio = "flac"
        flac.sourceChannels = 2
        flac.streamChannels = 2
        flac.sourceBitrate = 940
        flac.streamBitrate = 940
        streams = [
            stream(
                1, People.robin, 105, Devices.television, minutes: 41, isLocal: true, bandwidth: 19_000,
                quality: Quality()),
            stream(2, People.ann, 30_002, Devices.phone, minutes: 1, isLocal: false, bandwidth: 1_000, quality: flac),
            stream(
                3, People.bo, 102, Devices.browser, minutes: 77, isLocal: false, bandwidth: 8_600, quality: hardware),
            stream(
                4, People.chris, 2_003, Devices.box, minutes: 12, isLocal: false, bandwidth: 18_500, state: "paused",
                quality: copy),
            stream(
                5, People.fay, 2_040, Devices.tablet, minutes: 5, isLocal: false, bandwidth: 1_800, state: "buffering",
                quality: relayed),
        ]
        streams[4].isRelayed = true
        nextNumber = max(nextNumber, 50_000)
    }
}
