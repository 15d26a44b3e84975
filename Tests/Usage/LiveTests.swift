// What people read of the household's five streams, one of every sort.

import Domain
import Runtime
import StandIns
import Testing
import Usage

private typealias People = HouseholdWorld.People

@Suite(.timeLimit(.minutes(1))) struct `What plays now` {
    @Test func `is told with who, where, how far and how`() async throws {
        try await Watchtower.open { tower in
            let report = await tower.told()
            #expect(report.title.plainText == "5 streams")
            #expect(
                report.lines.map(\.plainText) == [
                    "2 direct play · 3 transcodes", "Bandwidth: 48.9 Mbit/s (19 Mbit/s LAN, 29.9 Mbit/s WAN)",
                ])
            #expect(report.tone == .good)
            #expect(
                report.stream("Orbit 7") == """
                    robin on Living Room TV (Plex for LG, webOS)
                    ▰▰▰▱▱▱▱▱▱▱▱▱ 28% · 1 h 41 min left
                    Original · 4K HEVC HDR 18 Mbit/s
                    Direct play · LAN 19 Mbit/s
                    """)
            #expect(report.fields[0].name.plainText == "🎬 Orbit 7 (2025)")
            #expect(report.fields[1].name.plainText == "🎵 Lantern Walk by The Lantern Quintet")
            #expect(report.stream("Lantern Walk").contains("FLAC 940 kbit/s"))
            #expect(report.stream("Lantern Walk").contains("from Lanterns at Low Tide"))
        }
    }

    @Test func `says why a stream is transcoded, and in what`() async throws {
        try await Watchtower.open { tower in
            let report = await tower.told()
            #expect(
                report.fields[2].value.plainText == """
                    Bo Tanner on Firefox (Plex Web)
                    ▰▰▰▰▰▰▰▱▱▱▱▱ 58% · 54 min left
                    8 Mbps 1080p · 4K HEVC HDR 18 Mbit/s → 1080p H.264 8 Mbit/s
                    Transcode in hardware, 3.4× speed · WAN 8.6 Mbit/s
                    Why: smaller picture (4K to 1080p), other colours (HDR to SDR), \
                    bitrate limited (18 Mbit/s to 8 Mbit/s), other video codec (HEVC to H.264), \
                    other audio codec (Dolby Digital Plus to AAC)
                    """)
            let sound = report.fields[3].value.plainText
            #expect(sound.contains("⏸️ paused"))
            #expect(sound.contains("Transcode, 1× speed"))
            #expect(
                sound.hasSuffix(
                    "Why: other audio codec (Dolby Digital Plus to AAC), fewer sound channels (5.1 to stereo)"))
            let relayed = report.fields[4].value.plainText
            #expect(relayed.contains("⏳ waiting for data"))
            #expect(
                relayed.contains(
                    "Transcode in software, throttled (far enough ahead) · WAN 1.8 Mbit/s, through Plex's relay"))
            #expect(relayed.contains("Why: SRT subtitles painted into the picture, smaller picture (1080p to 480p)"))
        }
    }

    @Test func `is told by Plex alone as by Tautulli`() async throws {
        try await Watchtower.open(.plexOnly) { tower in
            let report = await tower.told()
            #expect(report.title.plainText == "5 streams")
            #expect(report.lines.count == 2)
            #expect(report.lines[1].plainText == "Bandwidth: 48.9 Mbit/s (19 Mbit/s LAN, 29.9 Mbit/s WAN)")
            #expect(report.fields[2].value.plainText.contains("Transcode in hardware, 3.4× speed"))
            #expect(report.fields[2].value.plainText.contains("other video codec (HEVC to H.264)"))
            #expect(report.fields[4].value.plainText.contains("subtitles painted into the picture"))
            #expect(report.fields[4].value.plainText.contains("through Plex's relay"))
            #expect(report.stream("Orbit 7").hasPrefix("robin on Living Room TV (Plex for LG, webOS)\n"))
        }
    }

    @Test func `asks Plex nothing but the poster where Tautulli tells all`() async throws {
        try await Watchtower.open { tower in
            _ = await tower.told()
            #expect(tower.plex.requests.entries.map(\.route) == ["GET /photo/:/transcode"])
        }
    }

    @Test func `comes with the first poster attached, fetched once`() async throws {
        try await Watchtower.open { tower in
            let picture = try #require(await tower.told().picture)
            #expect(picture.place == .thumbnail)
            #expect(picture.bytes.count > 100)
            #expect(picture.alternative == "Poster of Orbit 7")
            _ = await tower.told()
            #expect(tower.plex.requests.entries.count == 1)
            let report = await tower.told()
            #expect(!"\(report)".contains(tower.plex.token))
        }
    }

    @Test func `needs no poster`() async throws {
        try await Watchtower.open { tower in
            await tower.plex.fail("GET /photo/:/transcode", with: .garbage, times: 9)
            await tower.tautulli.fail("pms_image_proxy", with: .garbage, times: 9)
            let report = await tower.told()
            #expect(report.picture == nil)
            #expect(report.fields.count == 5)
        }
    }

    @Test func `waits only so long for a poster`() async throws {
        try await Watchtower.open { tower in
            await tower.plex.fail("GET /photo/:/transcode", with: .stall, times: 9)
            let report = try await tower.hurrying { await tower.told() }
            #expect(report.picture == nil)
            #expect(report.fields.count == 5)
        }
    }

    @Test func `is turned over by pages where many streams run`() async throws {
        var world = HouseholdWorld.small(now: Watchtower.now)
        let first = world.streams[0]
        world.streams = (1...20).map { number in
            var stream = first
            stream.sessionKey = number
            return stream
        }
        try await Watchtower.open(world: world) { tower in
            let pages = await tower.usage.now(in: nil, tellsDetails: false).pages
            #expect(pages.map(\.fields.count) == [8, 8, 4])
            #expect(pages.map { $0.picture != nil } == [true, false, false])
            #expect(pages.allSatisfy { $0.title.plainText == "20 streams" })
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `Names in what plays` {
    @Test func `are hidden where the channel asks for it, with the devices' own`() async throws {
        try await Watchtower.open { tower in
            let report = await tower.told(in: Watchtower.anonymousChannel)
            let text = report.text
            let names = tower.household.read { world in
                world.people.flatMap { [$0.username, $0.title, $0.email] } + world.streams.map(\.device.name)
            }
            // Whole words: "bo" is also in "Harbour".
            let words = " " + text.lowercased().map { $0.isLetter || $0 == "'" ? String($0) : " " }.joined() + " "
            for name in names where !name.isEmpty && name != "Firefox" {
                let plain = name.lowercased().map { $0.isLetter || $0 == "'" ? String($0) : " " }.joined()
                #expect(!words.contains(" \(plain) "), "\(name)")
            }
            #expect(report.fields.map { $0.value.plainText.prefix(8) } == (1...5).map { "Viewer \($0)" })
            #expect(report.stream("Orbit 7").hasPrefix("Viewer 1 with Plex for LG, webOS\n"))
            // Elsewhere they stand.
            #expect(await tower.told(in: 78).text.contains("robin"))
        }
    }

    @Test func `one viewer has one number`() async throws {
        var world = HouseholdWorld.small(now: Watchtower.now)
        world.streams[2].person = world.streams[0].person
        try await Watchtower.open(world: world) { tower in
            let report = await tower.told(in: Watchtower.anonymousChannel)
            #expect(
                report.fields.map { $0.value.plainText.prefix(8) }
                    == ["Viewer 1", "Viewer 2", "Viewer 1", "Viewer 3", "Viewer 4"])
        }
    }

    @Test(arguments: [Watchtower.Sources.both, .plexOnly])
    func `never bring an address with them`(sources: Watchtower.Sources) async throws {
        var world = HouseholdWorld.small(now: Watchtower.now)
        let ann = try #require(world.people.firstIndex { $0.id == People.ann })
        world.people[ann].username = "ann.lee@mail.example"
        world.people[ann].title = "ann.lee@mail.example"
        world.streams[0].device.name = "192.168.1.21"
        try await Watchtower.open(sources, world: world) { tower in
            let report = await tower.told(details: true)
            let text = report.text
            #expect(!text.contains("@mail.example"))
            #expect(!text.contains("203.0.113."))
            #expect(!text.contains("192.168."))
            #expect(report.stream("Lantern Walk").hasPrefix("ann.lee on "))
            #expect(report.stream("Orbit 7").hasPrefix("robin with Plex for LG, webOS"))
        }
    }

    @Test func `of strangers stay words`() async throws {
        var world = HouseholdWorld.small(now: Watchtower.now)
        let ann = try #require(world.people.firstIndex { $0.id == People.ann })
        world.people[ann].username = "@everyone **x**"
        world.people[ann].title = "@everyone **x**"
        try await Watchtower.open(world: world) { tower in
            let field = try #require(await tower.told().fields.dropFirst().first)
            // As somebody's text, which each face escapes; never as words of our own.
            #expect(field.value.parts.first == .strong("@everyone **x**"))
            let ours = field.value.parts.compactMap { if case .words(let text) = $0 { text } else { nil } }
            #expect(!ours.joined().contains("@everyone"))
            #expect(field.name.parts.contains(.text("Lantern Walk")))
        }
    }
}
