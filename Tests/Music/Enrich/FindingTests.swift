// Which album is meant, and which release it is.

import Domain
import Music
import MusicBrainz
import Plex
import StandIns
import Testing

private func album(_ key: String, _ title: String, by artist: String) -> PlexItem {
    var item = PlexItem(ratingKey: key, kind: .album, title: title)
    item.parentTitle = artist
    return item
}

private func keys(_ finding: AlbumFinding) -> [String] {
    switch finding {
    case .one(let album): [album.ratingKey]
    case .several(let albums): albums.map(\.ratingKey)
    case .none(let like): like.map { "?" + $0.ratingKey }
    }
}

@Suite struct `What somebody typed` {
    static let shelf = [
        album("1", "Blue Harbour", by: "The Lantern Quintet"), album("2", "Blue Harbour", by: "Mira Solen"),
        album("3", "Blue Harbour (Remastered)", by: "Delta Ferry"),
        album("4", "Songs in the Key of \"Maybe\"", by: "Tom"),
        album("5", "N38 🚌💨", by: "Night Bus 🚌"), album("6", "One, Two - Three", by: "A - B"),
        album("7", "\u{200F}@everyone\u{200F}", by: "RC/PC"),
        album("8", "Crème de la crème brûlée", by: "Océane Brûlé"),
    ]

    @Test(arguments: [
        ("Blue Harbour", ["1", "2"]), ("mira solen - blue harbour", ["2"]),
        ("Lantern Quintet – Blue Harbour", ["1"]), ("blue harbour (remastered)", ["3"]),
        ("Delta Ferry - Blue Harbour", ["3"]), ("songs in the key of maybe", ["4"]), ("n38 🚌💨", ["5"]),
        ("One, Two - Three", ["6"]), ("A - B - One, Two - Three", ["6"]), ("@everyone", ["7"]),
        ("\u{202E}everyone", ["7"]), ("creme de la creme brulee", ["8"]), ("Key of", ["4"]),
        ("Blue Harbor", ["?1", "?2", "?3"]), ("", []), ("\u{200F}", []),
    ])
    func `is the album it names`(typed: String, expected: [String]) {
        #expect(keys(AlbumQuery(typed).finding(among: Self.shelf)) == expected)
    }

    @Test(arguments: [
        ("Lanterns at Low Tide", [3101]), ("The Lantern Quintet - Blue Harbour", [3102]), ("3103", [3103]),
        ("Songs in the Key of \"Maybe\"", [3112]), ("Océane Brûlé — Crème de la crème brûlée", [3114]),
        ("N38 🚌💨", [3113]), ("Signals / Noise", [3108]), ("lanterns at low tyde", [-3101]),
        ("Lantern Quintet - Blu Harbor", [-3102]), ("Steam Up, Boys", [3116]),
    ])
    func `is found in Plex`(typed: String, expected: [Int]) async throws {
        try await JazzCellar.open { cellar in
            switch try await cellar.enrichment.find(typed) {
            case .one(let album): #expect([Int(album.ratingKey)] == expected)
            case .several(let albums): #expect(albums.map { Int($0.ratingKey) } == expected)
            case .none(let like): #expect(like.first.flatMap { Int($0.ratingKey) }.map { -$0 } == expected.first)
            }
        }
    }

    @Test(arguments: [("Blue Harbour", false), ("The Lantern Quintet - Blue Harbour", false), ("blue harbor", true)])
    func `is looked for everywhere only when it is not there to the letter`(typed: String, isHard: Bool) async throws {
        try await JazzCellar.open { cellar in
            _ = try await cellar.enrichment.find(typed)
            #expect(cellar.plexStandIn.requests.entries.contains { $0.path.hasPrefix("/hubs/search") } == isHard)
        }
    }

