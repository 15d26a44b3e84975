// What goes on at the Plex stand-in: streams, history, notifications, and bad days (sheet plex.md §3, §6).

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct PlexLifeTests {
    typealias People = HouseholdWorld.People

    @Test func `streams of every sort are told apart`() async throws {
        try await PlexStage.play { stage in
            let streams = try await stage.ask("GET", "/status/sessions").items
            #expect(streams.count == 5)
            #expect(streams[0]["User"]?["id"] == "1" && streams[1]["User"]?["id"]?.string == "\(People.ann)")
            #expect(streams.allSatisfy { $0["librarySectionID"]?.string != nil && $0["sessionKey"]?.string != nil })
            #expect(
                streams.map { $0["Player"]?["state"]?.string } == [
                    "playing", "playing", "playing", "paused", "buffering",
                ])
            #expect(streams.map { $0["Session"]?["location"]?.string } == ["lan", "wan", "wan", "wan", "wan"])
            #expect(
                streams.map { $0["TranscodeSession"]?["videoDecision"]?.string } == [
                    nil, nil, "transcode", "copy", "transcode",
                ])
            #expect(streams[2]["TranscodeSession"]?["transcodeHwFullPipeline"]?.bool == true)
            #expect(streams[4]["Player"]?["relayed"]?.bool == true)
            stage.household.change { $0.streams = [] }
            let idle = try await stage.ask("GET", "/status/sessions")
            #expect(idle["size"]?.int == 0 && idle["Metadata"] == nil)
        }
    }

    @Test func `a stream is ended from afar, and leaves a play`() async throws {
        try await PlexStage.play { stage in
            let id = stage.household.read { $0.streams[0].sessionID }
            func end(_ id: String, as person: Int = People.robin) async throws -> Int {
                try await stage.ask(
                    "POST", "/status/sessions/terminate", ["sessionId": id, "reason": "late"], as: person
                ).status
            }
            let (others, nobody, unknown) = (
                try await end(id, as: People.ann), try await end(""), try await end("nonsense")
            )
            #expect(others == 403 && nobody == 403 && unknown == 404)
            await stage.plex.changeRules { $0.hasPlexPass = false }
            let unpaid = try await end(id)
            await stage.plex.changeRules { $0.hasPlexPass = true }
            let ended = try await end(id)
            #expect(unpaid == 401 && ended == 200)
            let left = stage.household.read { ($0.streams.count, $0.plays.count) }
            #expect(left == (4, 1))
        }
    }

    @Test func `history is filtered, ordered and kept apart`() async throws {
        try await PlexStage.play { stage in
            stage.household.change { world in
                for day in 0..<10 {
                    let person = day % 2 == 0 ? People.robin : People.ann
                    let at = PlexStage.now - .days(Int64(10 - day))
                    world.addPlay(of: 30_001 + day, by: person, started: at, percent: day == 8 ? 40 : 100)
                }
                world.addPlay(of: 101, by: People.ann, started: PlexStage.now - .days(20))
                world.remove(30_003)
            }
            let all = try await stage.ask("GET", "/status/sessions/history/all", ["sort": "viewedAt:desc"])
            // The one that was left at two fifths is no play.
            #expect(all.items.count == 10 && all.items[0]["title"]?.string == "Night Watch")
            let times = all.items.compactMap { $0["viewedAt"]?.int }
            #expect(times == times.sorted(by: >))
            #expect(all.items[0]["librarySectionID"]?.string == "3" && all.items[0]["accountID"]?.int == People.ann)
            let gone = all.items.first { $0["title"] == "Ode to a Ferry" }
            #expect(gone != nil && gone?["ratingKey"] == nil && gone?["parentKey"]?.string == "/library/metadata/3101")
            func count(_ query: KeyValuePairs<String, String>, as person: Int = People.robin) async throws -> Int {
                try await stage.ask("GET", "/status/sessions/history/all", query, as: person).items.count
            }
            let owners = try await count(["accountID": "1"])
            let films = try await count(["librarySectionID": "1"])
            let ofArtist = try await count(["metadataItemID": "3001", "accountID": "\(People.ann)"])
            let recent = try await count(["viewedAt>": "\((PlexStage.now - .days(3)).seconds)"])
            let anns = try await count([:], as: People.ann)
            let chris = try await count(["accountID": "1"], as: People.chris)
            #expect([owners, films, ofArtist, recent, anns, chris] == [4, 1, 5, 2, 6, 0])
            let odd = try await stage.ask("GET", "/status/sessions/history/all", ["sort": "metadataItemID"])
            #expect(odd.status == 400)
        }
    }

    @Test func `listeners hear what happens`() async throws {
        try await PlexStage.play { stage in
            let heard = Chronicle<JSON>()
            let ends = Chronicle<WebSocketEnd>()
            func listen(_ token: String) -> WebSocket {
                stage.loop.connect(
                    url: stage.plex.url.replacing("http:", with: "ws:")
                        + "/:/websockets/notifications?X-Plex-Token=\(token)",
                    handlers: WebSocketHandlers(
                        message: { bytes, _ in heard.append((try? JSON(parsing: bytes)) ?? .null) },
                        closed: { ends.append($0) }))
            }
            let line = listen(stage.plex.token)
            try await stage.plex.heard(times: 1)
            await stage.plex.tellPlaying(2, state: "paused")
            await stage.plex.tellTimeline(3101, state: 5)
            await stage.plex.showLife()
            let playing = try await heard.first { $0["NotificationContainer"]?["type"] == "playing" }
            let told = playing["NotificationContainer"]?["PlaySessionStateNotification"]?[0]
            #expect(told?["sessionKey"] == "2" && told?["ratingKey"] == "30002" && told?["state"] == "paused")
            let timeline = try await heard.first { $0["NotificationContainer"]?["type"] == "timeline" }
            #expect(timeline["NotificationContainer"]?["TimelineEntry"]?[0]?["state"]?.int == 5)
            _ = try await heard.first { $0["NotificationContainer"]?["type"] == "status" }
            let paused = stage.household.read { $0.streams[1].state }
            #expect(paused == "paused")
            let before = ends.end
            let stranger = listen("wrong")
            _ = try await ends.first(from: before) { _ in true }
            await stage.plex.dropListeners()
            _ = try await ends.first(from: before + 1) { _ in true }
            _ = (line, stranger)
        }
    }

    // MARK: Bad days

    @Test func `a server that starts up is busy`() async throws {
        try await PlexStage.play { stage in
            await stage.plex.changeRules { $0.isStarting = true }
            let busy = try await stage.ask("GET", "/identity")
            #expect(busy.status == 503 && busy.type == "text/html")
            await stage.plex.changeRules { $0.isStarting = false }
            let ready = try await stage.ask("GET", "/identity")
            #expect(ready.status == 200)
        }
    }

    @Test func `a server that reboots is gone, and back at the same address`() async throws {
        try await PlexStage.play { stage in
            // A line that is kept for the next question.
            let question = HTTPRequest("GET", stage.plex.url + "/identity")
            let before = try await stage.http.send(question)
            #expect(before.status == 200)
            await stage.plex.goAway()
            await #expect(throws: HTTPError.self) { try await stage.ask("GET", "/identity") }
            await #expect(throws: HTTPError.self) { try await stage.http.send(question) }
            try await stage.plex.comeBack()
            let after = try await stage.http.send(question)
            #expect(after.status == 200)
            let back = try await stage.ask("GET", "/library/sections")
            #expect(back.status == 200)
        }
    }

    @Test func `answers are lost, cut, late or nonsense, and the journal knows`() async throws {
        try await PlexStage.play { stage in
            let route = "GET /library/sections/{}/all"
            for fault in [HTTPFault.refuse, .truncated, .lostAnswer] {
                await stage.plex.fail(route, with: fault)
                await #expect(throws: HTTPError.self) { try await stage.ask("GET", "/library/sections/3/all") }
            }
            await stage.plex.fail(route, with: .garbage)
            let garbage = try await stage.ask("GET", "/library/sections/3/all")
            #expect(garbage.status == 200 && garbage.json == nil)
            await stage.plex.fail(route, with: .status(500, .null), times: 2)
            let broken = try await stage.ask("GET", "/library/sections/3/all")
            #expect(broken.status == 500 && broken.type == "text/html")
            await stage.plex.endFaults()
            let whole = try await stage.ask("GET", "/library/sections/3/all", ["type": "8"])
            #expect(whole.status == 200)
            let seen = stage.plex.requests.entries.filter { $0.route == route }
            #expect(seen.map(\.status) == [nil, 200, nil, 200, 500, 200])
            #expect(seen.last?.value("type") == "8" && seen.last?.person == People.robin)
        }
    }

    @Test func `a page may be shorter than asked for`() async throws {
        var rules = PlexRules.standard
        rules.longestPage = 7
        try await PlexStage.play(rules: rules) { stage in
            let page = try await stage.ask(
                "GET", "/library/sections/3/all",
                ["type": "10", "X-Plex-Container-Start": "0", "X-Plex-Container-Size": "100"])
            #expect(page.items.count == 7 && page["totalSize"]?.int == 82)
            await stage.plex.changeRules { $0.ignoresPaging = true }
            let whole = try await stage.ask(
                "GET", "/library/sections/3/all",
                ["type": "10", "X-Plex-Container-Start": "0", "X-Plex-Container-Size": "100"])
            #expect(whole.items.count == 82 && whole["totalSize"] == nil)
        }
    }
}
