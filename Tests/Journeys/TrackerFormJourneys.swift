// From the hook to the mark in every form in which agents, old and new, name an episode (sheet tracker.md §2): the stand-in
// of Plex posts what a real one would, and the list of whoever watched says what became of it.

import HTTP
import Runtime
import StandIns
import Storage
import Tautulli
import Testing

/// A hook as it may look, and what the program makes of it.
struct HookForm: Sendable, CustomTestStringConvertible {
    typealias People = HouseholdWorld.People

    enum End: Sendable {
        /// Lines of lists: "robin: The Long Tide (2018) S01E01, 1".
        case marked([String])
        /// Status and action of the log's line, and a word of its reason.
        case kept(String, String, why: String)
    }

    let testDescription: String
    let key: Int
    let end: End
    var person = People.robin
    var event = "media.scrobble"
    var times = 1
    var change: @Sendable (inout JSON) -> Void = { _ in }

    init(
        _ words: String, _ key: Int, _ end: End, by person: Int = People.robin, event: String = "media.scrobble",
        times: Int = 1, _ change: @escaping @Sendable (inout JSON) -> Void = { _ in }
    ) {
        (testDescription, self.key, self.end, self.person) = (words, key, end, person)
        (self.event, self.times, self.change) = (event, times, change)
    }

    /// Out of a house whose library nobody can ask: what the hook says is all there is.
    private static func far(_ json: inout JSON) { json["Server"]?["uuid"] = "another-house" }

    private static func set(_ json: inout JSON, _ values: [String: JSON?]) {
        for (name, value) in values { json["Metadata"]?[name] = value }
    }

    /// Its own guid alone, as hooks of 2019 came.
    private static func alone(_ json: inout JSON, _ guid: JSON? = nil) {
        far(&json)
        set(&json, ["parentGuid": nil, "grandparentGuid": nil, "Guid": nil])
        if let guid { set(&json, ["guid": guid]) }
    }

    /// All three of one agent.
    private static func agent(_ json: inout JSON, _ show: String, _ season: Int, _ number: Int) {
        far(&json)
        set(
            &json,
            [
                "guid": "\(show)/\(season)/\(number)?lang=en", "parentGuid": "\(show)/\(season)?lang=en",
                "grandparentGuid": "\(show)?lang=en", "index": .int(Int64(number)), "parentIndex": .int(Int64(season)),
                "Guid": nil,
            ])
    }

    private static func robin(_ lines: String...) -> End { .marked(lines.map { "robin: \($0), 1" }) }

    static let new: [HookForm] = [
        HookForm("Guid[] of a new agent", 31_101, robin("The Long Tide (2018) S01E01")),
        HookForm("Guid[] alone, under a name nobody knows", 31_102, robin("The Long Tide (2018) S01E02")) {
            far(&$0)
            set(&$0, ["grandparentTitle": "Die lange Flut"])
        },
        HookForm(
            "only TMDB's number of the episode, two shows of the name", 31_103, robin("The Long Tide (2018) S01E03")
        ) {
            far(&$0)
            let ids = $0["Metadata"]?["Guid"]?.array?.filter { $0["id"]?.string?.hasPrefix("tmdb://") == true }
            set(&$0, ["grandparentTitle": "The Long Tide", "Guid": .array(ids ?? [])])
        },
        HookForm("an episode's number is no show's", 34_103, robin("Coppergate (2016) S01E03")) {
            far(&$0)
            // As a show it would be The Allotment.
            set(&$0, ["Guid": [["id": "tmdb://91003"], ["id": "tvdb://391003"]]])
        },
    ]

