// plex.tv's many ways of saying no, and what is tried again.

import HTTP
import PlexTV
import Runtime
import Sockets
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct `plex.tv on a bad day` {
    @Test(
        arguments: [
            (
                401, #"{"errors":[{"code":1001,"message":"User could not be authenticated","status":401}]}"#,
                PlexTVError.rejectedToken
            ),
            (498, "", .rejectedToken), (403, "", .forbidden("the account")),
            (404, #"{"errors":[{"code":1002,"message":"Not found"}]}"#, .notFound("the account")),
            (404, "<!DOCTYPE html><html>404</html>", .notFound("the account")),
            (410, #"<Response code="410" status="This endpoint was deprecated and removed"/>"#, .gone("the account")),
            (422, #"{"errors":[{"code":1006,"message":"Bad address"}]}"#, .invalid("the account: Bad address")),
            (
                400, #"<errors><error code="1000" message="No client" status="400"/></errors>"#,
                .invalid("the account: No client")
            ),
            (409, "", .invalid("the account")), (429, "", .tooMany), (503, "", .unavailable(status: 503)),
            (418, "tea", .refused(status: 418, "the account")),
        ])
    func `every refusal is an error of its own, with plex.tv's reason`(
        status: Int, body: String, error: PlexTVError
    ) async throws {
        try await Script.run({ _, _ in .bytes(Array(body.utf8), type: "text/html", status: status) }) { script in
            let refused = await failure { _ = try await script.tv.user() }
            #expect(refused == error)
        }
    }

    @Test func `an old address that says its failure with success is not believed`() async throws {
        let gone = #"<Response code="410" status="This endpoint was deprecated and removed"/>"#
        try await Script.run({ _, _ in .xml(gone) }) { script in
            let refused = await failure { _ = try await script.tv.users(lastCount: 0) }
            #expect(refused == .gone("the users"))
        }
    }

    @Test(arguments: ["", "<user id=\"1\"/>", "{}", "[]", "{\"id\":\"x\"}", "{\"id\":1"])
    func `an account that cannot be read is no account`(body: String) async throws {
        try await Script.run({ _, _ in .json(body) }) { script in
            guard case .unreadable? = await failure({ _ = try await script.tv.user() }) else {
                Issue.record("was read")
                return
            }
        }
    }

    @Test func `asked to slow down, it waits longer each time`() async throws {
        try await Script.run(
            attempts: 4,
            { _, before in
                before < 3 ? ServerResponse(status: 429) : .json(#"{"id":1}"#)
            }
        ) { script in
            let tv = script.tv
            async let user = tv.user()
            var waits: [Int64] = []
            // Half of 1, 2 and 4 seconds: the least that chance can make of them.
            for milliseconds in [500, 1000, 2000] as [Int64] {
                await script.clock.sleepers(atLeast: 1)
                await script.clock.advance(by: .milliseconds(milliseconds - 1))
                #expect(script.asked.all.count == waits.count + 1)
                await script.clock.advance(by: .milliseconds(1))
                waits.append(milliseconds)
            }
            let found = try await user
            #expect(found.id == 1)
        }
    }

    @Test func `the others wait too while plex.tv asks to slow down`() async throws {
        try await Script.run(
            attempts: 2,
            { _, before in
                before == 0 ? ServerResponse(status: 429) : .json(#"{"id":1}"#)
            }
        ) { script in
            let tv = script.tv
            async let first = tv.user()
            await script.clock.sleepers(atLeast: 1)
            async let second: Void = tv.ping()
            await script.clock.advance(by: .seconds(1))
            _ = try await (first, second)
            #expect(script.asked.lines == ["GET /api/v2/user", "GET /api/v2/user", "GET /api/v2/ping"])
        }
    }

    @Test func `whoever stops waiting in the queue lets the next one pass`() async throws {
        try await Script.run(
            attempts: 2,
            { _, before in
                before == 0 ? ServerResponse(status: 503) : .json(#"{"id":1}"#)
            }
        ) { script in
            let tv = script.tv
            async let first = tv.user()
            await script.clock.sleepers(atLeast: 1)
            let given = Task { await failure { try await tv.ping() } }
            async let third = tv.user()
            given.cancel()
            let error = await given.value
            #expect(error == .cancelled)
            await script.clock.advance(by: .seconds(1))
            let ids = try await [first.id, third.id]
            #expect(ids == [1, 1])
            #expect(!script.asked.lines.contains("GET /api/v2/ping"))
        }
    }

    @Test func `nothing that changes something is sent twice`() async throws {
        let calls: [@Sendable (PlexTV) async throws -> Void] = [
            { try await $0.invite(.named("ann@example.org"), toServer: "mid", sections: [1]) },
            { try await $0.setSections([1], ofShare: 9, onServer: "mid") },
            { _ = try await $0.removeShare(9, ofServer: "mid") },
            { _ = try await $0.removeHomeUser(7) },
            { _ = try await $0.makePIN() },
        ]
        for fault in [
            ServerResponse(status: 429), ServerResponse(status: 503), ServerResponse(status: 200, body: .dropped),
        ] {
            try await Script.run(attempts: 4, { asked, _ in asked.method == "GET" ? .json("{}") : fault }) { script in
                for (index, call) in calls.enumerated() {
                    // Leaves a line open: on such a one libcurl would by itself repeat what got no answer.
                    try await script.tv.ping()
                    let refused = await failure { try await call(script.tv) }
                    #expect(refused != nil)
                    #expect(script.asked.all.filter { $0.method != "GET" }.count == index + 1)
                }
            }
        }
    }

    @Test func `no error gives the token away`() async throws {
        for status in [200, 401, 403, 422, 500] {
            try await Script.run({ _, _ in .json("{\"token\":\"\(Script.token)\"}", status: status) }) { script in
                let error = try #require(await failure { _ = try await script.tv.user() })
                #expect(!"\(error)\(String(reflecting: error))\(String(reflecting: script.tv))".contains(Script.token))
            }
        }
    }
}
