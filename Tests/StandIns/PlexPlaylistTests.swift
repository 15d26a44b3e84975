// Playlists at the Plex stand-in, as strict as the sheet has them (plex.md §4).

import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct PlexPlaylistTests {
    typealias People = HouseholdWorld.People

    private func make(
        _ stage: PlexStage, _ keys: [Int], titled title: String = "My Top Rated", as person: Int = People.robin
    ) async throws -> String {
        let made = try await stage.ask(
            "POST", "/playlists", ["type": "audio", "title": title, "smart": "0", "uri": stage.uri(keys)], as: person)
        #expect(made.status == 200)
        return made.items[0]["ratingKey"]?.string ?? ""
    }

    private func keys(_ stage: PlexStage, _ playlist: String) async throws -> [String] {
        try await stage.ask("GET", "/playlists/\(playlist)/items").items.compactMap { $0["ratingKey"]?.string }
    }

    @Test func `what is made, filled, ordered and thinned out stays so`() async throws {
        try await PlexStage.play { stage in
            let list = try await make(stage, [30001, 30002])
            let added = try await stage.ask("PUT", "/playlists/\(list)/items", ["uri": stage.uri([30003, 30002])])
            #expect(added["leafCountAdded"]?.int == 1 && added["leafCountRequested"]?.int == 2)
            let items = try await stage.ask("GET", "/playlists/\(list)/items").items
            let ids = items.compactMap { $0["playlistItemID"]?.int }
            #expect(ids.count == 3 && Set(ids).count == 3)
            _ = try await stage.ask("PUT", "/playlists/\(list)/items/\(ids[2])/move")
            _ = try await stage.ask("PUT", "/playlists/\(list)/items/\(ids[0])/move", ["after": "\(ids[1])"])
            var order = try await keys(stage, list)
            #expect(order == ["30003", "30002", "30001"])
            let gone = try await stage.ask("DELETE", "/playlists/\(list)/items/\(ids[1])")
            let again = try await stage.ask("DELETE", "/playlists/\(list)/items/\(ids[1])")
            #expect(gone.status == 200 && again.status == 404)
            order = try await keys(stage, list)
            #expect(order == ["30003", "30001"])
            let renamed = try await stage.ask("PUT", "/playlists/\(list)", ["title.value": "New", "title.locked": "1"])
            #expect(renamed.status == 200 && renamed.text.isEmpty)
            let lists = try await stage.ask("GET", "/playlists", ["title": "ne"])
            #expect(lists.titles == ["New"] && lists.items[0]["smart"]?.bool == false)
            let deleted = try await stage.ask("DELETE", "/playlists/\(list)")
            #expect(deleted.status == 204 && deleted.text.isEmpty)
            let none = try await stage.ask("GET", "/playlists")
            #expect(none["Metadata"] == nil)
        }
    }

    @Test func `doubles are skipped or kept, as the rules say`() async throws {
        var rules = PlexRules.standard
        rules.skipsDuplicates = false
        try await PlexStage.play(rules: rules) { stage in
            let list = try await make(stage, [30001])
            let added = try await stage.ask("PUT", "/playlists/\(list)/items", ["uri": stage.uri([30001])])
            #expect(added["leafCountAdded"]?.int == 1)
            let order = try await keys(stage, list)
            #expect(order == ["30001", "30001"])
        }
    }

    @Test func `others' playlists are not there`() async throws {
        try await PlexStage.play { stage in
            let list = try await make(stage, [30001], as: People.ann)
            for (method, path) in [
                ("GET", "/playlists/\(list)"), ("GET", "/playlists/\(list)/items"), ("DELETE", "/playlists/\(list)"),
                ("PUT", "/playlists/\(list)/items"),
            ] {
                let answer = try await stage.ask(method, path, ["uri": stage.uri([30002])])
                #expect(answer.status == 404, "\(method) \(path)")
            }
            let own = try await stage.ask("GET", "/playlists")
            #expect(own.items.isEmpty)
        }
    }

    @Test func `titles are not unique`() async throws {
        try await PlexStage.play { stage in
            _ = try await make(stage, [30001])
            _ = try await make(stage, [30002])
            let lists = try await stage.ask("GET", "/playlists", ["playlistType": "audio"])
            #expect(lists.titles == ["My Top Rated", "My Top Rated"])
        }
    }

    @Test func `a smart one computes its items, refuses edits, and loses its rule to careless adding`() async throws {
        try await PlexStage.play { stage in
            let machine = stage.household.read { $0.machineID }
            let rule =
                "server://\(machine)/com.plexapp.plugins.library/library/sections/3/all"
                + "?type=10&track.userRating%3E=8"
            let made = try await stage.ask(
                "POST", "/playlists", ["type": "audio", "title": "Stars", "smart": "1", "uri": rule])
            let list = made.items[0]["ratingKey"]?.string ?? ""
            #expect(made.items[0]["smart"]?.bool == true)
            let rated = try await stage.ask("GET", "/library/sections/3/all", ["type": "10", "userRating>": "8"])
            let items = try await stage.ask("GET", "/playlists/\(list)/items")
            #expect(items.titles == rated.titles && items.items[0]["playlistItemID"] == nil)
            for (method, path) in [("DELETE", "items"), ("DELETE", "items/7"), ("PUT", "items/7/move")] {
                let answer = try await stage.ask(method, "/playlists/\(list)/\(path)")
                #expect(answer.status == 400, "\(method) \(path)")
            }
            _ = try await stage.ask("PUT", "/playlists/\(list)/items", ["uri": stage.uri([30001])])
            let ruined = try await keys(stage, list)
            #expect(ruined == ["30001"])
        }
    }

    @Test func `too many ids make too long an address`() async throws {
        try await PlexStage.play { stage in
            let tracks = Array(30_001...30_082)
            let list = try await make(stage, tracks)
            let fits = try await stage.ask(
                "PUT", "/playlists/\(list)/items", ["uri": stage.uri(Array((tracks + tracks).prefix(100)))])
            let refused = try await stage.ask(
                "PUT", "/playlists/\(list)/items", ["uri": stage.uri(tracks + tracks + tracks + tracks + tracks)])
            #expect(fits.status == 200 && refused.status == 414)
        }
    }

    @Test(
        arguments: [
            ["type": "audio", "smart": "0"], ["title": "T"], ["type": "audio", "title": "T", "uri": "nonsense"],
            [
                "type": "audio", "title": "T",
                "uri": "server://other/com.plexapp.plugins.library/library/metadata/30001",
            ],
            ["type": "audio", "title": "T", "smart": "1"],
        ] as [KeyValuePairs<String, String>])
    func `what makes no sense is refused`(query: KeyValuePairs<String, String>) async throws {
        try await PlexStage.play { stage in
            let answer = try await stage.ask("POST", "/playlists", query)
            #expect(answer.status == 400 && answer.type == "text/html")
        }
    }

    @Test func `films do not go on a list of music`() async throws {
        try await PlexStage.play { stage in
            let list = try await make(stage, [30001])
            let answer = try await stage.ask("PUT", "/playlists/\(list)/items", ["uri": stage.uri([101])])
            #expect(answer.status == 400)
            let whole = try await stage.ask("PUT", "/playlists/\(list)/items", ["uri": stage.uri([3104])])
            #expect(whole["leafCountAdded"]?.int == 3)
        }
    }

    @Test func `an emptied one goes where the rules say so`() async throws {
        try await PlexStage.play { stage in
            let list = try await make(stage, [30001])
            _ = try await stage.ask("DELETE", "/playlists/\(list)/items")
            let empty = try await stage.ask("GET", "/playlists/\(list)")
            #expect(empty.items[0]["leafCount"]?.int == 0)
            await stage.plex.changeRules { $0.keepsEmptyPlaylists = false }
            _ = try await stage.ask("DELETE", "/playlists/\(list)/items")
            let gone = try await stage.ask("GET", "/playlists/\(list)")
            #expect(gone.status == 404)
        }
    }
}
