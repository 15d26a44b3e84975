// The client over real connections to our own server, and over bytes no honest server sends.

import HTTP
import Runtime
import Sockets
import Testing

private func asking(
    _ routes: [Route], _ body: (HTTPClient, _ base: String) async throws -> Void
) async throws {
    let loop = try EventLoop(name: "test", log: .silent)
    let server = try await HTTPServer.start(on: loop, port: 0, routes: routes, headers: ["X-Custom"], log: .silent)
    let http = try HTTPClient(userAgent: "Autoplex/test")
    let outcome: Result<Void, any Error>
    do {
        try await body(http, "http://127.0.0.1:\(server.port)")
        outcome = .success(())
    } catch { outcome = .failure(error) }
    await http.stop()
    await server.stop()
    await loop.stop()
    try outcome.get()
}

@Suite(.timeLimit(.minutes(1))) struct `The HTTP client` {
    @Test func `sends headers and says who it is`() async throws {
        let route = Route.get("/") { .text("\($0.headers["user-agent"] ?? "")|\($0.headers["x-custom"] ?? "")") }
        try await asking([route]) { http, base in
            let answer = try await http.send(HTTPRequest("GET", base + "/", headers: [("X-Custom", "yes")]))
            #expect(answer.text == "Autoplex/test|yes")
            #expect(answer.headers["content-TYPE"] == "text/plain; charset=utf-8")
        }
    }

    @Test(arguments: ["POST", "PUT", "PATCH"])
    func `says that an empty body is empty`(method: String) async throws {
        let route = Route.on(method, "/") { .text($0.headers["content-length"] ?? "none") }
        try await asking([route]) { http, base in
            let answer = try await http.send(HTTPRequest(method, base + "/", body: .empty))
            #expect(answer.text == "0")
        }
    }

    @Test func `takes any status for an answer`() async throws {
        try await asking([.get("/") { _ in .text("no", status: 503) }]) { http, base in
            let answer = try await http.send(HTTPRequest("GET", base + "/"))
            #expect(answer.status == 503)
        }
    }

    @Test func `follows no redirect unless asked`() async throws {
        let routes: [Route] = [
            .get("/from") { _ in ServerResponse(status: 302, headers: [("Location", "/to")]) },
            .get("/to") { _ in .text("there") },
        ]
        try await asking(routes) { http, base in
            let stayed = try await http.send(HTTPRequest("GET", base + "/from"))
            #expect(stayed.status == 302)
            let answer = try await http.send(HTTPRequest("GET", base + "/from", followsRedirects: true))
            #expect(answer.text == "there")
        }
    }

    @Test func `stops at the most it may read`() async throws {
        try await asking([.get("/") { _ in .bytes([UInt8](repeating: 1, count: 5000), type: "x/y") }]) { http, base in
            await #expect(throws: HTTPError.tooLarge(host: "127.0.0.1", limit: 4999)) {
                _ = try await http.send(HTTPRequest("GET", base + "/", limits: HTTPLimits(maxBody: 4999)))
            }
        }
    }

    @Test func `gives up in time`() async throws {
        let (hang, release) = AsyncStream.makeStream(of: Void.self)
        let route = Route.get("/") { _ in
            for await _ in hang {}
            return .text("late")
        }
        try await asking([route]) { http, base in
            await #expect(throws: HTTPError.timedOut("127.0.0.1 did not answer in time")) {
                _ = try await http.send(HTTPRequest("GET", base + "/", limits: HTTPLimits(total: .milliseconds(50))))
            }
            release.finish()
        }
    }

    @Test func `lets go when its task is cancelled`() async throws {
        let (hang, release) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let route = Route.get("/") { _ in
            arrived.yield()
            for await _ in hang {}
            return .text("late")
        }
        try await asking([route]) { http, base in
            let request = Task { () async throws(HTTPError) -> HTTPResponse in
                try await http.send(HTTPRequest("GET", base + "/"))
            }
            for await _ in arrivals { break }
            request.cancel()
            await #expect(throws: HTTPError.cancelled) { _ = try await request.value }
            release.finish()
        }
    }

    @Test func `names the host and never the path or query`() async throws {
        let http = try HTTPClient(userAgent: "test")
        for url in ["http://127.0.0.1:1/secret?apikey=hunter2", "ftp://x/hunter2", "http://", "nonsense hunter2"] {
            let error = await #expect(throws: HTTPError.self) { _ = try await http.send(HTTPRequest("GET", url)) }
            #expect(error?.description.contains("hunter2") == false)
        }
        await http.stop()
    }

    @Test func `lets no header smuggle another`() async throws {
        try await asking([.get("/") { _ in .text("") }]) { http, base in
            await #expect(throws: HTTPError.self) {
                _ = try await http.send(HTTPRequest("GET", base + "/", headers: [("X-Custom", "a\r\nX-Evil: b")]))
            }
        }
    }

    @Test func `reports a line lost in the middle of an answer`() async throws {
        try await asking([.get("/") { _ in ServerResponse(status: 200, body: .cut([1, 2, 3, 4], after: 2)) }]) {
            http, base in
            let error = await #expect(throws: HTTPError.self) {
                _ = try await http.send(HTTPRequest("GET", base + "/"))
            }
            guard case .unreachable = error else { return #expect(Bool(false), "\(String(describing: error))") }
        }
    }

    @Test func `asks again after a passing fault, as long as the server wants`() async throws {
        let (delays, sleeping) = AsyncStream.makeStream(of: Int.self)
        let answers = AnswerList([
            ServerResponse(status: 503, headers: [("Retry-After", "7")]), .text("gateway", status: 502), .text("fine"),
        ])
        try await asking([.get("/") { _ in await answers.next() }]) { http, base in
            let clock = VirtualClock()
            async let answer = http.send(
                HTTPRequest("GET", base + "/"), retrying: .standard, clock: clock, chance: { 1 })
            await clock.sleepers(atLeast: 1)
            await clock.advance(by: .milliseconds(6999))
            #expect(await answers.given == 1)
            await clock.advance(by: .milliseconds(1))
            await clock.sleepers(atLeast: 1)
            await clock.advance(by: .seconds(2))
            let text = try await answer.text
            #expect(text == "fine")
        }
        sleeping.finish()
        for await _ in delays {}
    }
}

