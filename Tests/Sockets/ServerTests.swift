// The HTTP server judged by libcurl, and by raw bytes where a well-behaved client could not misbehave.

import FoundationEssentials
import HTTP
import Runtime
import Sockets
import Testing

/// A server with one route of each kind, and a client, for the length of a test.
func serving(
    _ routes: [Route], limits: ServerLimits = .standard,
    _ body: (HTTPServer, HTTPClient, _ base: String) async throws -> Void
) async throws {
    let loop = try EventLoop(name: "test", log: .silent)
    let server = try await HTTPServer.start(
        on: loop, port: 0, routes: routes, headers: ["X-Request-Id"], limits: limits, log: .silent)
    let http = try HTTPClient(userAgent: "test")
    let outcome: Result<Void, any Error>
    do {
        try await body(server, http, "http://127.0.0.1:\(server.port)")
        outcome = .success(())
    } catch { outcome = .failure(error) }
    await http.stop()
    await server.stop()
    await loop.stop()
    try outcome.get()
}

func expectText(_ text: String, _ http: HTTPClient, _ request: HTTPRequest) async throws {
    let answer = try await http.send(request)
    #expect(answer.text == text)
}

@Suite(.timeLimit(.minutes(1))) struct `The HTTP server` {
    @Test func `answers with what was asked, decoded`() async throws {
        let echo = Route.get("/echo/{name}/{rest...}") { request in
            .text(
                "\(request.parameters["name"] ?? "")|\(request.parameters["rest"] ?? "")|\(request.query)|"
                    + "\(request.headers["x-request-id"] ?? "")")
        }
        try await serving([echo]) { _, http, base in
            let answer = try await http.send(
                HTTPRequest("GET", base + "/echo/a%20b/c/d?x=1&y=%C3%A9+z", headers: [("X-Request-Id", "7")]))
            #expect(answer.status == 200)
            #expect(answer.text == #"a b|c/d|[(name: "x", value: "1"), (name: "y", value: "é z")]|7"#)
        }
    }

    @Test(
        arguments: [
            ("GET", "/nowhere", 404, nil), ("DELETE", "/thing", 405, "GET, HEAD, POST"), ("HEAD", "/thing", 200, nil),
        ] as [(String, String, Int, String?)])
    func `knows its paths and methods`(method: String, path: String, status: Int, allowed: String?) async throws {
        let routes: [Route] = [.get("/thing") { _ in .text("yes") }, .post("/thing") { _ in .text("posted") }]
        try await serving(routes) { _, http, base in
            let answer = try await http.send(HTTPRequest(method, base + path))
            #expect(answer.status == status)
            #expect(answer.headers["Allow"] == allowed)
            if method == "HEAD" {
                #expect(answer.body.isEmpty)
                #expect(answer.headers["Content-Length"] == "3")
            }
        }
    }

    @Test(arguments: ["POST", "PUT", "PATCH"])
    func `takes bodies up to the route's limit`(method: String) async throws {
        let route = Route.on(method, "/in", maxBody: 100_000) { .text("\($0.body.count)") }
        try await serving([route]) { _, http, base in
            for (size, status) in [(0, 200), (1, 200), (100_000, 200), (100_001, 413), (3_000_000, 413)] {
                let body = HTTPRequest.Body.bytes([UInt8](repeating: 7, count: size), type: "text/plain")
                // A client may find the line closed while it still sends: that is a refusal too.
                do {
                    let answer = try await http.send(HTTPRequest(method, base + "/in", body: body))
                    #expect(answer.status == status, "\(size)")
                    if status == 200 { #expect(answer.text == "\(size)") }
                } catch {
                    #expect(status == 413, "\(error)")
                }
            }
        }
    }

    @Test func `refuses types it does not take`() async throws {
        let route = Route.post("/in", accepts: ["application/json"]) { _ in .text("ok") }
        try await serving([route]) { _, http, base in
            let form = try await http.send(HTTPRequest("POST", base + "/in", body: .form([("a", "b")])))
            #expect(form.status == 415)
            let json = try await http.send(
                HTTPRequest(
                    "POST", base + "/in", body: .bytes(Array("{}".utf8), type: "application/json; charset=utf-8")))
            #expect(json.status == 200)
        }
    }

    @Test func `reads multipart forms as browsers and curl write them`() async throws {
        let route = Route.post("/in") { request in
            guard let form = try? request.multipart() else { return .text("malformed", status: 400) }
            return .text(
                form.parts.map { "\($0.name)/\($0.filename ?? "-")/\($0.contentType ?? "-")/\($0.bytes.count)" }
                    .joined(separator: " "))
        }
        try await serving([route]) { _, http, base in
            let parts = [
                HTTPRequest.Part(name: "payload_json", type: "application/json", bytes: Array("{}".utf8)),
                HTTPRequest.Part(name: "files[0]", filename: "a;b.png", type: "image/png", bytes: [13, 10, 45, 45]),
            ]
            let answer = try await http.send(HTTPRequest("POST", base + "/in", body: .multipart(parts)))
            #expect(answer.text == "payload_json/-/application/json/2 files[0]/a;b.png/image/png/4")
        }
    }

    @Test func `streams events at once and lets the producer know when the reader is gone`() async throws {
        let (pieces, feed) = AsyncStream.makeStream(of: [UInt8].self)
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        feed.onTermination = { _ in end.finish() }
        try await serving([.get("/events") { _ in .events(pieces) }]) { server, _, _ in
            let reader = try RawClient(port: server.port)
            reader.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            feed.yield(Array("data: one\n\n".utf8))
            let got = await reader.read(until: "data: one\n\n")
            #expect(got?.contains("text/event-stream") == true)
            reader.hangUp()
            // The next pieces meet a line that is gone.
            for _ in 0..<3 { feed.yield(Array("data: two\n\n".utf8)) }
            var pulses = 0
            while !Task.isCancelled, pulses < 100_000 {
                feed.yield([UInt8](repeating: 32, count: 1000))
                if case .terminated = feed.yield([]) { break }
                pulses += 1
                await Task.yield()
            }
            for await _ in ends {}
        }
    }

    @Test func `sends an event whole, however long, without waiting for the next`() async throws {
        let (pieces, feed) = AsyncStream.makeStream(of: [UInt8].self)
        try await serving([.get("/events") { _ in .events(pieces) }]) { server, _, _ in
            let reader = try RawClient(port: server.port)
            reader.send("GET /events HTTP/1.1\r\nHost: x\r\n\r\n")
            feed.yield(Array("data: \(String(repeating: "x", count: 200_000)) the end\n\n".utf8))
            let got = await reader.read(until: " the end\n\n")
            #expect(got?.contains(" the end") == true)
            feed.finish()
            reader.hangUp()
        }
    }

    @Test func `sends big files whole and says when there are none`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/server-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Files.write(content, to: folder + "/big")
        let routes: [Route] = [
            .get("/big") { _ in ServerResponse(status: 200, body: .file(path: folder + "/big")) },
            .get("/none") { _ in ServerResponse(status: 200, body: .file(path: folder + "/none")) },
        ]
        try await serving(routes) { _, http, base in
            let big = try await http.send(HTTPRequest("GET", base + "/big"))
            #expect(big.body == content)
            let none = try await http.send(HTTPRequest("GET", base + "/none"))
            #expect(none.status == 404)
        }
    }

    @Test func `keeps a connection for the next request, also for those sent ahead`() async throws {
        let routes: [Route] = [.get("/a") { _ in .text("first") }, .immediate("/b") { _ in .text("second") }]
        try await serving(routes) { server, _, _ in
            let client = try RawClient(port: server.port)
            client.send("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\n\r\n")
            client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let all = await client.readToEnd()
            #expect(all.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
            #expect(all.components(separatedBy: "first").count == 3)
        }
    }

    @Test(arguments: [
        "POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "GET /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
        "POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
        "POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
        "POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n100000000\r\n",
        "POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        "POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        "FOO /in HTTP/1.1\r\nHost: x\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET in HTTP/1.1\r\n\r\n",
        "GET /\(String(repeating: "a", count: 40_000)) HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /in HTTP/1.1\r\nHost: x\r\nX-Big: \(String(repeating: "b", count: 400_000))\r\n\r\n",
    ])
    func `refuses nonsense and goes on serving others`(nonsense: String) async throws {
        let routes: [Route] = [.post("/in") { _ in .text("taken") }, .immediate("/ok") { _ in .text("ok") }]
        try await serving(routes) { server, http, base in
            let client = try RawClient(port: server.port)
            client.send(nonsense)
            let answer = await client.readToEnd()
            #expect(answer.isEmpty || answer.contains(" 4"), "\(answer.prefix(80))")
            #expect(!answer.contains("taken"))
            try await expectText("ok", http, HTTPRequest("GET", base + "/ok"))
        }
    }

    @Test(arguments: [
        "GET /ok?\(String(repeating: "q", count: 17_000)) HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /ok HTTP/1.1\r\nHost: x\r\nCookie: \(String(repeating: "c", count: 50_000))\r\n\r\n",
        "GET /ok HTTP/1.1\r\nHost: x\r\nX-Request-Id: \(String(repeating: "i", count: 20_000))\r\n\r\n",
    ])
    func `answers 431 to headers past all measure`(request: String) async throws {
        try await serving([.immediate("/ok") { _ in .text("ok") }]) { server, http, base in
            let client = try RawClient(port: server.port)
            client.send(request)
            let answer = await client.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 431 "), "\(answer.prefix(40))")
            try await expectText("ok", http, HTTPRequest("GET", base + "/ok"))
        }
    }

    @Test func `serves a folder and nothing beside it`() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/static-\(UInt64.random(in: .min ... .max))"
        try Files.makeFolder(folder + "/www/sub")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Files.write(Array("body {}".utf8), to: folder + "/www/sub/a.css")
        try Files.write(Array("hidden".utf8), to: folder + "/www/.env")
        try Files.write(Array("secret".utf8), to: folder + "/secret")
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/www/link", withDestinationPath: folder + "/secret")
        try await serving([.files("/static", folder: folder + "/www")]) { server, http, base in
            let style = try await http.send(HTTPRequest("GET", base + "/static/sub/a.css"))
            #expect(style.text == "body {}")
            #expect(style.headers["Content-Type"] == "text/css; charset=utf-8")
            let tag = try #require(style.headers["ETag"])
            let again = try await http.send(
                HTTPRequest("GET", base + "/static/sub/a.css", headers: [("If-None-Match", tag)]))
            #expect(again.status == 304 && again.body.isEmpty)
            for path in ["sub", "sub/", ".env", "link", "none", "", "..%2fsecret", "%2e%2e/secret", "sub/../../secret"]
            {
                let client = try RawClient(port: server.port)
                client.send("GET /static/\(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                let answer = await client.readToEnd()
                #expect(!answer.contains("200 OK") && !answer.contains("secret\n"), "\(path)")
            }
        }
    }

    @Test func `shows whoever is too slow the door`() async throws {
        let limits = ServerLimits(headerTime: .milliseconds(50), bodyTime: .milliseconds(50))
        let routes: [Route] = [.post("/in") { _ in .text("taken") }, .immediate("/ok") { _ in .text("ok") }]
        try await serving(routes, limits: limits) { server, http, base in
            let slowHead = try RawClient(port: server.port)
            slowHead.send("GET /ok HTTP/1.1\r\nHos")
            let slowBody = try RawClient(port: server.port)
            slowBody.send("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
            let (head, body) = (await slowHead.readToEnd(), await slowBody.readToEnd())
            #expect(head.isEmpty)
            #expect(!body.contains("taken"))
            try await expectText("ok", http, HTTPRequest("GET", base + "/ok"))
        }
    }

    @Test func `does not let a handler that never ends keep others waiting`() async throws {
        let (hang, release) = AsyncStream.makeStream(of: Void.self)
        let routes: [Route] = [
            .get("/hang") { _ in
                for await _ in hang {}
                return .text("late")
            },
            .get("/ok") { _ in .text("ok") },
        ]
        try await serving(routes) { server, http, base in
            let stuck = try RawClient(port: server.port)
            // With bytes sent after it, which must neither end the answer nor the server.
            stuck.send("GET /hang HTTP/1.1\r\nHost: x\r\n\r\ngarbage garbage")
            for _ in 0..<20 { try await expectText("ok", http, HTTPRequest("GET", base + "/ok")) }
            release.finish()
            #expect(await stuck.read(until: "late") != nil)
        }
    }

    @Test func `turns away more connections than it may have`() async throws {
        let routes: [Route] = [.immediate("/ok") { _ in .text("ok") }]
        try await serving(routes, limits: ServerLimits(connections: 2)) { server, _, _ in
            let kept = try (0..<2).map { _ in try RawClient(port: server.port) }
            for client in kept {
                client.send("GET /ok HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(await client.read(until: "ok") != nil)
            }
            let third = try RawClient(port: server.port)
            third.send("GET /ok HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(await third.readToEnd().isEmpty)
        }
    }

    @Test func `lets no header end its line`() async throws {
        let route = Route.get("/x") { _ in
            ServerResponse(status: 302, headers: [("Location", "/a\r\nSet-Cookie: evil=1")])
        }
        try await serving([route]) { _, http, base in
            let answer = try await http.send(HTTPRequest("GET", base + "/x"))
            #expect(answer.status == 500)
            #expect(answer.headers["Set-Cookie"] == nil)
        }
    }

    @Test func `says which port is taken`() async throws {
        try await serving([]) { server, _, _ in
            let loop = try EventLoop(name: "second", log: .silent)
            await #expect(throws: SocketError.portTaken(server.port)) {
                _ = try await HTTPServer.start(on: loop, port: server.port, routes: [], log: .silent)
            }
            await loop.stop()
        }
    }

    @Test func `finishes the answers under way when it stops`() async throws {
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (arrivals, arrived) = AsyncStream.makeStream(of: Void.self)
        let loop = try EventLoop(name: "test", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0,
            routes: [
                .get("/slow") { _ in
                    arrived.yield()
                    for await _ in gate {}
                    return .text("done")
                }
            ], log: .silent)
        let client = try RawClient(port: server.port)
        client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        for await _ in arrivals { break }
        async let stopped: Void = server.stop()
        open.finish()
        #expect(await client.read(until: "done") != nil)
        await stopped
        await loop.stop()
    }
}

@Suite(.timeLimit(.minutes(1))) struct `The WebSocket side of the server` {
    @Test func `upgrades on its path, echoes, and closes with the code it wants`() async throws {
        let route = Route.webSocket("/ws/{room}") { request, socket in
            socket.send(text: Array("\(request.parameters["room"] ?? "") \(request.queryValue("v") ?? "")".utf8))
            return WebSocketHandlers(message: { bytes, isText in
                if bytes == Array("bye".utf8) { return socket.close(code: 4004, reason: "so long") }
                if isText { socket.send(text: bytes) } else { socket.send(binary: bytes) }
            })
        }
        try await serving([route]) { server, _, _ in
            let loop = try EventLoop(name: "client", log: .silent)
            let (messages, got) = AsyncStream.makeStream(of: [UInt8].self)
            let (ends, ended) = AsyncStream.makeStream(of: WebSocketEnd.self)
            let socket = loop.connect(
                url: "ws://127.0.0.1:\(server.port)/ws/7?v=10",
                handlers: WebSocketHandlers(
                    message: { bytes, _ in got.yield(bytes) }, closed: { ended.yield($0) }))
            var inbox = messages.makeAsyncIterator()
            #expect(await inbox.next() == Array("7 10".utf8))
            let big = [UInt8](repeating: 97, count: 300_000)
            socket.send(text: big)
            #expect(await inbox.next() == big)
            socket.send(text: Array("bye".utf8))
            for await end in ends {
                #expect(end == WebSocketEnd(code: 4004, reason: "so long"))
                break
            }
            await loop.stop()
        }
    }

    @Test func `refuses an upgrade where there is none`() async throws {
        try await serving([.get("/page") { _ in .text("page") }]) { server, _, _ in
            let loop = try EventLoop(name: "client", log: .silent)
            let (ends, ended) = AsyncStream.makeStream(of: WebSocketEnd.self)
            let socket = loop.connect(
                url: "ws://127.0.0.1:\(server.port)/page", handlers: WebSocketHandlers(closed: { ended.yield($0) }))
            for await end in ends {
                #expect(end.error == .refused(status: 404))
                break
            }
            _ = socket
            await loop.stop()
        }
    }
}

extension String {
    fileprivate func components(separatedBy text: String) -> [Substring] {
        split(separator: text, omittingEmptySubsequences: false)
    }
}
