// Who was here since when, by Plex's own history, and what happens to a stream that is ended.

import HTTP
import Plex
import Runtime
import Sockets
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Who played last` {
    typealias People = HouseholdWorld.People

    @Test func `of each account the newest since then, whatever became of the item`() async throws {
        let now = HouseholdWorld.lived().plays.map(\.stopped).max() ?? Instant(seconds: 0)
        var world = HouseholdWorld.lived()
        let short = world.playSomethingShort(by: People.dora, endingAt: now)
        #expect(short != nil)
        let film = world.items(of: .movie, in: HouseholdWorld.Sections.movies).first { $0.milliseconds == 90_000 }
        try await LivePlex.run(world, pageSize: 1_000) { live in
            let since = now - .days(30)
            let expected = live.world { world in
                Dictionary(
                    world.plays.filter { $0.percent >= 90 && $0.stopped >= since }.map { ($0.person, $0.stopped) },
                    uniquingKeysWith: max)
            }
            let newest = try await live.plex.newestPlays(since: since)
            #expect(newest.count == expected.count && newest.count > 3)
            for (account, row) in newest {
                #expect(row.viewedAt == expected[account == 1 ? People.robin : account])
            }
            #expect(newest[People.dora]?.title == "A Minute and a Half")
            // The item goes; that somebody was here does not.
            let key = try #require(film?.ratingKey)
            live.standIn.household.change { $0.remove(key) }
            let after = try await live.plex.newestPlays(since: since)
            #expect(after[People.dora]?.viewedAt == now && after[People.dora]?.ratingKey == nil)
            let nobody = try await live.plex.newestPlays(since: now + .seconds(1))
            #expect(nobody.isEmpty)
        }
    }

    @Test(arguments: [
        HTTPFault.refuse, .truncated, .garbage, .html502, .status(401, .null), .status(500, .null), .lostAnswer,
    ])
    func `a page that fails, the first or a later one, leaves nobody out: it is an error`(fault: HTTPFault) async throws
    {
        try await LivePlex.run(.lived(), pageSize: 1_000) { live in
            for page in [0, 2] {
                if page > 0 {
                    await live.standIn.fail("GET /status/sessions/history/all", with: .slow(.zero), times: page)
                }
                // Over again, for curl asks once more where a used connection breaks.
                await live.standIn.fail("GET /status/sessions/history/all", with: fault, times: 5)
                let error = await failure {
                    _ = try await live.plex.newestPlays(since: Instant(seconds: 1_600_000_000))
                }
                await live.standIn.endFaults()
                #expect(error != nil, "page \(page)")
            }
        }
    }

    @Test(arguments: [0, 2])
    func `half a page is an error`(page: Int) async throws {
        try await LivePlex.run(.lived(), pageSize: 1_000) { live in
            var pages = live.plex.history().makeAsyncIterator()
            // The stand-in's next answer is bent, so the ones before it are taken first.
            for _ in 0..<page { _ = try await pages.next() }
            await live.standIn.fail("GET /status/sessions/history/all", with: ListFault.short)
            let error = await failure { while try await pages.next() != nil {} }
            guard case .incomplete? = error else {
                Issue.record("half a page was taken for all: \(String(describing: error))")
                return
            }
        }
    }

    @Test func `one row that cannot be read fails them all`() async throws {
        let row = "{\"historyKey\":\"/h/1\",\"viewedAt\":1790000000,\"accountID\":7,\"type\":\"track\"}"
        try await Script.run({ _, _ in .container("\"size\":2", [row, "{\"accountID\":8,\"title\":\"x\"}"]) }) {
            script in
            let error = await failure { _ = try await script.plex.newestPlays(since: Instant(seconds: 1)) }
            #expect(error == .unreadable("the history: row 2 of 2 has no viewedAt"))
            #expect(script.asked.lines == ["GET /status/sessions/history/all?sort=viewedAt&viewedAt>=1"])
        }
    }

    @Test func `a stream is known by the account it belongs to, and ended once`() async throws {
        try await LivePlex.run { live in
            let key = live.standIn.household.change { world in
                world.startStream(of: 105, by: People.dora, at: Instant(seconds: 1_767_225_600))
            }
            let session = try #require(try await live.plex.sessions().sessions.first { $0.sessionKey == "\(key ?? 0)" })
            #expect(session.user.id == People.dora)
            let id = try #require(session.sessionID)
            try await live.plex.terminate(sessionID: id, reason: "bye")
            let gone = await failure { try await live.plex.terminate(sessionID: id, reason: "bye") }
            #expect(gone == .notFound("that stream"))
            let asked = live.standIn.requests.entries.last { $0.route == "POST /status/sessions/terminate" }
            #expect(asked?.value("reason") == "bye" && asked?.method == "POST")
            // By somebody who may not.
            let foreign = await failure {
                try await live.asking(as: People.ann).terminate(sessionID: "session1household4100001", reason: "x")
            }
            #expect(foreign == .forbidden("that stream"))
        }
    }
}