private actor AnswerList {
    private var answers: [ServerResponse]
    private(set) var given = 0

    init(_ answers: [ServerResponse]) { self.answers = answers }

    func next() -> ServerResponse {
        given += 1
        return answers.isEmpty ? .notFound : answers.removeFirst()
    }
}

@Suite struct `Trying again` {
    private func response(_ status: Int, _ retryAfter: String? = nil) -> Result<HTTPResponse, HTTPError> {
        let fields = retryAfter.map { [(name: "Retry-After", value: $0)] } ?? []
        return .success(HTTPResponse(status: status, headers: HTTPHeaders(fields), body: []))
    }

    @Test(arguments: [200, 301, 400, 401, 403, 404, 501])
    func `is no use after an answer that will not change`(status: Int) {
        #expect(RetryPolicy.standard.delay(after: 1, response(status), chance: 0) == nil)
    }

    @Test(arguments: [408, 429, 500, 502, 503, 504])
    func `comes later and later after a fault`(status: Int) {
        let delays = (1...5).map { RetryPolicy.standard.delay(after: $0, response(status), chance: 0.999) }
        #expect(delays[0]! < delays[1]! && delays[1]! < delays[2]!)
        #expect(delays[3] == nil && delays[4] == nil)
    }

    @Test func `waits as long as it is told, unless that is too long`() {
        #expect(RetryPolicy.standard.delay(after: 1, response(429, "2.5"), chance: 0) == .milliseconds(2500))
        #expect(RetryPolicy.standard.delay(after: 1, response(429, "3600"), chance: 0) == nil)
        #expect(RetryPolicy.standard.delay(after: 1, response(429, "-1"), chance: 0) != nil)
    }

    @Test func `is no use after being cancelled or refused a certificate`() {
        #expect(RetryPolicy.standard.delay(after: 1, .failure(.cancelled), chance: 0) == nil)
        #expect(RetryPolicy.standard.delay(after: 1, .failure(.tls("")), chance: 0) == nil)
        #expect(RetryPolicy.standard.delay(after: 1, .failure(.unreachable("")), chance: 0) != nil)
    }
}
