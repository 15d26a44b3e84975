// The stand-in of MusicBrainz against the sheet, asked by hand: a stand-in that forgives hides its client's faults.

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

private struct Reading: Sendable {
    let standIn: MusicBrainzStandIn
    let clock: VirtualClock
    let http: HTTPClient

    static func room(
        rules: MusicBrainzRules = .mirror, _ body: (Reading) async throws -> Void
    ) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "stand-in", log: .silent)
        let standIn = try await MusicBrainzStandIn.start(loop: loop, clock: clock, rules: rules)
        let http = try HTTPClient(userAgent: "Reader/1 ( by@hand )")
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(Reading(standIn: standIn, clock: clock, http: http))) } catch {
            outcome = .failure(error)
        }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    func ask(_ path: String, agent: String? = nil) async throws -> (status: Int, headers: HTTPHeaders, json: JSON) {
        var request = HTTPRequest("GET", standIn.url + path)
        if let agent { request.headers.append((name: "User-Agent", value: agent)) }
        let answer = try await http.send(request)
        return (answer.status, answer.headers, try JSON(parsing: answer.body))
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The stand-in of MusicBrainz` {
    typealias Known = MusicBrainzCatalogue.Known

    @Test func `serves nobody without a name`() async throws {
        try await Reading.room { room in
            let answer = try await room.ask("/release/\(Known.sampler)?fmt=json", agent: " ")
            #expect(answer.status == 403)
            #expect(answer.headers["x-ratelimit-who"] == "ua-missing")
            #expect(answer.json["error"]?.string?.contains("has not identified itself") == true)
        }
    }

    @Test func `refuses everything while it is asked too fast, refused requests included`() async throws {
        try await Reading.room(rules: .standard) { room in
            let path = "/release/\(Known.sampler)?fmt=json"
            #expect(try await room.ask(path).status == 200)
            for _ in 1...3 {
                await room.clock.advance(by: .milliseconds(500))
                let answer = try await room.ask(path)
                #expect(answer.status == 503)
                #expect(answer.headers["retry-after"] == "1")
                #expect(answer.headers["x-ratelimit-zone"]?.hasPrefix("ws ip=") == true)
                #expect(answer.headers["x-mb-rate-limiter"] == "lua")
                #expect(answer.json["error"]?.string?.contains("exceeding the allowable rate limit") == true)
            }
            await room.clock.advance(by: .seconds(3))
            #expect(try await room.ask(path).status == 200)
            await room.clock.advance(by: .seconds(1))
            #expect(try await room.ask(path).status == 200)
        }
    }

    @Test func `can be busy, and then says to wait for nothing`() async throws {
        try await Reading.room { room in
            await room.standIn.beBusy(times: 1)
            let answer = try await room.ask("/release?query=release:x&fmt=json")
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "0")
            #expect(answer.headers["x-ratelimit-zone"] == "search-global")
            #expect(
                answer.json["error"]?.string == "The MusicBrainz web server is currently busy. Please try again later.")
            #expect(try await room.ask("/release?query=release:x&fmt=json").status == 200)
        }
    }

    @Test func `is busy at random but alike each time`() async throws {
        var rules = MusicBrainzRules.mirror
        rules.busyOneIn = 4
        var runs: [[Int]] = []
        for _ in 1...2 {
            try await Reading.room(rules: rules) { room in
                var statuses: [Int] = []
                for _ in 1...24 { statuses.append(try await room.ask("/release/\(Known.sampler)?fmt=json").status) }
                runs.append(statuses)
            }
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].contains(503) && runs[0].contains(200))
    }

    @Test(arguments: [
        ("/release/nonsense?fmt=json", 400, "Invalid mbid."),
        ("/release/00000000-0000-4000-8000-000000000000?fmt=json", 404, "Not Found"),
        (
            "/release/\(Known.sampler)?inc=release-level-rels&fmt=json", 400,
            "release-level-rels is not a valid inc parameter for the release resource."
        ),
        (
            "/release/\(Known.sampler)?inc=media&inc=labels&fmt=json", 400,
            "Inc arguments must be combined with a space, but you provided multiple parameters"
        ),
        ("/release?release-group=\(Known.sampler)&fmt=json", 404, "Not Found"),
        (
            "/release?query=x&limit=many&fmt=json", 400,
            "Invalid limit parameter: it must be a non-negative integer."
        ),
    ])
    func `is strict about its questions`(path: String, status: Int, error: String) async throws {
        try await Reading.room { room in
            let answer = try await room.ask(path)
            #expect(answer.status == status)
            #expect(answer.json["error"]?.string == error)
            #expect(answer.json["help"]?.string == "For usage, please see: https://musicbrainz.org/development/mmd")
        }
    }

    @Test func `gives what was asked for and no more`() async throws {
        try await Reading.room { room in
            let bare = try await room.ask("/release/\(Known.lanternsAtLow)?fmt=json").json
            #expect(bare["media"] == nil && bare["relations"] == nil && bare["artist-credit"] == nil)
            let recordings = try await room.ask("/release/\(Known.lanternsAtLow)?inc=recordings&fmt=json").json
            let recording = recordings["media"]?[0]?["tracks"]?[0]?["recording"]
            #expect(recording?["title"]?.string == "Low Tide")
            #expect(recording?["relations"] == nil)
            let all = try await room.ask(
                "/release/\(Known.lanternsAtLow)?inc=recordings+artist-rels+recording-level-rels&fmt=json"
            ).json
            let relations = all["media"]?[0]?["tracks"]?[0]?["recording"]?["relations"]?.array ?? []
            #expect(relations.count == 9)
            let drums = relations.first { $0["attributes"]?[0]?.string == "drums (drum set)" }
            #expect(drums?["type-id"]?.string == "59054b12-01ac-43ee-a618-285fd397e461")
            #expect(drums?["direction"]?.string == "backward")
            #expect(drums?["attribute-credits"] != nil)
            // Only where an instrument or voice is named.
            #expect(relations.first { $0["type"]?.string == "producer" }?["attribute-credits"] == nil)
            #expect(all["relations"]?.array?.isEmpty == true)
        }
    }

    @Test func `leaves out the relations of more than 500 recordings`() async throws {
        try await Reading.room { room in
            let inc = "inc=recordings+artist-rels+recording-level-rels&fmt=json"
            let release = try await room.ask("/release/\(Known.lighthouseLogs)?\(inc)").json
            let recordings = release["media"]?.array?.flatMap { $0["tracks"]?.array ?? [] }.compactMap {
                $0["recording"]
            }
            #expect(recordings?.count == 520)
            #expect(recordings?.allSatisfy { $0["relations"] == nil } == true)
            let page = try await room.ask(
                "/recording?release=\(Known.lighthouseLogs)&inc=artist-rels&limit=500&offset=510&fmt=json"
            ).json
            #expect(page["recording-count"]?.int == 520)
            #expect(page["recordings"]?.array?.count == 10)
            let clamped = try await room.ask(
                "/recording?release=\(Known.lighthouseLogs)&inc=artist-rels&limit=500&fmt=json"
            ).json
            #expect(clamped["recordings"]?.array?.count == 100)
            let usual = try await room.ask("/recording?release=\(Known.lighthouseLogs)&fmt=json").json
            #expect(usual["recordings"]?.array?.count == 25)
        }
    }

    @Test func `answers for a merged id with another`() async throws {
        try await Reading.room { room in
            let answer = try await room.ask("/release/\(Known.liveAtTheMill)?fmt=json")
            #expect(answer.status == 200)
            #expect(answer.json["id"]?.string == Known.liveAtTheMillNow)
        }
    }

    @Test(arguments: [(5, 3), (0, 3), (101, 3), (1, 1)])
    func `falls back to 25 hits where the limit is out of range`(limit: Int, expected: Int) async throws {
        try await Reading.room { room in
            let query = "release:%22Lanterns%20at%20Low%20Tide%22%20AND%20status:official"
            let answer = try await room.ask("/release?query=\(query)&limit=\(limit)&fmt=json").json
            #expect(answer["count"]?.int == 3)
            #expect(answer["releases"]?.array?.count == expected)
            #expect(answer["releases"]?[0]?["score"]?.int == 100)
            #expect(answer["releases"]?[0]?["relations"] == nil)
            #expect(answer["releases"]?[0]?["artist-credit"]?[0]?["joinphrase"] == nil)
        }
    }

    @Test(arguments: [
        ("release:%22Fuse%20Box", []), ("artist:RC/PC%20AND%20release:%22Fuse%20Box%22", []),
        ("artist:RC%5C/PC%20AND%20release:%22Fuse%20Box%22", ["Fuse Box"]),
        ("release:%22Fuse%20%5C%22Box%22", ["Fuse Box"]), ("release:%22Fuse%22Box%22", []),
        ("release:fuse%20AND%20tracks:4", []), ("release:fuse%20AND%20tracks:5%20AND%20status:official", ["Fuse Box"]),
        ("fuse%20box%20rc", ["Fuse Box"]),
    ])
    func `finds nothing by a query whose signs are not escaped`(query: String, titles: [String]) async throws {
        try await Reading.room { room in
            let found = try await room.ask("/release?query=\(query)&fmt=json").json
            #expect(found["releases"]?.array?.compactMap { $0["title"]?.string } == titles)
        }
    }

    @Test func `takes plain words where they are asked for`() async throws {
        try await Reading.room { room in
            let plain = try await room.ask("/release?query=quintet%20blue%20harbour&dismax=true&fmt=json").json
            #expect(plain["releases"]?[0]?["title"]?.string == "Blue Harbour")
        }
    }

    @Test func `carries the ids of the household's albums`() {
        let household = HouseholdWorld.small()
        let ids = household.items.values.flatMap(\.guids).compactMap { guid in
            guid.hasPrefix("mbid://") ? String(guid.dropFirst(7)) : nil
        }
        let catalogue = MusicBrainzCatalogue.standard
        let known = Set(catalogue.releases.map(\.id)).union(catalogue.merged.keys)
        #expect(!ids.isEmpty)
        #expect(Set(ids).subtracting(known) == [])
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The stand-in of Discogs` {
    private func asking(_ body: (DiscogsStandIn, HTTPClient, VirtualClock) async throws -> Void) async throws {
        let clock = VirtualClock()
        let loop = try EventLoop(name: "stand-in", log: .silent)
        let standIn = try await DiscogsStandIn.start(loop: loop, clock: clock)
        let http = try HTTPClient(userAgent: "Reader/1")
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(standIn, http, clock)) } catch { outcome = .failure(error) }
        await http.stop()
        await standIn.stop()
        await loop.stop()
        try outcome.get()
    }

    @Test func `counts a moving minute and says so in every answer`() async throws {
        try await asking { standIn, http, clock in
            let request = HTTPRequest("GET", "\(standIn.url)/releases/\(DiscogsCatalogue.Known.tideTables)")
            for number in 1...25 {
                let answer = try await http.send(request)
                #expect(answer.status == 200)
                #expect(answer.headers["X-Discogs-Ratelimit"] == "25")
                #expect(answer.headers["X-Discogs-Ratelimit-Used"] == "\(number)")
                #expect(answer.headers["X-Discogs-Ratelimit-Remaining"] == "\(25 - number)")
            }
            let refused = try await http.send(request)
            #expect(refused.status == 429)
            let message = try JSON(parsing: refused.body)["message"]?.string
            #expect(message == "You are making requests too quickly.")
            await clock.advance(by: .seconds(60))
            let again = try await http.send(request)
            #expect(again.status == 200)
        }
    }

    @Test func `lets only those search who show a token`() async throws {
        try await asking { standIn, http, _ in
            let path = "/database/search?type=release&artist=Mira+Solen&release_title=Tide"
            let without = try await http.send(HTTPRequest("GET", standIn.url + path))
            #expect(without.status == 401)
            let with = try await http.send(HTTPRequest("GET", standIn.url + path + "&token=\(standIn.token)"))
            let json = try JSON(parsing: with.body)
            #expect(json["results"]?[0]?["title"]?.string == "Mira Solen - Tide Tables")
            #expect(json["pagination"]?["items"]?.int == 1)
            let wrong = try await http.send(HTTPRequest("GET", standIn.url + path + "&token=guess"))
            #expect(wrong.status == 401)
            let nobody = try await http.send(
                HTTPRequest("GET", standIn.url + path, headers: [(name: "User-Agent", value: " ")]))
            #expect(nobody.status == 403)
        }
    }
}
