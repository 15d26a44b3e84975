// The rules by themselves: why something is converted, who is called what, and which source is believed.

import Domain
import Plex
import Runtime
import Tautulli
import Testing

@testable import Usage

private func stream(_ change: (inout UsageStream) -> Void = { _ in }) -> UsageStream {
    var stream = UsageStream(person: .init(id: 1, name: "Ann"))
    stream.kind = .movie
    stream.title = "Paper Moon"
    stream.delivery = .transcode
    stream.source.videoCodec = "hevc"
    stream.arriving.videoCodec = "hevc"
    stream.source.resolution = "4k"
    stream.arriving.resolution = "2160p"
    stream.source.audioCodec = "aac"
    stream.arriving.audioCodec = "aac"
    stream.source.bitrate = 10_000
    stream.arriving.bitrate = 9_500
    change(&stream)
    return stream
}

@Suite struct `A reason` {
    @Test(
        arguments: [
            // Of a size and codec, only written otherwise.
            (stream { $0.treatments.video = .transcode }, [ConversionReason.untold(part: "picture")]),
            (
                stream {
                    $0.treatments.video = .transcode
                    $0.arriving.videoCodec = "h264"
                }, [.videoCodec(from: "HEVC", to: "H.264")]
            ),
            (
                stream {
                    $0.treatments.video = .transcode
                    $0.arriving.resolution = "720"
                    $0.arriving.bitrate = 4_000
                }, [.resolution(from: "4K", to: "720p"), .bitrate(from: 10_000, to: 4_000)]
            ),
            // What is not converted gives no reason, however it differs.
            (
                stream {
                    $0.treatments.video = .copy
                    $0.treatments.audio = .transcode
                    $0.arriving.videoCodec = "h264"
                    $0.arriving.audioCodec = "opus"
                }, [.audioCodec(from: "AAC", to: "Opus")]
            ),
            (stream { $0.treatments.audio = .transcode }, [.untold(part: "sound")]),
            // What one side does not tell is no difference.
            (
                stream {
                    $0.treatments.video = .transcode
                    $0.source.resolution = ""
                    $0.arriving.videoCodec = ""
                }, [.untold(part: "picture")]
            ),
            (
                stream {
                    $0.treatments.subtitle = .burn
                    $0.source.subtitleCodec = "pgs"
                }, [.burnedSubtitles(codec: "PGS")]
            ),
            (
                stream {
                    $0.treatments.subtitle = .transcode
                    $0.source.subtitleCodec = "pgs"
                    $0.arriving.subtitleCodec = "ass"
                }, [.subtitles(from: "PGS", to: "ASS")]
            ),
            (
                stream {
                    $0.delivery = .directStream
                    $0.source.container = "mkv"
                    $0.arriving.container = "mp4"
                }, [.container(from: "MKV", to: "MP4")]
            ),
            (stream { $0.delivery = .directPlay }, []),
            (
                stream {
                    $0.kind = .track
                    $0.treatments.audio = .transcode
                    $0.source.audioCodec = "flac"
                    $0.arriving.audioCodec = "opus"
                    $0.arriving.bitrate = 320
                }, [.audioCodec(from: "FLAC", to: "Opus"), .bitrate(from: 10_000, to: 320)]
            ),
        ])
    func `is what differs between the file and what arrives`(stream: UsageStream, reasons: [ConversionReason]) {
        #expect(stream.reasons == reasons)
    }

    @Test(
        arguments: [
            (0.7, false, UsageStream.State.playing, true), (1.0, false, .playing, false),
            // Throttled means it is far enough ahead; while paused nothing is used up.
            (0.7, true, .playing, false), (0.7, false, .paused, false), (0.7, false, .buffering, true),
        ])
    func `to warn is a conversion slower than it plays`(
        speed: Double, isThrottled: Bool, state: UsageStream.State, isTooSlow: Bool
    ) {
        let slow = stream { stream in
            var converter = UsageStream.Converter()
            converter.speed = speed
            converter.isThrottled = isThrottled
            stream.converter = converter
            stream.state = state
        }
        #expect(slow.isTooSlow == isTooSlow)
        var verdict = UsageVerdict(.streaming)
        verdict.streams = [slow]
        #expect(UsageReport(verdict).whole.tone == (isTooSlow ? .warning : .good))
    }

    @Test(
        arguments: [
            (true, true, UsageStream.Hardware.whole), (true, false, .decodingOnly), (false, true, .encodingOnly),
            (false, false, .software),
        ])
    func `to name the hardware is a converted picture`(
        decodes: Bool, encodes: Bool, hardware: UsageStream.Hardware
    ) {
        func converted(_ treatment: UsageStream.Treatment) -> UsageStream {
            stream { stream in
                var converter = UsageStream.Converter()
                converter.decodesInHardware = decodes
                converter.encodesInHardware = encodes
                stream.converter = converter
                stream.treatments.video = treatment
            }
        }
        #expect(converted(.transcode).hardware == hardware)
        // Sound alone is never converted in hardware, and saying "in software" would read as a fault.
        #expect(converted(.copy).hardware == nil)
    }
}

