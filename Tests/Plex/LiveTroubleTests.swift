// The same faults at every read, over real sockets: each has a clear answer, and none is an empty list.

import HTTP
import Plex
import Runtime
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `Plex in trouble, live` {
    private static let reads: [(name: String, call: @Sendable (Plex) async throws -> Void)] = [
        ("identity", { _ = try await $0.identity() }), ("server", { _ = try await $0.server() }),
        ("accounts", { _ = try await $0.accounts() }), ("sections", { _ = try await $0.sections() }),
        ("search", { _ = try await $0.search(.artist, titled: "a", in: 3) }),
        ("hub search", { _ = try await $0.hubSearch("a", kinds: [.artist]) }),
        ("item", { _ = try await $0.item("3001") }), ("leaves", { _ = try await $0.leaves(of: "3001") }),
        ("tracks", { _ = try await $0.tracks(ofArtist: "3001", in: 3) }),
        ("rated", { _ = try await $0.ratedTracks(atLeast: 8, in: 3) }),
        ("sessions", { _ = try await $0.sessions() }), ("history", { _ = try await $0.history().all() }),
        ("playlists", { _ = try await $0.playlists() }),
    ]

    @Test func `every fault at every read is an error that says so`() async throws {
        let faults: [(HTTPFault, @Sendable (PlexError) -> Bool)] = [
            (.refuse, { if case .unreachable = $0 { true } else { false } }),
            (.truncated, { if case .unreachable = $0 { true } else { false } }),
            (.garbage, { if case .unreadable = $0 { true } else { false } }),
            (.html502, { $0 == .busy(status: 502) }),
            (.status(401, .null), { $0 == .rejectedToken }),
            (.status(403, .null), { if case .forbidden = $0 { true } else { false } }),
            (.status(404, .null), { if case .notFound = $0 { true } else { false } }),
            (.status(503, .null), { $0 == .busy(status: 503) }),
        ]
        try await LivePlex.run { live in
            for (fault, isRight) in faults {
                for (name, call) in Self.reads {
                    // libcurl itself tries a lost reused connection again: the fault must outlast that.
                    await live.standIn.fail(with: fault, times: 3)
                    let error = await failure { try await call(live.plex) }
                    await live.standIn.endFaults()
                    #expect(error.map(isRight) == true, "\(name), \(fault): \(String(describing: error))")
                }
            }
        }
    }

    @Test func `a token the server does not know is rejected at once`() async throws {
        try await LivePlex.run(attempts: 4) { live in
            let stranger = live.plex.acting(as: Secret("nobody's"))
            let refused = await failure { _ = try await stranger.sections() }
            #expect(refused == .rejectedToken)
            let identity = try await stranger.identity()
            #expect(identity.machineIdentifier == live.machine)
        }
    }

    @Test func `a server that restarts midway is waited for, and the list comes whole`() async throws {
        try await LivePlex.run(attempts: 6) { live in
            var rows = 0
            var isFirst = true
            let expected = live.world { $0.items(of: .track, in: 3).count }
            await live.standIn.changeRules { $0.longestPage = 10 }
            let clock = live.clock
            for try await page in live.plex.items(.track, in: 3) {
                rows += page.rows.count
                guard isFirst else { continue }
                isFirst = false
                await live.standIn.changeRules { $0.isStarting = true }
                // It comes back while the next page is being asked for again and again.
                async let back: Void = {
                    await clock.sleepers(atLeast: 1)
                    await live.standIn.changeRules { $0.isStarting = false }
                    await clock.advance(by: .minutes(1))
                }()
                let next = try await live.plex.sections()
                #expect(!next.isEmpty)
                await back
            }
            #expect(rows == expected)
        }
    }

    @Test func `a write whose answer is lost happened once`() async throws {
        try await LivePlex.run { live in
            let tracks = live.world { $0.items(of: .track, in: 3).prefix(3).map { "\($0.ratingKey)" } }
            await live.standIn.fail("POST /playlists", with: .lostAnswer)
            let lost = await failure {
                _ = try await live.plex.createPlaylist(titled: "Once", of: tracks, machine: live.machine)
            }
            guard case .unreachable? = lost else {
                Issue.record("\(String(describing: lost))")
                return
            }
            let made = try await live.plex.playlists(titled: "Once")
            #expect(made.count == 1)
        }
    }

    @Test func `the token is in no address of any request`() async throws {
        try await LivePlex.run { live in
            for (_, call) in Self.reads { try await call(live.plex) }
            for entry in live.standIn.requests.entries {
                #expect(!entry.query.contains { $0.value.contains(live.standIn.token) || $0.name == "X-Plex-Token" })
                #expect(!entry.path.contains(live.standIn.token))
            }
        }
    }
}
