// What is asked of Plex, and what its refusals become.

import HTTP
import Plex
import Runtime
import Sockets
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Asking Plex` {
    @Test func `the token travels as a header only, and not where none is needed`() async throws {
        try await Script.run({ asked, _ in
            .container("\"size\":0,\"machineIdentifier\":\"abc\",\"version\":\"1.2\",\"claimed\":\"0\"")
        }) { script in
            let identity = try await script.plex.identity()
            #expect(identity == PlexIdentity(machineIdentifier: "abc", version: "1.2", isClaimed: false))
            _ = try await script.plex.sections()
            _ = try await script.plex.acting(as: Secret("friend")).sections()
            #expect(script.asked.all.map(\.token) == [nil, Script.token, "friend"])
            #expect(script.asked.all.allSatisfy { $0.accept == "application/json" })
            #expect(!script.asked.lines.joined().contains(Script.token))
        }
    }

    @Test func `names with every kind of character arrive as they are`() async throws {
        let names = [
            "AC/DC", "Earth, Wind & Fire", "100% Wool", "Sigur Rós", "\u{202E}rtl\u{202C}", "@everyone", "a+b=c?",
            "😀 \"q\"", "#1",
        ]
        try await Script.run({ asked, _ in .page(of: [], asked) }) { script in
            for name in names { _ = try await script.plex.search(.artist, titled: name, in: 3) }
            #expect(script.asked.all.map { $0["title"] } == names)
            #expect(script.asked.all.allSatisfy { $0.path == "/library/sections/3/all" && $0["type"] == "8" })
        }
    }

    @Test func `rated tracks are asked for by operator and checked again`() async throws {
        let rows = [
            ServerResponse.track(1, "\"userRating\":10.0"), ServerResponse.track(2, "\"userRating\":\"8\""),
            ServerResponse.track(3, "\"userRating\":7.9"), ServerResponse.track(4),
        ]
        try await Script.run(pageSize: 10, { _, _ in .container("\"size\":4,\"totalSize\":4,\"offset\":0", rows) }) {
            script in
            let rated = try await script.plex.ratedTracks(atLeast: 8, in: 3)
            #expect(rated.map(\.ratingKey) == ["1", "2"])
            #expect(
                script.asked.lines == ["GET /library/sections/3/all?type=10&userRating>=8&sort=userRating:desc"])
        }
    }

    @Test func `lists are asked for page by page`() async throws {
        try await Script.run({ asked, _ in .page(of: Array(1...7), asked) }) { script in
            let tracks = try await script.plex.tracks(ofArtist: "12200", in: 3)
            #expect(tracks.map(\.ratingKey) == (1...7).map { "\($0)" })
            #expect(script.asked.all.map(\.start) == [0, 3, 6])
            #expect(script.asked.all.map(\.size) == [3, 3, 3])
            #expect(script.asked.lines[0] == "GET /library/sections/3/all?type=10&artist.id=12200&includeGuids=1")
        }
    }

    @Test func `pages come as they are read, with the total for progress`() async throws {
        try await Script.run({ asked, _ in .page(of: Array(1...7), asked) }) { script in
            var sizes: [Int] = []
            for try await page in script.plex.items(.track, in: 3) {
                #expect(page.total == 7)
                #expect(!page.isFreshStart)
                sizes.append(page.rows.count)
                // No page is asked for before the one before it was taken.
                #expect(script.asked.all.count == sizes.count)
            }
            #expect(sizes == [3, 3, 1])
        }
    }

    @Test func `a library that shrinks while read is read again and comes exact`() async throws {
        try await Script.run({ asked, before in .page(of: before == 0 ? Array(1...7) : Array(2...7), asked) }) {
            script in
            let tracks = try await script.plex.tracks(ofArtist: "1", in: 3)
            #expect(tracks.map(\.ratingKey) == (2...7).map { "\($0)" })
            #expect(script.asked.all.map(\.start) == [0, 3, 0, 3])
        }
    }

    @Test func `a short list is an error, never a list`() async throws {
        try await Script.run({ asked, before in
            before == 0 ? .page(of: Array(1...7), asked) : .container("\"size\":0,\"offset\":3,\"totalSize\":7")
        }) { script in
            let short = await failure { _ = try await script.plex.tracks(ofArtist: "1", in: 3) }
            #expect(short == .incomplete("the tracks of library 3: nothing came at row 3 of 7"))
        }
        try await Script.run({ _, _ in .container("\"size\":3", [ServerResponse.track(1)]) }) { script in
            let short = await failure { _ = try await script.plex.children(of: "5") }
            #expect(short == .incomplete("what is in item 5: 1 rows where 3 were announced"))
        }
    }

    @Test func `one broken row fails the list and says which`() async throws {
        try await Script.run({ _, _ in .container("\"size\":2", [ServerResponse.track(1), "{\"title\":\"x\"}"]) }) {
            script in
            let broken = await failure { _ = try await script.plex.leaves(of: "5") }
            #expect(broken == .unreadable("what is in item 5: row 2 of 2 has no ratingKey"))
        }
    }

    @Test func `whoever walks the pages may go on past a broken row, and is told of it`() async throws {
        let row = "{\"historyKey\":\"/h/1\",\"viewedAt\":1790000000,\"accountID\":7,\"type\":\"track\"}"
        try await Script.run({ _, _ in .container("\"size\":2,\"totalSize\":2,\"offset\":0", ["{}", row]) }) { script in
            var rows: [String] = []
            var told: [String] = []
            for try await page in script.plex.history() {
                rows += page.rows.map(\.historyKey)
                told += page.unreadable
            }
            #expect(rows == ["/h/1"])
            #expect(told == ["the history: row 1 of 2 has no viewedAt"])
            let whole = await failure { _ = try await script.plex.history().all() }
            #expect(whole == .unreadable("the history: row 1 of 2 has no viewedAt"))
        }
    }

    @Test func `the door to all episodes among the seasons is no season`() async throws {
        let door = "{\"key\":\"/library/metadata/5/allLeaves\",\"title\":\"All episodes\",\"leafCount\":20}"
        try await Script.run({ asked, _ in
            let rows = [door] + (1...5).map { ServerResponse.track($0) }
            let page = rows[(asked.start ?? 0)...].prefix(asked.size ?? 9)
            return .container("\"size\":\(page.count),\"offset\":\(asked.start ?? 0),\"totalSize\":6", Array(page))
        }) { script in
            let seasons = try await script.plex.children(of: "5")
            #expect(seasons.map(\.ratingKey) == ["1", "2", "3", "4", "5"])
            #expect(script.asked.all.map(\.start) == [0, 3])
            #expect(script.asked.all.first?["excludeAllLeaves"] == "1")
        }
    }

    @Test(
        arguments: [
            (401, PlexError.rejectedToken), (403, .forbidden("the libraries")), (404, .notFound("the libraries")),
            (414, .tooLongURL), (503, .busy(status: 503)), (500, .busy(status: 500)),
            (400, .refused(status: 400, "the libraries")), (409, .refused(status: 409, "the libraries")),
            (302, .refused(status: 302, "the libraries: it points elsewhere, check PLEX_URL")),
        ])
    func `every refusal is an error of its own`(status: Int, error: PlexError) async throws {
        let page = "<html><head><title>X</title></head><body><h1>\(status)</h1></body></html>"
        try await Script.run({ _, _ in .html(page, status: status) }) { script in
            let refused = await failure { _ = try await script.plex.sections() }
            #expect(refused == error)
            #expect(script.asked.all.count == 1)
        }
    }

    @Test(arguments: [
        ("<?xml version=\"1.0\"?><MediaContainer size=\"0\"/>", "a page of XML or HTML"), ("", "the answer was empty"),
        ("{\"MediaContainer\":{\"size\":1,\"Directory\":[{\"key\":\"3\",", "not JSON at byte"),
        ("{}", "without a MediaContainer"),
        ("[]", "without a MediaContainer"), ("{\"MediaContainer\":[]}", "without a MediaContainer"),
        ("{\"MediaContainer\":{\"size\":1}}", "0 rows where 1 were announced"),
        ("{\"MediaContainer\":{\"size\":1,\"Directory\":[{\"key\":\"x\"}]}}", "row 1 of 1 has no number for a key"),
    ])
    func `a success that says nothing is not an empty library`(body: String, words: String) async throws {
        try await Script.run({ _, _ in .json(Array(body.utf8)) }) { script in
            let unreadable = try #require(await failure { _ = try await script.plex.sections() })
            #expect("\(unreadable)".contains(words))
        }
    }

    @Test func `libraries and accounts are read in any spelling`() async throws {
        try await Script.run({ asked, _ in
            asked.path == "/accounts"
                ? .container(
                    "\"size\":2", ["{\"id\":0,\"name\":\"\"}", "{\"id\":\"1\",\"name\":\"robin\"}"], of: "Account")
                : .container(
                    "\"size\":1",
                    ["{\"key\":\"3\",\"type\":\"artist\",\"title\":\"Music\",\"Location\":{\"id\":1,\"path\":\"/m\"}}"],
                    of: "Directory")
        }) { script in
            let sections = try await script.plex.sections()
            #expect(sections.map(\.id) == [3])
            #expect(sections.first?.isMusic == true)
            #expect(sections.first?.folders == ["/m"])
            let accounts = try await script.plex.accounts()
            #expect(accounts == [PlexAccount(id: 1, name: "robin", thumb: nil)])
        }
    }

    @Test func `a search keeps the kinds asked for`() async throws {
        let hub = """
            {"type":"artist","Metadata":[{"ratingKey":"1","type":"artist","title":"Juno"},{"ratingKey":"2","type":"clip"}]},
            {"type":"album","Metadata":[{"ratingKey":"3","type":"album"}]},{"type":"track"}
            """
        try await Script.run({ _, _ in .container("\"size\":3", [hub], of: "Hub") }) { script in
            let found = try await script.plex.hubSearch("juno & co", kinds: [.artist], in: 3)
            #expect(found.map(\.ratingKey) == ["1"])
            #expect(script.asked.lines == ["GET /hubs/search?query=juno & co&limit=10&sectionId=3"])
        }
    }

    @Test func `many items come in few requests, those that are gone left out`() async throws {
        let missing: Set<String> = ["40", "41", "170"]
        try await Script.run({ asked, _ in
            let keys = asked.path.split(separator: "/").last?.split(separator: ",").map(String.init) ?? []
            // The strict reading of the sheet: one missing item makes it a 404.
            guard missing.isDisjoint(with: keys) else { return .html("<html/>", status: 404) }
            return .container("\"size\":\(keys.count)", keys.reversed().map { ServerResponse.track(Int($0) ?? 0) })
        }) { script in
            let keys = (1...250).map { "\($0)" }
            let items = try await script.plex.items(keys)
            #expect(items.map(\.ratingKey) == keys.filter { !missing.contains($0) })
            #expect(script.asked.all.count < 50)
            let none = try await script.plex.items([])
            #expect(none.isEmpty)
            let gone = await failure { _ = try await script.plex.item("40") }
            #expect(gone == .notFound("item 40"))
        }
    }

    @Test func `a history is filtered by the server and read oldest first`() async throws {
        let row = "{\"historyKey\":\"/h/1\",\"viewedAt\":1790000000,\"accountID\":7,\"type\":\"track\"}"
        try await Script.run({ _, _ in .container("\"size\":1,\"totalSize\":1,\"offset\":0", [row]) }) { script in
            let filter = PlexHistoryFilter(
                accountID: 7, sectionID: 3, item: "12200", since: Instant(seconds: 1_780_000_000))
            let rows = try await script.plex.history(filter).all()
            #expect(rows.map(\.accountID) == [7])
            #expect(
                script.asked.lines == [
                    "GET /status/sessions/history/all?sort=viewedAt&accountID=7&librarySectionID=3"
                        + "&metadataItemID=12200&viewedAt>=1780000000"
                ])
            _ = try await script.plex.history(PlexHistoryFilter(newestFirst: true)).all()
            #expect(script.asked.lines.last == "GET /status/sessions/history/all?sort=viewedAt:desc")
        }
    }
}
