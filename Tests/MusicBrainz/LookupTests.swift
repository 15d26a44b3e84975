// What a lookup gives, over real answers of the stand-in.

import MusicBrainz
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A lookup` {
    @Test func `brings the release with everyone on it in one request`() async throws {
        try await Archive.open { archive in
            let id = try Archive.mbid(Known.lanternsAtLow)
            let release = try await archive.moving { try await archive.client.release(id) }
            #expect(release.title == "Lanterns at Low Tide")
            #expect(release.disambiguation == "mono")
            #expect(release.date == "1961-05-02")
            #expect(release.status == "Official")
            #expect(release.labels == ["Breakwater Records"])
            #expect(release.credits.line == "The Lantern Quintet")
            #expect(release.group?.firstReleased == "1961-05-02")
            #expect(release.media.map(\.tracks.count) == [5])
            let track = try #require(release.media.first?.tracks.first)
            #expect(track.title == "Low Tide")
            #expect(track.number == "A1")
            #expect(track.milliseconds == 150_000 + (30_001 * 7_919) % 210_000)
            let piano = try #require(track.recording.relations?.first { $0.artist.name == "Cosmo Devereux" })
            #expect(piano.kind == .instrument)
            #expect(piano.isBackward)
            #expect(piano.attributes == ["piano"])
            #expect(piano.printedAs == ["piano": "Bechstein grand"])
            #expect(archive.asked.map(\.route) == ["GET /release/{}"])
        }
    }

    @Test func `says who asks, and asks for no composers`() async throws {
        try await Archive.open(userAgent: "Autoplex/9 ( https://example.org )") { archive in
            let id = try Archive.mbid(Known.lanternsAtLow)
            _ = try await archive.moving { try await archive.client.release(id) }
            let asked = try #require(archive.asked.first)
            #expect(asked.userAgent == "Autoplex/9 ( https://example.org )")
            #expect(asked.queryValue("fmt") == "json")
            #expect(asked.query.count { $0.name == "inc" } == 1)
            #expect(asked.queryValue("inc")?.contains("work") == false)
        }
    }

    @Test func `tells kinds by id and never takes an arranger for a player`() async throws {
        try await Archive.open { archive in
            let id = try Archive.mbid(Known.lanternsAtLow)
            let release = try await archive.moving { try await archive.client.release(id) }
            let kinds = release.media.flatMap(\.tracks).flatMap { $0.recording.relations ?? [] }.map(\.kind)
            #expect(kinds.contains(.other("instrument arranger")))
            #expect(kinds.contains(.other("producer")))
            #expect(kinds.contains(.performer))
        }
    }

    @Test func `answers with the id a merged one became`() async throws {
        try await Archive.open { archive in
            let id = try Archive.mbid(Known.liveAtTheMill)
            let release = try await archive.moving { try await archive.client.release(id) }
            #expect(release.id.description == Known.liveAtTheMillNow)
            #expect(release.relations?.isEmpty == false)
        }
    }

    @Test func `knows that no credits are not the same as credits left out`() async throws {
        try await Archive.open { archive in
            let id = try Archive.mbid(Known.blueHarbour)
            let release = try await archive.moving { try await archive.client.release(id) }
            #expect(release.media.flatMap(\.tracks).allSatisfy { $0.recording.relations == [] })
            #expect(archive.asked.count == 1)
        }
        let saved = #"""
            {"id": "1a7e2000-0001-4a10-8000-00000000a101", "title": "x", "media": [{"tracks": [
              {"title": null, "recording": {"title": "y", "length": 1000}}]}]}
            """#
        let release = try #require(MusicBrainzRelease(json: Array(saved.utf8)))
        #expect(release.media[0].tracks[0].recording.relations == nil)
        #expect(release.media[0].tracks[0].title == "y")
        #expect(release.media[0].tracks[0].milliseconds == 1000)
        #expect(release.relations == nil)
        #expect(release.date == nil)
    }

    @Test func `of more than 500 recordings fetches their players page by page`() async throws {
        try await Archive.open { archive in
            let id = try Archive.mbid(Known.lighthouseLogs)
            let release = try await archive.moving { try await archive.client.release(id) }
            let recordings = release.media.flatMap(\.tracks).map(\.recording)
            #expect(recordings.count == 520)
            #expect(recordings.allSatisfy { $0.relations?.isEmpty == false })
            #expect(recordings.last?.relations?.map(\.artist.name) == ["Anselm Quay", "Selma Ferro"])
            #expect(
                archive.asked.map(\.route) == ["GET /release/{}"] + Array(repeating: "GET /recording?release", count: 6)
            )
            #expect(
                archive.asked.dropFirst().compactMap { $0.queryValue("offset") } == [
                    "0", "100", "200", "300", "400", "500",
                ])
        }
    }

    @Test func `takes half of the players for no answer`() async throws {
        try await Archive.open { archive in
            await archive.standIn.fail(
                "GET /recording?release", with: .status(200, ["recording-count": 520, "recordings": []]))
            let id = try Archive.mbid(Known.lighthouseLogs)
            let failure = await archive.failure { try await archive.client.release(id) }
            #expect(failure == .unreadable("it stopped after 0 of 520 recordings"))
        }
    }

    @Test func `brings all editions of an album, however many`() async throws {
        try await Archive.open { archive in
            await archive.standIn.changeCatalogue { catalogue in
                guard let first = catalogue.releases.first(where: { $0.id == Known.lanternsAtLow }) else { return }
                for number in 0..<130 {
                    var edition = first
                    edition.id = "1a7e2000-0001-4a10-8000-0000001\(10_000 + number)"
                    catalogue.releases.append(edition)
                }
            }
            let id = try Archive.mbid(Known.lanternsAtLow)
            let release = try await archive.moving { try await archive.client.release(id) }
            let group = try #require(release.group?.id)
            let editions = try await archive.moving { try await archive.client.editions(of: group) }
            // The promotion is not official.
            #expect(editions.count == 133)
            #expect(Set(editions.map(\.id)).count == 133)
            #expect(editions.first?.trackCount == 5)
            #expect(editions.first?.credits.line == "The Lantern Quintet")
            #expect(editions.first?.group?.firstReleased == "1961-05-02")
            #expect(archive.asked.dropFirst().map { $0.queryValue("offset") } == ["0", "100"])
        }
    }
}

@Suite struct `An MBID` {
    @Test(arguments: [
        "1A7E2000-0001-4A10-8000-00000000A101", "mbid://1a7e2000-0001-4a10-8000-00000000a101",
    ])
    func `is read in any spelling`(text: String) {
        #expect(MBID(text)?.description == "1a7e2000-0001-4a10-8000-00000000a101")
    }

    @Test(arguments: ["", "1a7e2000", "plex://album/5d07", "1a7e2000-0001-4a10-8000-00000000a10g", "a/b?c"])
    func `is nothing else`(text: String) {
        #expect(MBID(text) == nil)
    }
}
