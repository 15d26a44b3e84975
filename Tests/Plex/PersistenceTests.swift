// What is tried again and what is not, and what errors give away.

import HTTP
import Plex
import Runtime
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Plex on a bad day` {
    @Test func `reads are tried again after passing faults`() async throws {
        let whole = Array("{\"MediaContainer\":{\"size\":0}}".utf8)
        let faults = [
            ServerResponse.html("<html/>", status: 503), .html("<html/>", status: 502),
            ServerResponse(status: 200, headers: [("Content-Type", "application/json")], body: .cut(whole, after: 5)),
        ]
        try await Script.run(attempts: 4, { _, before in before < 3 ? faults[before] : .json(whole) }) { script in
            async let sections = script.plex.sections()
            for seconds in [1, 1, 2] as [Int64] {
                await script.clock.sleepers(atLeast: 1)
                await script.clock.advance(by: .seconds(seconds))
            }
            let found = try await sections
            #expect(found.isEmpty)
            #expect(script.asked.all.count == 4)
        }
    }

    @Test func `a server that stays busy is said to be busy`() async throws {
        try await Script.run(attempts: 2, { _, _ in .html("<html/>", status: 503) }) { script in
            let plex = script.plex
            async let refused = failure { _ = try await plex.sessions() }
            await script.clock.sleepers(atLeast: 1)
            await script.clock.advance(by: .seconds(1))
            let error = await refused
            #expect(error == .busy(status: 503))
            #expect(script.asked.all.count == 2)
        }
    }

    @Test func `whoever stops waiting is not kept`() async throws {
        try await Script.run(attempts: 4, { _, _ in .html("<html/>", status: 503) }) { script in
            let plex = script.plex
            let task = Task { await failure { _ = try await plex.sessions() } }
            await script.clock.sleepers(atLeast: 1)
            task.cancel()
            let error = await task.value
            #expect(error == .cancelled)
        }
    }

    @Test(arguments: [401, 403, 404, 400])
    func `what will not change is not asked again`(status: Int) async throws {
        try await Script.run(attempts: 4, { _, _ in .html("<html/>", status: status) }) { script in
            let refused = await failure { _ = try await script.plex.sections() }
            #expect(refused != nil)
            #expect(script.asked.all.count == 1)
        }
    }

    @Test func `writes are sent once, whatever comes back`() async throws {
        let faults = [
            ServerResponse(status: 200, body: .dropped), .html("<html/>", status: 503), .html("<html/>", status: 429),
        ]
        let playlist = PlexPlaylist(ratingKey: "9", title: "x")
        let writes: [@Sendable (Plex) async throws -> Void] = [
            { _ = try await $0.createPlaylist(titled: "x", of: ["1"], machine: "m") },
            { _ = try await $0.add(["1"], to: playlist, machine: "m") },
            { _ = try await $0.remove(500, from: playlist) },
            { try await $0.move(500, after: nil, in: playlist) },
            { try await $0.clear(playlist) },
            { try await $0.rename(playlist, to: "y") },
            { _ = try await $0.delete(playlist) },
            { try await $0.setSummary(of: "1", to: "x", locked: true) },
            { try await $0.rate("1", 8) },
            { try await $0.terminate(sessionID: "a", reason: "x") },
        ]
        for fault in faults {
            let healthy = ServerResponse.container("\"size\":0")
            try await Script.run(attempts: 4, { asked, _ in asked.method == "GET" ? healthy : fault }) { script in
                for (index, write) in writes.enumerated() {
                    // Leaves a line open: on such a one libcurl would by itself repeat what got no answer.
                    _ = try await script.plex.sections()
                    let refused = await failure { try await write(script.plex) }
                    #expect(refused != nil)
                    #expect(script.asked.all.filter { $0.method != "GET" }.count == index + 1)
                }
            }
        }
    }

    @Test func `a server that is not there is unreachable, and the error says what to do`() async throws {
        let http = try HTTPClient(userAgent: "test")
        let plex = Plex(
            url: "http://127.0.0.1:1", token: Secret(Script.token), clientIdentifier: "t", version: "1", http: http,
            clock: VirtualClock(), log: .silent, patience: RetryPolicy(attempts: 1))
        let error = try #require(await failure { _ = try await plex.sessions() })
        guard case .unreachable = error else {
            Issue.record("\(error)")
            return
        }
        #expect("\(error)".hasPrefix("Plex cannot be reached: 127.0.0.1"))
        #expect("\(error)".hasSuffix("Check PLEX_URL and that the server runs"))
        await http.stop()
    }

    @Test func `no error gives the token away`() async throws {
        let answers: [ServerResponse] = [
            .html(Script.token, status: 401), .html(Script.token, status: 500), .json(Array(Script.token.utf8)),
            .container("\"size\":1", ["{\"ratingKey\":\"\",\"t\":\"\(Script.token)\"}"]),
            ServerResponse(status: 200, body: .dropped),
        ]
        for answer in answers {
            try await Script.run({ _, _ in answer }) { script in
                let error = try #require(await failure { _ = try await script.plex.leaves(of: "1") })
                #expect(!"\(error)".contains(Script.token))
                #expect(!String(reflecting: error).contains(Script.token))
                #expect(!String(reflecting: script.plex).contains(Script.token))
            }
        }
    }

    @Test func `each error tells people what to do`() {
        #expect("\(PlexError.rejectedToken)" == "Plex answered 401: check PLEX_TOKEN")
        #expect("\(PlexError.busy(status: 503))" == "Plex is starting or busy (503): try again in a minute")
        #expect("\(PlexError.notFound("item 7"))" == "Plex does not have item 7")
        #expect("\(PlexError.tooLongURL)".contains("ask for less at once"))
        #expect("\(PlexError.incomplete("the history: nothing came at row 3 of 7"))".contains("Try again"))
    }
}