    @Test func `that is a track, an artist or nothing is told so`() async throws {
        try await JazzCellar.open { cellar in
            let track = await #expect(throws: EnrichTrouble.self) { _ = try await cellar.enrichment.look(at: "30001") }
            #expect(track?.description == "“Low Tide” is a track, not an album")
            let artist = await #expect(throws: EnrichTrouble.self) { _ = try await cellar.enrichment.look(at: "3001") }
            #expect(artist?.description == "“The Lantern Quintet” is an artist, not an album")
            let nothing = await #expect(throws: EnrichTrouble.self) { _ = try await cellar.enrichment.look(at: "999") }
            #expect(nothing?.description.contains("does not have") == true)
        }
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The release of an album` {
    private func pick(_ finding: Enrichment.Finding) throws -> ReleasePick {
        guard case .preview(_, _, let pick, _) = finding else { throw JazzCellar.NoPreview(finding: "\(finding)") }
        return pick
    }

    @Test func `is the one its files name`() async throws {
        try await JazzCellar.open { cellar in
            let pick = try pick(try await cellar.enrichment.look(at: "\(Discs.lanternsAtLow)"))
            #expect(pick.way == .byGuid && pick.source.hasSuffix("a101"))
            #expect(cellar.recordStandIn.requests.entries.count == 1)
        }
    }

    @Test func `is searched where the files name none`() async throws {
        try await JazzCellar.open { cellar in
            let pick = try pick(try await cellar.enrichment.look(at: "\(Discs.albumWithoutGUID)"))
            #expect(pick.way == .bySearch)
            #expect(pick.score ?? 0 >= 0.85)
        }
    }

    @Test func `lends its players from a sibling, then from Discogs`() async throws {
        try await JazzCellar.open { cellar in
            let sibling = try pick(try await cellar.enrichment.look(at: "\(Discs.blueHarbour)"))
            guard case .sibling = sibling.way else { return #expect(Bool(false)) }
            let discogs = try pick(try await cellar.enrichment.look(at: "\(cellar.key("Tide Tables"))"))
            #expect(discogs.way == .discogs && discogs.score == nil)
            let unknown = try pick(try await cellar.enrichment.look(at: "\(cellar.key("Room with No Clock"))"))
            #expect(unknown.way == .discogs)
        }
    }

    @Test func `that nobody credits says so, and whom was asked`() async throws {
        try await JazzCellar.open { cellar in
            guard case .nobody(_, let why) = try await cellar.enrichment.look(at: "\(cellar.key("Signals / Noise"))")
            else { return #expect(Bool(false)) }
            #expect(why.contains("none at Discogs"))
        }
        try await JazzCellar.open(hasDiscogs: false) { cellar in
            guard case .nobody(_, let why) = try await cellar.enrichment.look(at: "\(cellar.key("Tide Tables"))")
            else { return #expect(Bool(false)) }
            #expect(why.contains("DISCOGS_TOKEN"))
        }
    }

    @Test func `is asked for where two fit, and taken when named`() async throws {
        try await JazzCellar.open { cellar in
            let key = cellar.key("Mud Season")
            let finding = try await cellar.enrichment.look(at: "\(key)")
            guard case .ask(let evidence, let candidates, _) = finding else { return #expect(Bool(false)) }
            #expect(candidates.count == 2)
            let report = cellar.enrichment.reports.preview(finding)
            let card = cellar.enrichment.reports.menu(candidates, album: evidence.item.ratingKey, report)
            #expect(card.choices.count == 3 && card.choices.allSatisfy { $0.label.unicodeScalars.count <= 100 })
            let change = try await cellar.change(key, release: MusicBrainzCatalogue.Known.mudSeasonAgain)
            #expect(change.lines.first?.contains("harmonica") == true)
        }
    }

    @Test func `that the files name but the tracks deny is not believed`() async throws {
        var world = HouseholdWorld.small()
        for item in world.items.values where item.parent == Discs.lanternsAtLow {
            world.change(item.ratingKey) {
                $0.title = "Quite another \($0.ratingKey)"
                $0.milliseconds = 3_000_000
            }
        }
        try await JazzCellar.open(world) { cellar in
            guard case .ask(_, let candidates, let why) = try await cellar.enrichment.look(at: "3101") else {
                return #expect(Bool(false))
            }
            #expect(why.contains("only 0 of 5 tracks"))
            #expect(candidates.first?.edition.id.description == MusicBrainzCatalogue.Known.lanternsAtLow)
        }
    }

    @Test func `of an album without tracks is not guessed`() async throws {
        var world = HouseholdWorld.small()
        for item in world.items.values where item.parent == Discs.albumWithoutGUID { world.remove(item.ratingKey) }
        try await JazzCellar.open(world) { cellar in
            await #expect(throws: EnrichTrouble.noTracks(title: "Rehearsal Tapes")) {
                _ = try await cellar.enrichment.look(at: "\(Discs.albumWithoutGUID)")
            }
            #expect(cellar.recordStandIn.requests.entries.isEmpty)
        }
    }

    @Test(arguments: [
        (HTTPFault.status(401, .null), "MusicBrainz"), (.status(404, .null), "MusicBrainz"),
        (.status(429, .null), "try again"), (.status(503, .null), "try again"), (.html502, "MusicBrainz"),
        (.garbage, "cannot be read"), (.truncated, "MusicBrainz"), (.refuse, "cannot be reached"),
    ])
    func `is not made up while MusicBrainz is in trouble`(fault: HTTPFault, words: String) async throws {
        try await JazzCellar.open { cellar in
            await cellar.recordStandIn.fail(with: fault, times: 100)
            let trouble = await #expect(throws: EnrichTrouble.self) {
                _ = try await cellar.patiently { try await cellar.enrichment.look(at: "3101") }
            }
            #expect(trouble?.description.contains(words) == true, "\(trouble?.description ?? "")")
            #expect(cellar.puts.isEmpty)
        }
    }

    @Test func `is found after a minute of a busy MusicBrainz`() async throws {
        try await JazzCellar.open { cellar in
            await cellar.recordStandIn.beBusy(times: 3)
            let finding = try await cellar.patiently { try await cellar.enrichment.look(at: "3101") }
            #expect(try pick(finding).way == .byGuid)
        }
    }

    @Test(arguments: [
        (HTTPFault.status(401, ["message": "no"]), "DISCOGS_TOKEN"), (.status(429, ["message": "slow"]), "slow down"),
        (.status(503, .null), "cannot be reached"), (.garbage, "cannot be read"), (.truncated, "Discogs"),
        (.refuse, "cannot be reached"),
    ])
    func `is not “nobody” while Discogs is in trouble`(fault: HTTPFault, words: String) async throws {
        try await JazzCellar.open { cellar in
            await cellar.shopStandIn.fail(with: fault, times: 100)
            let trouble = await #expect(throws: EnrichTrouble.self) {
                _ = try await cellar.patiently {
                    try await cellar.enrichment.look(at: "\(cellar.key("Tide Tables"))")
                }
            }
            #expect(trouble?.description.contains(words) == true, "\(trouble?.description ?? "")")
            #expect(trouble?.description.contains(cellar.shopStandIn.token) == false)
        }
    }
}