    static let old: [HookForm] = [
        HookForm("thetvdb", 32_101, robin("The Allotment (2004) S01E01")),
        HookForm("thetvdb without the guids above it", 32_102, robin("The Allotment (2004) S01E02")) { alone(&$0) },
        HookForm("themoviedb", 38_101, robin("Das Haus am Kanal (2020) S01E01")),
        HookForm("themoviedb without the guids above it", 38_102, robin("Das Haus am Kanal (2020) S01E02")) {
            alone(&$0)
        },
        HookForm("imdb", 30_101, robin("The Long Tide (1998) S01E01")),
        HookForm("imdb without the guids above it", 30_102, robin("The Long Tide (1998) S01E02")) { alone(&$0) },
        HookForm("HAMA counting through all seasons", 35_114, robin("Land of Wind (2015) S02E02")),
        HookForm("HAMA by TVDB", 35_117, robin("Land of Wind (2015) S02E05")) {
            agent(&$0, "com.plexapp.agents.hama://tvdb-391007", 2, 5)
        },
        HookForm("HAMA by AniDB: its name is all that helps", 35_103, robin("Land of Wind (2015) S01E03")) {
            agent(&$0, "com.plexapp.agents.hama://anidb-4563", 1, 3)
        },
    ]

    static let bare: [HookForm] = [
        HookForm("none: title only", 34_104, robin("Coppergate (2016) S01E04")) {
            alone(&$0, "com.plexapp.agents.none://34104/1/4?lang=xn")
        },
        HookForm("tv.plex.agents.none", 34_104, robin("Coppergate (2016) S01E04")) {
            alone(&$0, "tv.plex.agents.none://34104")
        },
        HookForm("local", 34_105, robin("Coppergate (2016) S01E05")) { alone(&$0, "local://12345") },
        HookForm("a recording", 34_105, robin("Coppergate (2016) S01E05")) {
            alone(&$0, "tv.plex.xmltv://episode/EP1234")
        },
        HookForm("xbmcnfotv", 34_105, robin("Coppergate (2016) S01E05")) {
            alone(&$0, "com.plexapp.agents.xbmcnfotv://34105?lang=en")
        },
        HookForm("IMDb's number of the episode, bare", 30_101, robin("The Long Tide (1998) S01E01")) {
            alone(&$0, "tt96101061")
        },
        HookForm("IMDb's number of the show, bare", 30_103, robin("The Long Tide (1998) S01E03")) {
            alone(&$0, "local://1")
            set(&$0, ["grandparentGuid": "tt9510001"])
        },
        HookForm("empty guids", 34_106, robin("Coppergate (2016) S01E06")) {
            alone(&$0, "")
            set(&$0, ["parentGuid": "", "grandparentGuid": "", "Guid": []])
        },
        HookForm("no guid at all", 34_107, robin("Coppergate (2016) S01E07")) {
            alone(&$0)
            set(&$0, ["guid": nil])
        },
        HookForm("a name that two have, and nothing else", 32_101, .kept("waiting", "asked", why: "show")) {
            alone(&$0, "com.plexapp.agents.none://1")
            set(
                &$0,
                ["grandparentTitle": "The Allotment", "title": "Episode 1", "originallyAvailableAt": nil, "year": nil])
        },
        HookForm("neither guids nor names nor keys", 32_101, .kept("failed", "unreadable", why: "names no show")) {
            alone(&$0)
            set(&$0, ["guid": nil, "grandparentTitle": nil, "grandparentRatingKey": nil])
        },
    ]

    static let episodes: [HookForm] = [
        HookForm("a special that TVDB counts otherwise", 33_101, robin("Meridian Hospital (2013) S00E01")),
        HookForm("a special by its title", 33_102, robin("Meridian Hospital (2013) S00E02")) {
            alone(&$0, "local://7")
        },
        HookForm("a special by its number alone", 33_103, .kept("waiting", "asked", why: "number and day")) {
            agent(&$0, "com.plexapp.agents.thetvdb://391005", 0, 2)
            set(&$0, ["title": "Episode 2", "originallyAvailableAt": nil, "year": nil])
        },
        HookForm(
            "two episodes in one file", 34_101, robin("Coppergate (2016) S01E01", "Coppergate (2016) S01E02")),
        HookForm("named after its day", 36_101, robin("The Evening Ledger (2024) S01E01")),
        HookForm("told three times", 31_101, robin("The Long Tide (2018) S01E01"), times: 3),
        HookForm(
            "another's play, by the owner's hook", 31_101, .marked(["ann: The Long Tide (2018) S01E01, 1"]),
            by: People.ann),
        HookForm("the play of somebody who is nobody's I know", 31_101, .kept("ignored", "nobody", why: "Uncle")) {
            $0["Account"] = ["id": 987_654, "title": "Uncle"]
        },
        HookForm(
            "the middle of an episode", 31_101, .kept("ignored", "event", why: "media.pause"), event: "media.pause"),
        HookForm("a trailer of an episode", 31_101, .kept("ignored", "event", why: "an extra")) {
            set(&$0, ["type": "clip", "subtype": "trailer"])
        },
    ]
}

