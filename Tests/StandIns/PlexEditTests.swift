// Stars, summaries and pictures at the Plex stand-in (sheet plex.md §4–§6).

import HTTP
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct PlexEditTests {
    typealias People = HouseholdWorld.People

    private func summary(_ stage: PlexStage, _ key: Int) -> String {
        stage.household.read { $0.items[key]?.summary ?? "" }
    }

    @Test func `stars are given and taken back`() async throws {
        try await PlexStage.play { stage in
            func rate(_ rating: String, key: String = "30001", identifier: String = "com.plexapp.plugins.library")
                async throws -> Int
            {
                try await stage.ask(
                    "PUT", "/:/rate", ["key": key, "identifier": identifier, "rating": rating], as: People.ann
                ).status
            }
            var status = try await rate("8.5")
            #expect(status == 200)
            let seen = try await stage.ask("GET", "/library/metadata/30001", as: People.ann).items[0]
            #expect(seen["userRating"]?.number == 8.5 && seen["lastRatedAt"]?.int == Int(PlexStage.now.seconds))
            let others = try await stage.ask("GET", "/library/metadata/30001").items[0]
            #expect(others["userRating"] == nil)
            status = try await rate("-1")
            let cleared = stage.household.read { $0.items[30001]?.ratings[People.ann] }
            #expect(status == 200 && cleared == nil)
            for (rating, key, identifier, expected) in [
                ("11", "30001", "com.plexapp.plugins.library", 400),
                ("many", "30001", "com.plexapp.plugins.library", 400),
                ("8", "999", "com.plexapp.plugins.library", 404), ("8", "30001", "other", 400),
            ] {
                status = try await rate(rating, key: key, identifier: identifier)
                #expect(status == expected, "\(rating) \(key)")
            }
        }
    }

    @Test(arguments: ["A & B = \"C\"; <100 %>", "first line\nsecond line\r\nthird", "é 🎷 + 日本", "a%0Ab", ""])
    func `a summary arrives as it was written`(text: String) async throws {
        try await PlexStage.play { stage in
            let old = try await stage.ask(
                "PUT", "/library/sections/3/all",
                ["type": "9", "id": "3101", "summary.value": text, "summary.locked": "1"])
            #expect(old.status == 200 && old.text.isEmpty && old.type == "text/html")
            #expect(summary(stage, 3101) == text)
            let new = try await stage.ask(
                "PUT", "/library/metadata/3102", ["summary.value": text, "summary.locked": "1"])
            #expect(new.status == 200 && summary(stage, 3102) == text)
            let read = try await stage.ask("GET", "/library/metadata/3102").items[0]
            #expect(read["summary"]?.string == text)
            #expect(read["Field"]?[0] == ["locked": true, "name": "summary"])
            #expect(summary(stage, 3103).isEmpty)
        }
    }

    @Test func `the section's form without ids changes everything`() async throws {
        try await PlexStage.play { stage in
            _ = try await stage.ask("PUT", "/library/sections/3/all", ["type": "9", "summary.value": "ruined"])
            let ruined = stage.household.read { world in
                world.items(of: .album, in: 3).allSatisfy { $0.summary == "ruined" }
            }
            #expect(ruined)
        }
    }

    @Test func `only the owner edits`() async throws {
        try await PlexStage.play { stage in
            for path in ["/library/metadata/3101", "/library/sections/3/all"] {
                let answer = try await stage.ask(
                    "PUT", path, ["type": "9", "id": "3101", "summary.value": "mine"], as: People.ann)
                #expect(answer.status == 403)
            }
            let nonsense = try await stage.ask("PUT", "/library/metadata/3101", ["artist.title.value": "x"])
            let nothing = try await stage.ask("PUT", "/library/metadata/3101")
            let untyped = try await stage.ask("PUT", "/library/sections/3/all", ["id": "3101", "summary.value": "x"])
            #expect(nonsense.status == 400 && nothing.status == 400 && untyped.status == 400)
            #expect(summary(stage, 3101).isEmpty)
        }
    }

    @Test func `covers are real pictures`() async throws {
        try await PlexStage.play { stage in
            let thumb = try await stage.ask("GET", "/library/metadata/3101").items[0]["thumb"]?.string ?? ""
            let whole = try await stage.ask("GET", thumb)
            #expect(whole.type == "image/jpeg")
            let small = try await stage.ask("GET", "/photo/:/transcode", ["url": thumb, "width": "90", "height": "60"])
            #expect(small.type == "image/jpeg")
            let png = try await stage.ask(
                "GET", "/photo/:/transcode", ["url": thumb, "width": "90", "height": "60", "format": "png"])
            #expect(png.type == "image/png")
            let inner = "http://127.0.0.1:32400" + thumb
            let bare = try await stage.ask("GET", "/photo/:/transcode", ["url": inner, "width": "9", "height": "9"])
            let tokened = try await stage.ask(
                "GET", "/photo/:/transcode",
                ["url": inner + "?X-Plex-Token=" + stage.plex.token, "width": "9", "height": "9"])
            #expect(bare.status == 404 && tokened.status == 200)
            let unsized = try await stage.ask("GET", "/photo/:/transcode", ["url": thumb])
            let missing = try await stage.ask("GET", "/library/metadata/112/thumb/1")
            #expect(unsized.status == 400 && missing.status == 404)
        }
    }
}
