// Codecs and sizes as people write them. A name unknown here is shown as Plex writes it, in capitals.

package enum MediaNames {
    package static func video(_ codec: String) -> String {
        named(
            codec,
            [
                "hevc": "HEVC", "h265": "HEVC", "h264": "H.264", "mpeg2video": "MPEG-2", "mpeg4": "MPEG-4",
                "vc1": "VC-1", "av1": "AV1", "vp9": "VP9", "vp8": "VP8",
            ])
    }

    package static func audio(_ codec: String) -> String {
        named(
            codec,
            [
                "eac3": "Dolby Digital Plus", "ac3": "Dolby Digital", "truehd": "TrueHD", "dca": "DTS",
                "dca-ma": "DTS-HD", "dts": "DTS", "aac": "AAC", "mp3": "MP3", "flac": "FLAC", "opus": "Opus",
                "vorbis": "Vorbis", "pcm": "PCM", "alac": "ALAC", "wmav2": "WMA",
            ])
    }

    package static func subtitles(_ codec: String) -> String {
        named(
            codec,
            [
                "srt": "SRT", "subrip": "SRT", "ass": "ASS", "ssa": "SSA", "pgs": "PGS", "vobsub": "VobSub",
                "dvdsub": "VobSub", "mov_text": "MP4 text",
            ])
    }

    package static func container(_ container: String) -> String {
        named(container, ["mpegts": "MPEG-TS", "mkv": "MKV", "mp4": "MP4", "matroska": "MKV"])
    }

    /// "4k" and "2160p" are one size, "1080" and "1080p" too.
    package static func resolution(_ size: String) -> String {
        let size = size.lowercased()
        if Int(size) != nil { return size == "2160" ? "4K" : size + "p" }
        return switch size {
        case "4k", "2160p": "4K"
        case "8k", "4320p": "8K"
        case "sd": "SD"
        default: size
        }
    }

    /// False also where one of them is no size we know.
    package static func isSmaller(_ size: String, than other: String) -> Bool {
        guard let size = height(size), let other = height(other) else { return false }
        return size < other
    }

    private static func height(_ size: String) -> Int? {
        switch size {
        case "8K": 4320
        case "4K": 2160
        case "SD": 480
        default: size.hasSuffix("p") ? Int(size.dropLast()) : nil
        }
    }

    package static func channels(_ count: Int) -> String {
        switch count {
        case 1: "mono"
        case 2: "stereo"
        case 6: "5.1"
        case 7: "6.1"
        case 8: "7.1"
        default: "\(count) channels"
        }
    }

    /// kbit/s: "940 kbit/s", "8.6 Mbit/s", "19 Mbit/s".
    package static func rate(_ kilobits: Int) -> String {
        guard kilobits >= 1000 else { return "\(max(0, kilobits)) kbit/s" }
        let tenths = (kilobits + 50) / 100
        return tenths % 10 == 0 || tenths >= 1000
            ? "\((kilobits + 500) / 1000) Mbit/s" : "\(tenths / 10).\(tenths % 10) Mbit/s"
    }

    private static func named(_ word: String, _ names: [String: String]) -> String {
        let word = word.lowercased()
        return names[word] ?? word.uppercased()
    }
}
