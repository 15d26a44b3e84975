// The ladder of questions, and names that would break a careless query.

@testable import MusicBrainz
import StandIns
import Testing

@Suite struct `The ladder` {
    @Test func `goes from the narrow question to the wide one`() {
        let rungs = SearchLadder.rungs(title: "Blue Harbour (Remastered)", artist: "The Lantern Quintet", tracks: 6)
        #expect(
            rungs == [
                SearchRung(
                    .releases,
                    #"release:"Blue Harbour (Remastered)" AND artist:"The Lantern Quintet" AND status:official AND tracks:6"#
                ),
                SearchRung(
                    .releases,
                    #"release:"Blue Harbour (Remastered)" AND artist:"The Lantern Quintet" AND status:official"#),
                SearchRung(.groups, #"releasegroup:"Blue Harbour" AND artist:"The Lantern Quintet""#),
                SearchRung(.releases, "The Lantern Quintet Blue Harbour", isPlain: true),
            ])
    }

    @Test func `names the artist of compilations by id`() {
        let rungs = SearchLadder.rungs(title: "Sampler", artist: "Various Artists", tracks: nil)
        #expect(rungs[0].query.contains("AND arid:89ad4ac3-39f7-470e-963a-56509c546377"))
        #expect(rungs.last?.query == "Sampler")
        #expect(rungs.count == 3)
    }

    @Test func `has no rung for an album without a title`() {
        #expect(SearchLadder.rungs(title: " \u{200F}\n", artist: "Somebody", tracks: 3) == [])
    }

    @Test func `keeps quotes and backslashes inside the phrase`() {
        let rungs = SearchLadder.rungs(title: #"Songs in the Key of "Maybe" \o/"#, artist: "AC/DC + 1", tracks: nil)
        #expect(rungs[0].query.hasPrefix(#"release:"Songs in the Key of \"Maybe\" \\o/" AND artist:"AC/DC + 1""#))
        #expect(rungs.last?.query == "AC DC 1 Songs in the Key of Maybe o")
    }

    @Test(arguments: [
        ("Blue Harbour [2011 Remaster]", "Blue Harbour"), ("Blue Harbour (Disc 1) {x}", "Blue Harbour"),
        ("Blue Harbour - Deluxe Edition", "Blue Harbour"), ("Blue Harbour Disc 2", "Blue Harbour"),
        ("(Untitled)", "(Untitled)"), ("Half (open", "Half (open"), ("Disc 1", "Disc 1"), ("Plain", "Plain"),
        ("The Deluxe Edition", "The"),
    ])
    func `takes what people add off a title`(title: String, expected: String) {
        #expect(SearchLadder.withoutBrackets(title) == expected)
    }
}

@Suite(.timeLimit(.minutes(1))) struct `A search` {
    @Test(arguments: [
        ("RC/PC", "Fuse Box"), ("Tom \"Tin Ear\" Weaver", "Songs in the Key of \"Maybe\""),
        ("Océane Brûlé", "Crème de la crème brûlée"), ("100% Wool", "AND NOT (a:b) [c] ~d^2 e* f? \\ g/h"),
        ("Stone, Moss & Ember", "Hearth + Home!"), ("@everyone", "{curly} || pipes"),
    ])
    func `finds names full of signs on its first rung`(artist: String, title: String) async throws {
        try await Archive.open(pause: .zero, rules: .mirror) { archive in
            await archive.standIn.changeCatalogue { catalogue in
                catalogue.artists[People.keeper]?.name = artist
                guard var release = catalogue.releases.first(where: { $0.id == Known.fuseBox }) else { return }
                release.id = "1a7e2000-0099-4a10-8000-00000000a199"
                release.title = title
                release.artists = [People.keeper]
                catalogue.releases.append(release)
            }
            let rungs = SearchLadder.rungs(title: title, artist: artist, tracks: 5)
            for rung in rungs where rung.index == .releases {
                let hits = try await archive.client.search(rung)
                #expect(hits.first?.title == title, "\(rung.query)")
            }
            #expect(archive.asked.allSatisfy { $0.status == 200 })
        }
    }

    @Test func `says what its hits are as far as it knows`() async throws {
        try await Archive.open(pause: .zero, rules: .mirror) { archive in
            let rungs = SearchLadder.rungs(title: "Lanterns at Low Tide", artist: "Lantern Quintet", tracks: 5)
            let hits = try await archive.client.search(rungs[0])
            #expect(Set(hits.map(\.id.description)) == [Known.lanternsAtLow, Known.lanternsReissue])
            let hit = try #require(hits.first)
            #expect(hit.rank == 100)
            #expect(hit.trackCount == 5)
            #expect(hit.discCount == 1)
            #expect(hit.credits.map(\.name) == ["The Lantern Quintet"])
            #expect(hit.credits[0].artist.aliases == ["Ottilie Brandt and Her Lantern Quintet"])
            #expect(hit.group?.primaryType == "Album")
        }
    }

    @Test func `for groups gives their editions`() async throws {
        try await Archive.open(pause: .zero, rules: .mirror) { archive in
            let rungs = SearchLadder.rungs(title: "Mud Season", artist: "Delta Ferry", tracks: nil)
            let rung = try #require(rungs.first { $0.index == .groups })
            let hits = try await archive.client.search(rung)
            #expect(Set(hits.map(\.id.description)) == [Known.mudSeason, Known.mudSeasonAgain])
            #expect(hits.allSatisfy { $0.rank == 100 && $0.group?.firstReleased != nil && $0.trackCount == 4 })
        }
    }

    @Test func `understands the ranks of older servers`() async throws {
        try await Archive.open(pause: .zero, rules: .mirror) { archive in
            let hit: JSON = ["id": .string(Known.fuseBox), "title": "Fuse Box", "score": "97"]
            await archive.standIn.fail(with: .status(200, ["count": 1, "offset": 0, "releases": [hit]]))
            let hits = try await archive.client.search(SearchRung(.releases, "x"))
            #expect(hits.map(\.rank) == [97])
            #expect(hits.map(\.trackCount) == [nil])
        }
    }

    @Test func `that finds nothing says so and is no error`() async throws {
        try await Archive.open(pause: .zero, rules: .mirror) { archive in
            for rung in SearchLadder.rungs(title: "Room with No Clock", artist: "Nobody Atall", tracks: 6) {
                let hits = try await archive.client.search(rung)
                #expect(hits == [])
            }
        }
    }
}