@Suite(.timeLimit(.minutes(3))) struct `The tracker, from the hook to the mark` {
    /// The tables of the program, and its word that something in them has changed.
    struct Rows: Sendable {
        let database: Database
        let logbook: LogBook
    }

    /// Robin's address at the door, in a house where nothing was watched yet.
    static func evening(
        _ body: (Street, _ url: String, Rows) async throws -> Void
    ) async throws {
        let now = SystemClock().now
        var world = HouseholdWorld.small(now: now)
        world.addTelevision(.standard(of: world, now: now), now: now)
        try await Evening.spend(in: world) { evening in
            let street = try #require(evening.street)
            let settings = [
                "TRACKER": "on", "TRACKER_PEOPLE": "everybody", "TRACKER_HISTORY": "off",
                "PUBLIC_URL": "https://plex.example.org",
            ]
            try await evening.run(settings) { port in
                let database = try await Database.open(path: evening.folder + "/autoplex.db")
                // Before the people of the server are known every play would wait for them.
                try await evening.logbook.until {
                    try await count("SELECT COUNT(*) FROM people WHERE plex_id IS NOT NULL", database) == 0 ? nil : ()
                }
                let outcome: Result<Void, any Error>
                do {
                    let given = try await evening.slash("plex tracker url")
                    let secret = try #require(given.allText.split(separator: "/api/plex/webhook/").last?.prefix(48))
                    let url = "http://127.0.0.1:\(port)/api/plex/webhook/\(secret)"
                    await street.plex.changeRules {
                        $0.webhooks = [PlexWebhook(url: url, person: HookForm.People.robin)]
                    }
                    outcome = .success(try await body(street, url, Rows(database: database, logbook: evening.logbook)))
                } catch { outcome = .failure(error) }
                await database.close()
                try outcome.get()
            }
        }
    }

    private static func count(_ sql: String, _ database: Database) async throws -> Int {
        try await database.read { db in try db.row(sql) { try $0.int(0) } ?? 0 }
    }

    /// What the log says when all of it has been looked at.
    private static func log(_ rows: Rows) async throws -> [(status: String, action: String, why: String)] {
        let database = rows.database
        try await rows.logbook.until {
            try await count("SELECT COUNT(*) FROM tracker_log WHERE status = 'received'", database) > 0 ? nil : ()
        }
        return try await database.read { db in
            try db.rows("SELECT status, action, why || error FROM tracker_log ORDER BY id") { row in
                (status: try row.text(0), action: try row.text(1), why: try row.text(2))
            }
        }
    }

    private static func lists(_ rows: Rows) async throws -> [String] {
        try await rows.database.read { db in
            try db.rows(
                """
                SELECT p.username, s.title, s.year, e.season, e.number, m.plays FROM tracker_marks m
                JOIN tracker_episodes e ON e.id = m.episode JOIN tracker_shows s ON s.id = m.show
                JOIN people p ON p.id = m.person ORDER BY p.username, s.id, e.season, e.number
                """
            ) { row in
                let (season, number) = (try row.int(3), try row.int(4))
                let code = "S\(season < 10 ? "0" : "")\(season)E\(number < 10 ? "0" : "")\(number)"
                return "\(try row.text(0)): \(try row.text(1)) (\(try row.int(2))) \(code), \(try row.int(5))"
            }
        }
    }

    private static func expect(_ end: HookForm.End, _ rows: Rows) async throws {
        let log = try await log(rows)
        let lists = try await lists(rows)
        switch end {
        case .marked(let lines):
            #expect(lists == lines, "\(log)")
            #expect(log.first?.status == "marked", "\(log)")
            #expect(log.dropFirst().allSatisfy { $0.status == "duplicate" }, "\(log)")
        case .kept(let status, let action, let why):
            #expect(lists.isEmpty, "\(lists)")
            #expect(log.map(\.status) == [status] && log.map(\.action) == [action], "\(log)")
            #expect(log.first?.why.contains(why) == true, "\(log)")
        }
    }

    private static func send(_ form: HookForm) async throws {
        try await evening { street, _, rows in
            for _ in 0..<form.times {
                let posts = await street.plex.tell(form.event, of: form.key, by: form.person, form.change)
                let isRefused = if case .kept("failed", _, _) = form.end { true } else { false }
                #expect(
                    posts.map(\.status) == [isRefused ? 400 : 200],
                    "\(posts.map { String(decoding: $0.answer, as: UTF8.self) })")
            }
            try await expect(form.end, rows)
        }
    }

    @Test(arguments: HookForm.new) func `new agents`(_ form: HookForm) async throws { try await Self.send(form) }
    @Test(arguments: HookForm.old) func `old agents`(_ form: HookForm) async throws { try await Self.send(form) }
    @Test(arguments: HookForm.bare) func `no agent`(_ form: HookForm) async throws { try await Self.send(form) }
    @Test(arguments: HookForm.episodes) func `kinds of episodes`(_ form: HookForm) async throws {
        try await Self.send(form)
    }

    private static func post(_ text: String, type: String = "application/json", to url: String) async throws -> Int {
        let http = try HTTPClient(userAgent: "sender")
        let answer = try? await http.send(HTTPRequest("POST", url, body: .bytes(Array(text.utf8), type: type)))
        await http.stop()
        return try #require(answer).status
    }

    @Test func `Tautulli's notifier, its text filled in`() async throws {
        try await Self.evening { street, url, rows in
            let values = [
                "action": "watched", "username": "ann", "user_id": "\(HookForm.People.ann)", "media_type": "episode",
                "show_name": "Canal House", "show_year": "2020", "season_num": "1", "episode_num": "3",
                "episode_name": "", "air_date": "", "themoviedb_id": "91010", "thetvdb_id": "", "imdb_id": "",
                "guid": "com.plexapp.agents.themoviedb://91010/1/3?lang=en", "rating_key": "38103",
                "grandparent_rating_key": "38000", "server_machine_id": street.household.read { $0.machineID },
                "duration": "58",
            ]
            var text = TautulliEpisodeHook.template
            for (name, value) in values { text = text.replacing("\"{\(name)}\"", with: "\"\(value)\"") }
            let status = try await Self.post(text, to: url)
            #expect(status == 200)
            try await Self.expect(.marked(["ann: Das Haus am Kanal (2020) S01E03, 1"]), rows)
        }
    }

    @Test(arguments: [
        (
            #"{"user":"Dora","tmdb":91006,"season":1,"episode":4}"#, "application/json",
            HookForm.End.marked(["dora: Coppergate (2016) S01E04, 1"])
        ),
        (
            "title=The+Long+Tide&year=1998&season=2&episode=1", "application/x-www-form-urlencoded",
            .marked(["robin: The Long Tide (1998) S02E01, 1"])
        ),
        (
            #"{"imdb":"tt9510005","season":0,"episode_title":"Night Shift"}"#, "application/json",
            .marked(["robin: Meridian Hospital (2013) S00E02, 1"])
        ),
        // There is another of that name, at Jellyfin.
        (
            #"{"user":"Ann","tmdb":91006,"season":1,"episode":4}"#, "application/json",
            .kept("ignored", "nobody", why: "Ann")
        ),
    ])
    func `a few fields of somebody's script`(_ text: String, _ type: String, _ end: HookForm.End) async throws {
        try await Self.evening { _, url, rows in
            let status = try await Self.post(text, type: type, to: url)
            #expect(status == 200)
            try await Self.expect(end, rows)
        }
    }
}
