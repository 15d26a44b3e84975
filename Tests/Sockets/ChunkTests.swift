// Bodies without a length.

import HTTP
import Synchronization
import Testing

@testable import Sockets

@Suite(.timeLimit(.minutes(1))) struct `A body in chunks` {
    static func progress(_ text: String, most: Int = 10, pieces: Int) -> (ChunkedBody.Progress, String) {
        var body = ChunkedBody(most: most)
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(pieces))
            rest = rest.dropFirst(pieces)
            let progress = unsafe piece.withUnsafeBytes { unsafe body.take($0) }
            if progress != .more { return (progress, String(decoding: body.bytes, as: UTF8.self)) }
        }
        return (.more, String(decoding: body.bytes, as: UTF8.self))
    }

    @Test(arguments: [1, 2, 3, 7, 1000]) func `is put together however it arrives`(pieces: Int) {
        for (text, progress, body) in [
            ("3\r\nabc\r\n0\r\n\r\n", .whole, "abc"), ("0\r\n\r\n", .whole, ""),
            ("3;x=y\r\nabc\r\nA\r\n", .tooLong, "abc"), ("0a\r\n0123456789\r\n0\r\nX: y\r\n\r\n", .whole, "0123456789"),
            ("5\r\n01234\r\n5\r\n56789\r\n1\r\n", .tooLong, "0123456789"), ("b\r\n", .tooLong, ""),
            ("FFFFFFFF\r\n", .tooLong, ""), ("FFFFFFFFF\r\n", .malformed, ""), ("3\r\nab", .more, "ab"),
            ("3\nabc", .malformed, ""), ("\r\n", .malformed, ""), ("x\r\n", .malformed, ""),
            ("3\r\nabcX", .malformed, "abc"), ("3\rX", .malformed, ""), (" 3\r\n", .malformed, ""),
            (String(repeating: "0", count: 5000), .malformed, ""),
            ("0\r\n" + String(repeating: "a: b\r\n", count: 2000), .malformed, ""),
        ] as [(String, ChunkedBody.Progress, String)] {
            let came = Self.progress(text, pieces: pieces)
            #expect(came == (progress, body), "\(text.prefix(40)): \(came)")
        }
    }

    @Test func `reaches its handler, and one that is too long is refused where it grows`() async throws {
        let routes: [Route] = [
            .post("/in", accepts: ["text/plain"], maxBody: 10) {
                .text("got \(String(decoding: $0.body, as: UTF8.self)).")
            }
        ]
        try await serving(routes) { server, _, _ in
            for (body, type, wanted) in [
                ("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "text/plain", ["HTTP/1.1 200", "got abcde."]),
                ("0\r\n\r\n", "text/plain", ["HTTP/1.1 200", "got ."]),
                ("3\r\nabc\r\n8\r\n", "text/plain", ["HTTP/1.1 413"]),
                ("3\r\nabc\r\n0\r\n\r\n", "text/html", ["HTTP/1.1 415"]),
                ("3\r\nabc\r\nmany\r\n", "text/plain", ["HTTP/1.1 400"]),
            ] {
                let client = try RawClient(port: server.port)
                client.send(
                    "POST /in HTTP/1.1\r\nHost: x\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n")
                client.send(body)
                let answer = await client.readToEnd()
                for words in wanted { #expect(answer.contains(words), "\(body): \(answer.prefix(200))") }
                #expect(answer.contains("Connection: close"))
            }
            let client = try RawClient(port: server.port)
            client.send("POST /in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n")
            #expect(await client.readToEnd().contains("HTTP/1.1 501"))
        }
    }

    @Test func `a quick handler has the loop's thread, also after it waited for others`() async throws {
        let seen = Mutex<[Bool]>([])
        let loop = Mutex<EventLoop?>(nil)
        let look: @Sendable () -> Void = {
            let isThere = loop.withLock { $0?.isCurrent ?? false }
            seen.withLock { $0.append(isThere) }
        }
        let elsewhere = Elsewhere()
        let routes: [Route] = [
            .quick("POST", "/quick", maxBody: 10) { request in
                look()
                await elsewhere.wait()
                look()
                return .text("\(request.body.count)")
            },
            .post("/usual") { _ in
                look()
                return .text("usual")
            },
        ]
        try await serving(routes) { server, http, base in
            loop.withLock { $0 = server.loop }
            try await expectText("3", http, HTTPRequest("POST", base + "/quick", body: .bytes([1, 2, 3], type: "x/y")))
            try await expectText("usual", http, HTTPRequest("POST", base + "/usual", body: .bytes([1], type: "x/y")))
            #expect(seen.withLock { $0 } == [true, true, false])
        }
    }

    private actor Elsewhere {
        func wait() async { await Task.yield() }
    }
}
