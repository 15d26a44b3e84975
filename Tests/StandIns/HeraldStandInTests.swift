// Where notices go, on bad days: what other people's clients cannot bring about is tested here; the rest is theirs to judge
// (conformance/heralds.py), and our own client's (Heralds).

import HTTP
import Runtime
import Sockets
import StandIns
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A telephone's services` {
    private static func open(
        _ body: (HeraldStandIn, HeraldStandIn, VirtualClock, HTTPClient) async throws -> Void
    ) async throws {
        let loop = try EventLoop(name: "heralds", log: .silent)
        let clock = VirtualClock()
        let notices = Chronicle<PushedNotice>()
        var rules = NtfyRules.standard
        rules.burst = 3
        let ntfy = try await HeraldStandIn.ntfy(loop: loop, clock: clock, rules: rules, notices: notices)
        let gotify = try await HeraldStandIn.gotify(loop: loop, clock: clock, notices: notices)
        let http = try HTTPClient(userAgent: "test")
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(ntfy, gotify, clock, http)) } catch { outcome = .failure(error) }
        await http.stop()
        await ntfy.stop()
        await gotify.stop()
        await loop.stop()
        try outcome.get()
    }

    private static func push(_ text: String, to ntfy: HeraldStandIn, _ http: HTTPClient) async throws -> HTTPResponse {
        var request = HTTPRequest(
            "POST", ntfy.url, headers: [(name: "Authorization", value: "Bearer \(ntfy.token ?? "")")],
            body: .bytes(Array(text.utf8), type: "text/plain"))
        request.mayBeRepeated = false
        return try await http.send(request)
    }

    @Test func `have enough for a while, and take one more after five seconds`() async throws {
        try await Self.open { ntfy, _, clock, http in
            var seen: [Int] = []
            for _ in 0..<4 { seen.append(try await Self.push("x", to: ntfy, http).status) }
            #expect(seen == [200, 200, 200, 429])
            await clock.advance(by: .seconds(5))
            seen = []
            for _ in 0..<2 { seen.append(try await Self.push("x", to: ntfy, http).status) }
            #expect(seen == [200, 429])
            await clock.advance(by: .minutes(10))
            seen = []
            for _ in 0..<4 { seen.append(try await Self.push("x", to: ntfy, http).status) }
            #expect(seen == [200, 200, 200, 429])
            #expect(ntfy.notices.entries.count == 7)
        }
    }

    @Test func `have taken what they could not answer, and nothing of what never reached them`() async throws {
        try await Self.open { ntfy, _, _, http in
            ntfy.fail("POST /{}", with: .lostAnswer)
            await #expect(throws: HTTPError.self) { _ = try await Self.push("arrived", to: ntfy, http) }
            ntfy.fail(with: .refuse)
            await #expect(throws: HTTPError.self) { _ = try await Self.push("lost", to: ntfy, http) }
            #expect(ntfy.notices.entries.map(\.text) == ["arrived"])
            // No topic stands in what is kept of a request.
            #expect(ntfy.requests.entries.map(\.route) == ["POST /{}", "POST /{}"])
            #expect(ntfy.requests.entries.map(\.status) == [nil, nil])
        }
    }

    @Test func `lie beside each other on one telephone, in the order they came`() async throws {
        try await Self.open { ntfy, gotify, _, http in
            _ = try await Self.push("first", to: ntfy, http)
            let json: JSON = ["message": "second", "priority": 9]
            let answer = try await http.send(
                HTTPRequest(
                    "POST", gotify.url + "/message",
                    headers: [(name: "X-Gotify-Key", value: gotify.token ?? "")], body: .json(json.bytes)))
            #expect(answer.status == 200)
            #expect(ntfy.notices.entries.map(\.text) == ["first", "second"])
            #expect(ntfy.notices.entries.map(\.isUrgent) == [false, true])
        }
    }
}
