// Forms with pictures nobody wants, sent to a real server by a client that keeps to nothing.

import Runtime
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct `A server that sifts forms` {
    /// What the handler was given, in a line.
    static func open(_ body: (Int) async throws -> Void) async throws {
        let loop = try EventLoop(name: "sift", log: .silent)
        let server = try await HTTPServer.start(
            on: loop, port: 0,
            routes: [
                .sifting("/hook", keeping: ["payload"], maxBody: 1000) { request in
                    switch request.sifted {
                    case .parts(let parts)?:
                        .text(
                            parts.map { "\($0.name)=\($0.bytes.count)" }.joined(separator: ",")
                                + ";\(request.body.count)")
                    case .tooLarge?: .text("too large", status: 413)
                    case .malformed(let why)?: .text(why, status: 400)
                    case nil: .text("whole \(request.body.count)")
                    }
                }
            ], log: .silent)
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(server.port)) } catch { outcome = .failure(error) }
        await server.stop()
        await loop.stop()
        try outcome.get()
    }

    static func head(_ length: Int, type: String = "multipart/form-data; boundary=b0") -> String {
        "POST /hook HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\nContent-Length: \(length)\r\nConnection: close\r\n\r\n"
    }

    static let before = "--b0\r\nContent-Disposition: form-data; name=\"thumb\"; filename=\"t.jpg\"\r\n\r\n"
    static func after(_ payload: String) -> String {
        "\r\n--b0\r\nContent-Disposition: form-data; name=\"payload\"\r\n\r\n\(payload)\r\n--b0--\r\n"
    }

    @Test func `a picture of a hundred megabytes passes by`() async throws {
        try await Self.open { port in
            let client = try RawClient(port: port)
            let piece = String(repeating: "\r\n-b0-x", count: 1 << 17)
            let pieces = (100 << 20) / piece.utf8.count
            let after = Self.after("{}")
            let length = Self.before.utf8.count + pieces * piece.utf8.count + after.utf8.count
            await offThread {
                client.send(Self.head(length) + Self.before)
                for _ in 0..<pieces { client.send(piece) }
                client.send(after)
            }
            let answer = await client.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 200"))
            #expect(answer.hasSuffix("payload=2;0"))
        }
    }

    @Test(arguments: [
        (after(String(repeating: "x", count: 1001)), 413), (after(String(repeating: "x", count: 1000)), 200),
        ("no end", 400), ("", 400),
    ])
    func `a part is bounded, and half a form is none`(_ after: String, _ status: Int) async throws {
        try await Self.open { port in
            let client = try RawClient(port: port)
            let body = Self.before + "JFIF" + after
            client.send(Self.head(body.utf8.count) + body)
            let answer = await client.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
        }
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=b0", 200 << 20, 413), ("application/json", 1001, 413),
        ("multipart/form-data", 5000, 400), ("application/json", 1000, 200),
    ])
    func `what is too long is refused before it is read`(_ type: String, _ length: Int, _ status: Int) async throws {
        try await Self.open { port in
            let client = try RawClient(port: port)
            client.send(Self.head(length, type: type))
            if status == 200 { client.send(String(repeating: "y", count: length)) }
            let answer = await client.readToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(answer)")
        }
    }

    @Test func `whoever hangs up in the middle leaves nothing behind`() async throws {
        try await Self.open { port in
            do {
                let client = try RawClient(port: port)
                client.send(Self.head(5000) + Self.before + "JF")
            }
            let next = try RawClient(port: port)
            let body = Self.before + "JFIF" + Self.after("{}")
            next.send(Self.head(body.utf8.count) + body)
            let answer = await next.readToEnd()
            #expect(answer.hasSuffix("payload=2;0"))
        }
    }
}
