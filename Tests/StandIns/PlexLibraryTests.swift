// What the Plex stand-in says of its libraries, and how (sheet plex.md §1, §2).

import HTTP
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct PlexLibraryTests {
    typealias People = HouseholdWorld.People
    typealias Music = HouseholdWorld.Music

    @Test func `nobody is let in without a token, except to ask who it is`() async throws {
        try await PlexStage.play { stage in
            let known = try await stage.ask("GET", "/identity", as: nil)
            #expect(known.status == 200 && known["claimed"]?.bool == true)
            for path in ["/", "/library/sections", "/nothing"] {
                let answer = try await stage.ask("GET", path, as: nil)
                #expect(
                    answer.status == 401 && answer.type == "text/html" && answer.text.contains("<h1>401"), "\(path)")
            }
            let pending = try await stage.ask("GET", "/library/sections", as: People.gus)
            #expect(pending.status == 401)
            let inQuery = try await stage.ask(
                "GET", "/library/sections", ["X-Plex-Token": stage.plex.token], as: nil)
            #expect(inQuery.status == 200)
        }
    }

    @Test func `XML is the default, JSON on demand, of one and the same`() async throws {
        try await PlexStage.play { stage in
            let xml = try await stage.ask("GET", "/library/metadata/30060", json: false)
            #expect(xml.type.hasPrefix("text/xml") && xml.text.hasPrefix("<?xml"))
            let json = try await stage.ask("GET", "/library/metadata/30060")
            #expect(json.type == "application/json")
            let track = json.items[0]
            for (key, value) in track.fields?.members ?? [] where value.array == nil {
                let shown = value.string ?? value.int.map(String.init) ?? value.number.map { "\($0)" }
                let text = (shown ?? (value.bool == true ? "1" : "0")).replacing("&", with: "&amp;")
                    .replacing("\"", with: "&quot;")
                #expect(xml.text.contains(" \(key)=\"\(text)\""), "\(key)")
            }
        }
    }

    @Test func `ids are strings, numbers numbers, and what is not set is not there`() async throws {
        try await PlexStage.play { stage in
            let track = try await stage.ask("GET", "/library/metadata/30001").items[0]
            #expect(track["ratingKey"]?.string == "30001" && track["parentRatingKey"]?.string == "3101")
            #expect(track["librarySectionID"]?.int == 3 && track["index"]?.int == 1 && track["duration"]?.int != nil)
            #expect(track["viewCount"] == nil && track["userRating"] == nil && track["originalTitle"] == nil)
            #expect(track["Media"]?[0]?["Part"]?[0]?["file"]?.string?.hasSuffix("01 - Low Tide.flac") == true)
            let empty = try await stage.ask("GET", "/library/sections/3/all", ["type": "8", "title": "Nobody"])
            #expect(empty["size"]?.int == 0 && empty["Metadata"] == nil)
            let list = try await stage.ask("GET", "/library/sections/3/all", ["type": "9", "id": "3101"])
            #expect(list.items[0]["Guid"] == nil)
            let withGUIDs = try await stage.ask(
                "GET", "/library/sections/3/all", ["type": "9", "id": "3101", "includeGuids": "1"])
            #expect(withGUIDs.items[0]["Guid"]?[0]?["id"]?.string?.hasPrefix("mbid://") == true)
        }
    }

    @Test(
        arguments: [
            (["type": "8", "title": "lantern"], [3001]), (["type": "8", "title": "n"], nil),
            (["type": "8", "title=": "Juno"], [3010]), (["type": "8", "title=": "Jun"], []),
            (["type": "8", "title<": "Tom \"Tin"], [3007]), (["type": "8", "title>": "wool"], [3012]),
            (["type": "8", "title=": "RC/PC"], [3005]), (["type": "8", "title": "🚌"], [3008]),
            // A comma means "or", encoded or not.
            (["type": "8", "title=": "Stone, Moss & Ember"], []), (["type": "8", "title": "Stone, Moss"], [3006]),
            (["type": "8", "id": "3001,3010"], [3010, 3001]),
            (["type": "9", "artist.id": "3001"], [3101, 3102, 3103, 3104]),
            (["type": "10", "album.id": "3104"], [30016, 30017, 30018]),
            (["type": "10", "artist.title=": "100% Wool", "title": "a=b&c"], [30082]),
            (["type": "9", "year<<": "1962"], [3104, 3101]), (["type": "9", "year": "1961,1963"], [3101, 3102]),
            (["type": "9", "guid": "mbid://1a7e2000-0001-4a10-8000-00000000a101"], [3101]),
            (["type": "8", "album.year>>": "2021"], [3012, 3008]),
            (["type": "9", "addedAt<<": "-700d"], [3101]),
        ] as [(KeyValuePairs<String, String>, [Int]?)])
    func `filters find what they say`(query: KeyValuePairs<String, String>, expected: [Int]?) async throws {
        try await PlexStage.play { stage in
            let answer = try await stage.ask("GET", "/library/sections/3/all", query)
            #expect(answer.status == 200)
            let keys = answer.items.compactMap { $0["ratingKey"]?.string.flatMap { Int($0) } }
            if let expected { #expect(Set(keys) == Set(expected)) } else { #expect(keys.count > 5) }
        }
    }

    @Test(
        arguments: [
            (
                ["type": "9", "push": "1", "id": "3101", "or": "1", "artist.id": "3003", "pop": "1"],
                [3101, 3106, 3107]
            ),
            (
                ["type": "9", "push": "1", "id": "3101", "or": "1", "artist.id": "3003", "pop": "1", "year>>": "2013"],
                [3107]
            ), (["type": "9", "pop": "1"], nil), (["type": "9", "push": "1", "id": "3101"], nil),
        ] as [(KeyValuePairs<String, String>, [Int]?)])
    func `groups hold when one part does`(query: KeyValuePairs<String, String>, expected: [Int]?) async throws {
        try await PlexStage.play { stage in
            let answer = try await stage.ask("GET", "/library/sections/3/all", query)
            let keys = answer.items.compactMap { $0["ratingKey"]?.string.flatMap { Int($0) } }
            if let expected { #expect(Set(keys) == Set(expected)) } else { #expect(answer.status == 400) }
        }
    }

    @Test(arguments: ["bogus", "userRating~", "artist.bogus", "genre>>", "nobody.title"])
    func `filters nobody knows are refused`(name: String) async throws {
        try await PlexStage.play { stage in
            let answer = try await stage.ask("GET", "/library/sections/3/all", ["type": "10", name: "1"])
            #expect(answer.status == 400)
        }
    }

    @Test func `stars are each account's own, and filters compare them`() async throws {
        try await PlexStage.play { stage in
            func rated(_ person: Int, _ filter: String, _ value: String) async throws -> [Double] {
                try await stage.ask(
                    "GET", "/library/sections/3/all",
                    ["type": "10", "track.\(filter)": value, "sort": "userRating:desc"], as: person
                ).items.compactMap { $0["userRating"]?.number }
            }
            let best = try await rated(People.robin, "userRating>", "8")
            #expect(best.count > 10 && best == best.sorted(by: >) && best.allSatisfy { $0 >= 8 })
            let any = try await rated(People.robin, "userRating>>", "-1")
            let low = try await rated(People.robin, "userRating<<", "8")
            #expect(best.count + low.count == any.count)
            let anns = try await rated(People.ann, "userRating>>", "-1")
            #expect(!anns.isEmpty && anns.count < any.count)
            let chris = try await rated(People.chris, "userRating>>", "-1")
            #expect(chris.isEmpty)
        }
    }

    @Test func `pages add up to the whole, and say where they are`() async throws {
        try await PlexStage.play { stage in
            let whole = try await stage.ask("GET", "/library/sections/3/all", ["type": "10", "sort": "titleSort"])
            #expect(whole["totalSize"] == nil && whole["size"]?.int == whole.items.count)
            var titles: [String] = []
            for start in stride(from: 0, to: whole.items.count, by: 25) {
                let page = try await stage.ask(
                    "GET", "/library/sections/3/all", ["type": "10", "sort": "titleSort"],
                    headers: [
                        (name: "X-Plex-Container-Start", value: "\(start)"),
                        (name: "X-Plex-Container-Size", value: "25"),
                    ])
                #expect(page["offset"]?.int == start && page["totalSize"]?.int == whole.items.count)
                #expect(page.headers["X-Plex-Container-Total-Size"] == "\(whole.items.count)")
                titles += page.titles
            }
            #expect(titles == whole.titles)
            let count = try await stage.ask(
                "GET", "/library/sections/3/all",
                ["type": "10", "X-Plex-Container-Start": "0", "X-Plex-Container-Size": "0"])
            #expect(count["size"]?.int == 0 && count["totalSize"]?.int == titles.count && count["Metadata"] == nil)
            let few = try await stage.ask(
                "GET", "/library/sections/3/all",
                ["type": "10", "limit": "3", "X-Plex-Container-Start": "0", "X-Plex-Container-Size": "10"])
            #expect(few["totalSize"]?.int == 3)
        }
    }

    @Test func `who has one library sees one library`() async throws {
        try await PlexStage.play { stage in
            let sections = try await stage.ask("GET", "/library/sections", as: People.hana)
            #expect(sections["Directory"]?.array?.compactMap { $0["key"]?.string } == ["4"])
            for path in ["/library/sections/3/all", "/library/metadata/3001", "/library/metadata/30001/children"] {
                let answer = try await stage.ask("GET", path, as: People.hana)
                #expect(answer.status == 404, "\(path)")
            }
            for path in ["/accounts", "/status/sessions"] {
                let answer = try await stage.ask("GET", path, as: People.hana)
                #expect(answer.status == 403, "\(path)")
            }
        }
    }

    @Test func `families are walked up and down`() async throws {
        try await PlexStage.play { stage in
            let albums = try await stage.ask("GET", "/library/metadata/3001/children")
            let tracks = try await stage.ask("GET", "/library/metadata/3001/allLeaves")
            #expect(albums.items.count == 4 && tracks.items.count == 18)
            let both = try await stage.ask("GET", "/library/metadata/3101,3104,999")
            #expect(both.titles == ["Lanterns at Low Tide", "Rehearsal Tapes"])
            let none = try await stage.ask("GET", "/library/metadata/999")
            #expect(none.status == 404)
        }
    }

    @Test func `search forgives slips and brings what is related`() async throws {
        try await PlexStage.play { stage in
            let answer = try await stage.ask("GET", "/hubs/search", ["query": "mira solan"])
            let hubs = answer["Hub"]?.array ?? []
            let artists = hubs.first { $0["type"] == "artist" }
            #expect(artists?["Metadata"]?[0]?["title"] == "Mira Solen")
            let albums = hubs.first { $0["type"] == "album" }
            #expect(albums?["Metadata"]?[0]?["reason"] == "artist")
            let tracks = hubs.first { $0["type"] == "track" }
            #expect(tracks?["size"]?.int == 3 && tracks?["more"]?.bool == true)
        }
    }

    @Test func `half a million tracks are listed page by page`() async throws {
        let world = HouseholdWorld.large(artists: 500, albums: 5_000, tracks: 60_000, rated: 6_000, now: PlexStage.now)
        try await PlexStage.play(world) { stage in
            let rated = try await stage.ask(
                "GET", "/library/sections/5/all",
                ["type": "10", "userRating>>": "-1", "X-Plex-Container-Start": "5990", "X-Plex-Container-Size": "100"])
            #expect(rated["totalSize"]?.int == 6_000 && rated.items.count == 10)
            let last = try await stage.ask(
                "GET", "/library/sections/5/all",
                ["type": "10", "X-Plex-Container-Start": "59999", "X-Plex-Container-Size": "100"])
            #expect(last.titles == ["Track 060000"])
            let artist = last.items[0]["grandparentRatingKey"]?.string ?? ""
            let leaves = try await stage.ask("GET", "/library/metadata/\(artist)/allLeaves")
            #expect(leaves.items.count == 120 && leaves.titles.last == "Track 060000")
        }
    }
}