@Suite struct `A name` {
    @Test(
        arguments: [
            ("Ann", "Ann"), ("ann.lee@mail.example", "ann.lee"), ("@everyone", "@everyone"), ("", "Somebody"),
            ("a@b", "a@b"), ("TV 192.168.1.21", "TV"), ("2001:db8::1", "Somebody"), ("Bob 2.0", "Bob 2.0"),
            ("Abba", "Abba"), ("J. R. R.", "J. R. R."), ("ann@mail.example (work)", "ann (work)"),
        ])
    func `is shown without an address`(name: String, shown: String) {
        #expect(Anonymity(hides: false, among: []).name(of: .init(id: 1, name: name)) == shown)
    }

    @Test func `hidden goes by person, and by name where there is no number`() {
        let people = [
            UsageStream.Person(id: 5, name: "Sam"), .init(id: 6, name: "Sam"), .init(name: "Lee"), .init(name: "Kim"),
        ]
        let anonymity = Anonymity(hides: true, among: (people + people).map { UsageStream(person: $0) })
        #expect(people.map(anonymity.name) == ["Viewer 1", "Viewer 2", "Viewer 3", "Viewer 4"])
    }

    @Test(
        arguments: [
            (UsageStream.Player(name: "TV", product: "Plex for LG", platform: "webOS"), "Plex for LG, webOS"),
            (.init(name: "SHIELD", product: "Plex for Android (TV)", platform: "Android"), "Plex for Android (TV)"),
            (.init(name: "Firefox", product: "Plex Web", platform: "Firefox"), "Plex Web"),
            (.init(name: "Box"), ""),
        ])
    func `of a device stands beside its kind, said once`(player: UsageStream.Player, kind: String) {
        let shown = Anonymity(hides: false, among: []).player(player)
        #expect(shown == (player.name, kind))
        #expect(Anonymity(hides: true, among: []).player(player).name == "")
    }
}

@Suite struct `The totals` {
    @Test func `are a lower bound where a stream does not say what it takes`() {
        var streams = [stream { $0.bandwidth = 4_000 }, stream { $0.bandwidth = 2_500 }, stream()]
        streams[0].network = .lan
        streams[1].network = .wan
        let totals = UsageTotals(of: streams, unreadable: 0)
        #expect(totals.isAtLeast)
        #expect((totals.bandwidth, totals.lan, totals.wan) == (6_500, 4_000, 2_500))
        #expect(!UsageTotals(of: Array(streams.prefix(2)), unreadable: 0).isAtLeast)
        #expect(UsageTotals(of: Array(streams.prefix(2)), unreadable: 1).isAtLeast)
    }

    @Test(arguments: [
        (0, "0 kbit/s"), (940, "940 kbit/s"), (1_000, "1 Mbit/s"), (8_640, "8.6 Mbit/s"),
        (99_960, "100 Mbit/s"), (123_456, "123 Mbit/s"),
    ])
    func `are written short`(kilobits: Int, text: String) {
        #expect(MediaNames.rate(kilobits) == text)
    }
}

@Suite struct `How far a stream is` {
    private func progress(_ offset: Duration?, _ duration: Duration?, kind: UsageStream.Kind = .movie) -> String {
        var stream = UsageStream(person: .init(name: "Ann"))
        stream.kind = kind
        stream.offset = offset
        stream.duration = duration
        let lines = StreamProse(stream: stream, anonymity: Anonymity(hides: false, among: [])).field.value.plainText
        return lines.split(separator: "\n").dropFirst().first.map(String.init) ?? ""
    }

    @Test func `is never done before it is done, nor empty before it begins`() {
        #expect(progress(.zero, .minutes(90)) == "▱▱▱▱▱▱▱▱▱▱▱▱ 0% · 1 h 30 min left")
        #expect(progress(.minutes(90) - .seconds(1), .minutes(90)) == "▰▰▰▰▰▰▰▰▰▰▰▱ 99% · less than a minute left")
        #expect(progress(.minutes(90), .minutes(90)) == "▰▰▰▰▰▰▰▰▰▰▰▰ 100% · at its end")
        // Plex' offset runs past the end now and then.
        #expect(progress(.minutes(91), .minutes(90)) == "▰▰▰▰▰▰▰▰▰▰▰▰ 100% · at its end")
        #expect(progress(.minutes(5), nil) == "for 5 min")
        #expect(progress(.minutes(5), .minutes(60), kind: .liveTV) == "live")
        #expect(progress(nil, .minutes(60)).hasPrefix("It is not told how"))
    }
}
