// The tracker for programs: keys, and what they open.

import Domain
import FoundationEssentials
import HTTP
import LooseJSON
import Runtime
import Sockets
import Storage
import Synchronization
import Testing
import Tracker

@testable import Web

/// A tracker with a server before it. Person 1 is an admin, person 2 is not.
struct Desk {
    let url: String
    let tracker: Tracker
    let database: Database
    let http: HTTPClient
    let keys: [Int64: String]

    static let now = Instant(seconds: 1_767_268_800)

    static func open(_ body: (Desk) async throws -> Void) async throws {
        let folder = "/tmp/autoplex-api-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        let database = try await Database.open(
            path: folder + "/db", clock: VirtualClock(now),
            schemas: [.trackerCatalogue, .trackerMarks, .tracker, .trackerKeys])
        let tide = CatalogueEntry(
            "Tide", year: 2011, ids: ShowIDs(tmdb: 91_013),
            episodes: [
                KnownEpisode(
                    season: 1, number: 1, title: "One, \"first\"", airedOn: Day("2025-12-20"), ids: ShowIDs(tmdb: 5)),
                KnownEpisode(season: 1, number: 2, title: "Two", airedOn: Day("2026-01-09")),
            ])
        let tracker = Tracker(
            database, effects: Effects(database, isDryRun: false),
            wishes: TrackerWishes(isOn: true, isForEverybody: true),
            sources: TrackerSources(
                person: { account, _, door in
                    account.id.flatMap { Int64($0) }.map { .known($0) } ?? door.map { .known($0) } ?? .absent
                },
                show: { _, _ in .known(tide) },
                search: { title, _ in title == "Tide" ? .known([tide]) : .absent }),
            acts: TrackerActs(tell: { _ in }))
        var keys: [Int64: String] = [:]
        for person in [Int64(1), 2] {
            let (secret, hash) = PersonalDoor.newSecret()
            try await KeyBook(database).set(person, .api, hash: hash)
            keys[person] = secret
        }
        let api = TrackerAPI(
            tracker: tracker, database: database, isAdmin: { $0 == 1 }, address: "https://hooks.example.org",
            wake: {}, place: .utc, log: .silent)
        let loop = try EventLoop(name: "api", log: .silent)
        let server = try await HTTPServer.start(on: loop, port: 0, routes: api.routes, log: .silent)
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(
                    Desk(
                        url: "http://127.0.0.1:\(server.port)/api/plex", tracker: tracker, database: database,
                        http: http, keys: keys)))
        } catch { outcome = .failure(error) }
        await http.stop()
        await server.stop()
        await loop.stop()
        await database.close()
        try? FileManager.default.removeItem(atPath: folder)
        try outcome.get()
    }

    func ask(_ path: String, as person: Int64? = 1) async throws -> (status: Int, json: Loose, text: String) {
        try await ask("GET", path, as: person)
    }

    func ask(
        _ method: String, _ path: String, as person: Int64? = 1, _ body: String = ""
    ) async throws -> (status: Int, json: Loose, text: String) {
        let headers = person.map { [(name: "Authorization", value: "Bearer \(keys[$0] ?? "void")")] } ?? []
        let response = try await http.send(
            HTTPRequest(
                method, url + path, headers: headers,
                body: method == "GET" ? .none : body.isEmpty ? .empty : .bytes([UInt8](body.utf8), type: "text/plain")))
        return (response.status, (try? Loose(response.body)) ?? .null, response.text)
    }

    func play(_ show: String, _ number: Int, by person: Int64, at: Instant = now) async throws {
        let play = EpisodePlay(
            source: .plex, account: .init(id: "\(person)"),
            place: .init(server: "s", episode: "\(show)\(number)", show: show), showTitle: show, season: 1,
            number: number, title: number == 1 ? "One, \"first\"" : "Two", at: at)
        try await tracker.take(Told(play, receivedAt: at))
        try await tracker.work()
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The tracker for programs` {
    @Test func `opens to a key and to nothing else`() async throws {
        try await Desk.open { desk in
            for path in ["/config", "/logs", "/mappings", "/conflicts", "/export.csv", "/shows"] {
                let nobody = try await desk.ask(path, as: nil)
                let void = try await desk.ask(path, as: 99)
                #expect(nobody.status == 401 && void.status == 401)
                #expect(nobody.json.text("error")?.isEmpty == false)
            }
            for path in ["/mappings", "/conflicts", "/conflicts/1"] {
                let guest = try await desk.ask(path, as: 2)
                #expect(guest.status == 403)
            }
            try await KeyBook(desk.database).set(2, .api, hash: nil)
            let gone = try await desk.ask("/config", as: 2)
            #expect(gone.status == 401)
        }
    }

    @Test func `tells how somebody wants it, and changes it`() async throws {
        try await Desk.open { desk in
            let before = try await desk.ask("/config", as: 2)
            #expect(before.json.claim("auto_add") == true && before.json.claim("is_admin") == false)
            let after = try await desk.ask("PUT", "/config", as: 2, #"{"auto_add":false}"#)
            #expect(after.status == 200 && after.json.claim("auto_add") == false)
            #expect(after.json.claim("auto_watch") == true)
            for body in ["", "[]", "{}", #"{"auto_add":"x"}"#, #"{"other":1}"#] {
                let refused = try await desk.ask("PUT", "/config", as: 2, body)
                #expect(refused.status == 400, "\(body)")
            }
        }
    }

    @Test func `makes addresses that are told once`() async throws {
        try await Desk.open { desk in
            let made = try await desk.ask("POST", "/config/webhook", as: 2)
            #expect(made.status == 201)
            let path = try #require(made.json.text("path"))
            #expect(made.json.text("url") == "https://hooks.example.org" + path)
            let secret = try #require(path.split(separator: "/").last)
            let doors = try await desk.tracker.viewers.doors()
            #expect(doors.map(\.person) == [2] && doors[0].hash == PersonalDoor.hash(String(secret)))
            let config = try await desk.ask("/config", as: 2)
            #expect(config.json.claim("has_webhook") == true && !config.text.contains(secret))
            let closed = try await desk.ask("DELETE", "/config/webhook", as: 2)
            #expect(closed.status == 200)
            let none = try await desk.tracker.viewers.doors()
            #expect(none.isEmpty)
        }
    }

    @Test func `writes a calendar to whom its address was given`() async throws {
        try await Desk.open { desk in
            try await desk.play("Tide", 1, by: 2)
            let made = try await desk.ask("POST", "/config/calendar", as: 2)
            let path = try #require(made.json.text("path")).replacing("/api/plex", with: "")
            let file = try await desk.ask(path, as: nil)
            #expect(file.status == 200 && file.text.hasPrefix("BEGIN:VCALENDAR\r\n"))
            #expect(file.text.contains("SUMMARY:Tide S01E02 Two\r\n") && file.text.contains("CATEGORIES:SEEN"))
            for other in ["/calendar/x.ics", "/calendar/.ics", path.replacing(".ics", with: "")] {
                let nobody = try await desk.ask(other, as: nil)
                #expect(nobody.status == 404)
            }
            _ = try await desk.ask("POST", "/config/calendar", as: 2)
            let old = try await desk.ask(path, as: nil)
            #expect(old.status == 404)
        }
    }

    @Test func `asks which show it is, takes the answer, and can take it back`() async throws {
        try await Desk.open { desk in
            try await desk.play("Tyde", 1, by: 2)
            let open = try await desk.ask("/conflicts")
            let conflict = try #require(open.json.elements("conflicts").first)
            let id = try #require(conflict.whole("id"))
            #expect(conflict.text("title") == "Tyde" && conflict.whole("waiting") == 1)
            for body in ["{", "{}", #"{"action":"choose","candidate":7}"#, #"{"action":"choose"}"#] {
                let refused = try await desk.ask("POST", "/conflicts/\(id)/resolve", body)
                #expect(refused.status == 400, "\(body)")
            }
            let put = try await desk.tracker.catalogue.put(
                CatalogueEntry(
                    "Tide", ids: ShowIDs(tmdb: 91_013),
                    episodes: [KnownEpisode(season: 1, number: 1, title: "One, \"first\"")]), dueAt: nil)
            let show = try #require(put.show)
            let chosen = try await desk.ask("POST", "/conflicts/\(id)/resolve", #"{"action":"choose","show":\#(show)}"#)
            #expect(chosen.status == 200, "\(chosen.text)")
            let again = try await desk.ask("POST", "/conflicts/\(id)/resolve", #"{"action":"ignore"}"#)
            #expect(again.status == 409)
            let shows = try await desk.ask("/shows", as: 2)
            #expect(shows.json.elements("shows").first?.whole("seen") == 1)
            let mappings = try await desk.ask("/mappings")
            let mapping = try #require(mappings.json.elements("mappings").first)
            #expect(mapping.text("show_title") == "Tide" && mapping.text("said_by") == "person:1")
            let undone = try await desk.ask("DELETE", "/mappings/\(mapping.whole("id") ?? 0)")
            #expect(undone.status == 200)
            let after = try await desk.ask("/shows", as: 2)
            #expect(after.json.elements("shows").first?.whole("seen") == 0)
            let missing = try await desk.ask("POST", "/conflicts/999/resolve", #"{"action":"ignore"}"#)
            let unmapped = try await desk.ask("DELETE", "/mappings/999")
            #expect(missing.status == 404 && unmapped.status == 404)
        }
    }

    @Test func `tells everybody their own lines of the log, and admins all`() async throws {
        try await Desk.open { desk in
            for number in 1...3 { try await desk.play("Tyde", number, by: 2, at: Desk.now - .hours(Int64(number))) }
            try await desk.play("Tide", 1, by: 1)
            let own = try await desk.ask("/logs", as: 2)
            #expect(own.json.elements("logs").count == 3)
            let all = try await desk.ask("/logs?limit=2")
            #expect(all.json.elements("logs").compactMap { $0.whole("id") } == [4, 3] && all.json.whole("next") == 3)
            let rest = try await desk.ask("/logs?limit=2&before=3")
            #expect(rest.json.elements("logs").count == 2 && rest.json["next"] == nil)
            let waiting = try await desk.ask("/logs?status=waiting", as: 2)
            #expect(waiting.json.elements("logs").allSatisfy { $0.text("status") == "waiting" })
            let wrong = try await desk.ask("/logs?status=x")
            #expect(wrong.status == 400)
            let others = try await desk.ask("POST", "/logs/4/replay", as: 2)
            #expect(others.status == 404)
            let replayed = try await desk.ask("POST", "/logs/4/replay")
            #expect(replayed.status == 200, "\(replayed.text)")
        }
    }

    @Test func `lists go out and come back`() async throws {
        try await Desk.open { desk in
            try await desk.play("Tide", 1, by: 1, at: Desk.now - .days(9))
            let csv = try await desk.ask("/export.csv")
            #expect(csv.text.contains("\"One, \"\"first\"\"\"") && csv.text.hasPrefix("type,show_title"))
            let json = try await desk.ask("/export.json")
            #expect(json.json.elements.first?["show"]?.text("title") == "Tide")
            for file in [csv.text, json.text] {
                let back = try await desk.ask("POST", "/import", as: 2, file)
                #expect(back.status == 202, "\(back.text)")
            }
            try await desk.tracker.work()
            let shows = try await desk.ask("/shows", as: 2)
            #expect(shows.json.elements("shows").first?.whole("seen") == 1)
            let again = try await desk.ask("POST", "/import", as: 2, csv.text)
            #expect(again.json.whole("taken") == 0 && again.json.whole("known") == 1)
            let copy = try await desk.ask("/export.csv", as: 2)
            #expect(copy.text == csv.text)
            let nonsense = try await desk.ask("POST", "/import", as: 2, "nothing")
            #expect(nonsense.status == 400)
        }
    }
}
